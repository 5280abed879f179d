/* Pieces: a file's equal parts with a hash each, so that a cut or damaged download is mended
 * piece by piece. */
#ifndef LP_PACKAGE_PIECES_H
#define LP_PACKAGE_PIECES_H

#include <stddef.h>
#include <stdint.h>

enum { LP_PIECE_MIN_BYTES = 256 * 1024, LP_PIECES_MAX = 128 };

/* The size of a piece of a file of so many bytes: 256 KiB, doubled until there are at most 128;
 * 0 for a file that would be one piece (its own hash is enough). */
int64_t lp_piece_bytes(int64_t file_bytes);
size_t lp_piece_count(int64_t file_bytes,
                      int64_t piece_bytes); /* rounded up; 0 for piece_bytes 0 */

#endif
