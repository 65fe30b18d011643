/* identity.h - a text that tells runs with different outputs apart: it has everything that changes
 * a byte of the output, as lines "key=value". */
#ifndef RUN_IDENTITY_H
#define RUN_IDENTITY_H

#include "run/places.h"

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stdio.h>

enum { DM_IDENTITY_VALUE = 128 };

#define DM_IDENTITY_ANSWERS "answers for" /* key: what a server was asked for */

/* A line, cut in two for a message. */
struct dm_identity_line {
    char key[DM_IDENTITY_VALUE], value[DM_IDENTITY_VALUE];
};

/* Return the identity of a run that is set up, or NULL: out of memory. The caller frees it. */
char *dm_identity_make(const struct dm_run_options *options, const struct dm_places *places,
                       const struct dm_report *report);

/* The parts of it that another identity shares, such as that of the answers of a server. Write the
 * number of places and a CRC of their coordinates; `set` is "origins" or "destinations". */
void dm_identity_put_coordinates(FILE *stream, const char *set, const struct dm_locations *places);

/* Return true if two identities differ, and set the first lines that do. One that has ended has a
 * line without key and value. */
bool dm_identity_differs(const char *identity, const char *other, struct dm_identity_line *line,
                         struct dm_identity_line *other_line);

/* Return the option that two lines are about; DM_FIELD_NONE: they are about something else, such as
 * the places. */
enum dm_field dm_identity_option(const struct dm_identity_line *line,
                                 const struct dm_identity_line *other);

/* Check that another run, which left an unfinished output, has the same identity. DM_USAGE: the
 * message says what differs; `unfinished` is the path of that output. */
enum dm_status dm_identity_check(const char *identity, const char *other, const char *unfinished,
                                 struct dm_error *error);

#endif
