/* The library in thirty lines: packs argv[1] into the folder argv[2]. */
#include <stdio.h>

#include <lecpack/lecpack.h>

static void on_progress(void *user, const lecpack_progress *p)
{
    fprintf(user, "\r%-8s %3.0f %%", p->stage, 100 * p->fraction);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "use: %s RECORDING FOLDER\n", argv[0]);
        return 64;
    }
    lecpack_options o;
    lecpack_options_init(&o);
    o.video = LECPACK_VIDEO_NONE;
    o.on_progress = on_progress;
    o.user = stderr;

    lecpack_result *r = NULL;
    lecpack_status s = lecpack_pack(argv[1], argv[2], &o, &r);
    int code = lecpack_exit_code(s, r);
    if (s == LECPACK_OK)
        printf("\n%s", lecpack_result_text(r));
    else
        fprintf(stderr, "\n%s\n", lecpack_result_error(r));
    lecpack_result_free(&r);
    return code;
}
