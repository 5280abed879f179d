# the package comes back from the work folder, the same to the byte
. lib.sh
pack "$MEDIA/talk.mp4" -o out --video none || die "exit $?"
cp -r out first
rm -rf out
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --explain | grep runs:
same_folder out first
echo x >>out/index.html
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --explain | grep runs:
same_folder out first
