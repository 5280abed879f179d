. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --video none --captions "$MEDIA/latin1.srt" --lang fr >report || die "exit $?"
grep -q "Une journée à l'école" out/captions.fr.vtt || die "not converted"
grep -q windows-1252 report || die "the report does not say so: $(cat report)"
