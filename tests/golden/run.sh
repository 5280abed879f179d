#!/bin/sh
# sh run.sh BUILD-PROGRAM: builds the package of input/ and compares it with expected/, file by file.
# UPDATE=1 puts what was built in the place of expected/: read the difference before you commit it.
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/lecpack-golden-XXXXXX") || exit 70
trap 'rm -rf "$dir"' EXIT
"$1" "$here/input" "$dir/package" || exit 1
if [ -n "${UPDATE:-}" ]; then
    rm -rf "$here/expected"
    cp -r "$dir/package" "$here/expected"
fi
diff -r -u "$here/expected" "$dir/package"
