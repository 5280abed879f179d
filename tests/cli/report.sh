. lib.sh
cp "$MEDIA/talk.mp4" "$MEDIA/talk.vtt" .
pack talk.mp4 -o out || die "exit $?"
everything() {
    snapshot out
    snapshot .out.work
}
everything >before
"$LECPACK" report out >text || die "exit $?"
"$LECPACK" report out --json >json || die "json: exit $?"
everything | diff before - >&2 || die "a report changed something"

has() { # FILE PATTERN...
    file=$1
    shift
    for pattern in "$@"; do
        grep -qE -- "$pattern" "$file" || die "$pattern is not in $file: $(cat "$file")"
    done
}
has text '^out: "Sampling", 8 s, ' '^  text +[0-9.]+ k?B ' '^  0:00 +[0-9]+ k?B  #{40}$' \
    '^  found +2, in 2 pictures' 'nothing: the package is as long' '^  recording +-[0-9.]+ LUFS' \
    '^  package +-1[5-9]\.[0-9] LUFS' 'captions.*vtt: platform; 2 captions' \
    '^  survey +[0-9.]+ s$' '^  video +[0-9.]+ s$' 'It is not measured'
! grep -q 'not known' text || die "something is not known: $(cat text)"

# The bytes of the layers and of the lines are those of the manifest.
for layer in text slides sound video; do
    bytes=$(sed -n "/\"id\": \"$layer\"/,/}/s/.*\"transfer\": \([0-9]*\),*/\1/p" out/lecpack.json)
    got=$(sed -n "/\"id\": \"$layer\"/,/}/s/.*\"transfer_bytes\": \([0-9]*\),*/\1/p" json)
    [ -n "$bytes" ] && [ "$bytes" = "$got" ] || die "$layer: $got bytes, not $bytes"
    seconds=$(awk "BEGIN { printf \"%.1f\", $bytes * 8 / 35000 }")
    sed -n '/"bits_per_second": 35000/,/}/p' json | grep -q "\"$layer\": $seconds" || die "$layer on 2G"
done

# The bytes of a minute are those of its packets.
command -v ffprobe >/dev/null || skip "no ffprobe"
for kind in sound video; do
    sum=$(ffprobe -v error -show_entries packet=size -of csv=p=0 out/$kind-*.webm | awk -F, '{ n += $1 } END { print n }')
    sed -n '/"minutes"/,/\]/p' json | grep -q "\"$kind\": $sum\>" || die "$kind: not $sum: $(cat json)"
done

# What is made again has a new time; the package stays the same to the byte.
cp -r out first
rm -r .out.work out
pack talk.mp4 -o out || die "again: exit $?"
same_folder first out

# Without the work folder, or with that of another package, it says what it can not tell.
"$LECPACK" report first >without || die "without: exit $?"
has without 'The work folder \./\.first\.work is not there' 'with --work'
! grep -q '^  recording' without || die "loudness before: where from?"
"$LECPACK" report first --work .out.work >named || die "named: exit $?"
has named '^  recording +-[0-9.]+ LUFS'
cp "$MEDIA/talk.mp4" other.mp4
pack other.mp4 -o other --title Other --video none || die "other: exit $?"
"$LECPACK" report other --work .out.work >of-other || die "of another: exit $?"
has of-other 'is of another package'
! grep -q '^  survey' of-other || die "times of another package are told"

# What is lost is told, and costs that figure alone.
head -c 700 "$(echo first/sound-*.webm)" >short
cp short "$(echo first/sound-*.webm)"
rm first/video-*.webm first/captions.*.vtt
"$LECPACK" report first >lost || die "lost: exit $?"
has lost '^  text ' 'bytes of the video in each minute: video-.*is missing' 'Whether the captions can be read'
rm -r out/lecpack.json
"$LECPACK" report out 2>error
[ $? -eq 66 ] && grep -q 'not a package' error || die "no package: $(cat error)"
