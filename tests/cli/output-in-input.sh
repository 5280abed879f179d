mkdir in
cp "$MEDIA/talk.mp4" in
"$LECPACK" pack in -o in/out
code=$?
ls -A in
exit $code
