#include "package/package.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "av/hash.h"
#include "base/file.h"
#include "base/str.h"
#include "caption/srt_write.h"
#include "caption/transcript.h"
#include "caption/vtt_write.h"
#include "package/layers.h"
#include "package/manifest.h"
#include "package/metalink.h"
#include "package/page.h"
#include "package/people.h"
#include "package/pieces.h"
#include "package/put.h"
#include "package/readme.h"
#include "package/review_page.h"
#include "package/sums.h"
#include "package/tracks.h"

enum { MAX_TEXT_BYTES = 256 << 20, MAX_EXT = 5, N_SIDE = 3 };

typedef struct builder {
    lp_package_input in; /* with the people as they are shown */
    lp_cues cues;
    const char *dir;
    lp_arena *a;
    lp_diag *d;
    lecpack_file *files; /* the page's place is the first */
    size_t n, cap;
    size_t n_slide_files;
    const char **media_paths; /* in the package, for each file of media; NULL: not used yet */
    const char **slide_paths; /* for each slide of the plan */
    lp_page_file *page_slides, page_sound, page_video;
    lp_page_step *page_steps; /* for each of media's steps */
    char id[LP_MANIFEST_ID_CHARS];
    const char *lang;
    lp_tracks tracks;
    int64_t page_transfer_bytes;
    lp_layers layers;
} builder;

static lp_status hash_pieces(builder *b, const char *full, lecpack_file *f)
{
    char *hex = lp_arena_alloc(b->a, 1, LP_SHA256_HEX);
    size_t n = lp_piece_count(f->bytes, f->piece_bytes);
    char(*hashes)[LP_SHA256_HEX] = n ? lp_arena_alloc(b->a, n, sizeof(*hashes)) : NULL;
    const char **pieces = n ? lp_arena_alloc(b->a, n, sizeof(*pieces)) : NULL;
    int64_t bytes = 0;
    if (!hex || (n && (!hashes || !pieces)))
        return lp_fail_nomem(b->d);
    lp_status s = lp_sha256_file(full, hex, &bytes, f->piece_bytes, hashes, n, NULL, b->d);
    for (size_t i = 0; i < n; i++)
        pieces[i] = hashes[i];
    f->sha256 = hex;
    f->pieces = pieces;
    f->n_pieces = n;
    return s == LP_OK && bytes != f->bytes
               ? lp_fail(b->d, LP_ERR_IO, 0, "%s: %lld bytes were written, %lld are there",
                         full, (long long)f->bytes, (long long)bytes)
               : s;
}

/* Describes a file that was just written: size and hashes are those of what can be read back.
 */
static lp_status describe(builder *b, lecpack_file *f)
{
    char *full = lp_path_join(b->a, b->dir, f->path);
    if (!full)
        return lp_fail_nomem(b->d);
    f->bytes = lp_file_lstat(full).bytes;
    f->piece_bytes = lp_piece_bytes(f->bytes);
    return hash_pieces(b, full, f);
}

static lp_status add(builder *b, lecpack_file f, lecpack_file **out)
{
    if (lp_arena_grow(b->a, (void **)&b->files, b->n, &b->cap, sizeof(*b->files),
                      LP_MANIFEST_MAX_FILES) != 0)
        return lp_fail_nomem(b->d);
    b->files[b->n] = f;
    lp_status s = describe(b, &b->files[b->n]);
    if (s == LP_OK && out)
        *out = &b->files[b->n];
    b->n += s == LP_OK;
    return s;
}

static lp_status put_text(builder *b, const char *path, lp_buf *text)
{
    char *full = lp_path_join(b->a, b->dir, path);
    lp_status s = full ? lp_buf_check(text, path, b->d) : lp_fail_nomem(b->d);
    return s == LP_OK ? lp_put_bytes(full, text->data, text->len, b->d) : s;
}

/* Writes the text, adds it to the files and clears the buffer. */
static lp_status add_text(builder *b, lp_status s, lp_buf *text, lecpack_file f)
{
    f.layer = "extra";
    f.t_us = f.duration_us = -1;
    if (s == LP_OK)
        s = put_text(b, f.path, text);
    if (s == LP_OK)
        s = add(b, f, NULL);
    lp_buf_clear(text);
    return s;
}

