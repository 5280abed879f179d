#include "package/pieces.h"

int64_t lp_piece_bytes(int64_t file_bytes)
{
    int64_t piece = LP_PIECE_MIN_BYTES;
    if (file_bytes <= piece)
        return 0;
    while ((file_bytes - 1) / piece + 1 > LP_PIECES_MAX)
        piece *= 2;
    return piece;
}

size_t lp_piece_count(int64_t file_bytes, int64_t piece_bytes)
{
    return piece_bytes && file_bytes > 0 ? (size_t)((file_bytes - 1) / piece_bytes + 1) : 0;
}
