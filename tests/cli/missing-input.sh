"$LECPACK" pack none.mp4 -o new/out
code=$?
[ -z "$(ls -A)" ] || echo "left behind: $(ls -A)"
exit $code
