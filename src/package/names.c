#include "package/names.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Windows opens the device whatever follows the first dot. */
static int is_device(const char *part, size_t n)
{
    static const char *const names[] = { "con",    "prn",     "aux",   "nul",
                                         "conin$", "conout$", "clock$" };
    size_t stem = 0;
    while (stem < n && part[stem] != '.')
        stem++;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (stem == strlen(names[i]) && memcmp(part, names[i], stem) == 0)
            return 1;
    return stem == 4 && (memcmp(part, "com", 3) == 0 || memcmp(part, "lpt", 3) == 0) &&
           part[3] >= '0' && part[3] <= '9';
}

static const char *part_problem(const char *part, size_t n)
{
    if (n == 0)
        return "begins or ends with a slash, or has two in a row";
    if (n == 1 && part[0] == '.')
        return "holds the part \".\"";
    if (n == 2 && memcmp(part, "..", 2) == 0)
        return "leads out of the package (\"..\")";
    for (size_t i = 0; i < n; i++)
        if (!is_alnum(part[i]) && part[i] != '.' && part[i] != '_' && part[i] != '-')
            return "holds a character other than a-z 0-9 . _ -";
    if (!is_alnum(part[0]))
        return "has a part that does not begin with a letter or digit";
    if (part[n - 1] == '.')
        return "has a part that ends with a dot";
    return is_device(part, n) ? "has a part that is a device on Windows" : NULL;
}

const char *lp_name_problem(const char *path)
{
    if (strcmp(path, "README.txt") == 0) /* the one name that people look for in capitals */
        return NULL;
    if (!*path)
        return "is empty";
    if (strlen(path) > LP_NAME_MAX_BYTES)
        return "is too long";
    size_t n_parts = 0;
    for (const char *part = path;; part++) {
        size_t n = strcspn(part, "/");
        const char *problem = part_problem(part, n);
        if (problem)
            return problem;
        if (++n_parts > LP_NAME_MAX_PARTS)
            return "has too many parts";
        part += n;
        if (!*part)
            return NULL;
    }
}

static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : c;
}

/* By letters whatever their case, but '/' before all else: then a folder's name is followed at
 * once by what is in it. */
static int by_path(const void *pa, const void *pb)
{
    const unsigned char *a = *(const unsigned char *const *)pa,
                        *b = *(const unsigned char *const *)pb;
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    int x = *a == '/' ? 1 : *a ? lower(*a) + 1 : 0, y = *b == '/' ? 1 : *b ? lower(*b) + 1 : 0;
    return x - y;
}

size_t lp_names_clash(const char **paths, size_t n)
{
    if (n)
        qsort(paths, n, sizeof(*paths), by_path);
    for (size_t i = 1; i < n; i++) {
        size_t k = strlen(paths[i - 1]);
        if (strncasecmp(paths[i - 1], paths[i], k) == 0 && (!paths[i][k] || paths[i][k] == '/'))
            return i;
    }
    return n;
}
