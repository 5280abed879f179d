# Captions in several languages, beside the recording or inside it: each is a track of the package, once; the learner
# chooses; one more redoes the text alone.
. lib.sh
three_languages in
printf '1\n00:00:00,500 --> 00:00:02,500\nLa copie.\n' >in/talk.fr.srt
go() {
    "$LECPACK" pack in -o out --lang en --video none "$@"
}
go --zip >report || die "exit $?"
[ "$(tracks out)" = 'captions.en.vtt captions.ar.vtt captions.fr.vtt ' ] || die "tracks: $(tracks out)"
grep -q 'talk.fr.srt (talk.fr.vtt has fr already)' report || die "what was left out is not told: $(cat report)"
for lang in en fr ar; do
    for file in captions.$lang.vtt captions.$lang.srt transcript.$lang.txt; do
        [ -s out/$file ] || die "$file is not there"
        grep -q "\"$file\"" out/lecpack.meta4 || die "$file is not in the Metalink"
        unzip -l out.zip | grep -q "[ /]$file$" || die "$file is not in the zip"
    done
done
grep -q '^Un échantillon' out/captions.fr.vtt || die "the French captions are not those of talk.fr.vtt"
! grep -rq 'La copie' out || die "what was left out is in the package"
grep -q '<div data-l="1" lang="ar" dir="rtl">' out/index.html || die "Arabic does not run from the right"
[ "$(grep -c '"dir": "rtl"' out/lecpack.json)" -eq 1 ] || die "the manifest does not say it"
grep -q 'العربية: captions.ar.vtt' out/README.txt || die "the README does not name it"
"$LECPACK" verify --quiet out || die "verify: $?"
[ "$("$LECPACK" lint out | grep -c '^captions\.[a-z]*\.vtt: 2 captions')" -eq 3 ] || die "lint does not look at all"
[ "$("$LECPACK" inspect in | grep -c '  captions: talk\.')" -eq 4 ] || die "inspect does not list all"

# one more, and one changed: the text is made again, nothing else is
sha256sum out/slides/* out/sound-* >before
two_cues 'Guten Morgen.' 'Eine Stichprobe ist ein Teil des Ganzen.' >in/talk.de.vtt
sed -i 's/Bonjour/Bienvenue/' in/talk.fr.vtt
go --explain >told || die "one more: exit $?"
[ "$(tracks out)" = 'captions.en.vtt captions.ar.vtt captions.de.vtt captions.fr.vtt ' ] || die "tracks: $(tracks out)"
grep -q Bienvenue out/captions.fr.vtt || die "the change is not there"
for stage in survey read hear stills sound; do
    grep -q "^$stage: up to date" told || die "$stage ran again: $(cat told)"
done
sha256sum out/slides/* out/sound-* | cmp -s - before || die "media changed with the text"
rm in/talk.*.vtt in/talk.fr.srt
two_cues 'Good morning.' 'A sample is a part of the whole.' >in/talk.vtt
go --quiet || die "one language: exit $?"
! grep -q 'name="lang"' out/index.html || die "a choice of one"
[ ! -e out/captions.fr.vtt ] || die "a language that went is still there"

# a text for what is said in English: the French that came with it stays, and what was of no use is told once
two_cues 'Bonjour.' 'Une partie du tout.' >in/talk.fr.vtt
printf 'WEBVTT\n' >in/talk.vtt
two_cues 'Good mourning.' 'A simple is a part.' >said.vtt
echo 'Good morning. A sample is a part.' >notes.txt
go --transcript notes.txt --speech command --speech-command "cat $PWD/said.vtt" --speech-format vtt >report || die "text: $?"
[ "$(tracks out)" = 'captions.en.vtt captions.fr.vtt ' ] || die "tracks with a text: $(tracks out)"
grep -q 'A sample is a part' out/captions.en.vtt || die "the text is not in the captions"
[ "$(grep -c 'talk.vtt: there are no captions in it' report)" -eq 1 ] || die "told not once: $(cat report)"

# tracks inside the recording
command -v ffmpeg >/dev/null || exit 0
printf '1\n00:00:01,000 --> 00:00:03,000\nWithin.\n' >en.srt
printf '1\n00:00:01,000 --> 00:00:03,000\nDedans.\n' >fr.srt
ffmpeg -v error -i "$MEDIA/talk.mp4" -i fr.srt -i en.srt -map 0 -map 1 -map 2 -c copy -c:s subrip \
    -metadata:s:s:0 language=fre -metadata:s:s:1 language=eng within.mkv || die "ffmpeg"
pack within.mkv -o inner --lang en --video none || die "within: exit $?"
[ "$(tracks inner)" = 'captions.en.vtt captions.fr.vtt ' ] || die "tracks within: $(tracks inner)"
grep -q Dedans inner/transcript.fr.txt || die "the French track is not there"
