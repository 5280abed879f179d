. lib.sh
cp "$MEDIA/talk.mp4" "$MEDIA/talk.vtt" .
"$LECPACK" inspect talk.mp4 || die "exit $?"
"$LECPACK" inspect talk.mp4 --json | grep -q '"codec": "mpeg4"' || die "no JSON"
[ "$(ls -A)" = "$(printf 'talk.mp4\ntalk.vtt')" ] || die "inspect wrote: $(ls -A)"
