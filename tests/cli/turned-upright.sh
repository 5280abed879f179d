# a phone held upright records sideways pictures and says so: slides and video stand
. lib.sh
ffmpeg -v error -y -f lavfi -i 'color=white:s=320x240:r=10:d=6,drawbox=x=0:y=0:w=160:h=120:color=black:t=fill' -c:v mpeg4 -g 10 \
    lying.mp4 2>/dev/null || skip "no MPEG-4"
corners() { # MEDIA: the luma of the four corners, the upper ones first
    ffmpeg -v error -y -i "$1" -frames:v 1 -vf 'format=gray,scale=2:2:flags=area' -f rawvideo - | od -An -tu1 |
        sed 's/^ *//; s/ \{1,\}/ /g; s/[0-9]\{3\}/w/g; s/[0-9]\{1,2\}/b/g'
}
check() { # DEGREES SIZE
    # before version 6 of ffmpeg the one, since then the other says how a picture lies
    ffmpeg -v error -y -display_rotation "$1" -i lying.mp4 -c copy turned.mp4 2>/dev/null ||
        ffmpeg -v error -y -i lying.mp4 -c copy -metadata:s:v rotate="$1" turned.mp4 2>/dev/null || skip "no rotation"
    upright=$(corners turned.mp4) # which way a degree turns differs between versions of ffmpeg, not how it shows its own file
    [ "$upright" != 'b w w w' ] || skip "no rotation"
    "$LECPACK" pack turned.mp4 -o out --quiet || die "$1: exit $?"
    for media in out/slides/001.webp out/video-*.webm; do
        [ "$(corners "$media")" = "$upright" ] || die "$1: $media: $(corners "$media")"
        size=$(ffprobe -v error -select_streams v -show_entries stream=width,height -of csv=p=0:s=x "$media" | head -n 1)
        [ "$size" = "$2" ] || die "$1: $media: $size"
    done
}
check 90 240x320
check 180 320x240
check 270 240x320
