#!/bin/sh
# sh pack-steps.sh LECPACK SAMPLE OUTPUT: packs half a minute of words that a pen crosses.
here=$(cd "$(dirname "$0")" && pwd)
set -e
rm -rf "$3" "$3.in" "$(dirname "$3")/.$(basename "$3").work"
mkdir -p "$3.in"
cd "$3.in"
. "$here/../cli/lib.sh"
crossed_words "$3.in/talk.mp4"
exec "$1" pack "$3.in/talk.mp4" -o "$3" --lang en --video none --slide-text none --speech none --quiet
