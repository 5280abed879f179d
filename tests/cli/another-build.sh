# a build with another page makes the page anew, and nothing else; one zip that is missing is all that is made
. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --quiet || die "exit $?"
record=.out.work/package.json
grep -q "\"the program's own page\": \"[0-9a-f]\{64\}\"" $record || die "the record does not name the page"
sed -i "s/\(\"the program's own page\": \"\)[0-9a-f]\{8\}/\100000000/
    s/\(^ *\"key\": \"\)[0-9a-f]\{8\}/\100000000/" $record # as an older build left it
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --explain >told || die "exit $?: $(cat told)"
[ "$(grep 'runs:' told)" = "package: runs: the program's own page changed" ] || die "$(cat told)"
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --zip >told || die "zip: exit $?"
grep -q '^out: up to date, its zip was made; ' told || die "not what was done: $(cat told)"
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --zip >told
grep -q '^out: up to date, nothing to do; ' told || die "again: $(cat told)"