static lp_status copy_media(builder *b, const lp_media_file *m, lecpack_file f,
                            lecpack_file **out)
{
    char *from = lp_path_join(b->a, b->in.media_dir, m->path),
         *to = lp_path_join(b->a, b->dir, f.path);
    f.type = m->type;
    f.width_px = m->width_px;
    f.height_px = m->height_px;
    lp_status s = from && to ? lp_put_copy(from, to, b->d) : lp_fail_nomem(b->d);
    if (s == LP_OK)
        s = add(b, f, out);
    if (s == LP_OK && m->sha256 && strcmp(m->sha256, (*out)->sha256) != 0)
        s = lp_fail(b->d, LP_ERR_IO, 0, "%s: is not what was made; delete it and run again",
                    from);
    return s;
}

static lp_status media_file(builder *b, int i, lp_media_role role, const lp_media_file **out)
{
    const lp_media *m = b->in.media;
    size_t n;
    if (i < 0 || (size_t)i >= m->n || m->files[i].role != role)
        return lp_fail(b->d, LP_ERR_INTERNAL, 0,
                       "media: file %d is not there or not of its kind", i);
    *out = &m->files[i];
    n = strspn((*out)->ext, "abcdefghijklmnopqrstuvwxyz0123456789");
    if (n == 0 || n > MAX_EXT || (*out)->ext[n])
        return lp_fail(b->d, LP_ERR_INTERNAL, 0, "%s: no file name can end with it",
                       (*out)->path);
    return LP_OK;
}

/* An equal picture that was put in before under its name; NULL: this one is new. */
static const char *same_picture(const builder *b, int i)
{
    const lp_media *m = b->in.media;
    if (b->media_paths[i])
        return b->media_paths[i];
    for (size_t k = 0; m->files[i].sha256 && k < m->n; k++)
        if (b->media_paths[k] && lp_str_eq(m->files[k].sha256, m->files[i].sha256))
            return b->media_paths[k];
    return NULL;
}

static lp_status add_slide(builder *b, size_t slide)
{
    int i = b->in.media->slide_file[slide];
    const lp_media_file *m = NULL;
    lp_status s = media_file(b, i, LP_MEDIA_STILL, &m);
    if (s != LP_OK)
        return s;
    const char *path = same_picture(b, i);
    if (!path) {
        lecpack_file *made = NULL;
        path = lp_arena_printf(b->a, "slides/%03zu.%s", ++b->n_slide_files, m->ext);
        if (!path)
            return lp_fail_nomem(b->d);
        s = copy_media(b, m,
                       (lecpack_file){ .path = path,
                                       .layer = "slides",
                                       .role = "slide",
                                       .t_us = b->in.plan->slides[slide].t_us,
                                       .duration_us = -1 },
                       &made);
    }
    b->media_paths[i] = b->slide_paths[slide] = path;
    b->page_slides[slide] = (lp_page_file){ path, lp_layers_file_bytes(b->files, b->n, path),
                                            m->type, m->width_px, m->height_px };
    return s;
}

/* Named after the slide as the page counts it. */
static lp_status add_step(builder *b, size_t i)
{
    const lp_media_step *step = &b->in.media->steps[i];
    const lp_plan *plan = b->in.plan;
    const lp_media_file *m = NULL;
    lecpack_file *made = NULL;
    if ((size_t)step->slide >= plan->n_slides || (size_t)step->step >= plan->slides[step->slide].n_steps)
        return lp_fail(b->d, LP_ERR_INTERNAL, 0, "media: step %zu is not in the plan", i);
    const lp_plan_slide *slide = &plan->slides[step->slide];
    lp_status s = media_file(b, step->file, LP_MEDIA_STEP, &m);
    if (s != LP_OK)
        return s;
    const char *path = lp_arena_printf(b->a, "slides/%03d-%d.%s", step->slide + 1, step->step + 1, m->ext);
    if (!path)
        return lp_fail_nomem(b->d);
    s = copy_media(b, m,
                   (lecpack_file){ .path = path,
                                   .layer = "slides",
                                   .role = "step",
                                   .t_us = step->step ? slide->steps[step->step - 1].until_us : slide->t_us,
                                   .duration_us = -1 },
                   &made);
    if (s == LP_OK)
        b->page_steps[i] = (lp_page_step){ { path, made->bytes, m->type, m->width_px, m->height_px },
                                           (size_t)step->slide,
                                           slide->steps[step->step].until_us,
                                           step->x_px,
                                           step->y_px };
    return s;
}

