# a recorder that started its clock anew: what is lost is told as a loss, with the time, on the page too
. lib.sh
ffmpeg -v error -y -i "$MEDIA/talk.mp4" -map 0:a -c copy -f mpegts part.ts 2>/dev/null || skip "no MPEG-TS"
cat part.ts part.ts >twice.ts
"$LECPACK" pack twice.ts -o out --video none --speech none --slide-text none >report || die "exit $?"
grep -q 'loss: at 0:0[78]: .*time stamps of the sound jump back; [78] s' report || die "not told: $(cat report)"
grep -q 'time stamps of the sound jump back' out/index.html || die "not on the page"
"$LECPACK" pack part.ts -o one --video none --speech none --slide-text none >report || die "exit $?"
grep 'jump back' report && die "there is no jump"
exit 0
