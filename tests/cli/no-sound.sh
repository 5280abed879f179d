. lib.sh
"$LECPACK" pack "$MEDIA/no-sound.mp4" -o out --video none >report || die "exit $?"
ls out/sound-* 2>/dev/null && die "sound out of nothing"
ls out/slides/* >/dev/null || die "no slides"
"$LECPACK" verify out --quiet || die "verify: $?"
