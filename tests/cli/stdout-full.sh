. lib.sh
[ -c /dev/full ] || skip "no /dev/full"
"$LECPACK" --help >/dev/full
