#!/bin/sh
# Makes the recordings that the tests use in the folder $1: seconds long and small, so that packing them takes no time.
set -eu
cd "$1"
rm -f done
say="Good morning. Today we look at samples. A sample is a part of the whole. We draw it at random."
if command -v espeak-ng >/dev/null; then
    espeak-ng -w speech.wav "$say"
else
    ffmpeg -v error -y -f lavfi -i 'sine=300:d=8,tremolo=f=3:d=0.9' speech.wav
fi
# three slides of 3, 3 and 2 seconds: white with dark bars where text would be
bars() { # Y...
    printf 'color=white:s=320x180:r=10:d=%s' "$1"
    shift
    for y in "$@"; do
        printf ',drawbox=x=%s:y=%s:w=%s:h=8:color=black:t=fill' $((10 + y % 30)) "$y" $((120 + y))
    done
}
ffmpeg -v error -y -f lavfi -i "$(bars 3 20 40 60)" -f lavfi -i "$(bars 3 30 90 110 130)" \
    -f lavfi -i "$(bars 2 15 75 100 150)" -i speech.wav \
    -filter_complex '[0][1][2]concat=n=3:v=1:a=0[v];[3]apad,atrim=end=8,aresample=16000[a]' -map '[v]' -map '[a]' \
    -c:v mpeg4 -q:v 3 -g 10 -c:a aac -b:a 48k -metadata title="Sampling" talk.mp4
ffmpeg -v error -y -i talk.mp4 -map 0:v -c copy no-sound.mp4
ffmpeg -v error -y -i talk.mp4 -map 0:a -c copy sound-only.m4a
# cut in the middle of its frames: the index is at the front and claims more than there is
ffmpeg -v error -y -i talk.mp4 -c copy -movflags +faststart whole.mp4
head -c "$(($(wc -c <whole.mp4) * 6 / 10))" whole.mp4 >cut-short.mp4
rm -f whole.mp4
printf 'WEBVTT\n\n00:00.200 --> 00:02.800\nGood morning. Today we look at samples.\n\n%s\n%s\n' \
    '00:03.000 --> 00:06.000' 'A sample is a part of the whole.' >talk.vtt
printf '1\n00:00:00,200 --> 00:00:02,800\nUne journ\351e \340 l'\''\351cole.\n\n' >latin1.srt
: >empty.mp4
printf 'This is a shopping list: eggs, flour, salt.\n%.0s' 1 2 3 4 5 6 7 8 9 >text.mp4
: >done
