# A correction takes what was corrected, and nothing else, off the list of doubtful captions; a person says what is right as it
# stands, or that all of it is; the manifest and the page say no more than that.
. lib.sh
mkdir in
cp "$HERE/../../samples/session/recording.mp4" in/class.mp4
go() {
    "$LECPACK" pack in -o out --lang en --video none --slide-text none --speech command \
        --speech-command "cat $HERE/../browser/review/heard.json" "$@" >told || die "exit $?: $(cat told)"
}
is_listed() { # TEXT: in a box of the review page
    sed -n '/<textarea/,/<\/textarea>/p' out/captions.review.html | grep -q "$1"
}
is_in_manifest() {
    grep -q "$1" out/lecpack.json || die "the manifest does not say $1: $(grep -A4 '"reviewed"' out/lecpack.json)"
}
go
is_listed 'Good mourning' && is_listed 'simple mean' || die "what is doubtful is not listed"
! grep -q NOTE out/captions.en.vtt || die "it is said to be checked"
! grep -q '"corrected"' out/lecpack.json || die "it is said to be corrected"

sed -i 's/mourning/morning/' out/captions.en.vtt
go
! is_listed 'Good morning' || die "what was corrected is still listed"
is_listed 'simple mean' || die "what was not corrected left the list"
is_in_manifest '"reviewed": false'
is_in_manifest '"corrected": true'
is_in_manifest '"checked": 1'
grep -q 'a person has corrected some of them' out/index.html || die "the page does not say it"
[ "$(sed -n '/NOTE checked/,$p' out/captions.en.vtt | tail -n +2)" = 00:00:01.000 ] || die "not noted: $(cat out/captions.en.vtt)"
cp -r out first
go
grep -q 'nothing to do' told || die "a further run did something"
rm -rf .out.work
go
same_folder out first

# laid out or heard anew: what a machine did is no correction
go --caption-style 32
is_in_manifest '"checked": 1'
go

# one caption is right as it is, another gets a time, and of speech that was not recognised it is said that it is none
n_lost=$(grep -c data-new out/captions.review.html || :)
[ "$n_lost" -gt 1 ] || die "there is no speech that was not recognised"
lost=$(sed -n 's/.*data-new="\([0-9:.]*\) .*/\1/p' out/captions.review.html | head -n 1)
sed -i 's/00:00:16.000 -->/00:00:15.900 -->/' out/captions.en.vtt
printf '\nNOTE checked\r\n00:00:08.000\r\n%s\r\n' "$lost" >>out/captions.en.vtt
go
is_in_manifest '"checked": 3'
! is_listed 'simple mean' || die "what is right is still listed"
[ "$(grep -c data-new out/captions.review.html || :)" -eq $((n_lost - 1)) ] || die "what is no speech is still listed, or all of it left"
# who saves from a program that loses comments loses no marks
sed -i '/^NOTE/,$d;s/mean of it/mean of them/' out/captions.en.vtt
go
is_in_manifest '"checked": 3'
[ "$(grep -c data-new out/captions.review.html || :)" -eq $((n_lost - 1)) ] || die "what is no speech is back"

sed -i 's/^WEBVTT$/&\n\nNOTE reviewed/' out/captions.en.vtt
sed -i '/^Language/d' out/captions.en.vtt
go
is_in_manifest '"reviewed": true'
! grep -q '"checked":' out/lecpack.json || die "a part is counted where all is reviewed"
[ ! -e out/captions.review.html ] || die "there is still a list"
grep -q 'a person has gone over all of them' out/index.html || die "the page does not say it"
rm -rf .out.work
go
is_in_manifest '"reviewed": true'
"$LECPACK" verify --quiet out || die "verify: $?"
