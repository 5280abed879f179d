. lib.sh
pack "$MEDIA/talk.mp4" -o out --video none || die "exit $?"
printf X >>out/README.txt
"$LECPACK" verify out
