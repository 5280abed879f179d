# The words on the slides are alternative text, are found by the search, and stand in the manifest.
. lib.sh
command -v tesseract >/dev/null || skip "tesseract is not installed"
top=$(dirname "$HERE")
"$LECPACK" pack "$top/../samples/session" -o out --video none --slide-text auto --quiet || die "exit code $?"
grep -q 'alt="Slide 1, shown at 0:00\. It says: .*Sampling error' out/index.html || die "the page does not say what slide 1 says"
grep -q '"text": ".*never exact' out/lecpack.json || die "the manifest does not say what slide 2 says"
grep -q '"text_origin": "ocr"' out/lecpack.json || die "nor where it knows that from"
