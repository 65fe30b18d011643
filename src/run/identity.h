/* identity.h - a text that tells runs with different outputs apart: it has everything that changes
 * a byte of the output, as lines "key=value". */
#ifndef RUN_IDENTITY_H
#define RUN_IDENTITY_H

#include "run/places.h"

#include <dmatrix/run.h>

#include <stdbool.h>

/* Return the identity of a run that is set up, or NULL: out of memory. The caller frees it. */
char *dm_identity_make(const struct dm_run_options *options, const struct dm_places *places,
                       const struct dm_report *report);

/* Find the first line that differs from that of another identity, and copy its key and both values,
 * cut if they are long. Return false if there is none. */
enum { DM_IDENTITY_KEY = 128, DM_IDENTITY_VALUE = 128 };
bool dm_identity_difference(const char *identity, const char *other, char key[DM_IDENTITY_KEY],
                            char value[DM_IDENTITY_VALUE], char other_value[DM_IDENTITY_VALUE]);

/* Check that another run, which left an unfinished output, has the same identity. DM_USAGE: the
 * message says what differs; `unfinished` is the path of that output. */
enum dm_status dm_identity_check(const char *identity, const char *other, const char *unfinished,
                                 struct dm_error *error);

#endif
