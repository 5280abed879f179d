. lib.sh
# One caption for each hard rule, and soft ones; the whole report is in lint.stdout.
printf '%s\n' WEBVTT "Language: en" "" \
    "00:00.000 --> 00:02.000" "A good caption." "" \
    "00:02.000 --> 00:04.000" "one" "two" "three" "" \
    "00:04.000 --> 00:08.000" "A line that is much longer than forty-two letters." "" \
    "00:08.000 --> 00:16.000" "Shown for too long." "" \
    "00:16.000 --> 00:16.500" "Short." "" \
    "00:16.550 --> 00:18.050" "This is one that nobody could ever read." "" \
    "00:20.000 --> 00:24.000" "It begins before" "" \
    "00:22.000 --> 00:26.000" "the end. It is of the" "3 000 kinds." "" >all.vtt
"$LECPACK" lint all.vtt
[ $? -eq 1 ] || die "hard breaches give exit code $?"
"$LECPACK" lint all.vtt --quiet >quiet
[ $? -eq 1 ] || die "quiet: exit code $?"
[ ! -s quiet ] || die "quiet speaks"

# Good captions, as SubRip with Windows line ends in windows-1252, and none at all.
printf '1\r\n00:00:01,000 --> 00:00:03,000\r\nD\351j\340 vu, une fois.\r\n' >good.srt
"$LECPACK" lint good.srt >good || die "good captions give exit code $?"
[ "$(head -n 1 good)" = "good.srt: 1 captions; hard rules broken: 0, soft: 0" ] || die "$(cat good)"
[ "$(tail -n +2 good)" = "good.srt: note: its text is in windows-1252 and was converted" ] || die "$(cat good)"
printf 'WEBVTT\n' >none.vtt

# What the reader leaves out, no rule sees: it is told, by line or time.
printf 'WEBVTT\n\n00:01.000 --> never\nLost.\n\n00:05.000 --> 00:07.000\n<b></b>\n\n00:08.000 --> 00:10.000\nHere.\n' >lost.vtt
"$LECPACK" lint lost.vtt >lost || die "captions that were left out give exit code $?"
grep -qF 'were left out: 2 of 3 (line 3, 0:05)' lost || die "what was left out is not told: $(cat lost)"
rm lost.vtt lost
"$LECPACK" lint none.vtt >/dev/null || die "no captions give exit code $?"

# Speech that is faster than anybody reads is told from captions that are.
long='It is said at eighteen letters a second\nso it is, '
printf 'WEBVTT\n\n00:00.000 --> 00:02.800\n%b\n\n00:02.800 --> 00:05.600\n%b\n\n00:05.600 --> 00:08.400\n%b\n' \
    "${long}1" "${long}2" "${long}3" >speech.vtt
"$LECPACK" lint speech.vtt >told
head -n 1 told | grep -q "; by the speech's own speed: 3\$" || die "speech: $(cat told)"
grep -q 'better 17; so is the speech: 18.* for 8.4 s (soft)' told || die "speech: $(cat told)"
"$LECPACK" lint speech.vtt --json | grep -q '"of_the_speech": 3' || die "speech: not in JSON"
rm told speech.vtt

# What is good in one style is not in another; the language may be told.
printf 'WEBVTT\n\n00:00.000 --> 00:04.000\nThirty-five letters are in this row.\n' >style.vtt
"$LECPACK" lint style.vtt >/dev/null || die "42: $?"
"$LECPACK" lint style.vtt --caption-style 37 >/dev/null || die "37: $?"
"$LECPACK" lint style.vtt --caption-style=32 >/dev/null && die "32 was not refused"
printf 'WEBVTT\n\n00:00.000 --> 00:04.000\nwegen der\nKurve\n' >de.vtt
"$LECPACK" lint de.vtt | grep -q bad-break && die "a language was guessed"
"$LECPACK" lint de.vtt --lang de | grep -q 'a line ends with "der"' || die "German is not known"

"$LECPACK" lint all.vtt --json >report.json
[ $? -eq 1 ] || die "json: exit code $?"
for part in '"input": "all.vtt"' '"style": 42' '"rule": "too-fast"' '"hard": true' '"caption": 6' '"time": 16.55'; do
    grep -qF "$part" report.json || die "no $part in the report"
done
[ "$(ls)" = "$(printf '%s\n' all.vtt de.vtt good good.srt none.vtt quiet report.json style.vtt)" ] || die "lint wrote: $(ls)"
