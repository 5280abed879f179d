# A correction with a slip is told once, by the name of the file and with what to do; what was corrected before stays.
. lib.sh
mkdir in
cp "$MEDIA/talk.mp4" in
two_cues 'Good morning.' 'A sample is a part of the whole.' >in/talk.en.vtt
two_cues 'Bonjour.' 'Une partie du tout.' >in/talk.fr.vtt
go() {
    "$LECPACK" pack in -o out --lang en --video none >told 2>&1 || die "exit $?: $(cat told)"
}
n_warnings() {
    grep -c 'warning: ' told || :
}
go
sed -i 's/whole/whole class/' out/captions.en.vtt
go
[ "$(n_warnings)" = 0 ] || die "a good correction is warned of: $(cat told)"

for slip in '' 'Hello <<< --'; do
    for lang in en fr; do
        printf '%s' "$slip" >out/captions.$lang.vtt
        go
        [ "$(n_warnings)" = 1 ] || die "$lang, \"$slip\": not one warning: $(cat told)"
        grep -q "warning: captions.$lang.vtt: after it was edited there are no captions in it" told || die "not told: $(cat told)"
        aside=$(sed -n 's/.*The edited file is now \(.*\): mend it.*/\1/p' told)
        [ "$(cat "$aside")" = "$slip" ] || die "the edited file is not where it is said to be: $aside"
        grep -q 'whole class' out/captions.en.vtt || die "the correction before it was lost"
        go
        [ "$(n_warnings)" = 0 ] || die "still told when all is well again: $(cat told)"
        grep -q 'nothing to do' told || die "a further run did something: $(cat told)"
    done
done

# one caption's line of times is spoilt: the others stay, and it is told
sed -i '0,/-->/s//->/;s/whole class/whole university/' out/captions.en.vtt
go
grep -q 'warning: captions.en.vtt: 1 of the captions that were edited were left out' told || die "a lost caption is not told: $(cat told)"
grep -q 'whole university' out/captions.en.vtt || die "the other caption was lost"
kept=$(sed -n 's/.*the edited file is kept as \(.*\): mend it.*/\1/p' told)
sed 's/ -> / --> /' "$kept" >mended
cp mended out/captions.en.vtt
go
[ "$(n_warnings)" = 0 ] || die "mended, and still told: $(cat told)"
grep -q 'Good morning' out/captions.en.vtt || die "the mended caption is not there"
! grep -q captions-edited out/lecpack.json || die "the manifest tells of slips that are gone"

# an arrow that is said stays; where it was meant as times, the line is told
sed -i 's/^Good morning\.$/From A\nA --> B, good morning./' out/captions.en.vtt
go
[ "$(n_warnings)" = 0 ] || die "an arrow in the text is warned of: $(cat told)"
grep -q '^A --&gt; B, good morning\.$' out/captions.en.vtt || die "the arrow was lost: $(cat out/captions.en.vtt)"
grep -q 'A --.*> B, good morning' out/captions.en.srt || die "the arrow was lost in SubRip"
line=$(grep -n 'good morning' out/captions.en.vtt | cut -d : -f 1)
sed -i 's/^\(A --&gt; B, good morning\.\)$/\1\n00:00:02.600 --> soon\nIndeed./' out/captions.en.vtt
go
grep -q "warning: captions.en.vtt: .* left out: 1 of 3 (line $((line + 1)))" told || die "the line is not told: $(cat told)"
grep -q 'A --&gt; B' out/captions.en.vtt || die "the caption before it was lost"

# a caption that was added behind the end of the recording is not lost without a word
printf '\n01:00:00.000 --> 01:00:02.000\nSee you next week.\n' >>out/captions.en.vtt
go
! grep -q 'next week' out/captions.en.vtt || die "there is a caption behind the end"
grep -q 'warning: captions.en.vtt: as it was edited, captions in it lie behind the end of the recording' told ||
    die "a caption behind the end is lost and not told: $(cat told)"
kept=$(sed -n 's/.*is kept in the work folder as //p' told)
grep -q 'next week' ".out.work/$kept" || die "it is not where it is said to be: $kept"
# that is told when the captions are taken; the report for programs keeps it
go
[ "$(n_warnings)" = 0 ] || die "told again when nothing is done: $(cat told)"
"$LECPACK" pack in -o out --lang en --video none --json | grep -q 'lie behind the end' || die "the report has lost it"
"$LECPACK" verify --quiet out || die "verify: $?"
