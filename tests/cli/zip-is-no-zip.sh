echo thesis >out.zip
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --zip
code=$?
cat out.zip
exit $code
