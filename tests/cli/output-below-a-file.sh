echo x >file
"$LECPACK" pack "$MEDIA/talk.mp4" -o file/out
