# pictures of a screen are coded in pyramids of four layers: a fifth costs memory, bytes and time
. lib.sh
ffmpeg -v error -y -f lavfi -i color=0x203050:s=640x360:r=5:d=20 -f lavfi -i color=white:s=24x24:r=5:d=20 -filter_complex \
    "[0][1]overlay=x='20+6*n':y=100[v]" -map '[v]' -c:v mpeg4 -q:v 3 -g 50 moves.mp4 || skip "no MPEG-4"
pack moves.mp4 -o out --speech none --slide-text none || die "exit $?"
grep -q '"is_motion": false' .out.work/plan.json || die "this is a screen"
most=$(ffmpeg -v trace -i out/video-*.webm -c copy -bsf:v trace_headers -f null - 2>&1 |
    awk '/trace_headers.*Packet:/ { if (n > most) most = n; n = 0 } / show_existing_frame .*= 0/ { n++ } END { print most + 0 }')
[ "$most" -eq 4 ] || die "$most pictures of different layers in one unit"
