# a recorder that started its clock anew, and one that jumped ahead: the parts follow each other, sound and slides alike
. lib.sh
part() { # NAME Y SECONDS OFFSET
    ffmpeg -v error -y -f lavfi -i "color=white:s=320x180:r=10:d=$3,drawbox=x=20:y=$2:w=240:h=30:color=black:t=fill" \
        -f lavfi -i "sine=$2:d=$3" -c:v mpeg4 -q:v 3 -g 10 -c:a aac -b:a 48k -output_ts_offset "$4" -f mpegts "$1.ts" ||
        skip "no MPEG-TS"
}
part one 20 8 30
part two 70 7 0
part three 120 6 5000
cat one.ts two.ts three.ts one.ts >all.ts
"$LECPACK" pack all.ts -o out --video none --speech none --slide-text none >report || die "exit $?: $(cat report)"
grep -q 'note: at 0:08: .*jumps back by 38 s; what follows was joined on' report || die "not told: $(cat report)"
grep -q 'warning: at 0:15: .*jumps ahead by 1 h 23 min' report || die "not told: $(cat report)"
grep -q "jumps ahead by 1 h 23 min" out/lecpack.json || die "not in the manifest"
grep -q 'loss:' report && die "a loss: $(cat report)"
grep 'damaged' report && die "no packet is damaged: parts were joined"
# four slides of three pictures, each where its part is; the last one has the first one's picture
sed -n '/"slides": \[/,/\]/p' out/lecpack.json | tr -d ' \n' | sed 's/},{/}\n{/g' >slides
[ "$(wc -l <slides)" -eq 3 ] || die "not four slides: $(cat slides)"
sed -n 's/.*"t":\([0-9]*\).*slides\/\(...\).*/\1 \2/p' slides | paste -sd, - >told
grep -q '^0 001,\(8\) 002,\(15\) 003,\(21\) 001$' told || die "not where they belong: $(cat told)"
sed -n 's/^ *"duration": \(29\.[0-2]\).*/yes/p' out/lecpack.json | grep -q yes || die "not 29 s long"
# one that really is
{ cat one.ts && head -c 65800 two.ts && tail -c +70877 two.ts && cat three.ts; } >torn.ts # 27 packets are not there
"$LECPACK" inspect torn.ts >report || die "torn: exit $?"
[ "$(grep -c jumps report)" -eq 2 ] || die "torn: not two joints: $(cat report)"
grep -q 'packets of the picture are damaged' report || die "torn: the damage is not told: $(cat report)"
# one part alone has no joint
"$LECPACK" inspect one.ts >report || die "exit $?"
grep 'jumps' report && die "there is no jump"
exit 0
