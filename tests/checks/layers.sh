#!/bin/sh
# Checks the shape of the source tree: sh layers.sh [TOP]
#
# Fails where a file of src/ includes a room that its own room may not see, where a library is used
# outside the room it belongs to, where two files of src/ share a name, where a file or a function
# has grown too long, or where something stands at the top of the tree that has no place there.
# Every fault is told, one a line.
set -eu
cd "${1:-$(dirname "$0")/../..}"

# Who may see whom. A room sees itself and, as everyone, the public headers.
rooms='base:
session:base
av:base
ingest:session av base
survey:session base
caption:session base
plan:session base
encode:session av base
package:session caption av base
tool:session base
asr:base
report:package base
job:report package encode plan caption survey ingest tool av session base
cli:job session base
player:'
# Which rooms may include the headers of a library.
libraries='lib(av|sw)[a-z]*/ av encode
jansson\.h base
expat\.h ingest
(zlib|zconf)\.h package tool
minizip/ package
(svt-av1|opus|webp|x264)[a-z0-9_]*/ none'
max_file=600 max_function=80
frame='src include tests samples tools CMakeLists.txt CMakePresets.json README.md LICENSE'
frame="$frame CHANGELOG.md"

faults=$(mktemp)
trap 'rm -f "$faults" "$faults.files"' EXIT
fault() {
    echo "$*" >>"$faults"
}

find src -name '*.[ch]' | sort >"$faults.files"
while read -r file; do
    room=${file#src/}
    room=${room%%/*}
    sees=$(printf '%s\n' "$rooms" | sed -n "s/^$room://p")
    printf '%s\n' "$rooms" | grep -q "^$room:" || fault "$file: there is no room named $room"
    for seen in $(sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file"); do
        case $seen in
        */*) ;;
        *) fault "$file: include $seen with its room, as in \"$room/$seen\"" ;;
        esac
        case " $room lecpack $sees " in
        *" ${seen%%/*} "*) ;;
        *) case $seen in */*) fault "$file: $room may not include $seen" ;; esac ;;
        esac
    done
    printf '%s\n' "$libraries" | while read -r header may; do
        case " $may " in *" $room "*) continue ;; esac
        if grep -qE "^[[:space:]]*#[[:space:]]*include[[:space:]]*<$header" "$file"; then
            fault "$file: $header belongs in $may"
        fi
    done
    lines=$(wc -l <"$file")
    [ "$lines" -le $max_file ] || fault "$file: $lines lines; has the room split in two?"
    # A function body stands between braces in the first column.
    awk -v max=$max_function '/^{/ { from = FNR }
        /^}/ {
            n = FNR - from + 1
            if (from && n > max) print FILENAME ":" from ": a function of " n " lines"
            from = 0
        }' "$file" >>"$faults"
done <"$faults.files"

for name in $(sed 's|.*/||' "$faults.files" | sort | uniq -d); do
    fault "src: two files are named $name"
done

for entry in *; do
    case " $frame " in
    *" $entry "*) ;;
    *) case $entry in build*) ;; *) fault "$entry: has no place at the top of the tree" ;; esac ;;
    esac
done

cat "$faults"
[ ! -s "$faults" ]
