# the type of the video says the level of the stream, so that a device that can not play it need not fetch it
. lib.sh
ffmpeg -v error -y -f lavfi -i 'testsrc=s=1920x1080:r=2:d=2' -c:v mpeg4 -q:v 5 large.mp4 || skip "no MPEG-4"
level() { # PACKAGE FILE: as libavformat reads it, two digits
    printf %02d "$(ffprobe -v error -select_streams v -show_entries stream=level -of csv=p=0 "$1"/$2 | head -n 1)"
}
for recording in "$MEDIA/talk.mp4" large.mp4; do
    pack "$recording" -o out --speech none --slide-text none || die "exit $?"
    at=$(level out 'video-*.webm')
    grep -q "codecs=av01.0.${at}M.08\"" out/lecpack.json || die "AV1 of level $at: $(grep -o 'av01[^"]*' out/lecpack.json)"
    echo "$at" >>levels
    pack "$recording" -o out --speech none --slide-text none --video h264 || die "exit $?"
    at=$(printf %02x "$(level out 'video-*.mp4' | sed 's/^0*//')")
    grep -q "codecs=avc1.6400$at\"" out/lecpack.json || die "H.264 of level 0x$at: $(grep -o 'avc1[^"]*' out/lecpack.json)"
done
[ "$(sort -u levels | wc -l)" -eq 2 ] || die "one level for both: $(cat levels)"
