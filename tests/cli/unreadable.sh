. lib.sh
[ "$(id -u)" -ne 0 ] || skip "root can read everything"
cp "$MEDIA/talk.mp4" a.mp4
chmod 000 a.mp4
"$LECPACK" pack a.mp4 -o out
