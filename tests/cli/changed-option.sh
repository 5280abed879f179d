# another option redoes what depends on it and nothing else
. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --quiet || die "exit $?"
echo sound-rate
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --sound-rate 16k --explain | grep 'runs:'
echo title
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --sound-rate 16k --title New --explain | grep 'runs:'
echo no video
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --sound-rate 16k --title New --video none --explain | grep 'runs:'
