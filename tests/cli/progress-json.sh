. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --quiet --progress=json 2>quiet || die "exit $?"
[ ! -s quiet ] || die "quiet is not"
rm -rf out .out.work
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --progress=json >report 2>lines || die "exit $?"
grep -qv '^{"stage":"[a-z]*","fraction":[01]\.[0-9]*,"done_s":[0-9.]*,"total_s":[0-9a-z.]*,"speed":[0-9a-z.]*,"eta_s":[0-9a-z.]*}$' \
    lines && die "an odd line: $(head -n 3 lines)"
tail -n 1 lines | grep -q '"stage":"package","fraction":1.0000' || die "the end: $(tail -n 1 lines)"
sed 's/.*"fraction":\([0-9.]*\).*/\1/' lines >fractions
sort -n fractions | cmp -s - fractions || die "the fraction falls"
