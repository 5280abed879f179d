. lib.sh
# The encoder is open when its file can not be made: that must end the run, not keep it waiting for ever.
pack "$MEDIA/talk.mp4" -o out || [ $? = 1 ] || die "exit $?"
rm -rf out .out.work/video.json .out.work/video/video.*
mkdir -p .out.work/video/chunk-00000.mkv.tmp/x # neither made anew nor removed as a file
code=0
timeout 60 "$LECPACK" pack "$MEDIA/talk.mp4" -o out --quiet 2>err || code=$?
[ $code != 124 ] || die "it waits for ever"
[ $code = 74 ] || [ $code = 1 ] || die "exit $code: $(cat err)"
