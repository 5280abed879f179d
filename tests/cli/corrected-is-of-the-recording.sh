# Corrections stay with the recording they were made for: another one packed into the same folder does not get them.
. lib.sh
captions() { # WORD: a caption file
    printf 'WEBVTT\n\n00:00.500 --> 00:02.500\nThe %s is small.\n' "$1"
}
mkdir one two
cp "$MEDIA/talk.mp4" one
cp "$MEDIA/talk.mp4" two
printf '\0\0\0\10free' >>two/talk.mp4 # an empty box more: the same lecture, other bytes
captions sample >one/talk.vtt
captions error >two/talk.vtt
go() {
    "$LECPACK" pack "$1" -o out --lang en --video none
}
go one >report || die "exit $?"
sed -i 's/sample/whole sample/' out/captions.en.vtt
go two >report || die "the other recording: $?"
grep -q 'The error is small' out/captions.en.vtt || die "it has: $(cat out/captions.en.vtt)"
! grep -q '"corrected": true' out/lecpack.json || die "it is called corrected"
grep -q 'captions in en that were edited here belong to another recording' report || die "not told: $(cat report)"
sed -i 's/error/standard error/' out/captions.en.vtt
go one >report || die "the first again: $?"
grep -q 'The whole sample is small' out/captions.en.vtt || die "the correction was lost: $(cat out/captions.en.vtt)"
grep -q '"corrected": true' out/lecpack.json || die "it is not called corrected"
go two >report || die "the other again: $?"
grep -q 'The standard error is small' out/captions.en.vtt || die "the other's correction was lost: $(cat out/captions.en.vtt)"
"$LECPACK" verify --quiet out || die "verify: $?"
