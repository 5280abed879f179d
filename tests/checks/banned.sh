#!/bin/sh
# Checks that no banned function is called: sh banned.sh [TOP]
#
# In the C of src/, include/ and tests/: functions that overrun, that depend on the locale, or that
# start a shell. In src/ outside base/: the C library's allocator, which tests could not make fail.
# In src/player: what turns text into markup or code. Comments and strings are not looked at. Every
# fault is told, one a line.
set -eu
cd "${1:-$(dirname "$0")/../..}"

everywhere='strcpy strcat stpcpy sprintf vsprintf strtok atoi atol atof system popen alloca
setlocale gets mktemp tmpnam'
outside_base='malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf'
in_player='innerHTML outerHTML insertAdjacentHTML document\.write eval Function'

# Prints FILE with comments and the insides of strings blanked, lines kept. With script=1 as
# JavaScript: '...' is a string of any length there, and so is `...`.
blank='
{
    line = $0 "\n"; out = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1); two = substr(line, i, 2)
        if (mode == "block") { if (two == "*/") { mode = ""; i++ } continue }
        if (mode == "line") { if (c == "\n") mode = ""; else continue }
        if (mode != "") {
            if (c == "\\") { i++; continue }
            if (c == mode || (c == "\n" && mode != "`")) { mode = ""; out = out c }
            continue
        }
        if (two == "/*") { mode = "block"; i++; out = out " "; continue }
        if (two == "//") { mode = "line"; continue }
        if (c == "\"" || c == "\047" || (script && c == "`")) mode = c
        out = out c
    }
    sub(/\n$/, "", out)
    print out
}'

faults=0
look() { # FILE SCRIPT? PATTERN WHY
    found=$(awk -v script="$2" "$blank" "$1" | grep -nE "$3" || true)
    [ -n "$found" ] || return 0
    printf '%s\n' "$found" | sed "s|^\([0-9]*\):[[:space:]]*|$1:\1: $4: |"
    faults=1
}
calls() { # NAME... as a pattern of calls
    echo "(^|[^A-Za-z0-9_.>])($(echo "$@" | tr ' ' '|'))[[:space:]]*\("
}

list=$(mktemp)
trap 'rm -f "$list"' EXIT
find src include tests -name node_modules -prune -o -name '*.[ch]' -print | sort >"$list"
while read -r file; do
    # split into words on purpose
    # shellcheck disable=SC2086
    look "$file" 0 "$(calls $everywhere)" "banned"
    case $file in
    src/base/*) ;;
    src/*)
        # shellcheck disable=SC2086
        look "$file" 0 "$(calls $outside_base)" "use lp_calloc and its kin"
        ;;
    esac
done <"$list"
if [ -d src/player ]; then
    find src/player -name '*.js' | sort >"$list"
    while read -r file; do
        look "$file" 1 "(^|[^A-Za-z0-9_])($(echo "$in_player" | tr ' ' '|'))([^A-Za-z0-9_]|\$)" \
            "text must not become markup or code"
    done <"$list"
fi
exit $faults
