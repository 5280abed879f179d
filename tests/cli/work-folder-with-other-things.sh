mkdir -p w/video
echo precious >w/video/holiday.mp4
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --work w
code=$?
cat w/video/holiday.mp4
exit $code
