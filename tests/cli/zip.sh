. lib.sh
command -v unzip >/dev/null || skip "no unzip"
pack "$MEDIA/talk.mp4" -o out --video none --zip || die "exit $?"
unzip -tqq out.zip || die "unzip does not like it"
mkdir x
unzip -qq out.zip -d x
if [ -e x/index.html ]; then same_folder x out; else same_folder x/* out; fi
