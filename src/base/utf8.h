/* Text at the door: everything inside the program is valid UTF-8 without control characters
 * other than newline and tab. */
#ifndef LP_BASE_UTF8_H
#define LP_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Decodes one code point of s[0..n); *used gets its length in bytes (1 on error).
 * Returns the code point, or -1 when the bytes are not UTF-8 (RFC 3629: no surrogates, no overlong). */
int32_t lp_utf8_decode(const char *s, size_t n, size_t *used);
int lp_utf8_is_valid(const char *s, size_t n);
void lp_utf8_append(lp_buf *out, uint32_t code_point);
/* Code points in s[0..n); bytes that are not UTF-8 count one each. */
size_t lp_utf8_count(const char *s, size_t n);

/* Converts bytes of unknown encoding to UTF-8 in `out`: by byte order mark, else UTF-16 where its
 * zero bytes show it, else UTF-8 where at least two thirds of what is beyond ASCII is, or the lines that have nothing
 * else are as many as the others (of three or more, a quarter), else windows-1252 (WHATWG Encoding,
 * index-windows-1252). Returns a constant naming what it was: "utf-8", "utf-8 with errors", "utf-16le", "utf-16be" or
 * "windows-1252". A mark is removed. In UTF-8, what breaks it becomes U+FFFD in lines that are UTF-8 for the most,
 * but windows-1252's letter in others, and where it is one byte among Latin letters. Half a pair of UTF-16 becomes
 * U+FFFD. */
const char *lp_utf8_from_bytes(lp_buf *out, const void *bytes, size_t n);

/* How many lines, ended by LF, CR LF or CR, have bytes that are not UTF-8; lines[0..max) get the numbers, from 1, of
 * the first of them. */
size_t lp_utf8_bad_lines(const void *bytes, size_t n, size_t *lines, size_t max);

/* Appends s[0..n) for people to read: bytes that are not UTF-8 become U+FFFD; control characters
 * (C0 but for \n and \t, C1), and bidi overrides and isolates (U+202A-202E, U+2066-2069) are dropped, orders to a
 * terminal ("ESC [31m") whole. */
void lp_utf8_clean(lp_buf *out, const char *s, size_t n);
/* The same on one line: \n and \t become blanks. */
void lp_utf8_clean_line(lp_buf *out, const char *s, size_t n);
/* Bytes that s[0..n) begins with and lp_utf8_clean() leaves as they are. */
size_t lp_utf8_clean_run(const char *s, size_t n);
/* Bytes of the order to a terminal that s[0..n) begins with, 0 for none: ESC [ parameters, a letter (ECMA-48, 5.4), or
 * the "ESC ( B" that tput writes to end colours. Without its end it is none. */
size_t lp_utf8_terminal_order(const char *s, size_t n);

#endif
