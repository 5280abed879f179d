/* Gives every file of the folder argv[1] to the fuzz target, whole and cut short at each byte. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { MAX_SEED_BYTES = 1 << 16 };

static size_t replay(const char *path)
{
    lp_buf b;
    lp_diag d = { 0 };
    lp_buf_init(&b, MAX_SEED_BYTES);
    if (lp_file_read(path, &b, &d) != LP_OK) {
        fprintf(stderr, "%s\n", d.text);
        exit(1);
    }
    for (size_t n = 0; n <= b.len; n++) {
        uint8_t *exact = lp_calloc(n ? n : 1, 1); /* so that a byte read beyond is seen */
        for (size_t i = 0; i < n; i++)
            exact[i] = (uint8_t)b.data[i];
        LLVMFuzzerTestOneInput(exact, n);
        lp_free(exact);
    }
    size_t runs = b.len + 1;
    lp_buf_clear(&b);
    return runs;
}

int main(int argc, char **argv)
{
    size_t n_files = 0, runs = 0;
    char path[4096];
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
    if (!dir) {
        fprintf(stderr, "usage: replay FOLDER\n");
        return 64;
    }
    for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", argv[1], e->d_name);
        runs += replay(path);
        n_files++;
    }
    closedir(dir);
    printf("%zu files, %zu runs\n", n_files, runs);
    return n_files > 0 ? 0 : 1;
}