static lp_status add_slides(builder *b)
{
    const lp_media *m = b->in.media;
    size_t n = b->in.plan->n_slides;
    b->media_paths = lp_arena_alloc(b->a, m->n, sizeof(*b->media_paths));
    b->slide_paths = lp_arena_alloc(b->a, n, sizeof(*b->slide_paths));
    b->page_slides = lp_arena_alloc(b->a, n, sizeof(*b->page_slides));
    b->page_steps = lp_arena_alloc(b->a, m->n_steps, sizeof(*b->page_steps));
    char *dir = lp_path_join(b->a, b->dir, "slides");
    if (!b->media_paths || !b->slide_paths || !b->page_slides || !b->page_steps || !dir)
        return lp_fail_nomem(b->d);
    if (m->n_slides != n)
        return lp_fail(b->d, LP_ERR_INTERNAL, 0,
                       "media: %zu slides were made, %zu were planned", m->n_slides, n);
    lp_status s = n ? lp_file_mkdirs(dir, b->d) : LP_OK;
    for (size_t i = 0; s == LP_OK && i < n; i++)
        s = add_slide(b, i);
    for (size_t i = 0; s == LP_OK && i < m->n_steps; i++)
        s = add_step(b, i);
    return s;
}

/* Sound or video: its name holds the start of its hash, so that one revision is never spliced
 * with another. */
static lp_status add_stream(builder *b, int i, lp_media_role role, const char *name,
                            lp_page_file *page)
{
    const lp_media_file *m = NULL;
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    lecpack_file *made = NULL;
    lp_status s = i < 0 ? LP_OK : media_file(b, i, role, &m);
    if (i < 0 || s != LP_OK)
        return s;
    char *from = lp_path_join(b->a, b->in.media_dir, m->path);
    s = from ? lp_sha256_file(from, hex, &bytes, 0, NULL, 0, NULL, b->d) : lp_fail_nomem(b->d);
    if (s != LP_OK)
        return s;
    const char *path = lp_arena_printf(b->a, "%s-%.8s.%s", name, hex, m->ext);
    if (!path)
        return lp_fail_nomem(b->d);
    s = copy_media(b, m,
                   (lecpack_file){ .path = path,
                                   .layer = name,
                                   .role = name,
                                   .t_us = -1,
                                   .duration_us = m->duration_us,
                                   .lang = role == LP_MEDIA_SOUND ? b->lang : NULL },
                   &made);
    if (s == LP_OK)
        *page = (lp_page_file){ path, made->bytes, m->type, m->width_px, m->height_px };
    return s;
}

/* What a server that compresses sends for it. */
static lp_status gzip_bytes(const lp_buf *text, int64_t *bytes, lp_diag *d)
{
    unsigned char out[16384];
    z_stream z = { 0 };
    if (text->len > UINT32_MAX || deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16,
                                               8, Z_DEFAULT_STRATEGY) != Z_OK)
        return lp_fail_nomem(d);
    z.next_in = (unsigned char *)text->data;
    z.avail_in = (uInt)text->len;
    *bytes = 0;
    int rc = Z_OK;
    while (rc == Z_OK) {
        z.next_out = out;
        z.avail_out = sizeof(out);
        rc = deflate(&z, Z_FINISH);
        *bytes += (int64_t)(sizeof(out) - z.avail_out);
    }
    deflateEnd(&z);
    return rc == Z_STREAM_END
               ? LP_OK
               : lp_fail(d, LP_ERR_INTERNAL, 0, "index.html: deflate failed (%d)", rc);
}

static lp_page_input page_input(const builder *b)
{
    return (lp_page_input){ .id = b->id,
                            .package = &b->in,
                            .steps = b->page_steps,
                            .n_steps = b->in.media->n_steps,
                            .slides = b->page_slides,
                            .n_slides = b->in.plan->n_slides,
                            .sound = b->page_sound.path ? &b->page_sound : NULL,
                            .video = b->page_video.path ? &b->page_video : NULL,
                            .tracks = &b->tracks };
}

static lp_status add_page(builder *b)
{
    lp_buf text;
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_page_input page = page_input(b);
    lp_status s = lp_page_write(&page, &text, b->d);
    if (s == LP_OK)
        s = put_text(b, "index.html", &text);
    if (s == LP_OK)
        s = gzip_bytes(&text, &b->page_transfer_bytes, b->d);
    lp_buf_clear(&text);
    return s == LP_OK ? describe(b, &b->files[0]) : s;
}

