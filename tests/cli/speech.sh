# Captions come from the speech when none came with the recording; what a person corrects in the
# package stays; without an engine they count as a missing layer.
. lib.sh
mkdir heard
cp "$MEDIA/talk.mp4" class.mp4
cat >heard/said.vtt <<'END'
WEBVTT

00:00:00.300 --> 00:00:02.000
The gradient is the soap of the line.

00:00:02.100 --> 00:00:03.500
Where it is zero, we stop.
END
speech() {
    "$LECPACK" pack class.mp4 -o out --lang en --video none --speech command \
        --speech-command "cat $PWD/heard/said.vtt" --speech-format vtt "$@"
}
media() {
    sha256sum out/slides/* out/sound-*
}
speech --quiet || die "made from speech: exit code $?"
grep -q 'soap of the line' out/captions.en.vtt || die "what was heard is not in the captions"
grep -q '"origin": "asr"' out/lecpack.json || die "the manifest does not say where they are from"
grep -q 'captions are automatic' out/index.html || die "the page does not say that they are automatic"
grep -q '<span [^>]*data-w=' out/index.html || die "the page does not know when words begin"
media >before

sed -i 's/soap/slope/' out/captions.en.vtt
speech --explain >told || die "after an edit: exit code $?"
grep -q 'slope of the line' out/captions.en.vtt || die "the correction was lost"
grep -q 'slope of the line' out/index.html || die "the correction is not in the page"
grep -q '"corrected": true' out/lecpack.json || die "the manifest does not say that a person corrected them"
grep -q 'a person has corrected some of them' out/index.html || die "the page does not say it"
grep -q '^hear: up to date' told || die "the speech was heard again"
grep -q '^sound: up to date' told || die "the sound was made again"
media | cmp -s - before || die "media changed with the text"
"$LECPACK" verify --quiet out || die "the edited package is not whole"
speech --explain | grep -q 'nothing to do' || die "a third run did something"

rm -rf .out.work
speech --quiet || die "without the work folder: exit code $?"
grep -q 'slope of the line' out/captions.en.vtt || die "the correction went with the work folder"

XDG_DATA_HOME=$PWD/none
export XDG_DATA_HOME
code=0
"$LECPACK" pack class.mp4 -o bare --lang en --video none --speech builtin --json >report || code=$?
[ $code -eq 1 ] || die "without an engine: exit code $code"
grep -q '"captions"' report || die "the report does not name the captions as missing"
grep -q '"captions": "missing"' bare/lecpack.json || die "nor does the manifest"
grep -q 'could not be turned into text' bare/index.html || die "nor does the page"
"$LECPACK" verify --quiet bare

# an engine that floods, writes nothing or does not say the language costs the captions at most
engine() { # OUT FORMAT LINE
    code=0
    "$LECPACK" pack class.mp4 -o "$1" --video none --speech command --speech-command "$3" --speech-format "$2" >told 2>&1 || code=$?
}
engine flood vtt "dd if=/dev/zero of={out} bs=1M seek=300 count=1 status=none"
[ $code -eq 1 ] || die "an engine that floods: exit code $code: $(cat told)"
grep -q 'captions could not be made' told || die "the report runs words together: $(cat told)"
grep -q 'the speech engine wrote more than 256 MB' told || die "the flood is not told: $(cat told)"
[ ! -e .flood.work/hear/asr-out ] || die "the flood stays on the disk"
engine silent vtt "true {out}"
[ $code -eq 1 ] || die "an engine that writes nothing: exit code $code"
grep -q 'true did not write the file that is named by {out}' told || die "that nothing was written is not told: $(cat told)"
engine mute vtt true
[ $code -eq 1 ] || die "an engine that says nothing: exit code $code"
grep -q 'true wrote nothing to its standard output, which is read where the command has no {out}' told ||
    die "that nothing was written to standard output is not told: $(cat told)"
engine wordless vtt false
grep -q 'false failed with exit code 1 and did not say why$' told || die "a failure without words: $(cat told)"
engine nameless vtt "cat $PWD/heard/said.vtt"
[ $code -eq 0 ] || die "an engine that does not say the language: exit code $code"
[ -s nameless/captions.und.vtt ] || die "the language is not unknown: $(ls nameless)"

# an engine that writes "english" means en, which was asked for; where nothing was, it names no language
echo '{"language":"english","segments":[{"start":0.3,"end":2,"text":" The gradient is the slope of the line."}]}' >heard/said.json
engine english whisper-json "cat $PWD/heard/said.json"
[ -s english/captions.und.vtt ] || die "a language that is no tag: $(ls english)"
"$LECPACK" pack class.mp4 -o english --lang en --video none --speech command --quiet \
    --speech-command "cat $PWD/heard/said.json" || die "the language asked for: exit code $?"
[ -s english/captions.en.vtt ] || die "the language asked for is not that of the captions: $(ls english)"
