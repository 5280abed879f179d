# A transcript without times gets those of the speech; what differs is told.
. lib.sh
mkdir heard
cp "$MEDIA/talk.mp4" class.mp4
cat >heard/said.vtt <<'END'
WEBVTT

00:00:00.300 --> 00:00:02.000
the gradient is the soap of the line

00:00:02.100 --> 00:00:03.500
where it is zero we stop
END
echo 'The gradient is the slope of the line. Where it is zero, we stop.' >notes.txt
"$LECPACK" pack class.mp4 -o out --lang en --video none --transcript notes.txt --speech command \
    --speech-command "cat $PWD/heard/said.vtt" --speech-format vtt --quiet || die "exit code $?"
tr '\n' ' ' <out/captions.en.vtt | grep -q 'slope of the line\..*Where it is zero, we stop\.' ||
    die "the transcript's words are not the captions"
grep -q '"origin": "human"' out/lecpack.json || die "the manifest does not say that a person wrote it"
code=0
"$LECPACK" pack class.mp4 -o out --transcript not-there.txt 2>said || code=$?
[ $code -eq 66 ] || die "a transcript that is not there: exit code $code"
grep -q 'not-there.txt' said

# what is no text, or none, is refused before anything is heard
refused() { # FILE WORDS
    code=0
    "$LECPACK" pack class.mp4 -o no --transcript "$1" 2>said || code=$?
    [ $code -eq 65 ] || die "$1: exit code $code"
    grep -q "$1: $2" said || die "$1: said: $(cat said)"
    [ ! -e no ] && [ ! -e .no.work/hear ] || die "$1: something was made"
}
printf 'PK\003\004\000\000 word/document.xml \001\002' >notes.docx
printf '\000\001\002' >zeros.txt
printf ' \r\n\t\n' >blank.txt
: >empty.txt
refused notes.docx 'is not plain text'
refused zeros.txt 'is not plain text'
refused blank.txt 'there is no text in it'
refused empty.txt 'there is no text in it'
