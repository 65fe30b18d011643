/* journal.h - the journal beside an unfinished file: which run made it, and how much of it is
 * complete. It is a text of lines "key=value". Its last line has the CRC of the lines above, so
 * that a damaged journal is detected. */
#ifndef OUTPUT_JOURNAL_H
#define OUTPUT_JOURNAL_H

#include "output/position.h"

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stdint.h>

/* Free it with dm_journal_free(). Start from a zeroed struct. */
struct dm_journal {
    char *unfinished; /* path of the file that it is about */
    char *identity; /* lines that describe the run, each with its end; NULL: there is no journal */
    struct dm_position position;
    uint64_t bytes; /* of the file, up to the position */
};

void dm_journal_free(struct dm_journal *journal);

/* Read the journal at a path into *journal, but for its `unfinished`. DM_IO: it cannot be read,
 * belongs to somebody else or is damaged. DM_MEMORY. */
enum dm_status dm_journal_read(const char *path, struct dm_journal *journal,
                               struct dm_error *error);

/* Replace the journal at a path at once, when the new one is on the disk. DM_IO, DM_MEMORY. */
enum dm_status dm_journal_write(const char *path, const struct dm_journal *journal,
                                struct dm_error *error);

#endif
