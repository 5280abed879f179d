#include "package/direction.h"

#include <string.h>

#include "base/str.h"

enum { MAX_SUBTAG = 8 };

static int is_one_of(const char *const *list, const char *s)
{
    for (; *list; list++)
        if (lp_str_ieq(*list, s))
            return 1;
    return 0;
}

int lp_lang_is_rtl(const char *lang)
{
    static const char *const langs[] = { "ar",  "arc", "azb", "ckb", "dv",  "fa", "glk",
                                         "he",  "lrc", "mzn", "nqo", "pnb", "ps", "sd",
                                         "syr", "ug",  "ur",  "yi",  NULL };
    static const char *const scripts[] = { "adlm", "arab", "hebr", "mand", "nkoo",
                                           "rohg", "syrc", "thaa", NULL };
    int is_rtl = 0, is_first = 1;
    for (const char *part = lang; part; is_first = 0) {
        char subtag[MAX_SUBTAG + 1] = "";
        size_t n = strcspn(part, "-");
        if (n <= MAX_SUBTAG)
            memcpy(subtag, part, n);
        if (is_first)
            is_rtl = is_one_of(langs, subtag);
        else if (n == 4 && !(subtag[0] >= '0' &&
                             subtag[0] <= '9')) /* a script decides (RFC 5646, 2.2.3) */
            return is_one_of(scripts, subtag);
        part = part[n] ? part + n + 1 : NULL;
    }
    return is_rtl;
}
