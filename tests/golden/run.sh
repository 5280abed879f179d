#!/bin/sh
# sh run.sh BUILD-PROGRAM: builds the package of input/ and compares it with expected/, file by file.
#
# What belongs to others is taken out first: the text of the player (src/player has its own tests), and so the size
# and hash of the page; compressed sizes, which zlib decides; and the lists of hashes, which sha256sum checks here.
# UPDATE=1 puts what was built in the place of expected/: read the difference before you commit it.
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/lecpack-golden-XXXXXX") || exit 70
trap 'rm -rf "$dir"' EXIT
built=$dir/package
"$1" "$here/input" "$built" || exit 1
(cd "$built" && sha256sum --quiet -c manifest-sha256.txt) || exit 1

bytes=$(wc -c <"$built/index.html")
sha256=$(sha256sum <"$built/index.html" | cut -d ' ' -f 1)
awk '/^<(style|script)>/ { print substr($0, 1, index($0, ">")); skip = 1 }
     skip { if (/<\/(style|script)>$/) skip = 0; next }
     { print }' "$built/index.html" |
    sed -e "s/'sha256-[^']*'/'sha256'/g" -e 's/Text is here, [^.]*\./Text is here./' >"$dir/page"
sed -e "s/ $bytes,/ 0,/" -e "s/$sha256/0/" -e 's/"transfer": [0-9]*/"transfer": 0/' \
    -e '/"totals"/,/}/s/"bytes": [0-9]*/"bytes": 0/' "$built/lecpack.json" >"$dir/manifest"
mv "$dir/page" "$built/index.html"
mv "$dir/manifest" "$built/lecpack.json"
rm "$built/manifest-sha256.txt" "$built/lecpack.meta4"

if [ -n "${UPDATE:-}" ]; then
    rm -rf "$here/expected"
    cp -r "$built" "$here/expected"
fi
diff -r -u "$here/expected" "$built"
