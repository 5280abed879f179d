# The words on the slides are alternative text, are found by the search, and stand in the manifest.
. lib.sh
command -v tesseract >/dev/null || skip "tesseract is not installed"
top=$(dirname "$HERE")
"$LECPACK" pack "$top/../samples/session" -o out --video none --slide-text auto --quiet || die "exit code $?"
grep -q 'alt="Slide 1, shown at 0:00\. It says: .*Sampling error' out/index.html || die "the page does not say what slide 1 says"
grep -q '"text": ".*never exact' out/lecpack.json || die "the manifest does not say what slide 2 says"
grep -q '"text_origin": "ocr"' out/lecpack.json || die "nor where it knows that from"

# of a picture that lies on its side, and says so, they are read as it stands
ffmpeg -v error -y -i "$top/../samples/session/recording.mp4" -t 20 -an -vf transpose=2 -c:v mpeg4 -q:v 2 lying.mp4 ||
    skip "no MPEG-4"
ffmpeg -v error -y -i lying.mp4 -c copy -metadata:s:v rotate=270 turned.mp4
ffprobe -v error -show_entries side_data=rotation turned.mp4 | grep -q 'rotation=' || skip "no rotation"
for i in turned lying; do
    "$LECPACK" pack $i.mp4 -o $i --video none --slide-text auto --quiet || die "$i: exit code $?"
done
grep -q '"text": ".*Sampling error' turned/lecpack.json || die "the words on a turned picture were not read"
grep -q '"text": ".*Sampling error' lying/lecpack.json && die "they are read lying too: this shows nothing"
:

# words that a pen crosses are read as they were before
ffmpeg -v error -y -ss 20 -i "$top/../samples/session/recording.mp4" -frames:v 1 slide.png || die "the sample has no picture at 20 s"
bars=$(seq -s ',' -f 'drawbox=x=%g:y=0:w=6:h=ih:color=red:t=fill:enable=gte(t\,12)' 60 130 1200)
ffmpeg -v error -y -loop 1 -framerate 5 -i slide.png -t 24 -vf "$bars,format=yuv420p" -c:v mpeg4 -q:v 2 -g 50 -bf 0 crossed.mp4
ffmpeg -v error -y -loop 1 -framerate 5 -i slide.png -t 24 -vf "format=yuv420p" -c:v mpeg4 -q:v 2 -g 50 -bf 0 plain.mp4
for i in crossed plain; do
    "$LECPACK" pack $i.mp4 -o $i --video none --slide-text auto --quiet || die "$i: exit code $?"
    sed -n '/"slides": \[/,/\]/s/^ *"text": //p' $i/lecpack.json >$i.text
done
[ -s plain.text ] || die "no words were read"
cmp -s crossed.text plain.text || die "not the words as they were: $(cat crossed.text)"
