#!/bin/sh
# sh pack-review.sh LECPACK SAMPLE OUTPUT: packs the sample without its captions; an engine that is not sure hears them.
here=$(cd "$(dirname "$0")" && pwd)
set -e
rm -rf "$3" "$3.in" "$(dirname "$3")/.$(basename "$3").work"
mkdir -p "$3.in"
cp "$2"/recording.mp4 "$3.in"
exec "$1" pack "$3.in" -o "$3" --lang en --video none --slide-text none --quiet --speech command \
    --speech-command "cat $here/review/heard.json" --speech-format whisper-json
