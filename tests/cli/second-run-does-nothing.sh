# nothing changed: no work, no byte and no time stamp changes, and it says so
. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --zip >/dev/null || die "exit $?"
snapshot out >out.1
snapshot .out.work >work.1
cksum out.zip >zip.1
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --zip --explain >told || die "second: $?"
snapshot out | diff out.1 - >&2
snapshot .out.work | diff work.1 - >&2
cksum out.zip | cmp zip.1 -
grep runs told
grep '^out: up to date' told
