#include "package/lang_names.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

/* The Unicode CLDR's own names, with a capital letter where the script has one. */
static const struct {
    const char *tag, *name;
} names[] = {
    { "af", "Afrikaans" },    { "am", "አማርኛ" },       { "ar", "العربية" },       { "az", "Azərbaycan" },
    { "be", "Беларуская" },   { "bg", "Български" },  { "bn", "বাংলা" },           { "bs", "Bosanski" },
    { "ca", "Català" },       { "cs", "Čeština" },    { "cy", "Cymraeg" },       { "da", "Dansk" },
    { "de", "Deutsch" },      { "el", "Ελληνικά" },   { "en", "English" },       { "es", "Español" },
    { "et", "Eesti" },        { "eu", "Euskara" },    { "fa", "فارسی" },         { "fi", "Suomi" },
    { "fil", "Filipino" },    { "fr", "Français" },   { "ga", "Gaeilge" },       { "gl", "Galego" },
    { "gu", "ગુજરાતી" },         { "ha", "Hausa" },      { "he", "עברית" },         { "hi", "हिन्दी" },
    { "hr", "Hrvatski" },     { "hu", "Magyar" },     { "hy", "Հայերեն" },       { "id", "Indonesia" },
    { "ig", "Igbo" },         { "is", "Íslenska" },   { "it", "Italiano" },      { "ja", "日本語" },
    { "ka", "ქართული" },       { "kk", "Қазақ тілі" }, { "km", "ខ្មែរ" },            { "kn", "ಕನ್ನಡ" },
    { "ko", "한국어" },       { "lo", "ລາວ" },         { "lt", "Lietuvių" },      { "lv", "Latviešu" },
    { "mk", "Македонски" },   { "ml", "മലയാളം" },      { "mn", "Монгол" },        { "mr", "मराठी" },
    { "ms", "Melayu" },       { "my", "မြန်မာ" },        { "nb", "Norsk bokmål" },  { "ne", "नेपाली" },
    { "nl", "Nederlands" },   { "nn", "Nynorsk" },    { "no", "Norsk" },         { "pa", "ਪੰਜਾਬੀ" },
    { "pl", "Polski" },       { "ps", "پښتو" },       { "pt", "Português" },     { "ro", "Română" },
    { "ru", "Русский" },      { "rw", "Kinyarwanda" }, { "si", "සිංහල" },         { "sk", "Slovenčina" },
    { "sl", "Slovenščina" },  { "so", "Soomaali" },   { "sq", "Shqip" },         { "sr", "Српски" },
    { "sv", "Svenska" },      { "sw", "Kiswahili" },  { "ta", "தமிழ்" },          { "te", "తెలుగు" },
    { "th", "ไทย" },           { "ti", "ትግርኛ" },       { "tr", "Türkçe" },        { "uk", "Українська" },
    { "ur", "اردو" },         { "uz", "O‘zbek" },     { "vi", "Tiếng Việt" },    { "xh", "IsiXhosa" },
    { "yo", "Yorùbá" },       { "zh", "中文" },       { "zh-Hans", "简体中文" }, { "zh-Hant", "繁體中文" },
    { "zu", "IsiZulu" },
};

static const char *name_of(const char *tag)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (lp_str_ieq(names[i].tag, tag))
            return names[i].name;
    return NULL;
}

void lp_lang_name(const char *lang, char out[LP_LANG_NAME_BYTES])
{
    char first[16] = "";
    size_t n = strcspn(lang, "-");
    const char *name = name_of(lang);
    if (!name && lang[n] && n < sizeof(first)) {
        memcpy(first, lang, n);
        name = name_of(first);
        if (name) {
            snprintf(out, LP_LANG_NAME_BYTES, "%s (%s)", name, lang + n + 1);
            return;
        }
    }
    snprintf(out, LP_LANG_NAME_BYTES, "%s", name ? name : lang);
}
