#include "package/package.h"

#include <string.h>
#include <zlib.h>

#include "av/hash.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "caption/transcript.h"
#include "caption/vtt_write.h"
#include "package/manifest.h"
#include "package/metalink.h"
#include "package/page.h"
#include "package/pieces.h"

enum { MAX_TEXT = 256 << 20, MAX_FILES = 100000 };

typedef struct build {
    const lp_package_input *in; /* with pseudonyms */
    const char *dir;
    lp_arena *a;
    lecpack_file *files;
    size_t n, cap;
    lp_page_file *slide_files;
    const char **slide_paths;
    lp_page_file sound, video;
    const char *captions, *transcript, *id;
    int64_t page_gzip;
} build;

/* Adds a file that is in the folder already: its size, hash and pieces. */
static lp_status add(build *b, lecpack_file f, lp_diag *d)
{
    char hex[LP_SHA256_HEX];
    char *path = lp_path_join(b->a, b->dir, f.path);
    if (!path || lp_arena_grow(b->a, (void **)&b->files, b->n, &b->cap, sizeof(*b->files), MAX_FILES) != 0)
        return lp_fail_nomem(d);
    f.bytes = lp_file_lstat(path).bytes;
    f.piece_bytes = lp_piece_bytes(f.bytes);
    f.n_pieces = lp_piece_count(f.bytes, f.piece_bytes);
    char(*pieces)[LP_SHA256_HEX] = f.n_pieces ? lp_arena_alloc(b->a, f.n_pieces, sizeof(*pieces)) : NULL;
    const char **list = lp_arena_alloc(b->a, f.n_pieces, sizeof(*list));
    if (!list || (f.n_pieces && !pieces))
        return lp_fail_nomem(d);
    lp_status s = lp_sha256_file(path, hex, &f.bytes, f.piece_bytes, pieces, f.n_pieces, NULL, d);
    if (s != LP_OK)
        return s;
    for (size_t i = 0; i < f.n_pieces; i++)
        list[i] = pieces[i];
    f.pieces = list;
    f.sha256 = lp_arena_strdup(b->a, hex);
    b->files[b->n++] = f;
    return f.sha256 ? LP_OK : lp_fail_nomem(d);
}

static lp_status put(build *b, const char *name, const void *bytes, size_t n, lp_diag *d)
{
    char *path = lp_path_join(b->a, b->dir, name);
    return path ? lp_file_write(path, bytes, n, d) : lp_fail_nomem(d);
}

static lp_status put_text(build *b, lecpack_file f, lp_buf *text, lp_diag *d)
{
    lp_status s = lp_buf_check(text, f.path, d);
    if (s == LP_OK)
        s = put(b, f.path, text->data, text->len, d);
    f.t_us = f.duration_us = -1;
    return s == LP_OK ? add(b, f, d) : s;
}

static lp_status copy_media(build *b, const lp_media_file *m, lecpack_file f, lp_page_file *page, lp_diag *d)
{
    char *from = lp_path_join(b->a, b->in->media_dir, m->path), *to = lp_path_join(b->a, b->dir, f.path);
    if (!from || !to || !f.path)
        return lp_fail_nomem(d);
    lp_status s = lp_file_copy(from, to, d);
    f.type = m->type;
    f.width_px = m->width_px;
    f.height_px = m->height_px;
    *page = (lp_page_file){ f.path, m->bytes, m->type, m->width_px, m->height_px };
    if (s == LP_OK)
        s = add(b, f, d);
    if (s == LP_OK && !lp_str_eq(b->files[b->n - 1].sha256, m->sha256))
        s = lp_fail(d, LP_ERR_IO, 0, "%s: it changed on disk since it was made; run again", from);
    return s;
}

