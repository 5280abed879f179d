echo thesis >out
"$LECPACK" pack "$MEDIA/talk.mp4" -o out
code=$?
echo "$(ls -A) $(cat out)"
exit $code
