/* The version of the headers; lecpack_version() gives that of the library. Semantic versioning 2.0.0. */
#ifndef LECPACK_VERSION_H
#define LECPACK_VERSION_H

#define LECPACK_VERSION_MAJOR 0
#define LECPACK_VERSION_MINOR 1
#define LECPACK_VERSION_PATCH 0
#define LECPACK_VERSION "0.1.0"

#endif
