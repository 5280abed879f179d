. lib.sh
# Of a recording with one side silent, or with its sides against each other, one side is taken, and measured as if it were all.
ffmpeg -v error -y -i "$MEDIA/talk.mp4" -map 0:a -ac 1 -ar 48000 voice.wav
for f in 'alone pan=mono|c0=c0' 'left pan=stereo|c0=c0|c1=0*c0' 'right pan=stereo|c0=0*c0|c1=c0' 'against pan=stereo|c0=c0|c1=-1*c0' \
    'both pan=stereo|c0=c0|c1=c0'; do
    ffmpeg -v error -y -i voice.wav -af "${f#* }" -c:a pcm_s16le "${f%% *}.wav"
    pack "${f%% *}.wav" -o "${f%% *}" -w "${f%% *}.work" --speech none || [ $? = 1 ] || die "$f: exit $?"
done
sound() { # NAME KEY
    tr -d ' \n' <"$1.work/survey.json" | sed 's/.*"sound":{\([^]]*\).*/\1/' | tr ',' '\n' | grep "\"$2\":"
}
for name in left right against both; do
    for key in loudness_lufs peak_db gain_db; do
        [ "$(sound $name $key)" = "$(sound alone $key)" ] || die "$name: $(sound $name $key), alone: $(sound alone $key)"
    done
    same_file=$(ls $name/sound-*.webm)
    cmp -s "$same_file" alone/sound-*.webm || die "$name: another sound than that of the side alone"
done
grep -q sound-one-sided left.work/survey.json || die "left: not told"
grep -q sound-one-sided right.work/survey.json || die "right: not told"
grep -q sound-phase-inverted against.work/survey.json || die "against: not told"
grep -q 'sound-one-sided\|sound-phase' both.work/survey.json && die "both: told"
:
