. lib.sh
cp "$MEDIA/talk.mp4" "$MEDIA/talk.vtt" .
pack talk.mp4 -o out --video none --title Talk || die "exit $?"
"$LECPACK" lint talk.vtt >of-file
of_file=$?
[ $of_file -le 1 ] || die "the file: exit code $of_file"
"$LECPACK" lint out >of-package
[ $? -eq $of_file ] || die "file and package differ"
grep -q '^captions\..*\.vtt: .* captions; ' of-package || die "$(cat of-package)"
name=$(sed -n 's/: .*//p;q' of-package)

# The manifest is not believed: no way out of the folder, no link.
cp -r out way-out
sed -i "s|\"path\": \"$name\"|\"path\": \"../talk.vtt\"|" way-out/lecpack.json
"$LECPACK" lint way-out >/dev/null 2>error
[ $? -eq 65 ] && grep -q 'outside it' error || die "way out: $(cat error)"
cp -r out link
ln -sf ../talk.vtt "link/$name"
"$LECPACK" lint link >/dev/null 2>error
[ $? -eq 65 ] && grep -q 'no plain file' error || die "link: $(cat error)"
rm "out/$name"
"$LECPACK" lint out >/dev/null 2>error
[ $? -eq 65 ] && grep -q 'is missing' error || die "missing: $(cat error)"
echo '{' >out/lecpack.json
"$LECPACK" lint out >/dev/null 2>error
[ $? -eq 65 ] || die "broken manifest: $(cat error)"