/* Only where a machine made the captions and nobody has called them reviewed. */
static lp_status add_review(builder *b)
{
    lp_buf text;
    size_t n = 0;
    lp_page_input page = page_input(b);
    if (!lp_str_eq(b->cues.origin, "asr") || b->cues.is_reviewed)
        return LP_OK;
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_status s = lp_review_page_write(&page, b->lang, &text, &n, b->d);
    if (s == LP_OK && n)
        return add_text(b, s, &text,
                        (lecpack_file){ .path = LP_REVIEW_PAGE_NAME, .role = "review", .type = "text/html" });
    lp_buf_clear(&text);
    return s;
}

static lp_status add_track(builder *b, const lp_track *t)
{
    lp_buf text;
    lp_plan plan = *b->in.plan; /* with the cues of this track */
    plan.cues = (lp_cue *)(uintptr_t)t->items;
    plan.n_cues = t->n;
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_vtt_write(&text, t->items, t->n, t->cues->people, t->cues->n_people, t->lang, t->cues->is_reviewed);
    lp_status s = add_text(
        b, LP_OK, &text,
        (lecpack_file){ .path = t->vtt_path, .role = "captions", .type = "text/vtt", .lang = t->lang });
    if (s == LP_OK) {
        lp_buf_init(&text, MAX_TEXT_BYTES);
        lp_srt_write(&text, t->items, t->n, t->cues->people, t->cues->n_people);
        s = add_text(b, LP_OK, &text,
                     (lecpack_file){ .path = t->srt_path,
                                     .role = "captions",
                                     .type = "application/x-subrip",
                                     .lang = t->lang });
    }
    if (s == LP_OK && t == b->tracks.items)
        s = add_review(b);
    if (s != LP_OK)
        return s;
    lp_buf_init(&text, MAX_TEXT_BYTES);
    s = lp_transcript_write(&text, b->in.session->title, &plan, t->cues, b->a, b->d);
    return add_text(b, s, &text,
                    (lecpack_file){ .path = t->text_path,
                                    .role = "transcript",
                                    .type = "text/plain; charset=utf-8",
                                    .lang = t->lang });
}

static lp_status add_captions(builder *b)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < b->tracks.n; i++)
        s = add_track(b, &b->tracks.items[i]);
    return s;
}

/* https://github.com/Podcastindex-org/podcast-namespace, JSON Chapters 1.2 */
static lp_status add_chapters(builder *b)
{
    lp_buf text;
    json_t *list = json_array(), *root = json_object();
    for (size_t i = 0; i < b->in.plan->n_chapters; i++) {
        json_t *c = json_object();
        lp_json_set_seconds(c, "startTime", b->in.plan->chapters[i].t_us);
        lp_json_set_new(c, "title", lp_chapter_title(b->in.plan, i));
        if (list && c)
            (void)json_array_append_new(list, c);
    }
    lp_json_set_str(root, "version", "1.2.0");
    lp_json_set_new(root, "chapters", list);
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_status s = lp_json_text(root, 1, &text, b->d);
    json_decref(root);
    return add_text(b, s, &text,
                    (lecpack_file){ .path = "chapters.json",
                                    .role = "chapters",
                                    .type = "application/json+chapters" });
}

static lp_manifest_input manifest_input(builder *b)
{
    lp_layers_make(&b->layers, b->files, b->n, b->page_transfer_bytes,
                   b->tracks.n > 0);
    return (lp_manifest_input){ &b->in,      b->id,          b->lang,
                                b->files,    b->n,           b->layers.items,
                                b->layers.n, b->slide_paths, b->page_steps, b->in.media->n_steps, &b->tracks };
}

static lp_status add_readme(builder *b)
{
    lp_buf text;
    lp_manifest_input m = manifest_input(b);
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_readme_write(&text, &m);
    return add_text(b, LP_OK, &text,
                    (lecpack_file){ .path = "README.txt",
                                    .role = "readme",
                                    .type = "text/plain; charset=utf-8" });
}

/* What was written must be what every reader accepts. */
static lp_status check_manifest(builder *b, const lp_buf *text)
{
    lecpack_manifest m;
    lp_diag d = { 0 };
    lp_arena a = { 0 };
    lp_status s = lp_manifest_parse(text->data, text->len, LP_MANIFEST_NAME, &a, &m, &d);
    if (s == LP_OK)
        s = lp_manifest_check_names(&m, LP_MANIFEST_NAME, &a, &d);
    lp_arena_clear(&a);
    if (s == LP_OK || s == LP_ERR_NOMEM)
        return s == LP_OK ? s : lp_fail_nomem(b->d);
    return lp_fail(b->d, LP_ERR_INTERNAL, 0, "the manifest just made is not valid: %s", d.text);
}

