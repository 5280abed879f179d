# MPEG-TS has no index: a picture near the end is found although pictures are in no order of time
. lib.sh
ffmpeg -v error -y -f lavfi -i 'color=white:s=640x360:r=10:d=20' -f lavfi -i 'testsrc=s=160x120:r=1:d=20' -f lavfi -i 'sine=d=20' \
    -filter_complex '[0][1]overlay=40:120[v]' -map '[v]' -map 2:a -c:v libx264 -preset veryfast -g 20 \
    -c:a aac -f mpegts talk.ts 2>/dev/null || skip "no H.264"
"$LECPACK" pack talk.ts -o out --video none --speech none --slide-text none >report || die "exit $?: $(cat report)"
[ -f out/slides/001.webp ] || die "no slide: $(cat report)"
