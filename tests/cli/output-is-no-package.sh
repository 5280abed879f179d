mkdir out
echo thesis >out/thesis.txt
"$LECPACK" pack "$MEDIA/talk.mp4" -o out
code=$?
echo "$(ls -A) $(cat out/*)"
exit $code
