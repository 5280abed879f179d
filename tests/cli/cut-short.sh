# what is left is packed, and that something is missing is said in the report, the manifest and the page
. lib.sh
"$LECPACK" pack "$MEDIA/cut-short.mp4" -o out --video none >report || die "exit $?"
grep -q '  loss: \|  warning: ' report || die "not in the report: $(cat report)"
grep -q '"severity": *"\(loss\|warning\)"' out/lecpack.json || die "not in the manifest"
"$LECPACK" verify out --quiet || die "verify: $?"