static lp_status put_slides(build *b, lp_diag *d)
{
    const lp_media *m = b->in->media;
    size_t next = 1;
    if (m->n_slides == 0)
        return LP_OK;
    char *dir = lp_path_join(b->a, b->dir, "slides");
    b->slide_files = lp_arena_alloc(b->a, m->n_slides, sizeof(*b->slide_files));
    b->slide_paths = lp_arena_alloc(b->a, m->n_slides, sizeof(*b->slide_paths));
    if (!dir || !b->slide_files || !b->slide_paths)
        return lp_fail_nomem(d);
    lp_status s = lp_file_mkdirs(dir, d);
    for (size_t i = 0; s == LP_OK && i < m->n_slides; i++) {
        size_t twin = 0;
        while (twin < i && m->slide_file[twin] != m->slide_file[i])
            twin++;
        if (twin < i) {
            b->slide_files[i] = b->slide_files[twin];
        } else {
            const lp_media_file *f = &m->files[m->slide_file[i]];
            lecpack_file to = { .path = lp_arena_printf(b->a, "slides/%03zu.%s", next++, f->ext),
                                .layer = "slides", .role = "slide", .t_us = b->in->plan->slides[i].t_us, .duration_us = -1 };
            s = copy_media(b, f, to, &b->slide_files[i], d);
        }
        b->slide_paths[i] = b->slide_files[i].path;
    }
    return s;
}

static lp_status put_track(build *b, int at, const char *layer, lp_page_file *page, lp_diag *d)
{
    if (at < 0)
        return LP_OK;
    const lp_media_file *f = &b->in->media->files[at];
    lecpack_file to = { .path = lp_arena_printf(b->a, "%s-%.8s.%s", layer, f->sha256, f->ext),
                        .layer = layer, .role = layer, .t_us = -1, .duration_us = f->duration_us };
    return copy_media(b, f, to, page, d);
}

static lp_status put_captions(build *b, lp_diag *d)
{
    const lp_plan *p = b->in->plan;
    const lp_cues *c = b->in->cues;
    lp_buf vtt, txt;
    if (p->n_cues == 0)
        return LP_OK;
    lp_buf_init(&vtt, MAX_TEXT);
    lp_buf_init(&txt, MAX_TEXT);
    b->captions = lp_arena_printf(b->a, "captions.%s.vtt", c->lang);
    b->transcript = lp_arena_printf(b->a, "transcript.%s.txt", c->lang);
    lp_status s = b->captions && b->transcript ? LP_OK : lp_fail_nomem(d);
    for (char *q = (char *)b->captions; s == LP_OK && *q; q++) /* names are lower-case: "pt-BR" */
        *q = *q >= 'A' && *q <= 'Z' ? (char)(*q + 32) : *q;
    for (char *q = (char *)b->transcript; s == LP_OK && *q; q++)
        *q = *q >= 'A' && *q <= 'Z' ? (char)(*q + 32) : *q;
    lp_vtt_write(&vtt, p->cues, p->n_cues, c->people, c->n_people, c->lang);
    if (s == LP_OK)
        s = put_text(b, (lecpack_file){ .path = b->captions, .layer = "extra", .role = "captions", .type = "text/vtt", .lang = c->lang }, &vtt, d);
    if (s == LP_OK)
        s = lp_transcript_write(&txt, b->in->session->title, p, c, b->a, d);
    if (s == LP_OK)
        s = put_text(b, (lecpack_file){ .path = b->transcript, .layer = "extra", .role = "transcript", .type = "text/plain; charset=utf-8", .lang = c->lang }, &txt, d);
    lp_buf_clear(&vtt);
    lp_buf_clear(&txt);
    return s;
}

static lp_status put_chapters(build *b, lp_diag *d)
{
    json_t *o = json_object(), *list = json_array();
    lp_buf text;
    lp_buf_init(&text, MAX_TEXT);
    for (size_t i = 0; i < b->in->plan->n_chapters; i++) {
        json_t *c = json_object();
        lp_json_set_seconds(c, "startTime", b->in->plan->chapters[i].t_us);
        lp_json_set_str(c, "title", b->in->plan->chapters[i].title);
        json_array_append_new(list, c);
    }
    lp_json_set_str(o, "version", "1.2.0");
    lp_json_set_new(o, "chapters", list);
    lp_status s = lp_json_text(o, 1, &text, d);
    if (s == LP_OK)
        s = put_text(b, (lecpack_file){ .path = "chapters.json", .layer = "extra", .role = "chapters", .type = "application/json" }, &text, d);
    lp_buf_clear(&text);
    json_decref(o);
    return s;
}

