# the whole path, and what it makes holds
. lib.sh
"$LECPACK" pack "$MEDIA/talk.mp4" -o out --lang en >report || die "exit $?"
cat report
for f in index.html lecpack.json lecpack.meta4 manifest-sha256.txt README.txt captions.en.vtt transcript.en.txt; do
    [ -s "out/$f" ] || die "no $f"
done
(cd out && sha256sum --quiet -c manifest-sha256.txt) || die "manifest-sha256.txt does not hold"
"$LECPACK" verify out --quiet || die "verify: $?"
[ "$(ls -A)" = "$(printf '.out.work\nout\nreport')" ] || die "also made: $(ls -A)"
