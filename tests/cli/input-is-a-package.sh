# A package is no recording: packed again, its captions would no longer be said to be automatic.
pack_sample() {
    "$LECPACK" pack "$MEDIA/talk.mp4" -o made --video none --quiet
}
pack_sample || exit 99
"$LECPACK" pack made -o out --video none
code=$?
ls -A | grep out
exit $code
