. lib.sh
"$LECPACK" pack "$MEDIA/sound-only.m4a" -o out >report || die "exit $?"
ls out/sound-* >/dev/null || die "no sound"
ls out/video-* 2>/dev/null && die "video out of nothing"
"$LECPACK" verify out --quiet || die "verify: $?"
