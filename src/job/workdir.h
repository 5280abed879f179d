/* The work folder: what is done so far, so that a killed run goes on and an unchanged one has
 * nothing to do.
 *
 *     lecpack-work.txt  says what the folder is; with other things but without it none is touched
 *     lock              see lock.h
 *     spent.json        see spent.h
 *     <stage>.json      a finished stage's record: {"stage", "key", "reads": {name: text},
 *                       "artifact_sha256", "files": [{"path", "bytes", "sha256"}], "artifact": {..}}
 *     <stage>/          the media that a stage makes, and `key`, what it was begun for
 *
 * A record is written last and by rename: where it is, its stage is finished. */
#ifndef LP_JOB_WORKDIR_H
#define LP_JOB_WORKDIR_H

#include "base/progress.h"
#include "job/fingerprint.h"

/* The default: ".NAME.work" beside `output`; NULL when memory is out. */
char *lp_workdir_default(lp_arena *a, const char *output);

/* Makes the folder and its lecpack-work.txt where they are missing. LP_ERR_CREATE: the folder
 * holds other things, or can not be made; LP_ERR_IO, LP_ERR_FULL, LP_ERR_NOMEM. */
lp_status lp_workdir_open(const char *dir, lp_diag *d) LP_MUST_USE;

/* Removes the folder again when no stage has left anything in it (a recording that can not be
 * packed leaves nothing behind). Never fails: at worst the folder stays. */
void lp_workdir_drop_unused(const char *dir);

typedef struct lp_record {
    json_t *root; /* owns all below; NULL: there is no record */
    const char *key, *artifact_sha256;
    const json_t *reads, *artifact, *files;
} lp_record;

/* Reads a stage's record. What is missing, unreadable, from another version or altered (its
 * artifact does not have the hash written beside it) gives an empty *r, for the stage to run
 * again: the only errors are LP_ERR_NOMEM. */
lp_status lp_record_read(const char *dir, const char *stage, lp_record *r,
                         lp_diag *d) LP_MUST_USE;

/* Writes a stage's record; takes its own references. artifact_sha256 receives the artifact's
 * hash. `files` may be NULL: none. LP_ERR_IO, LP_ERR_FULL, LP_ERR_NOMEM. */
lp_status lp_record_write(const char *dir, const char *stage, const lp_fingerprint *f,
                          json_t *artifact, json_t *files, lp_diag *d) LP_MUST_USE;
lp_status lp_record_remove(const char *dir, const char *stage, lp_diag *d) LP_MUST_USE;
void lp_record_clear(lp_record *r);

/* Whether every file of a record is below `base` with the size written down; is_deep: and, up
 * to 64 MB, with its hash where one is written down. *bad is the first path that is not (in the
 * arena), NULL when all are. LP_ERR_NOMEM, LP_ERR_CANCELLED. */
lp_status lp_record_check_files(const lp_record *r, const char *base, int is_deep,
                                const lp_progress *p, lp_arena *a, const char **bad,
                                lp_diag *d) LP_MUST_USE;

/* The folder for a stage's media, for the work of `key`: what was begun for another key is
 * removed first. *path is in the arena. LP_ERR_IO, LP_ERR_FULL, LP_ERR_CREATE, LP_ERR_NOMEM. */
lp_status lp_workdir_stage_dir(const char *dir, const char *stage, const char *key, lp_arena *a,
                               char **path, lp_diag *d) LP_MUST_USE;

#endif
