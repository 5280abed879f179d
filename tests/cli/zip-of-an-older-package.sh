# a zip that was not asked for again is left alone, and the report says that it is not of this package
. lib.sh
pack "$MEDIA/talk.mp4" -o out --video none --speech none --slide-text none --zip || die "exit $?"
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --speech none --slide-text none >same || die "exit $?"
grep 'older package' same && die "it is of this package"
sum=$(cksum <out.zip)
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --speech none --slide-text none --sound-rate 16k >other || die "exit $?"
grep -q '^out.zip is of an older package' other || die "not said: $(cat other)"
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --speech none --slide-text none --sound-rate 16k --json >json || die "exit $?"
grep -q '"stale_zip": *"out.zip"' json || die "not in --json: $(cat json)"
[ "$sum" = "$(cksum <out.zip)" ] || die "it was changed"
pack "$MEDIA/talk.mp4" -o out --video none --speech none --slide-text none --sound-rate 16k --zip || die "exit $?"
[ "$sum" != "$(cksum <out.zip)" ] || die "it was not made anew"
