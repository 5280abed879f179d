"$LECPACK" pack "$MEDIA/text.mp4" -o out
code=$?
[ -z "$(ls -A)" ] || echo "left behind: $(ls -A)"
exit $code
