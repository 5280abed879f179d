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

two_cues() { # TEXT TEXT: a caption file
    printf 'WEBVTT\n\n00:00.500 --> 00:02.500\n%s\n\n00:03.000 --> 00:05.500\n%s\n' "$1" "$2"
}

# A class with captions in English, French and Arabic, in the folder $1.
three_languages() {
    mkdir "$1"
    cp "$MEDIA/talk.mp4" "$1"
    two_cues 'Good morning.' 'A sample is a part of the whole.' >"$1/talk.en.vtt"
    two_cues 'Bonjour.' 'Un échantillon est une partie du tout.' >"$1/talk.fr.vtt"
    two_cues 'صباح الخير.' 'العينة جزء من الكل.' >"$1/talk.ar.vtt"
}

# The caption files that the manifest of the package $1 names, in its order.
tracks() {
    sed -n '/"tracks"/,/"timeline"/s/.*"path": "\(.*\)",/\1/p' "$1/lecpack.json" | tr '\n' ' '
}

# Half a minute of two lines of words, in $1; a pen crosses them after 12 seconds at the left and after 22 at the right.
# The words alone are in words.pgm.
crossed_words() {
    awk 'BEGIN {
        print "P2\n640 360\n255"
        for (y = 0; y < 360; y++)
            for (x = 0; x < 640; x++)
                print (y % 160 >= 60 && y % 160 < 76 && x >= 80 && x < 560 && x % 10 < 4 ? 0 : 255)
    }' >words.pgm
    pen='drawbox=x=150:y=20:w=8:h=300:color=red:t=fill:enable=gte(t\,12),drawbox=x=450:y=20:w=8:h=300:color=red:t=fill:enable=gte(t\,22)'
    ffmpeg -v error -y -loop 1 -framerate 10 -i words.pgm -f lavfi -i sine=300:d=36 -vf "format=yuv420p,$pen" -t 36 \
        -c:v mpeg4 -q:v 2 -g 100 -bf 0 -sc_threshold 1000000000 -c:a aac -b:a 48k "$1" || skip "no MPEG-4"
}
