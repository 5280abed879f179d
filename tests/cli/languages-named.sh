. lib.sh
# --captions for each language: all are taken, the first is the main one; two of one language are refused at once.
mkdir texts
two_cues 'Good morning.' 'A sample is a part of the whole.' >texts/first_en.vtt
two_cues 'Bonjour.' 'Un \303\251chantillon.' >texts/b.fr.vtt
printf 'WEBVTT\nLanguage: de\n\n00:00.500 --> 00:02.500\nGuten Morgen.\n' >texts/c.vtt
cp "$MEDIA/talk.mp4" .
fast="--video none --speech none --slide-text none"
# shellcheck disable=SC2086
pack talk.mp4 -o out $fast --captions texts/b.fr.vtt --captions texts/first_en.vtt -c texts/c.vtt || die "exit code $?"
[ "$(tracks out)" = "captions.fr.vtt captions.en.vtt captions.de.vtt " ] || die "tracks: $(tracks out)"
grep -q 'Guten Morgen' out/captions.de.vtt || die "no German"

refused() { # WHY FILE..: in exit code 64, before anything is made
    why=$1
    shift
    code=0
    # shellcheck disable=SC2086
    pack talk.mp4 -o none $fast "$@" 2>err || code=$?
    [ $code -eq 64 ] || die "$*: exit code $code, not 64: $(cat err)"
    grep -qF "$why" err || die "$*: $(cat err)"
    [ ! -e none ] || die "$*: a package was made"
}
cp texts/b.fr.vtt texts/d.fr.vtt
cp texts/c.vtt texts/e.vtt
refused 'texts/d.fr.vtt: captions in fr come from texts/b.fr.vtt already' -c texts/b.fr.vtt -c texts/d.fr.vtt
refused 'texts/e.vtt: captions in de come from c.vtt already' -c texts/c.vtt -c texts/e.vtt
