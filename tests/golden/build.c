/* Builds a package from artifacts that are written down: build INPUT-FOLDER OUTPUT-FOLDER.
 * No encoder and no version of a library has a part in it, so the bytes are the same
 * everywhere. */
#include <stdio.h>

#include "base/file.h"
#include "package/package.h"
#include "session/artifact.h"

enum { MAX_BYTES = 1 << 20 };

static json_t *read_artifact(lp_arena *a, const char *dir, const char *name, lp_diag *d)
{
    json_t *o = NULL;
    char *path = lp_path_join(a, dir, name);
    if (!path || lp_json_read(path, MAX_BYTES, &o, d) != LP_OK)
        return NULL;
    return o;
}

#define READ(type, variable)                                                                   \
    do {                                                                                       \
        json_t *o = s == LP_OK ? read_artifact(&a, argv[1], #type ".json", &d) : NULL;         \
        s = o ? lp_##type##_from_json(o, &a, &variable, &d) : d.status ? d.status : LP_ERR_IO; \
        json_decref(o);                                                                        \
    } while (0)

int main(int argc, char **argv)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_status s = LP_OK;
    lp_session session = { 0 };
    lp_timeline timeline = { 0 };
    lp_cues cues = { 0 };
    lp_plan plan = { 0 };
    lp_media media = { 0 };
    lp_package_summary summary = { 0 };
    if (argc != 3)
        return 64;
    READ(session, session);
    READ(timeline, timeline);
    READ(cues, cues);
    READ(plan, plan);
    READ(media, media);
    lp_package_input in = { .session = &session,
                            .timeline = &timeline,
                            .cues = &cues,
                            .plan = &plan,
                            .media = &media,
                            .media_dir = lp_path_join(&a, argv[1], "media"),
                            .tool = "lecpack 0",
                            .libraries = "none",
                            .options = "sound-rate=12000 video=av1" };
    if (s == LP_OK)
        s = lp_package_build(&in, argv[2], &a, &summary, &d);
    if (s != LP_OK)
        fprintf(stderr, "%s\n", d.text);
    lp_arena_clear(&a);
    return (int)s;
}
