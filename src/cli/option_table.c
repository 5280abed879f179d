#include "cli/option_table.h"

enum { ALL = LP_CMD_PACK | LP_CMD_INSPECT | LP_CMD_VERIFY | LP_CMD_LINT | LP_CMD_REPORT };

const lp_option lp_options[] = {
    { LP_OPT_OUTPUT, "output", 'o', "DIR", LP_CMD_PACK,
      "The folder to make. An older package there is replaced in one\n"
      "step when the new one is complete. Needed." },
    { LP_OPT_TITLE, "title", 't', "TEXT", LP_CMD_PACK | LP_CMD_INSPECT,
      "The title of the class. Default: the recording's own, else its\nfile name." },
    { LP_OPT_LANG, "lang", 'l', "TAG", LP_CMD_PACK | LP_CMD_INSPECT | LP_CMD_LINT,
      "The language spoken, as a tag like en, fr or pt-BR.\nDefault: what the captions or the "
      "recording say." },
    { LP_OPT_CAPTIONS, "captions", 'c', "FILE", LP_CMD_PACK | LP_CMD_INSPECT,
      "A caption file: WebVTT, SubRip, SBV, TTML, SSA or a transcript with\ntimes. Again for each "
      "other language; two files of one language are\nrefused. Default: those beside the recording, by "
      "name and language;\nelse those inside it." },
    { LP_OPT_TRANSCRIPT, "transcript", 0, "FILE", LP_CMD_PACK,
      "A text file with what was said, without times. Its words become the\ncaptions, at the "
      "times at which an engine hears them; passages that\ndo not match are told." },
    { LP_OPT_SPEECH, "speech", 0, "ENGINE", LP_CMD_PACK,
      "What turns speech into captions when none came with the recording:\nauto (the default), "
      "builtin (English; its model is fetched once by\ntools/get-asr-model), whisper-cli, command, "
      "or none." },
    { LP_OPT_SPEECH_MODEL, "speech-model", 0, "PATH", LP_CMD_PACK,
      "The engine's model: a folder for builtin, a file for whisper-cli.\nDefault: "
      "~/.local/share/lecpack/asr." },
    { LP_OPT_SPEECH_COMMAND, "speech-command", 0, "LINE", LP_CMD_PACK,
      "With --speech command: a program and its arguments, run without a\nshell. {wav} is replaced by the "
      "sound to hear, {lang} by the language,\n{out} by the file to write; without {out} its standard output is "
      "read." },
    { LP_OPT_SPEECH_FORMAT, "speech-format", 0, "FORMAT", LP_CMD_PACK,
      "What that program writes: whisper-json (the default),\nwhisper.cpp-json, vtt or srt." },
    { LP_OPT_CAPTION_STYLE, "caption-style", 0, "N", LP_CMD_PACK | LP_CMD_LINT,
      "The most characters in a line of captions: 42 (the default), 37\nor 32. Wide characters, as "
      "of Chinese: 16 in each style." },
    { LP_OPT_SLIDE_TEXT, "slide-text", 0, "KIND", LP_CMD_PACK,
      "auto (the default): read the words on the slides where tesseract is\ninstalled, for search "
      "and for those who can not see them; or none." },
    { LP_OPT_SOUND_RATE, "sound-rate", 0, "RATE", LP_CMD_PACK,
      "Bits a second for the sound, 6k to 64k. Default: 12k, good for\nspeech and 5.4 MB an "
      "hour." },
    { LP_OPT_VIDEO, "video", 0, "CODEC", LP_CMD_PACK,
      "The moving picture: av1 (smallest, the default), h264 (for old\nphones), or none "
      "(slides only; fastest)." },
    { LP_OPT_ZIP, "zip", 'z', NULL, LP_CMD_PACK,
      "Also make DIR.zip, the same package in one file." },
    { LP_OPT_HTML, "html", 0, "FILE", LP_CMD_REPORT,
      "Also write the report as a page: one file with its pictures, without\nscripts. Not inside the "
      "package, which would no longer be what its\nmanifest says." },
    { LP_OPT_WORK, "work", 'w', "DIR", LP_CMD_PACK | LP_CMD_REPORT,
      "Where unfinished work is kept, so that a stopped run can\ngo on. Default: .NAME.work "
      "beside the output. It can be deleted when\nno run is going on." },
    { LP_OPT_JOBS, "jobs", 'j', "N", LP_CMD_PACK,
      "At most so many threads. Default: one for each processor." },
    { LP_OPT_EXPLAIN, "explain", 0, NULL, LP_CMD_PACK,
      "Say why each stage runs, or why it need not." },
    { LP_OPT_PROGRESS, "progress", 0, "KIND", LP_CMD_PACK | LP_CMD_INSPECT,
      "auto (a line on the terminal, nothing elsewhere), json (JSON lines\non stderr), or "
      "none." },
    { LP_OPT_QUIET, "quiet", 'q', NULL, ALL, "No progress and no report; errors still are told." },
    { LP_OPT_JSON, "json", 0, NULL, ALL, "The report as JSON on stdout." },
    { LP_OPT_HELP, "help", 'h', NULL, ALL, "This help." },
    { LP_OPT_VERSION, "version", 'V', NULL, 0,
      "The versions of lecpack and the libraries it uses." },
};
const size_t lp_n_options = sizeof(lp_options) / sizeof(lp_options[0]);

