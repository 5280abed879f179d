#!/bin/sh
# Proves that corpus.sh sees a crash, a wrong exit code, a sanitizer's report and a half-written
# package: each is played by a false lecpack.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/media"
echo one >"$tmp/media/one talk.mp4"
export LECPACK_CORPUS="$tmp/media"
wrong=0

# The honest one: inspect prints JSON, pack makes a folder, verify is content.
honest='case $1 in
inspect) echo "{}" ;;
pack) while [ "$1" != -o ]; do shift; done; mkdir "$2" ;;
esac
'
expect() { # CODE VERDICT PROGRAM
    printf '#!/bin/sh\n%s\n' "$3" >"$tmp/lecpack"
    chmod +x "$tmp/lecpack"
    code=0
    sh "$here/corpus.sh" "$tmp/lecpack" "$tmp" "$tmp/out" >"$tmp/said" 2>&1 || code=$?
    if [ "$code" -ne "$1" ] || ! grep -q "^$2 " "$tmp/out/table"; then
        echo "corpus.sh should end with $1 and say $2; it ended with $code and said, for:"
        printf '%s\n' "$3"
        cat "$tmp/said"
        wrong=1
    fi
}

expect 0 ok "$honest"
expect 0 ok 'echo "one talk.mp4: is no recording" >&2; exit 65'
expect 1 inspect-exit-139 "[ \$1 = pack ] || kill -SEGV \$\$; $honest"
expect 1 inspect-exit-70 '[ $1 = pack ] || exit 70; '"$honest"
expect 1 inspect-no-json '[ $1 != inspect ] || { echo "{"; exit 0; }; '"$honest"
expect 1 inspect-says-nothing 'exit 65'
expect 1 pack-sanitizer '[ $1 != pack ] || echo "==1==ERROR: AddressSanitizer: heap" >&2; '"$honest"
expect 1 pack-sanitizer '[ $1 != pack ] || echo "a.c:1: runtime error: overflow" >&2; '"$honest"
expect 1 half-written "$honest"'case $2 in /*) [ ! -d "$2" ] || { echo full >&2; exit 75; } ;; esac'
expect 1 verify-exit-65 '[ $1 != verify ] || { echo altered >&2; exit 65; }; '"$honest"

code=0
LECPACK_CORPUS="$tmp/nowhere"
sh "$here/corpus.sh" "$tmp/lecpack" "$tmp" "$tmp/out" >"$tmp/said" || code=$?
[ "$code" -eq 77 ] || { echo "without recordings: $code instead of 77"; wrong=1; }
exit $wrong
