# an MP4 with a list of 20000 cuts of one frame each would be decoded for hours; one of some cuts is followed
. lib.sh
command -v python3 >/dev/null || skip "no python3"
ffmpeg -v error -y -f lavfi -i testsrc2=s=160x90:r=10:d=20 -c:v libx264 -preset ultrafast -g 200 -pix_fmt yuv420p \
    -t 20 plain.mp4 2>/dev/null || skip "no libx264"
cat >cut.py <<'P'
import struct
data = open('plain.mp4', 'rb').read()

def box(kind, body):
    return struct.pack('>I4s', 8 + len(body), kind) + body

def boxes(b):
    i = 0
    while i < len(b):
        n, kind = struct.unpack('>I4s', b[i:i + 8])
        yield kind, b[i + 8:i + n]
        i += n

def rebuilt(b, edits):
    out = b''
    for kind, body in boxes(b):
        if kind == b'edts':
            continue
        if kind in (b'moov', b'trak'):
            body = rebuilt(body, edits)
        if kind == b'trak':
            rows = b''.join(struct.pack('>IiI', length, at, 0x10000) for length, at in edits)
            body += box(b'edts', box(b'elst', struct.pack('>II', 0, len(edits)) + rows))
        out += box(kind, body)
    return out

def write(name, edits):
    open(name, 'wb').write(rebuilt(data, edits))

write('many.mp4', [(1, i * 10) for i in range(20000)])
write('shorter.mp4', [(3000, -1), (10000, 51200)])
write('behind.mp4', [(20000, 100000000)])
write('some.mp4', [(500, i * 5120) for i in range(40)])
P
python3 cut.py
options="--video none --speech none --slide-text none"
# shellcheck disable=SC2086
for name in many shorter behind some; do
    timeout 120 "$LECPACK" pack $name.mp4 -o $name $options >$name.report || die "$name: exit $?"
    grep 'loss:' $name.report && die "$name: nothing is lost"
done
grep -q 'list of cuts' many.report || die "not told: $(cat many.report)"
grep -q 'its list of cuts tells of times behind its end' behind.report || die "not told: $(cat behind.report)"
grep -q 'packed; "behind", 20 s' behind.report || die "behind: not as recorded: $(cat behind.report)"
grep 'list of cuts' shorter.report some.report && die "these cuts are few"
# what was cut off by the list is not missing; what was cut off behind it is
ffmpeg -v error -y -i plain.mp4 -c copy -movflags +faststart front.mp4
head -c "$(($(wc -c <front.mp4) * 6 / 10))" front.mp4 >broken.mp4
# shellcheck disable=SC2086
"$LECPACK" pack broken.mp4 -o broken $options >broken.report || [ $? = 1 ] || die "broken: exit $?"
grep -q 'loss: .* missing' broken.report || die "the loss is not told: $(cat broken.report)"
