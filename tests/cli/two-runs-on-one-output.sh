. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --quiet &
first=$!
wait_for test -e .out.work/lecpack-work.txt -o ! -e /proc/$first
"$LECPACK" pack "$MEDIA/talk.mp4" -o out/ --work other
code=$?
wait $first || die "the first run was disturbed: $?"
"$LECPACK" verify out --quiet || die "verify: $?"
exit $code
