#!/bin/sh
# sh pack-languages.sh LECPACK SAMPLE OUTPUT: packs the sample with captions in two more languages.
here=$(cd "$(dirname "$0")" && pwd)
set -e
rm -rf "$3" "$3.in" "$(dirname "$3")/.$(basename "$3").work"
mkdir -p "$3.in"
cp "$2"/recording.* "$here"/languages/recording.* "$3.in"
exec "$1" pack "$3.in" -o "$3" --lang en --video none --slide-text none --quiet
