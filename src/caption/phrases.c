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
      "does did not " },
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
      "doivent va vont ne se me te y " },
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
      "nicht " },
};

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
    char key[24] = " ";
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