static lp_status put_manifest(builder *b, lecpack_file *self)
{
    lp_buf text;
    lp_manifest_input m = manifest_input(b);
    json_t *root = lp_manifest_to_json(&m);
    lp_buf_init(&text, LP_MANIFEST_MAX_BYTES);
    lp_status s = lp_json_text(root, 1, &text, b->d);
    json_decref(root);
    if (s == LP_OK)
        s = check_manifest(b, &text);
    if (s == LP_OK)
        s = put_text(b, LP_MANIFEST_NAME, &text);
    lp_buf_clear(&text);
    return s == LP_OK ? describe(b, self) : s;
}

/* The Metalink holds the manifest's hash, the sums hold both. */
static lp_status put_side_files(builder *b, lecpack_file side[N_SIDE])
{
    lp_buf text;
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_metalink_write(&text, b->in.tool, b->files, b->n, &side[0]);
    lp_status s = put_text(b, LP_METALINK_NAME, &text);
    lp_buf_clear(&text);
    if (s == LP_OK)
        s = describe(b, &side[1]);
    if (s == LP_OK)
        s = lp_sums_write(&text, b->files, b->n, side, 2, b->a, b->d);
    if (s == LP_OK)
        s = put_text(b, LP_SUMS_NAME, &text);
    lp_buf_clear(&text);
    return s == LP_OK ? describe(b, &side[2]) : s;
}

static lp_status begin(builder *b, const lp_package_input *in)
{
    lp_status s = lp_people_shown(in->cues, b->a, &b->cues, b->d);
    b->in = *in;
    b->in.cues = &b->cues;
    b->lang = lp_tracks_lang(in);
    if (s == LP_OK)
        s = lp_manifest_id(in->session->media.sha256, in->options, b->id, b->d);
    if (s == LP_OK)
        s = lp_tracks_make(&b->in, b->a, &b->tracks, b->d);
    if (s == LP_OK && lp_arena_grow(b->a, (void **)&b->files, 0, &b->cap, sizeof(*b->files),
                                    LP_MANIFEST_MAX_FILES) != 0)
        s = lp_fail_nomem(b->d);
    if (s != LP_OK)
        return s;
    b->files[b->n++] = (lecpack_file){ .path = "index.html",
                                       .layer = "text",
                                       .role = "viewer",
                                       .type = "text/html",
                                       .sha256 = "",
                                       .t_us = -1,
                                       .duration_us = -1 };
    s = lp_file_remove(b->dir, b->d);
    return s == LP_OK ? lp_file_mkdirs(b->dir, b->d) : s;
}

static void summarize(const builder *b, const lecpack_file side[N_SIDE],
                      lp_package_summary *out)
{
    *out = (lp_package_summary){ .n_files = b->n + N_SIDE, .manifest_sha256 = side[0].sha256 };
    for (size_t i = 0; i < b->n; i++)
        out->bytes += b->files[i].bytes;
    for (size_t i = 0; i < N_SIDE; i++)
        out->bytes += side[i].bytes;
    for (size_t i = 0; i < b->layers.n; i++) {
        const lecpack_layer *l = &b->layers.items[i];
        if (strcmp(l->id, "extra") != 0)
            out->layers[out->n_layers++] =
                (lp_package_layer){ l->id, l->bytes, l->transfer_bytes, l->n_files };
    }
}

lp_status lp_package_build(const lp_package_input *in, const char *dir, lp_arena *a,
                           lp_package_summary *out, lp_diag *d)
{
    builder b = { .dir = dir, .a = a, .d = d };
    lecpack_file side[N_SIDE] = { { .path = LP_MANIFEST_NAME },
                                  { .path = LP_METALINK_NAME },
                                  { .path = LP_SUMS_NAME } };
    lp_status s = begin(&b, in);
    if (s == LP_OK)
        s = add_slides(&b);
    if (s == LP_OK)
        s = add_stream(&b, in->media->sound, LP_MEDIA_SOUND, "sound", &b.page_sound);
    if (s == LP_OK)
        s = add_stream(&b, in->media->video, LP_MEDIA_VIDEO, "video", &b.page_video);
    if (s == LP_OK)
        s = add_page(&b);
    if (s == LP_OK)
        s = add_captions(&b);
    if (s == LP_OK)
        s = add_chapters(&b);
    if (s == LP_OK)
        s = add_readme(&b);
    if (s == LP_OK)
        s = put_manifest(&b, &side[0]);
    if (s == LP_OK)
        s = put_side_files(&b, side);
    if (s == LP_OK)
        summarize(&b, side, out);
    return s;
}
