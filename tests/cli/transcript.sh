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

# captions that came with the recording are not left out without a word
two_cues 'Good morning.' 'A sample is a part of the whole.' >heard/other.vtt
"$LECPACK" pack class.mp4 -o out --lang en --video none --transcript notes.txt --captions heard/other.vtt --speech command \
    --speech-command "cat $PWD/heard/said.vtt" --speech-format vtt >told || die "with captions: exit code $?"
grep -q 'captions left out: other.vtt, for notes.txt has the words' told || die "what is left out is not told: $(cat told)"

# a transcript of quite another class is told to be one
echo 'Palm oil and rice are cooked with salt in a pot that stands on three stones.' >rice.txt
"$LECPACK" pack class.mp4 -o out --lang en --video none --transcript rice.txt --speech command \
    --speech-command "cat $PWD/heard/said.vtt" --speech-format vtt >told || die "of another class: exit code $?"
grep -q 'warning: rice.txt: of its 16 words . were heard' told || die "the wrong transcript is not told: $(cat told)"

# nothing was heard that could give it times: it is not in the package, and that is a loss
printf 'WEBVTT\n' >heard/nothing.vtt
unheard() { # MORE OPTIONS
    code=0
    "$LECPACK" pack class.mp4 -o out --lang en --video none --transcript notes.txt --speech command \
        --speech-command "cat $PWD/heard/nothing.vtt" --speech-format vtt "$@" >told || code=$?
}
unheard
[ $code -eq 1 ] || die "a transcript without times: exit code $code: $(cat told)"
grep -q 'notes.txt: it is not in the package' told || die "it is not told: $(cat told)"
unheard --captions heard/other.vtt
[ $code -eq 0 ] || die "with captions beside: exit code $code: $(cat told)"
grep -q 'notes.txt: it is not in the package' told || die "with captions beside it is not told: $(cat told)"
grep -q 'part of the whole' out/captions.en.vtt || die "nor were the other captions taken"

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
