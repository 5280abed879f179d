# a folder with a recording and its captions; their text is in the page
. lib.sh
mkdir in
cp "$MEDIA/talk.mp4" "$MEDIA/talk.vtt" in
pack in -o out --video none || die "exit $?"
grep -q 'A sample is a part of the whole' out/index.html || die "not in the page"
grep -q 'A sample is a part of the whole' out/captions.*.vtt || die "not in the captions"
