. lib.sh
# Between two key frames a slide changes once, early: what comes after that is what the next key frame shows, and need not be
# decoded to be known. Where it changes again late, that is seen.
slides() { # NAME TIME...: a recording of 30 s with a key frame every 10 s that turns to another slide at each of the times
    name=$1
    shift
    draw= i=0
    for t in "$@"; do
        i=$((i + 1))
        # each hides what was there and brings strokes of its own
        draw="$draw,drawbox=c=white:t=fill:enable=gte(t\\,$t),drawgrid=x=$((i * 3)):y=$((i * 5)):w=$((16 + 7 * i)):h=$((12 + 5 * i)):t=2:c=black:enable=gte(t\\,$t)"
    done
    ffmpeg -v error -y -f lavfi -i "color=white:s=320x180:r=${rate:-10}:d=30,drawgrid=w=20:h=20:t=2:c=black$draw$wiped" \
        -c:v mpeg4 -q:v 3 -g $((10 * ${rate:-10})) -bf 0 -sc_threshold 1000000000 "$name.mp4"
    pack "$name.mp4" -o "$name" -w "$name.work" --video none || [ $? = 1 ] || die "$name: exit $?"
}
starts() {
    tr -d ' \n' <"$1.work/survey.json" | sed 's/.*"slides":\[//; s/"width_px".*//' | grep -o '"start_us":[0-9]*' | tr '\n' ' '
}
decoded() {
    tr -d ' \n' <"$1.work/survey.json" | sed 's/.*"n_frames_decoded":\([0-9]*\).*/\1/'
}
wiped=
slides once 13
[ "$(starts once)" = '"start_us":0 "start_us":13000000 ' ] || die "once: $(starts once)"
slides twice 13 18
[ "$(starts twice)" = '"start_us":0 "start_us":13000000 "start_us":18000000 ' ] || die "twice: $(starts twice)"
slides last 19.8
[ "$(starts last)" = '"start_us":0 "start_us":19800000 ' ] || die "last: $(starts last)"
# two frames or so of each key frame's, and the 4.6 s from the key frame until the slide has settled
[ "$(decoded once)" -lt 80 ] || die "once: $(decoded once) frames were decoded"
[ "$(decoded last)" -gt 100 ] || die "last: $(decoded last) frames were decoded"
# Where nothing changes, each key frame and what it takes to see the picture 0.4 s after it.
rate=25
slides still
[ "$(decoded still)" -le 33 ] || die "still: $(decoded still) frames were decoded"
rate=10
# What was drawn early is wiped away from the top, 4 rows at a time, in packets so small that they tell nothing.
for k in $(seq 0 44); do
    wiped="$wiped,drawbox=x=0:y=$((4 * k)):w=320:h=4:c=white:t=fill:enable=gte(t\\,$((150 + k))/10)"
done
slides wiped 13
case $(starts wiped) in
'"start_us":0 "start_us":13000000 "start_us":1'[5-9]*) ;;
*) die "wiped: $(starts wiped)" ;;
esac
