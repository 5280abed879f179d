# TERM: exit 75, work kept; the same command goes on
. lib.sh
cp "$MEDIA/talk.mp4" .
"$LECPACK" pack talk.mp4 -o out --quiet &
pid=$!
wait_for test -e .out.work/ingest.json -o ! -e /proc/$pid
kill -TERM $pid
wait $pid
code=$?
[ -e .out.work/ingest.json ] || die "the work is gone"
[ -e out ] && die "it was too late to stop"
pack talk.mp4 -o out || die "exit $?"
exit $code
