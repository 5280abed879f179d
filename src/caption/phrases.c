#include "caption/phrases.h"

#include <string.h>

#include "base/str.h"

/* Folded words between blanks, each list with one before and one behind. */
static const struct {
    const char *lang;
    const char *articles, *prepositions, *conjunctions, *auxiliaries;
} lists[] = {
    { "en",
      " a an the this that these those my your his her its our their each every some any no ",
      " of to in on at by for from with into onto about between through under over during "
      "without within against among per than as ",
      " and or but because so if when while which who whose where that although though unless "
      "until whereas since nor then ",
      " is are was were be been am has have had will would can could should may might must do "
      "does did not dont doesnt didnt isnt arent wasnt cant wont i he she we they im ive "
      "youre weve theyre theyd theyll hes shes thats theres " },
    { "fr",
      " le la les un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre "
      "nos votre vos leur leurs chaque quelques ",
      " de d \xc3\xa0 en dans sur sous par pour avec sans chez vers entre contre depuis "
      "pendant "
      "selon comme ",
      " et ou mais donc or ni car que qui quand lorsque si parce puisque alors o\xc3\xb9 dont "
      "tandis ",
      " est sont \xc3\xa9tait \xc3\xa9taient sera seront a ont avait avons avez peut peuvent "
      "doit "
      "doivent va vont ne se me te y je j tu il elle on nous vous ils cest " },
    { "es",
      " el la los las un una unos unas este esta estos estas ese esa esos esas mi mis tu tus "
      "su sus nuestro nuestra nuestros nuestras cada al del lo ",
      " de a en con por para sin sobre entre hasta desde hacia seg\xc3\xban durante contra "
      "como "
      "ante bajo ",
      " y e o u pero porque que si cuando donde aunque sino mientras pues quien cual entonces ",
      " es son era eran ser\xc3\xa1 ha han hab\xc3\xad"
      "a puede pueden debe deben va van est\xc3\xa1 "
      "est\xc3\xa1n no se me te " },
    { "de",
      " der die das den dem des ein eine einen einem einer eines kein keine keinen dieser "
      "diese "
      "dieses diesen diesem mein meine meinen sein seine seinen ihr ihre ihren unser unsere "
      "jeder jede "
      "jedes ",
      " in im an am auf aus bei beim mit nach von vom zu zum zur \xc3\xbc"
      "ber unter f\xc3\xbcr durch "
      "gegen ohne um zwischen vor hinter neben seit bis als wie ",
      " und oder aber denn weil dass da\xc3\x9f wenn ob obwohl damit sondern w\xc3\xa4hrend "
      "sodass "
      "bevor nachdem also sowie ",
      " ist sind war waren wird werden hat haben hatte kann k\xc3\xb6nnen muss soll sollte "
      "nicht ich du er wir man " },
};

/* A preposition that ends its phrase. */
static const char closed_pairs[] =
    " later:on early:on so:on further:on go:on goes:on going:on went:on come:on moving:on "
    "hold:on log:in logged:in zoom:in ";
static const char tens[] = " twenty thirty forty fifty sixty seventy eighty ninety ";
static const char units[] = " one two three four five six seven eight nine ";
static const char teens[] =
    " ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen ";
static const char scales[] = " hundred thousand million billion trillion percent ";

static const char abbreviations[] =
    " dr. mr. mrs. ms. prof. st. vs. e.g. i.e. fig. figs. eq. eqs. nos. vol. approx. cf. sec. "
    "ch. "
    "p. pp. al. jr. sr. inc. dept. m. mme. mlle. p.ex. c.-\xc3\xa0-d. sra. srta. ud. uds. "
    "p.ej. ee.uu. "
    "z.b. d.h. bzw. u.a. nr. abb. ca. vgl. evtl. ggf. usw. hr. ";

int lp_lang_is(const char *lang, const char *primary)
{
    size_t n = strlen(primary);
    char begin[9];
    if (!lang || n >= sizeof(begin) || strlen(lang) < n || (lang[n] && lang[n] != '-'))
        return 0;
    memcpy(begin, lang, n);
    begin[n] = '\0';
    return lp_str_ieq(begin, primary);
}

static int has_word(const char *list, const char *word, size_t n)
{
    char key[32] = " ";
    if (n == 0 || n > sizeof(key) - 3)
        return 0;
    memcpy(key + 1, word, n);
    key[n + 1] = ' ';
    key[n + 2] = '\0';
    return strstr(list, key) != NULL;
}

unsigned lp_word_classes(const char *lang, const char *folded)
{
    size_t n = strlen(folded);
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        if (!lp_lang_is(lang, lists[i].lang))
            continue;
        return (has_word(lists[i].articles, folded, n) ? LP_WORD_ARTICLE : 0U) |
               (has_word(lists[i].prepositions, folded, n) ? LP_WORD_PREPOSITION : 0U) |
               (has_word(lists[i].conjunctions, folded, n) ? LP_WORD_CONJUNCTION : 0U) |
               (has_word(lists[i].auxiliaries, folded, n) ? LP_WORD_AUXILIARY : 0U);
    }
    return 0;
}

int lp_word_holds_on(const char *lang, const char *before, const char *folded)
{
    char pair[28];
    size_t n = strlen(before), n_word = strlen(folded);
    if (!(lp_word_classes(lang, folded) & (LP_WORD_ARTICLE | LP_WORD_PREPOSITION)))
        return 0;
    if (!lp_lang_is(lang, "en") || n == 0 || n + n_word + 1 > sizeof(pair))
        return 1;
    memcpy(pair, before, n);
    pair[n] = ':';
    memcpy(pair + n + 1, folded, n_word);
    return !has_word(closed_pairs, pair, n + 1 + n_word);
}

int lp_words_are_number(const char *lang, const char *folded, const char *next)
{
    size_t n = strlen(folded), n_next = strlen(next);
    if (!lp_lang_is(lang, "en"))
        return 0;
    int is_ten = has_word(tens, folded, n), is_scale = has_word(scales, folded, n);
    int is_small = has_word(units, folded, n) || has_word(teens, folded, n);
    if (has_word(scales, next, n_next))
        return is_ten || is_small || is_scale;
    if (has_word(units, next, n_next))
        return is_ten || (is_scale && strcmp(folded, "percent") != 0);
    return is_scale && strcmp(folded, "percent") != 0 &&
           (has_word(tens, next, n_next) || has_word(teens, next, n_next));
}

int lp_word_is_abbreviation(const char *word, size_t n)
{
    char low[16];
    while (n && strchr("(\"'[", word[0])) {
        word++;
        n--;
    }
    if (n < 2 || n >= sizeof(low) || word[n - 1] != '.')
        return 0;
    if (n == 2) /* an initial; "I." is more often the end of a sentence */
        return (word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I') || word[0] == 'p';
    for (size_t i = 0; i < n; i++)
        low[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i]);
    return has_word(abbreviations, low, n);
}
