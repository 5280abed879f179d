# --json: the report and nothing else on stdout, in JSON
. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --json --explain >report 2>err || die "exit $?"
grep -q '^survey: runs: not done yet$' err || die "no explanation on stderr"
grep -q '"up_to_date": false' report || die "no report"
[ "$(head -c 1 report)" = '{' ] || die "not only the report: $(head -n 1 report)"
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --json | grep -q '"up_to_date": true' || die "not up to date"
