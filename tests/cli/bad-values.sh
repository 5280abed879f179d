# each wrong value is an error of its own that says what to give
. lib.sh
for arg in --sound-rate=5k --sound-rate=65k --sound-rate=fast --video=vp9 --jobs=0 --jobs=65 --jobs=x --progress=often \
    --lang=e_n --title= --zip=yes --output=; do
    "$LECPACK" pack "$MEDIA/talk.mp4" -o out "$arg" 2>err && die "$arg is taken"
    [ $? -eq 64 ] || die "$arg: another exit code"
    grep -q "^lecpack: ${arg%%=*}: " err || die "$arg: the option is not named as it was given: $(cat err)"
    [ "$(wc -l <err)" -eq 1 ] || die "$arg: not one line: $(cat err)"
done
"$LECPACK" pack "$MEDIA/talk.mp4" -o 2>err && die "-o without a value is taken"
[ "$(ls)" = err ] || die "something was made: $(ls -a)"
