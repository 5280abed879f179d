# What stands in the place of captions and is no file is no correction: it is told by its name, never followed and never kept.
. lib.sh
mkdir in
cp "$MEDIA/talk.mp4" in
two_cues 'Good morning.' 'A sample is a part of the whole.' >in/talk.en.vtt
two_cues 'Bonjour.' 'Une partie du tout.' >in/talk.fr.vtt
two_cues 'A secret.' 'Another.' >secret.vtt
go() {
    "$LECPACK" pack in -o out --lang en --video none >told 2>&1 || die "exit $?: $(cat told)"
}
go
cp -r out first
put() { # KIND FILE
    rm "out/$2"
    case $1 in
    link) ln -s "$PWD/secret.vtt" "out/$2" ;;
    dangling) ln -s "$PWD/nothing" "out/$2" ;;
    folder) mkdir "out/$2" ;;
    pipe) mkfifo "out/$2" ;;
    esac
}
for file in captions.en.vtt captions.fr.vtt captions.en.srt transcript.en.txt; do
    for kind in 'link:a symbolic link' 'dangling:a symbolic link' 'folder:a folder' 'pipe:no file'; do
        put "${kind%%:*}" $file
        go
        grep -q "warning: $file: is ${kind#*:}, which is not taken for a correction" told || die "$file, $kind: not told: $(cat told)"
        [ "$(grep -c 'warning: ' told)" = 1 ] || die "$file, $kind: told more than once: $(cat told)"
        same_folder out first
        go
        ! grep -q 'warning: ' told || die "$file, $kind: still told when all is well again: $(cat told)"
    done
done
# the same file, kept elsewhere, was not edited
cp out/captions.en.vtt kept.vtt
rm out/captions.en.vtt
ln -s "$PWD/kept.vtt" out/captions.en.vtt
go
! grep -q 'warning: ' told || die "the same text is told as a correction: $(cat told)"
same_folder out first
