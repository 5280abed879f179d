# Closed captions inside the picture are taken where there are no others. From a real recording, where the corpus is there.
. lib.sh
class=${LECPACK_CORPUS:-$HERE/../../../shared/corpus}/media/androidx/mp4_fragmented_captions.mp4
[ -e "$class" ] || skip "no corpus beside the source: $class"
mkdir in
cp "$class" in/class.mp4
"$LECPACK" inspect in >told || die "inspect: exit code $?"
grep -q 'captions: stream 0, eia_608' told || die "they are not found: $(cat told)"
pack in -o out --video none --speech none || die "pack: exit code $?"
grep -q 'MUSIC' out/captions.und.vtt || die "they are not in the package"
grep -q '"origin": "platform"' out/lecpack.json || die "nor is it said where they are from"
two_cues 'Good morning.' 'A sample is a part of the whole.' >in/class.vtt
"$LECPACK" pack in -o out --video none --speech none >told || die "with a file: exit code $?"
grep -q 'captions used: class.vtt (.*); left out: stream 0' told || die "what a person put there comes first: $(cat told)"
! grep -q 'MUSIC' out/captions.und.vtt || die "both are taken"
