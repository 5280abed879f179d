#include "package/readme.h"

#include <string.h>

#include "base/time.h"
#include "package/lang_names.h"
#include "package/page_parts.h"

static void put_line(lp_buf *out, const char *s)
{
    for (; *s; s++)
        lp_buf_char(out, *s == '\n' || *s == '\t' ? ' ' : *s);
    lp_buf_char(out, '\n');
}

static const char *largest(const lp_manifest_input *in)
{
    const lecpack_file *best = NULL;
    for (size_t i = 0; i < in->n_files; i++)
        if (!best || in->files[i].bytes > best->bytes)
            best = &in->files[i];
    return best ? best->path : "index.html";
}

static void put_layers(lp_buf *out, const lp_manifest_input *in)
{
    for (size_t i = 0; i < in->n_layers; i++) {
        const lecpack_layer *l = &in->layers[i];
        char size[LP_PAGE_SIZE_CHARS];
        lp_page_size(l->transfer_bytes, size);
        if (strcmp(l->id, "text") ==
            0) /* the page tells, and this file shall not change with it */
            size[0] = '\0';
        lp_buf_printf(out, "  %-7s %9s  %s", l->id, size, l->says);
        for (size_t k = 0; k < l->n_needs; k++)
            lp_buf_printf(out, "%s%s", k ? " and " : " (needs ", l->needs[k]);
        lp_buf_str(out, l->n_needs ? ")\n" : "\n");
    }
}

static void put_languages(lp_buf *out, const lp_tracks *t)
{
    if (t->n < 2)
        return;
    lp_buf_str(out, "LANGUAGES\nThe page lets you choose; each is also there as files for other programs.\n");
    for (size_t i = 0; i < t->n; i++) {
        char name[LP_LANG_NAME_BYTES];
        lp_lang_name(t->items[i].lang, name);
        lp_buf_printf(out, "  %s: %s, %s, %s\n", strcmp(t->items[i].lang, "und") == 0 ? "language not known" : name, t->items[i].vtt_path, t->items[i].srt_path, t->items[i].text_path);
    }
    lp_buf_char(out, '\n');
}

void lp_readme_write(lp_buf *out, const lp_manifest_input *in)
{
    char words[32];
    const char *example = largest(in);
    put_line(out, in->package->session->title);
    lp_time_words(in->package->plan->duration_us, words, sizeof(words));
    lp_buf_printf(out, "A recorded class of %s, packed to be used without a network.\n\n",
                  words);
    lp_buf_str(
        out,
        "TO OPEN IT\n"
        "Open index.html in any web browser: from this folder, a USB stick or a memory card.\n"
        "The text can be read even when all other files are missing");
    lp_buf_str(out, in->tracks->n ? ".\n\n"
                                      : "; this class has no captions, so\nit is short.\n\n");
    put_languages(out, in->tracks);
    lp_buf_str(out, "WHAT EACH PART COSTS\nEvery part is of use without those below it.\n");
    put_layers(out, in);
    lp_buf_str(out, "\nTO FETCH IT OVER A LINE THAT BREAKS\n"
                    "Put the address of this folder in place of ADDRESS. Each command goes on "
                    "where it was cut.\n"
                    "All of it, with damaged parts mended (aria2):\n"
                    "  aria2c -m0 --retry-wait=1 ADDRESS/" LP_METALINK_NAME "\n"
                    "One file (wget or curl):\n");
    lp_buf_printf(out, "  wget -c --tries=0 --waitretry=1 ADDRESS/%s\n", example);
    lp_buf_printf(out, "  until curl -fsS -C - -O ADDRESS/%s; do sleep 1; done\n", example);
    lp_buf_str(out, "\nTO CHECK THAT ALL IS THERE\n"
                    "  lecpack verify .\n"
                    "  sha256sum -c --quiet " LP_SUMS_NAME "\n");
}
