# For tests: . lib.sh
die() {
    echo "$*" >&2
    exit 99
}

skip() {
    echo "$*"
    exit 77
}

# Everything about a folder that must not change: names, sizes, times, bytes.
snapshot() {
    (cd "$1" && find . -type f -exec ls -l --time-style=full-iso {} + && find . -type f -exec sha256sum {} +) | sort
}

same_folder() {
    diff -r "$1" "$2" >/dev/null || die "$1 and $2 differ: $(diff -rq "$1" "$2")"
}

# Waits until the command succeeds, for at most a minute.
wait_for() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ $tries -lt 3000 ] || die "waited too long for: $*"
        sleep 0.02
    done
}

pack() {
    "$LECPACK" pack "$@" --quiet
}
