. lib.sh
fails() { # CODE TEXT ARGUMENT ..
    want=$1 text=$2
    shift 2
    "$LECPACK" "$@" >out 2>error
    code=$?
    [ $code -eq "$want" ] && grep -qF -- "$text" error && [ ! -s out ] || die "$*: $code, $(cat error out)"
}
mkdir folder
echo 'This is no caption file.' >text.vtt
: >empty.srt
head -c 3000 /dev/urandom >noise.srt
fails 66 'missing.vtt' lint missing.vtt
fails 66 'not a package' lint folder
fails 65 'text.vtt: there are no captions' lint text.vtt
fails 65 'empty.srt: there are no captions' lint empty.srt
fails 65 'noise.srt: there are no captions' lint noise.srt
fails 64 'give 42, 37 or 32' lint text.vtt --caption-style 40
fails 64 'the input is missing' lint
fails 64 'is no option of lecpack lint' lint text.vtt --output x
fails 64 'did you mean lecpack lint' lnt text.vtt
"$LECPACK" lint --help | grep -q 'at least one hard rule is broken' || die "help does not tell the exit codes"
