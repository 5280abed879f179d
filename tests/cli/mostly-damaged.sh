# little of the sound, or of the picture, can be decoded: a package is made, and that is said everywhere
. lib.sh
damage() { # NAME OPTION [FROM [SPACING]]: one stream with noise in nearly every packet
    ffmpeg -v error -y -i "${3:-$MEDIA/talk.mp4}" -c copy "$2" "noise=amount=${4:-20}" "$1" 2>/dev/null || skip "no noise filter"
}
told() { # NAME LAYER SENTENCE
    "$LECPACK" pack "$1" -o out --video none --speech none --slide-text none >report
    code=$?
    [ $code -eq 1 ] || die "$1: exit $code: $(cat report)"
    # a decoder that makes silence of what it still takes leaves no layer of sound
    grep -qE "^  $2 *(mostly damaged|could not be made)" report || die "$1: not told: $(cat report)"
    grep -q "loss: .*$3" report || die "$1: no loss: $(cat report)"
    grep -q "$3" out/lecpack.json || die "$1: not in the manifest"
    grep -q "$3" out/index.html || die "$1: not on the page"
    "$LECPACK" verify out --quiet || die "$1: verify: $?"
}
damage sound.mp4 -bsf:a
told sound.mp4 sound 'most of its sound is damaged'
# .. and when there was nothing to hear in the rest
ffmpeg -v error -y -f lavfi -i testsrc2=s=160x90:r=10:d=8 -f lavfi -i anullsrc=r=16000:cl=mono -t 8 -c:v mpeg4 -c:a aac quiet.mkv \
    2>/dev/null || skip "no AAC"
damage silent.mkv -bsf:a quiet.mkv 5
told silent.mkv sound 'most of its sound is damaged'
damage picture.mp4 -bsf:v
told picture.mp4 slides 'most of its picture is damaged'
