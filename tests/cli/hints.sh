# a call that nearly says what is meant is told how to say it
. lib.sh
refused() { # TEXT ARGUMENTS...
    text=$1
    shift
    code=0
    "$LECPACK" "$@" >out.txt 2>err || code=$?
    [ $code -ge 64 ] || die "$*: exit $code"
    grep -qF -e "$text" err || die "$*: $(cat err)"
}
cp "$MEDIA/talk.mp4" ./-dash.mp4
: >sample.zip
refused 'write ./-dash.mp4' pack -dash.mp4 -o out
refused 'unpack a zip' verify sample.zip
refused 'no folder of that name' verify nothing
refused 'as one and as two' pack ./-dash.mp4 -o one -o two
"$LECPACK" help >a || die "help: $?"
"$LECPACK" --help | cmp - a || die "help is another help"
"$LECPACK" help pack >a || die "help pack: $?"
"$LECPACK" pack --help | cmp - a || die "help pack is another help"
