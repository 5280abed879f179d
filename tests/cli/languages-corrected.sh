# What a person corrects in the package stays, in each language, and changes no other.
. lib.sh
three_languages in
go() {
    "$LECPACK" pack in -o out --lang en --video none "$@"
}
go --quiet || die "exit $?"
sed -i 's/partie du tout/partie de la population/' out/captions.fr.vtt
sed -i 's/جزء من/بعض من/' out/captions.ar.vtt
cp out/captions.en.vtt english
go --quiet || die "corrected: $?"
grep -q 'partie de la population' out/captions.fr.vtt || die "the French correction was lost"
grep -q 'partie de la population' out/index.html || die "the French correction is not in the page"
grep -q 'بعض من' out/transcript.ar.txt || die "the Arabic correction was lost"
cmp english out/captions.en.vtt || die "the English captions changed"
[ "$(grep -c '"reviewed": false' out/lecpack.json)" = 3 ] || die "what is corrected in part is called reviewed"
[ "$(grep -c '"corrected": true' out/lecpack.json)" = 2 ] && [ "$(grep -c '"checked": 1,' out/lecpack.json)" = 2 ] ||
    die "corrected is not told of each"
go --explain | grep -q 'nothing to do' || die "a third run did something"
rm -rf .out.work
go --quiet || die "without the work folder: $?"
grep -q 'partie de la population' out/captions.fr.vtt || die "the correction went with the work folder"
# French first now: its corrections stay its own
go --quiet --lang fr || die "French first: $?"
[ "$(tracks out)" = 'captions.fr.vtt captions.ar.vtt captions.en.vtt ' ] || die "tracks: $(tracks out)"
grep -q 'partie de la population' out/captions.fr.vtt || die "the correction was lost with the order"
cmp english out/captions.en.vtt || die "English took what is French"
go --quiet || die "English again: $?"
"$LECPACK" verify --quiet out || die "verify: $?"
# a language that is gone takes its corrections with it, and that is told
rm in/talk.ar.vtt
go >report || die "without Arabic: $?"
grep -q 'warning: the captions in ar that were edited .* left out' report || die "not told: $(cat report)"
! grep -q 'captions in fr' report || die "told of French: $(cat report)"
go >report || die "without Arabic again: $?"
! grep -q 'captions in ar' report || die "told again when nothing is done: $(cat report)"
