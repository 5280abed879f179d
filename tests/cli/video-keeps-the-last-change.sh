. lib.sh
# Two changes within a fifth of a second, then nothing: the second one is what stands, and must be in the video.
ffmpeg -v error -y -f lavfi -i 'color=white:s=320x180:r=25:d=8,drawbox=x=20:y=20:w=100:h=60:color=gray:t=fill:enable=gte(t\,2),drawbox=x=160:y=100:w=120:h=60:color=black:t=fill:enable=gte(t\,2.08)' \
    -c:v mpeg4 -q:v 3 -g 200 full.mkv
# as a screen recorder writes it: a frame only where something changes
ffmpeg -v error -y -i full.mkv -vf 'select=eq(n\,0)+eq(n\,50)+eq(n\,52)' -vsync vfr -c:v mpeg4 -q:v 3 vfr.mkv
pack vfr.mkv -o out --video h264 || [ $? = 1 ] || die "exit $?"
last=$(ffmpeg -v error -i out/video-*.mp4 -vf 'crop=80:40:180:110,scale=1:1,format=gray' -f rawvideo - | od -An -tu1 -v | tr -s ' \n' '\n\n' | tail -1)
[ "$last" -lt 60 ] || die "the video ends without the last change: $last"
