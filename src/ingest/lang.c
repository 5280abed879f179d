#include "ingest/lang.h"

#include <string.h>

enum { MAX_TAG = 35 };

/* ISO 639-2 codes, both forms, of languages that have a two-letter one (BCP 47 wants the
 * shortest). */
static const char three_to_two[][2][4] = {
    { "afr", "af" }, { "alb", "sq" }, { "amh", "am" }, { "ara", "ar" }, { "arm", "hy" },
    { "aze", "az" }, { "baq", "eu" }, { "bel", "be" }, { "ben", "bn" }, { "bos", "bs" },
    { "bul", "bg" }, { "bur", "my" }, { "cat", "ca" }, { "ces", "cs" }, { "chi", "zh" },
    { "cym", "cy" }, { "cze", "cs" }, { "dan", "da" }, { "deu", "de" }, { "dut", "nl" },
    { "ell", "el" }, { "eng", "en" }, { "est", "et" }, { "eus", "eu" }, { "fas", "fa" },
    { "fin", "fi" }, { "fra", "fr" }, { "fre", "fr" }, { "geo", "ka" }, { "ger", "de" },
    { "gle", "ga" }, { "glg", "gl" }, { "gre", "el" }, { "guj", "gu" }, { "hau", "ha" },
    { "heb", "he" }, { "hin", "hi" }, { "hrv", "hr" }, { "hun", "hu" }, { "hye", "hy" },
    { "ibo", "ig" }, { "ice", "is" }, { "ind", "id" }, { "isl", "is" }, { "ita", "it" },
    { "jpn", "ja" }, { "kan", "kn" }, { "kat", "ka" }, { "kaz", "kk" }, { "khm", "km" },
    { "kin", "rw" }, { "kor", "ko" }, { "lao", "lo" }, { "lav", "lv" }, { "lit", "lt" },
    { "mac", "mk" }, { "mal", "ml" }, { "mar", "mr" }, { "may", "ms" }, { "mkd", "mk" },
    { "mlg", "mg" }, { "mon", "mn" }, { "msa", "ms" }, { "mya", "my" }, { "nep", "ne" },
    { "nld", "nl" }, { "nob", "nb" }, { "nor", "no" }, { "pan", "pa" }, { "per", "fa" },
    { "pol", "pl" }, { "por", "pt" }, { "pus", "ps" }, { "ron", "ro" }, { "rum", "ro" },
    { "rus", "ru" }, { "sin", "si" }, { "slk", "sk" }, { "slo", "sk" }, { "slv", "sl" },
    { "som", "so" }, { "spa", "es" }, { "sqi", "sq" }, { "srp", "sr" }, { "swa", "sw" },
    { "swe", "sv" }, { "tam", "ta" }, { "tel", "te" }, { "tha", "th" }, { "tir", "ti" },
    { "tur", "tr" }, { "ukr", "uk" }, { "urd", "ur" }, { "uzb", "uz" }, { "vie", "vi" },
    { "wel", "cy" }, { "xho", "xh" }, { "yor", "yo" }, { "zho", "zh" }, { "zul", "zu" },
    { "gla", "gd" }, { "kir", "ky" }, { "lin", "ln" }, { "ltz", "lb" }, { "lug", "lg" },
    { "mao", "mi" }, { "mlt", "mt" }, { "mri", "mi" }, { "sna", "sn" }, { "snd", "sd" },
    { "sot", "st" }, { "tat", "tt" }, { "tgk", "tg" }, { "tsn", "tn" }, { "tuk", "tk" },
    { "uig", "ug" }, { "wol", "wo" }, { "in", "id" },  { "iw", "he" },  { "ji", "yi" },
};

/* ISO 639-1, all of it: two other letters are no language, whatever a file is called. */
static const char two_letters[] =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss "
    "st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

static const char *const no_language[] = { "und", "cc",  "mul", "zxx", "mis", "sub",
                                           "srt", "vtt", "txt", "asr", "raw", "sdh" };

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* The subtag's own casing (RFC 5646, 2.1.1): Latn, BR, all else small. */
static void fix_case(char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        s[i] = lower(s[i]);
        if (is_letter(s[i]) && (n == 2 || (n == 4 && i == 0 && is_letter(s[1]))))
            s[i] = (char)(s[i] - 'a' + 'A');
    }
}

static int is_two_letter_code(const char *tag)
{
    for (const char *c = two_letters; *c; c += 3)
        if (memcmp(c, tag, 2) == 0)
            return 1;
    return 0;
}

int lp_lang_is_common(const char *tag)
{
    size_t n = strcspn(tag, "-");
    for (size_t i = 0; n == 2 && i < sizeof(three_to_two) / sizeof(three_to_two[0]); i++)
        if (memcmp(three_to_two[i][1], tag, 2) == 0)
            return 1;
    return 0;
}

lp_status lp_lang_read(lp_arena *a, const char *s, size_t n, const char **out, lp_diag *d)
{
    char tag[MAX_TAG + 1] = "";
    if (n < 2 || n > MAX_TAG)
        return LP_OK;
    size_t first = 0; /* letters of the first subtag */
    while (first < n && is_letter(s[first])) {
        tag[first] = lower(s[first]);
        first++;
    }
    if (first < 2 || first > 3 || (first < n && s[first] != '-' && s[first] != '_'))
        return LP_OK;
    for (size_t i = 0; i < sizeof(no_language) / sizeof(no_language[0]); i++)
        if (strcmp(tag, no_language[i]) == 0)
            return LP_OK;
    for (size_t i = 0; i < sizeof(three_to_two) / sizeof(three_to_two[0]); i++)
        if (strcmp(tag, three_to_two[i][0]) == 0)
            memcpy(tag, three_to_two[i][1], 3);
    size_t len = strlen(tag);
    if (len == 2 && !is_two_letter_code(tag))
        return LP_OK;
    for (size_t i = first; i < n;) {
        size_t from = ++i;
        while (i < n && s[i] != '-' && s[i] != '_') {
            if (!is_letter(s[i]) && (s[i] < '0' || s[i] > '9'))
                return LP_OK;
            i++;
        }
        if (i == from || i - from > 8)
            return LP_OK;
        tag[len++] = '-';
        memcpy(tag + len, s + from, i - from);
        fix_case(tag + len, i - from);
        len += i - from;
        tag[len] = '\0';
    }
    char *copy = lp_arena_strdup(a, tag);
    if (!copy)
        return lp_fail_nomem(d);
    *out = copy;
    return LP_OK;
}
