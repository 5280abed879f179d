# The language that a person writes into the header of captions in the package is theirs from then on.
. lib.sh
three_languages in
rm in/talk.ar.vtt
go() {
    "$LECPACK" pack in -o out --lang en --video none "$@" >told || die "exit $?: $(cat told)"
}
is_tracks() {
    [ "$(tracks out)" = "$1" ] || die "$2: $(tracks out)"
}
nothing_to_do() {
    go
    grep -q 'nothing to do' told || die "$1: a further run did something: $(cat told)"
}
go
sed -i 's/^Language: en/Language: sw/' out/captions.en.vtt
go
is_tracks 'captions.sw.vtt captions.fr.vtt ' 'the header was not taken'
grep -q '^Language: sw' out/captions.sw.vtt || die 'its own header does not say it'
grep -q "lang=.sw" out/index.html || die "the page does not say it"
[ ! -e out/captions.en.vtt ] || die 'what it was called stayed'
grep -q 'the captions in en were edited to say "Language: sw"' told || die "not told: $(cat told)"
nothing_to_do 'renamed'

# and so is what is corrected after that, also where the work folder is gone
sed -i 's/whole/jumla/' out/captions.sw.vtt
go
grep -q jumla out/captions.sw.vtt || die 'the second correction was lost'
rm -rf .out.work
go
is_tracks 'captions.sw.vtt captions.fr.vtt ' 'without the work folder'
grep -q jumla out/captions.sw.vtt || die 'the second correction went with the work folder'
nothing_to_do 'without the work folder'

# a language that other captions have is not taken away from them
sed -i 's/^Language: sw/Language: fr/' out/captions.sw.vtt
go
is_tracks 'captions.en.vtt captions.fr.vtt ' 'a language of others was taken'
grep -q 'warning: the captions in en were edited to say "Language: fr", which other captions have' told || die "not told: $(cat told)"
grep -q jumla out/captions.en.vtt || die 'the text was lost'

# but two may change places
sed -i 's/^Language: en/Language: fr/' out/captions.en.vtt
sed -i 's/^Language: fr/Language: en/' out/captions.fr.vtt
go
is_tracks 'captions.fr.vtt captions.en.vtt ' 'they did not change places'
grep -q jumla out/captions.fr.vtt || die 'not with their text'
nothing_to_do 'changed places'

# what is no language is told, and changes nothing
sed -i 's/^Language: fr/Language: Klingon/' out/captions.fr.vtt
go
grep -q 'its header says "Language: Klingon"' told || die "not told: $(cat told)"
"$LECPACK" verify --quiet out || die "verify: $?"

# captions of which nobody knew the language get one so too
rm -rf in
mkdir in
cp "$MEDIA/talk.mp4" in
two_cues 'Habari.' 'Sampuli ni sehemu.' >in/talk.vtt
two_cues 'Bonjour.' 'Une partie.' >in/other.vtt
"$LECPACK" pack in -o new --video none --captions in/talk.vtt --captions in/other.vtt >told 2>&1 && die 'two of no language were taken'
"$LECPACK" pack in/talk.mp4 -o new --video none --captions in/talk.vtt --quiet || die "unknown: $?"
[ "$(tracks new)" = 'captions.und.vtt ' ] || die "unknown: $(tracks new)"
sed -i 's/^WEBVTT/WEBVTT\nLanguage: sw/' new/captions.und.vtt
"$LECPACK" pack in/talk.mp4 -o new --video none --captions in/talk.vtt >told || die "known: $?"
[ "$(tracks new)" = 'captions.sw.vtt ' ] || die "known: $(tracks new)"
