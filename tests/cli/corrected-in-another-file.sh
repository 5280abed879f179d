# What a person corrects where it is not taken from is told, kept aside, and no package that is not what it says stays.
. lib.sh
mkdir in
cp "$MEDIA/talk.mp4" in
two_cues 'Good morning.' 'A sample is a part of the whole.' >in/talk.en.vtt
go() {
    "$LECPACK" pack in -o out --lang en --video none >told 2>&1 || die "exit $?: $(cat told)"
}
go
cp -r out first
for file in captions.en.srt transcript.en.txt; do
    sed -i 's/Good/Fine/' out/$file # of the same size
    go
    grep -q "warning: $file: it was edited, but it is made of captions.en.vtt" told || die "$file: not told: $(cat told)"
    kept=$(sed -n 's/.*The edited file is now //p' told)
    grep -q 'Fine morning' "$kept" || die "$file: it is not where it is said to be: $kept"
    same_folder out first
    go
    ! grep -q 'warning: ' told || die "$file: still told: $(cat told)"
    grep -q 'nothing to do' told || die "$file: a further run did something: $(cat told)"
done
# anything else that is small and was altered, as by a disk that lies
sed -i '$s/.$/x/' out/chapters.json
go
same_folder out first
"$LECPACK" verify --quiet out || die "verify: $?"
