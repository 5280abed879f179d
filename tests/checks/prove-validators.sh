#!/bin/sh
# Proves that package-validators.sh sees a damaged package: sh prove-validators.sh FOLDER
# FOLDER is where it kept a good one; a false lecpack hands out copies of that with one thing wrong.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
good=$(cd "$1" 2>/dev/null && pwd) || { echo "skipped: there is no package in $1"; exit 77; }
[ -f "$good/package.zip" ] || { echo "skipped: there is no package in $1"; exit 77; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
wrong=0
printf '#!/bin/sh\nexit "${CODE:-0}"\n' >"$tmp/lecpack"
chmod +x "$tmp/lecpack"

expect() { # CODE WORDS COMMAND: after the command, run in a fresh copy
    rm -rf "$tmp/copy"
    mkdir "$tmp/copy"
    cp -R "$good/package" "$good/package.zip" "$tmp/copy"
    (cd "$tmp/copy" && eval "$3")
    code=0
    sh "$here/package-validators.sh" "$tmp/lecpack" none "$tmp/copy" >"$tmp/said" 2>&1 || code=$?
    if [ "$code" -ne "$1" ] || ! grep -q -- "$2" "$tmp/said"; then
        echo "after \"$3\" it should end with $1 and say \"$2\"; it ended with $code and said:"
        cat "$tmp/said"
        wrong=1
    fi
}
relist() { # the sums of the package as it is now
    (
        cd package
        rm manifest-sha256.txt
        find . -type f | sed 's|^\./||' | sort | xargs sha256sum >"$tmp/sums"
        mv "$tmp/sums" manifest-sha256.txt
    )
}

expect 0 'agree on' :
expect 1 'manifest-sha256.txt does not fit' 'echo >>package/index.html'
expect 1 'does not list exactly' 'echo >package/extra.txt'
expect 1 'not well-formed' 'echo "<a>" >>package/lecpack.meta4; relist'
expect 1 'does not give the size' 'echo >>package/index.html; relist'
expect 1 'which is not there' 'rm package/README.txt; relist'
expect 1 'is damaged' 'printf "%s" "$(head -c 1000 package.zip | tr -d "\000")" >package.zip'
expect 1 'holds other files' 'echo >package/a.txt; relist'
export CODE=74
expect 1 'pack: exit code 74' :
exit $wrong