static lp_status put_readme(build *b, lp_diag *d)
{
    lp_buf t;
    lp_buf_init(&t, 1 << 20);
    lp_buf_printf(&t, "%s\n\nOpen index.html in a browser. It needs no network, no installation and no other file to be read;\n"
                      "slides, sound and video are shown where their files are there.\n\n"
                      "To fetch this package over a line that breaks, with any one of these (each goes on where it stopped):\n\n"
                      "    aria2c --max-tries=0 --retry-wait=1 --follow-metalink=mem URL/lecpack.meta4\n"
                      "    wget --continue --tries=0 --waitretry=1 URL/FILE\n"
                      "    until curl -fsS -C - -O URL/FILE; do sleep 1; done\n\n"
                      "URL is where the package is served, FILE a name from manifest-sha256.txt. The first checks every piece.\n"
                      "To check what has arrived:  sha256sum -c manifest-sha256.txt\n",
                  b->in->session->title);
    lp_status s = put_text(b, (lecpack_file){ .path = "README.txt", .layer = "extra", .role = "readme", .type = "text/plain; charset=utf-8" }, &t, d);
    lp_buf_clear(&t);
    return s;
}

/* What a server with gzip sends for the page. */
static lp_status gzip_size(const lp_buf *t, int64_t *bytes, lp_diag *d)
{
    z_stream z = { 0 };
    unsigned char out[16384];
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return lp_fail_nomem(d);
    z.next_in = (unsigned char *)t->data;
    z.avail_in = (uInt)t->len;
    int e;
    do {
        z.next_out = out;
        z.avail_out = sizeof(out);
        e = deflate(&z, Z_FINISH);
    } while (e == Z_OK);
    *bytes = (int64_t)z.total_out;
    deflateEnd(&z);
    return e == Z_STREAM_END ? LP_OK : lp_fail(d, LP_ERR_INTERNAL, 0, "the page can not be compressed");
}

static lp_status put_page(build *b, lp_diag *d)
{
    lp_page_input in = { b->id, b->in, b->slide_files, b->in->media->n_slides, b->sound.path ? &b->sound : NULL,
                         b->video.path ? &b->video : NULL, b->captions, b->transcript };
    lp_buf t;
    lp_buf_init(&t, MAX_TEXT);
    lp_status s = lp_page_write(&in, &t, d);
    if (s == LP_OK)
        s = gzip_size(&t, &b->page_gzip, d);
    if (s == LP_OK)
        s = put_text(b, (lecpack_file){ .path = "index.html", .layer = "text", .role = "viewer", .type = "text/html", .lang = b->in->session->lang }, &t, d);
    lp_buf_clear(&t);
    return s;
}

static size_t sum_layers(const build *b, lecpack_layer *out)
{
    static const char *const ids[] = { "text", "slides", "sound", "video", "extra" };
    static const char *const says[] = { "Transcript, chapters, player", "Every slide as a picture", "What was said",
                                        "The moving picture, in step with the sound", "The same text for other programs" };
    static const char *const text[] = { "text" }, *const sound[] = { "text", "sound" };
    size_t n = 0;
    for (size_t k = 0; k < 5; k++) {
        lecpack_layer l = { .id = ids[k], .says = says[k], .needs = k == 3 ? sound : text, .n_needs = k == 0 ? 0 : k == 3 ? 2 : 1 };
        if (k == 3 && !b->sound.path)
            l.n_needs = 1;
        for (size_t i = 0; i < b->n; i++) {
            if (!lp_str_eq(b->files[i].layer, ids[k]))
                continue;
            l.n_files++;
            l.bytes += b->files[i].bytes;
            l.transfer_bytes += k == 0 ? b->page_gzip : b->files[i].bytes;
        }
        if (l.n_files)
            out[n++] = l;
    }
    return n;
}

