. lib.sh
cp "$MEDIA/talk.mp4" "$MEDIA/talk.vtt" .
pack talk.mp4 -o out --video none --title 'A <b>bold</b> & "quoted" title' || die "exit $?"
"$LECPACK" report out --quiet --html report.html >said || die "exit $?"
[ ! -s said ] || die "quiet speaks"
head -n 1 report.html | grep -q '<!DOCTYPE html>' || die "no page"
grep -q '<svg' report.html || die "no picture"
! grep -qE '<script|<b>|https?:' report.html || die "it holds what it must not"

# Never inside the package, by whatever name it goes.
ln -s out/slides link
for file in out/report.html ./out/slides/../report.html "$PWD/out/report.html" link/report.html out/index.html; do
    "$LECPACK" report out --html "$file" >said 2>error
    [ $? -eq 73 ] && grep -q 'would stand in the package out' error || die "$file: $(cat error)"
    [ ! -s said ] || die "$file: it was told nevertheless"
done
"$LECPACK" verify out >/dev/null || die "the package was altered"

# A page is written over, other files are not.
"$LECPACK" report out --html report.html >/dev/null || die "again: exit $?"
cp talk.vtt other.vtt
"$LECPACK" report out --html other.vtt 2>error >/dev/null
[ $? -eq 73 ] && grep -q 'no HTML page' error || die "$(cat error)"
cmp talk.vtt other.vtt || die "other.vtt is gone"
"$LECPACK" report out --html no/such/folder/report.html 2>error >/dev/null
[ $? -ge 73 ] && grep -q 'no/such/folder' error || die "no folder: $(cat error)"
