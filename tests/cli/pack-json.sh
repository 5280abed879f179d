# --json: the report and nothing else on stdout, in JSON
. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --json --explain >report 2>err || die "exit $?"
grep -q '^survey: runs: not done yet$' err || die "no explanation on stderr"
grep -q '"up_to_date": false' report || die "no report"
[ "$(head -c 1 report)" = '{' ] || die "not only the report: $(head -n 1 report)"
# 35 and 400 kbit/s
awk -F '[:,]' '/"transfer_bytes"/ { bytes = $2 } /"minutes_2g"/ { slow = $2 } /"minutes_3g"/ {
    n++
    a = bytes * 8 / 35000 / 60 - slow
    b = bytes * 8 / 400000 / 60 - $2
    if (a > 0.006 || a < -0.006 || b > 0.006 || b < -0.006) wrong = 1
} END { exit wrong || n < 3 }' report || die "not the minutes of 2G and 3G: $(cat report)"
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --json | grep -q '"up_to_date": true' || die "not up to date"
