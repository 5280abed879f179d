"$LECPACK" pack "$MEDIA/talk.mp4"