/* The manifest, the Metalink and the list for sha256sum; these three are in none of the others' lists but the last. */
static lp_status put_manifest(build *b, const lecpack_layer *layers, size_t n_layers, lp_package_summary *out, lp_diag *d)
{
    lp_manifest_input in = { b->in, b->id, b->files, b->n, layers, n_layers, b->slide_paths, b->captions };
    char hex[LP_SHA256_HEX], hex2[LP_SHA256_HEX];
    lp_buf json, meta, sums;
    lp_buf_init(&json, MAX_TEXT);
    lp_buf_init(&meta, MAX_TEXT);
    lp_buf_init(&sums, MAX_TEXT);
    json_t *o = lp_manifest_json(&in);
    lp_status s = lp_json_text(o, 1, &json, d);
    json_decref(o);
    lecpack_file *all = s == LP_OK ? lp_arena_alloc(b->a, b->n + 1, sizeof(*all)) : NULL;
    if (s == LP_OK && !all)
        s = lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_sha256_bytes(json.data, json.len, hex, d);
    if (s == LP_OK) {
        all[0] = (lecpack_file){ .path = "lecpack.json", .bytes = (int64_t)json.len, .sha256 = hex };
        memcpy(all + 1, b->files, b->n * sizeof(*all));
        lp_metalink_write(&meta, b->in->tool, all, b->n + 1);
        s = lp_buf_check(&meta, "lecpack.meta4", d);
    }
    if (s == LP_OK)
        s = lp_sha256_bytes(meta.data, meta.len, hex2, d);
    for (size_t i = 0; s == LP_OK && i <= b->n; i++)
        lp_buf_printf(&sums, "%s  %s\n", all[i].sha256, all[i].path);
    if (s == LP_OK) {
        lp_buf_printf(&sums, "%s  lecpack.meta4\n", hex2);
        s = lp_buf_check(&sums, "manifest-sha256.txt", d);
    }
    if (s == LP_OK)
        s = put(b, "lecpack.meta4", meta.data, meta.len, d);
    if (s == LP_OK)
        s = put(b, "manifest-sha256.txt", sums.data, sums.len, d);
    if (s == LP_OK)
        s = put(b, "lecpack.json", json.data, json.len, d);
    if (s == LP_OK) {
        out->n_files = b->n + 3;
        out->bytes = (int64_t)(json.len + meta.len + sums.len);
        for (size_t i = 0; i < b->n; i++)
            out->bytes += b->files[i].bytes;
        out->manifest_sha256 = lp_arena_strdup(b->a, hex);
        s = out->manifest_sha256 ? LP_OK : lp_fail_nomem(d);
    }
    lp_buf_clear(&json);
    lp_buf_clear(&meta);
    lp_buf_clear(&sums);
    return s;
}

/* Names stay out of a package: people are Speaker 1, Speaker 2, .. in the order in which they spoke. */
static lp_status pseudonyms(const lp_cues *c, lp_arena *a, lp_cues *out, lp_diag *d)
{
    *out = *c;
    out->people = lp_arena_alloc(a, c->n_people, sizeof(*out->people));
    if (!out->people)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < c->n_people; i++)
        if (!(out->people[i].name = lp_arena_printf(a, "Speaker %zu", i + 1)))
            return lp_fail_nomem(d);
    return LP_OK;
}

lp_status lp_package_build(const lp_package_input *in, const char *dir, lp_arena *a, lp_package_summary *out, lp_diag *d)
{
    lp_cues cues;
    lp_package_input shown = *in;
    build b = { .in = &shown, .dir = dir, .a = a };
    lecpack_layer layers[5];
    size_t n_layers = 0;
    *out = (lp_package_summary){ 0 };
    lp_status s = pseudonyms(in->cues, a, &cues, d);
    shown.cues = &cues;
    if (s == LP_OK)
        s = lp_manifest_id(&shown, a, &b.id, d);
    if (s == LP_OK)
        s = lp_file_remove(dir, d);
    if (s == LP_OK)
        s = lp_file_mkdirs(dir, d);
    if (s == LP_OK)
        s = put_slides(&b, d);
    if (s == LP_OK)
        s = put_track(&b, in->media->sound, "sound", &b.sound, d);
    if (s == LP_OK)
        s = put_track(&b, in->media->video, "video", &b.video, d);
    if (s == LP_OK)
        s = put_captions(&b, d);
    if (s == LP_OK)
        s = put_chapters(&b, d);
    if (s == LP_OK)
        s = put_readme(&b, d);
    if (s == LP_OK)
        s = put_page(&b, d);
    if (s == LP_OK) {
        n_layers = sum_layers(&b, layers);
        s = put_manifest(&b, layers, n_layers, out, d);
    }
    for (size_t i = 0; s == LP_OK && i < n_layers && out->n_layers < 4; i++)
        if (!lp_str_eq(layers[i].id, "extra"))
            out->layers[out->n_layers++] = (lp_package_layer){ layers[i].id, layers[i].bytes, layers[i].transfer_bytes, layers[i].n_files };
    return s;
}
