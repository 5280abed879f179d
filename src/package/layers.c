#include "package/layers.h"

#include <string.h>

int64_t lp_layers_file_bytes(const lecpack_file *files, size_t n, const char *path)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].path, path) == 0)
            return files[i].bytes;
    return 0;
}

void lp_layers_make(lp_layers *out, const lecpack_file *files, size_t n,
                    int64_t page_transfer_bytes, int has_captions)
{
    static const char *const text_needs[] = { "text" }, *const sound_needs[] = { "sound" };
    const lecpack_layer all[LP_LAYERS_MAX] = {
        { .id = "text",
          .says = has_captions ? "the page: transcript, chapters and player"
                               : "the page: chapters and player" },
        { .id = "slides", .says = "pictures of the screen", .needs = text_needs, .n_needs = 1 },
        { .id = "sound", .says = "what is heard", .needs = text_needs, .n_needs = 1 },
        { .id = "video", .says = "moving picture", .needs = sound_needs, .n_needs = 1 },
        { .id = "extra",
          .says = has_captions ? "captions, transcript and chapters as files for other programs"
                               : "chapters as a file for other programs" },
    };
    out->n = 0;
    for (size_t i = 0; i < LP_LAYERS_MAX; i++) {
        lecpack_layer l = all[i];
        int is_text = i == 0;
        for (size_t k = 0; k < n; k++) {
            if (strcmp(files[k].layer, l.id) != 0)
                continue;
            l.bytes += files[k].bytes;
            l.n_files++;
        }
        l.transfer_bytes = is_text ? page_transfer_bytes : l.bytes;
        if (!l.n_files)
            continue;
        if (l.needs == sound_needs && strcmp(out->items[out->n - 1].id, "sound") != 0)
            l.needs = text_needs; /* a class without sound */
        out->items[out->n++] = l;
    }
}
