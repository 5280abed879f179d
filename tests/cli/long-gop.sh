. lib.sh
# Some recorders write one key frame and no more: what changes after minutes must still be seen.
ffmpeg -v error -y -f lavfi -i 'color=white:s=320x180:r=5:d=100,drawbox=x=20:y=20:w=200:h=60:color=gray:t=fill:enable=lt(t\,80),drawbox=x=20:y=100:w=260:h=60:color=black:t=fill:enable=gte(t\,80)' \
    -c:v mpeg4 -q:v 3 -g 600 -sc_threshold 1000000000 clip.mp4
pack clip.mp4 -o out --video h264 || [ $? = 1 ] || die "exit $?"
gray() { # FILE: the mean of the lower box, 0 to 255, as the last frame of it shows it
    ffmpeg -v error -i "$1" -vf 'crop=200:40:50:110,scale=1:1,format=gray' -f rawvideo - | od -An -tu1 -v | tr -s ' \n' '\n\n' | tail -1
}
still=$(gray out/slides/002.webp)
[ "$still" -lt 60 ] || die "the second slide has not got its box: $still"
video=$(gray out/video-*.mp4)
[ "$video" -lt 60 ] || die "the video ends without the box: $video"