const lp_command_row lp_commands[] = {
    { LP_CMD_PACK, "pack", "lecpack pack INPUT -o DIR [options]",
      "make a package of a recording",
      "Makes the folder DIR of the recording INPUT: a page with slides, sound, captions\n"
      "and transcript that opens in any browser without a network. INPUT is a media\n"
      "file, or a folder with one recording and its caption file.\n"
      "\n"
      "Running the same command again does only what is not done yet: after a power cut\n"
      "it goes on, after a changed option it redoes what depends on it, and with nothing\n"
      "changed it does nothing.\n",
      "  lecpack pack lecture.mp4 -o week3\n"
      "  lecpack pack recordings/monday -o week3 --title \"Week 3: sampling\" --lang en\n"
      "  lecpack pack lecture.mp4 -o week3 --captions en.srt --captions fr.srt --zip\n"
      "  lecpack pack lecture.mp4 -o week3 --progress=json --json 2>progress.log "
      ">report.json\n" },
    { LP_CMD_INSPECT, "inspect", "lecpack inspect INPUT [options]",
      "say what a recording holds",
      "Reads the recording INPUT without packing it, and says what was recognised:\n"
      "streams, the length claimed and the length found, captions, and what is wrong\n"
      "with it. Writes nothing to disk.\n",
      NULL },
    { LP_CMD_VERIFY, "verify", "lecpack verify DIR [options]",
      "check a package against its manifest",
      "Reads every file of the package DIR and compares it with the manifest: missing,\n"
      "extra and altered files and unsafe names are told, and give exit code 65.\n",
      NULL },
    { LP_CMD_LINT, "lint", "lecpack lint FILE|DIR [options]", "say whether captions can be read",
      "Holds the captions in FILE (WebVTT, SubRip, SBV, TTML or SSA), or all those of the\n"
      "package DIR, against the rules that make captions readable, and tells each place\n"
      "where one is broken, with its time. Writes nothing to disk.\n"
      "\n"
      "Hard rules, any breach of which gives exit code 1: at most 2 lines of 42\n"
      "characters; shown for 0.833 to 7 s; at most 20 characters a second; no overlap\n"
      "with the caption before.\n"
      "Soft rules, which are told only: 37 characters in a line; 1 s; 17 characters a\n"
      "second; captions touch or leave 0.08 s; no line ends behind an article or a\n"
      "preposition (English, French, Spanish, German), or inside a number.\n",
      "  lecpack lint lecture.vtt\n"
      "  lecpack lint week3 --caption-style 32 --json >captions.json\n"
      "  lecpack lint de.srt --lang de --quiet || echo \"needs work\"\n" },
    { LP_CMD_REPORT, "report", "lecpack report DIR [options]", "say what a package weighs, and why",
      "Tells the person who made the package DIR what became of the recording: bytes of each\n"
      "layer and each minute, how long they take to fetch, slides, loudness before and after,\n"
      "what was cut out, captions, findings, and the time that each stage took.\n"
      "\n"
      "Loudness is that of EBU R 128; after packing it is measured on the package's own sound,\n"
      "decoded once. Loudness before, some findings and the times come from the work folder\n"
      "that packing leaves beside the package; without it the report says what it can not\n"
      "tell. Whether slides are legible is not measured here, and the report says so.\n"
      "\n"
      "Download times are the bytes at the rate of a line, without its losses and pauses:\n"
      "  2G    35 kbit/s     2G in a town\n"
      "  EDGE  120 kbit/s    half of what EDGE gives when alone\n"
      "  3G    400 kbit/s    3G in a full cell\n"
      "  3G+   780 kbit/s    3G as it is on average\n",
      "  lecpack report week3\n"
      "  lecpack report week3 --html week3-report.html\n"
      "  lecpack report week3 --json | jq .layers\n" },
};
const size_t lp_n_commands = sizeof(lp_commands) / sizeof(lp_commands[0]);
