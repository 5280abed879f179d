#!/bin/sh
# Sends every file of a folder of recordings through inspect and pack: sh corpus.sh LECPACK TOP
# FOLDER
#
# The recordings are in $LECPACK_CORPUS, or in ../shared/corpus/media beside TOP; exit code 77 when
# there are none. Whatever they hold, lecpack must end within two minutes with a documented exit code,
# without a crash or a sanitizer's report, and leave a package that verify accepts or none at all.
# Two run at a time. The table of what happened stays in FOLDER/table.
set -eu
limit_s=120

# sh corpus.sh --one LECPACK CORPUS FOLDER FILE: one line of the table, "ok" or what was wrong
# first.
one() {
    lecpack=$1 corpus=$2 file=$4
    name=${file#"$corpus"/}
    dir=$3/runs/$(printf '%s' "$name" | tr -c 'A-Za-z0-9._-' '_')
    rm -rf "$dir"
    mkdir -p "$dir"
    verdict=ok
    wrong() {
        [ "$verdict" != ok ] || verdict=$1
    }
    run() { # PART ARGUMENTS...: sets code
        part=$1
        shift
        code=0
        timeout -k 5 $limit_s "$lecpack" "$@" \
            >"$dir/$part.out" 2>"$dir/$part.err" </dev/null || code=$?
        case $code in
        0 | 1 | 64 | 65 | 66 | 69 | 73 | 74 | 75) ;;
        124 | 137) wrong "$part-hangs" ;;
        *) wrong "$part-exit-$code" ;;
        esac
        if grep -qE 'Sanitizer|runtime error:' "$dir/$part.err"; then
            wrong "$part-sanitizer"
        elif [ $code -gt 1 ] && [ ! -s "$dir/$part.err" ]; then
            wrong "$part-says-nothing"
        fi
    }

    run inspect inspect --json "$file"
    inspected=$code
    if [ "$inspected" -le 1 ] && command -v python3 >/dev/null; then
        python3 -m json.tool "$dir/inspect.out" >/dev/null 2>&1 || wrong inspect-no-json
    fi
    run pack pack --video none --speech none --slide-text none --quiet -o "$dir/package" "$file"
    packed=$code
    if [ "$packed" -le 1 ]; then
        run verify verify --quiet "$dir/package"
        [ "$code" -eq 0 ] || wrong verify-exit-$code
    elif [ -e "$dir/package" ]; then
        wrong half-written
    fi
    printf '%-24s %7s %4s  %s\n' "$verdict" "$inspected" "$packed" "$name"
    [ "$verdict" != ok ] || rm -rf "$dir"
}

if [ "$1" = --one ]; then
    shift
    one "$@"
    exit 0
fi

lecpack=$1 corpus=${LECPACK_CORPUS:-$2/../shared/corpus/media} folder=$3
if [ ! -d "$corpus" ]; then
    echo "skipped: there are no recordings in $corpus; set LECPACK_CORPUS to a folder of some"
    exit 77
fi
corpus=$(cd "$corpus" && pwd)
rm -rf "$folder/runs"
mkdir -p "$folder/runs"
# A sanitizer's own exit code would pass for "a layer is missing".
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}exitcode=99
UBSAN_OPTIONS=${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}exitcode=99
LSAN_OPTIONS=${LSAN_OPTIONS:+$LSAN_OPTIONS:}exitcode=99
export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS

find "$corpus" -type f -print0 | sort -z |
    xargs -0 -P 2 -I '{}' sh "$0" --one "$lecpack" "$corpus" "$folder" '{}' >"$folder/table"

total=$(wc -l <"$folder/table")
bad=$(grep -vc '^ok ' "$folder/table" || true)
printf '%-24s %7s %4s  %s\n' verdict inspect pack recording
if [ "$bad" -gt 0 ]; then grep -v '^ok ' "$folder/table" | sort; fi
echo
echo "exit codes of pack:"
awk '{ n[$3]++ } END { for (c in n) printf "  %3s: %d\n", c, n[c] }' "$folder/table" | sort
echo "$total recordings, $bad of them wrong"
echo "what those said is in $folder/runs, the whole table in $folder/table"
[ "$total" -gt 0 ] && [ "$bad" -eq 0 ]
