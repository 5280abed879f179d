#!/bin/sh
# Runs whole-program tests: sh run.sh PROGRAM MEDIA [TEST.sh ...]
#
# PROGRAM is the lecpack to test, MEDIA a folder with what media.sh made (made here when it is missing).
# A test is NAME.sh, run in an empty folder of its own with LECPACK and MEDIA set. Beside it may stand
#   NAME.exit    the exit code of the script; 0 without it
#   NAME.stdout  a shell pattern that its whole standard output matches; anything goes without it
#   NAME.stderr  the same for standard error, which is empty without it
# A script that exits with 77 was skipped. KEEP=1 keeps the folders.
here=$(cd "$(dirname "$0")" && pwd)
LECPACK_PROGRAM=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
LECPACK=$here/../support/lecpack-alone
mkdir -p "$2" || exit 70
MEDIA=$(cd "$2" && pwd)
export LECPACK LECPACK_PROGRAM MEDIA LC_ALL=C
shift 2
[ $# -gt 0 ] || set -- "$here"/*.sh
[ -f "$MEDIA/done" ] || sh "$here/media.sh" "$MEDIA" || exit 70
passed=0 failed=0 skipped=0

matches() { # TEXT-FILE PATTERN-FILE
    text=$(cat "$1") pattern=$(cat "$2")
    # the pattern is meant to be one
    # shellcheck disable=SC2254
    case $text in $pattern) return 0 ;; esac
    return 1
}

for test in "$@"; do
    name=$(basename "$test" .sh)
    case $name in run | media | lib) continue ;; esac
    base=$here/$name
    dir=$(mktemp -d "${TMPDIR:-/tmp}/lecpack-$name-XXXXXX") || exit 70
    mkdir "$dir/cwd"
    (cd "$dir/cwd" && PATH=$here:$PATH HERE=$here sh -u "$base.sh") >"$dir/stdout" 2>"$dir/stderr"
    code=$?
    want=0 why=
    [ -f "$base.exit" ] && want=$(cat "$base.exit")
    if [ $code -eq 77 ]; then
        skipped=$((skipped + 1))
        echo "skipped $name: $(tail -n 1 "$dir/stdout")"
    else
        [ "$code" -eq "$want" ] || why="exit code $code instead of $want"
        if [ -f "$base.stdout" ] && ! matches "$dir/stdout" "$base.stdout"; then
            why="$why; standard output is not as $name.stdout says"
        fi
        if [ -f "$base.stderr" ]; then
            matches "$dir/stderr" "$base.stderr" || why="$why; standard error is not as $name.stderr says"
        elif [ -s "$dir/stderr" ]; then
            why="$why; standard error is not empty"
        fi
        if [ -n "$why" ]; then
            failed=$((failed + 1))
            echo "FAILED $name: $why"
            sed 's/^/    out: /' "$dir/stdout" | head -n 40
            sed 's/^/    err: /' "$dir/stderr" | head -n 40
        else
            passed=$((passed + 1))
        fi
    fi
    [ -n "${KEEP:-}" ] || rm -rf "$dir"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $passed -gt 0 ] || [ $failed -gt 0 ] || exit 77
[ $failed -eq 0 ]
