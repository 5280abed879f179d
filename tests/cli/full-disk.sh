# the old package stands, whole, and the same command goes on when there is room
. lib.sh
cp "$MEDIA/talk.mp4" .
pack talk.mp4 -o out --video none --title Old || die "exit $?"
cp -r out old
# no file may be larger than 512 bytes: what is written first to be larger fails as on a full disk
(ulimit -f 1 && exec "$LECPACK" pack talk.mp4 -o out --video none --title New)
code=$?
same_folder out old
pack talk.mp4 -o out --video none --title New || die "exit $?"
grep -q '<title>New' out/index.html || die "not the new package"
exit $code
