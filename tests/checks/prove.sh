#!/bin/sh
# Proves that layers.sh and banned.sh see what they are for: sh prove.sh
# A small clean tree passes; the same tree with one thing wrong fails, and the message names it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
wrong=0

plant() { # makes the clean tree
    rm -rf "$tmp/tree"
    mkdir -p "$tmp/tree/src/base" "$tmp/tree/src/survey" "$tmp/tree/src/av" "$tmp/tree/src/player" \
        "$tmp/tree/include/lecpack" "$tmp/tree/tests" "$tmp/tree/build/dev"
    cd "$tmp/tree"
    printf '#include <stdlib.h>\nvoid *lp_get(void)\n{\n    return malloc(1);\n}\n' >src/base/mem.c
    printf '#include "base/mem.h"\n#include "lecpack/version.h"\n' >src/survey/slides.c
    {
        printf '/* never strcpy() here */\nconst char *s = "free(x) \\" system(1)"; // gets(s)\n'
        printf 'void t(struct s *p)\n{\n    lp_free(p->free(1));\n    int atoi_like(int);\n}\n'
    } >>src/survey/slides.c
    printf '#include <libavutil/sha.h>\n#include "base/mem.h"\n' >src/av/hash.c
    printf 'x.textContent = "innerHTML"; // eval\n' >src/player/app.js
    : >README.md
    cd "$here"
}

expect() { # SCRIPT fails|passes WORDS, for the tree as it is now
    code=0
    text=$(sh "$here/$1" "$tmp/tree" 2>&1) || code=$?
    case $2 in
    passes) [ $code -eq 0 ] && [ -z "$text" ] && return 0 ;;
    fails) case $text in *"$3"*) [ $code -ne 0 ] && return 0 ;; esac ;;
    esac
    echo "$1 should have: $2 ${3:-}"
    printf 'exit code %s, and it said: %s\n' "$code" "$text"
    wrong=1
}

add() { # FILE TEXT, to a fresh tree
    plant
    mkdir -p "$(dirname "$tmp/tree/$1")"
    # the escapes are printf's
    # shellcheck disable=SC2059
    printf "$2" >>"$tmp/tree/$1"
}

plant
expect layers.sh passes
expect banned.sh passes

add src/survey/slides.c '#include "av/probe.h"\n'
expect layers.sh fails 'src/survey/slides.c: survey may not include av/probe.h'
add src/base/mem.c '  # include "session/cues.h"\n'
expect layers.sh fails 'src/base/mem.c: base may not include session/cues.h'
add src/survey/slides.c '#include "slides.h"\n'
expect layers.sh fails 'src/survey/slides.c: include slides.h with its room'
add src/cellar/wine.c 'int w;\n'
expect layers.sh fails 'src/cellar/wine.c: there is no room named cellar'
add src/survey/slides.c '#include <libavcodec/avcodec.h>\n'
expect layers.sh fails 'src/survey/slides.c: lib(av|sw)[a-z]*/ belongs in av encode'
add src/av/hash.c '#include <jansson.h>\n'
expect layers.sh fails 'belongs in base'
add src/survey/mem.c 'int m;\n'
expect layers.sh fails 'two files are named mem.c'
add src/survey/long.c "$(printf '%0601d' 0 | sed 's/0/\\n/g')"
expect layers.sh fails 'src/survey/long.c: 601 lines'
add src/survey/tall.c "int f(void)\n{\n$(printf '%079d' 0 | sed 's/0/    g();\\n/g')}\n"
expect layers.sh fails 'src/survey/tall.c:2: a function of 81 lines'
add src/survey/tall.c "int f(void)\n{\n$(printf '%078d' 0 | sed 's/0/    g();\\n/g')}\n"
expect layers.sh passes
add notes/idea.txt 'hm\n'
expect layers.sh fails 'notes: has no place'

for call in 'strcpy(a, b)' 'strcat (a, b)' 'sprintf(a, b)' 'strtok(a, b)' 'atoi(a)' 'system(a)' \
    'popen(a, b)' 'setlocale(0, a)' 'gets(a)' 'mktemp(a)' 'tmpnam(a)' 'alloca(3)'; do
    add src/base/mem.c "int f(void) { return !$call; }\n"
    expect banned.sh fails 'src/base/mem.c:6: banned'
done
add tests/test_x.c 'int n = atoi("1");\n'
expect banned.sh fails 'tests/test_x.c:1: banned'
for call in 'malloc(1)' 'calloc(1, 1)' 'realloc(p, 1)' 'free(p)' 'strdup(p)'; do
    add src/survey/slides.c "/* one\n two */ char c = '\"'; x($call);\n"
    expect banned.sh fails 'src/survey/slides.c:11: use lp_calloc'
done
for word in 'a.innerHTML = b' 'eval(b)' 'document.write(b)' 'new Function(b)'; do
    add src/player/app.js "$word;\n"
    expect banned.sh fails 'src/player/app.js:2: text must not become markup'
done
exit $wrong
