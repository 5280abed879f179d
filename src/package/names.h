/* File names that are safe everywhere: on FAT, on Windows, in a URL, in a shell, in a zip. */
#ifndef LP_PACKAGE_NAMES_H
#define LP_PACKAGE_NAMES_H

#include <stddef.h>

enum { LP_NAME_MAX_BYTES = 200, LP_NAME_MAX_PARTS = 8 };

/* NULL when `path` may be a file of a package, else what is wrong with it, as a constant that
 * completes "the name ..": "holds a character other than a-z 0-9 . _ -". Allowed is: parts of
 * [a-z0-9._-] that begin with a letter or digit and do not end with a dot, separated by one
 * '/', no device name of Windows (con, nul, com1.txt, ..), at most LP_NAME_MAX_BYTES and
 * LP_NAME_MAX_PARTS; and "README.txt", which people look for in capitals. */
const char *lp_name_problem(const char *path);

/* Whether two of the paths can not be in one folder: equal but for case, or one is a folder of
 * the other ("a" and "a/b"). Sorts `paths`. Returns the position of the second of the pair, or
 * n when there is none. */
size_t lp_names_clash(const char **paths, size_t n);

#endif
