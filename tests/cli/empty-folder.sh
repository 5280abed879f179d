mkdir in
"$LECPACK" pack in -o out
code=$?
[ "$(ls -A)" = in ] || echo "left behind: $(ls -A)"
exit $code
