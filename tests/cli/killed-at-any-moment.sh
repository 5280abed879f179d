# kill -9 after ever longer times, then whenever a stage has just ended; the last run ends byte-equal to one that was
# never killed
. lib.sh
cp "$MEDIA/talk.mp4" .
pack talk.mp4 -o whole || die "exit $?"
for t in 0.02 0.05 0.1 0.2 0.3 0.5 0.8 1.2; do
    "$LECPACK" pack talk.mp4 -o out --quiet &
    pid=$!
    sleep "$t"
    kill -9 $pid 2>/dev/null
    wait $pid
    # a package that is there is whole
    [ ! -e out ] || "$LECPACK" verify out --quiet || die "half a package after $t s"
done 2>/dev/null
pack talk.mp4 -o out || die "exit $?"
same_folder whole out
rm -rf out .out.work
for stage in ingest survey caption plan stills sound video package; do
    "$LECPACK" pack talk.mp4 -o out --quiet &
    pid=$!
    wait_for test -e ".out.work/$stage.json" -o ! -e /proc/$pid
    kill -9 $pid 2>/dev/null
    wait $pid
    [ ! -e out ] || "$LECPACK" verify out --quiet || die "half a package after $stage"
done 2>/dev/null
pack talk.mp4 -o out || die "exit $?"
same_folder whole out
[ "$(ls -A)" = "$(printf '.out.work\n.whole.work\nout\ntalk.mp4\nwhole')" ] || die "left behind: $(ls -A)"
