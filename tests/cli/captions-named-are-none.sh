# captions that were asked for by name are taken or refused; found ones that are none cost only a warning
. lib.sh
printf 'WEBVTT\n\n' >none.vtt
for file in none.vtt "$MEDIA/text.mp4"; do
    code=0
    pack "$MEDIA/talk.mp4" -o out --video none --speech none --slide-text none --captions "$file" 2>err || code=$?
    [ $code = 65 ] || die "$file: exit $code"
    grep -qF "$(basename "$file")" err || die "not named: $(cat err)"
    [ ! -e out ] || die "a package all the same"
    [ ! -e .out.work/survey.json ] || die "$file: refused only after the long look at the recording"
done
cp "$MEDIA/talk.mp4" lecture.mp4
cp none.vtt lecture.vtt
pack lecture.mp4 -o out --video none --speech none --slide-text none || die "exit $?"
