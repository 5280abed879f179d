# words that a pen crosses can still be read: patches show the slide as it was before each stroke
. lib.sh
crossed_words talk.mp4
"$LECPACK" pack talk.mp4 -o out --video none --speech none --slide-text none >report || die "exit $?: $(cat report)"
"$LECPACK" verify out >/dev/null || die "verify: exit $?"
ls out/slides | tr '\n' ' ' >names
grep -qx '001-1.webp 001-2.webp 001.webp ' names || die "not one slide with two patches: $(cat names)"
sed -n '/"steps": \[/,/\]/p' out/lecpack.json | tr -d ' \n' >steps
grep -q '^"steps":\[{"until":20,"path":"slides/001-1.webp","x":1[34][0-9],"y":[0-9]*,"width":2[0-9],.*},{"until":30,"path":"slides/001-2.webp","x":4[34][0-9],"y":[0-9]*,"width":2[0-9],' steps ||
    die "not the two strokes: $(cat steps)"

# what is seen with the patches laid on, each of which ends at its time
place() { # NUMBER: X:Y
    sed 's/},{/}\n{/g' steps | sed -n "$1s/.*\"x\":\([0-9]*\),\"y\":\([0-9]*\).*/\1:\2/p"
}
red() { # PICTURE: how much red there is
    ffmpeg -v error -y -i "$1" -vf 'format=yuv444p,extractplanes=v,scale=1:1:flags=area' -f rawvideo - | od -An -tu1 | tr -d ' '
}
lay() { # OUTPUT PATCH.. : over the slide's picture
    out=$1
    shift
    cp out/slides/001.webp below.webp
    ffmpeg -v error -y -i below.webp -pix_fmt rgb24 laid.png
    for n; do
        ffmpeg -v error -y -i laid.png -i out/slides/001-$n.webp -filter_complex "overlay=$(place $n):format=gbrp" \
            -pix_fmt rgb24 next.png && mv next.png laid.png
    done
    mv laid.png "$out"
}
lay last.png
lay second.png 2
lay first.png 2 1
[ "$(red last.png)" -gt "$(red second.png)" ] || die "the second stroke is not hidden"
[ "$(red second.png)" -gt "$(red first.png)" ] || die "the first stroke is not hidden"
[ "$(red first.png)" -le "$(red words.pgm)" ] || die "something red is left"
difference=$(ffmpeg -v error -i first.png -i words.pgm -filter_complex \
    '[0]format=gray[a];[1]format=gray[b];[a][b]blend=all_mode=difference,scale=1:1:flags=area' -f rawvideo - | od -An -tu1 | tr -d ' ')
[ "$difference" -le 2 ] || die "not the words as they were: $difference"

# a patch that would cost much of what the slide does is left out
noise() {
    awk 'BEGIN {
        srand(7)
        print "P2\n640 360\n255"
        for (i = 0; i < 640 * 360; i++)
            print (int(i / 640) % 24 < 14 && rand() < 0.5 ? 0 : 255)
    }'
}
noise >full.pgm
ffmpeg -v error -y -loop 1 -framerate 10 -i full.pgm -t 24 -c:v mpeg4 -q:v 2 -g 100 -bf 0 -sc_threshold 1000000000 \
    -vf 'format=yuv444p,drawbox=x=40:y=80:w=520:h=200:color=red@0.25:t=fill:enable=gte(t\,12),format=yuv420p' costly.mp4
pack costly.mp4 -o out4 -w costly --video none --speech none --slide-text none
tr -d ' \n' <costly/survey.json | grep -q '"steps":\[{' || die "the survey saw no step: this shows nothing"
[ "$(ls out4/slides)" = 001.webp ] || die "a patch of $(wc -c <out4/slides/001-1.webp) bytes"

# a slide that is only built up has none
ffmpeg -v error -y -f lavfi -i 'color=white:s=640x360:r=10:d=24,drawbox=x=80:y=60:w=400:h=20:color=black:t=2,drawbox=x=80:y=160:w=400:h=20:color=black:t=2:enable=gte(t\,12)' \
    -c:v mpeg4 -q:v 2 -g 100 built.mp4
pack built.mp4 -o out2 --video none --speech none --slide-text none
[ "$(ls out2/slides)" = 001.webp ] || die "a line that was added made a patch: $(ls out2/slides)"

# with one key frame alone nothing else shows what was drawn later, in packets that are small beside it
ffmpeg -v error -y -loop 1 -framerate 10 -i full.pgm -t 36 -c:v mpeg4 -q:v 2 -g 9999 -bf 0 -sc_threshold 1000000000 \
    -vf "format=yuv420p,$(printf '%s' 'drawbox=x=150:y=20:w=4:h=150:color=red:t=fill:enable=gte(t\,12)')" long.mp4
pack long.mp4 -o out3 --video none --speech none --slide-text none
for i in out3/slides/001.webp full.pgm; do
    ffmpeg -v error -y -i $i -vf crop=16:140:144:24 -pix_fmt rgb24 $(basename $i).png
done
[ "$(red 001.webp.png)" -gt $(($(red full.pgm.png) + 5)) ] || die "a stroke is lost where no key frame follows"
