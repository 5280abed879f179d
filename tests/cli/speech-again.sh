# An engine that failed is asked again, one that was repaired where it is hears anew, and what its words lost is told.
. lib.sh
cp "$MEDIA/talk.mp4" class.mp4
engine() { # FORMAT < SCRIPT: the engine in its place; the time of the file is another one
    { echo '#!/bin/sh' && cat; } >engine.new
    chmod +x engine.new
    mv engine.new engine
    format=$1
}
speech() {
    code=0
    "$LECPACK" pack class.mp4 -o out --lang en --video none --speech command --speech-command "$PWD/engine $PWD/state" \
        --speech-format "$format" "$@" >told 2>&1 || code=$?
}
engine vtt <<'END_OF_IT'
[ -e "$1" ] || exit 3
printf 'WEBVTT\n\n00:00.300 --> 00:03.000\nThe slope of the line.\n'
END_OF_IT
speech
[ $code -eq 1 ] || die "an engine that fails: exit code $code: $(cat told)"
speech --explain
[ $code -eq 1 ] || die "still failing: exit code $code: $(cat told)"
grep -q '^hear: runs: it failed the last time' told || die "a failed engine is not asked again: $(cat told)"
grep -q '^package: up to date' told || die "the package was made again for nothing: $(cat told)"
: >state
speech --explain
[ $code -eq 0 ] || die "repaired: exit code $code: $(cat told)"
grep -q 'slope of the line' out/captions.en.vtt || die "the captions are not there: $(cat out/captions.en.vtt)"
speech
grep -q 'nothing to do' told || die "what was heard is heard again: $(cat told)"

engine vtt <<'END_OF_IT'
printf 'WEBVTT\n\n00:00.300 --> 00:05.000\nThe steep line. And so and so and so and so and so we stop.\n'
END_OF_IT
speech --explain
grep -q '^hear: runs: option speech changed' told || die "another engine in the same place is not seen: $(cat told)"
grep -q 'steep line' out/captions.en.vtt || die "its words are not taken"
grep -q 'note: at 0:00: 8 words were left out, for the engine said the same again and again' told ||
    die "that a loop was taken away is not told: $(cat told)"

engine whisper-json <<'END_OF_IT'
echo '{"language":"en","segments":[]}'
END_OF_IT
speech
grep -q 'warning: at 0:00: there may be speech here that was not recognised' told || die "not told: $(cat told)"
