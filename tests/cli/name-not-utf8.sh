# old file systems keep names in other encodings than UTF-8
. lib.sh
name=$(printf 'le\347on\377')
cp "$MEDIA/talk.mp4" "$name.mp4"
cp "$MEDIA/talk.vtt" "$name.vtt"
pack "$name.mp4" -o out --video none --speech none --slide-text none || die "exit $?"
grep -q 'A sample is a part of the whole' out/captions.*.vtt || die "its captions are not in it"
"$LECPACK" verify out --quiet || die "verify: $?"
"$LECPACK" pack "$name.mp4" -o out --video none --speech none --slide-text none --explain >again || die "again: $?"
grep runs again && die "a second run does something"
grep -q "^out: up to date" again || die "not up to date: $(cat again)"
