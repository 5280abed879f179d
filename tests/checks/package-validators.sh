#!/bin/sh
# Packs the sample and asks programs that know nothing of lecpack: sh package-validators.sh LECPACK
# SESSION FOLDER
#
#   sha256sum  every file is as manifest-sha256.txt says, and every file is in it
#   xmllint    lecpack.meta4 is well-formed
#   aria2c     reads the Metalink, and names the files with their sizes
#   unzip      the zip is whole, has the page first, and holds the same files
#
# FOLDER is kept between runs. Exit code 77: one of the programs is not here.
set -eu
lecpack=$1 session=$2 folder=$3
for tool in sha256sum xmllint aria2c unzip; do
    command -v $tool >/dev/null || { echo "skipped: there is no $tool"; exit 77; }
done
die() {
    echo "$*"
    exit 1
}

mkdir -p "$folder"
cd "$folder"
"$lecpack" pack "$session" -o package --zip --quiet || die "pack: exit code $?"

(cd package && sha256sum --check --strict --quiet manifest-sha256.txt) ||
    die "manifest-sha256.txt does not fit"
(cd package && find . -type f ! -name manifest-sha256.txt | sed 's|^\./||' | sort) >files
sed 's/^[0-9a-f]* [ *]//' package/manifest-sha256.txt | sort >listed
diff files listed || die "manifest-sha256.txt does not list exactly the files that are there"

xmllint --noout package/lecpack.meta4 || die "lecpack.meta4 is not well-formed"
space=$(xmllint --xpath 'namespace-uri(/*)' package/lecpack.meta4)
[ "$space" = urn:ietf:params:xml:ns:metalink ] || die "lecpack.meta4 is no Metalink 4"
# Lines like "  3|./sound-3fa19c02.webm" and "   |143.2KiB (146,658)", a pair for each file.
aria2c --no-conf -S package/lecpack.meta4 >aria2c.txt || die "aria2c can not read lecpack.meta4"
sed -n 's/^ *[0-9][0-9]*|\(\.\/\)\{0,1\}\(.*[^ ]\) *$/\2/p' aria2c.txt >paths
[ -s paths ] || die "aria2c sees no file in lecpack.meta4: $(cat aria2c.txt)"
while read -r path; do
    # aria2c shows the path below its folder; the Metalink may put the whole package in one
    [ -f "package/$path" ] || [ -f "package/${path#*/}" ] ||
        die "lecpack.meta4 names $path, which is not there"
done <paths
for media in package/sound-* package/video-* package/index.html package/slides/*; do
    [ -f "$media" ] || continue
    grep -qF "${media#package/}" paths || die "lecpack.meta4 does not name ${media#package/}"
    grep -qF "($(wc -c <"$media" | sed ':a;s/\B[0-9]\{3\}\>/,&/;ta'))" aria2c.txt ||
        die "lecpack.meta4 does not give the size of ${media#package/}"
done

unzip -tq package.zip || die "package.zip is damaged"
first=$(unzip -Z1 package.zip | head -n 1)
case $first in
index.html | */index.html) ;;
*) die "package.zip begins with $first, not with the page" ;;
esac
rm -rf unpacked
unzip -q package.zip -d unpacked
top=$(dirname "unpacked/$first")
diff -r package "$top" || die "package.zip holds other files than the folder"
echo "sha256sum, xmllint, aria2c and unzip agree on $(wc -l <files) files"
