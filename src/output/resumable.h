/* resumable.h - a file output that is kept when the run ends early, so that another run can go on.
 *
 * The unfinished file and its journal are next to the target: TARGET.dmatrix-part and
 * TARGET.dmatrix-journal. Every few seconds what was written so far is brought to the disk, and
 * then the journal is replaced; so a run that is killed loses only what came after. When the file
 * is complete, it replaces the target, and the journal is removed. */
#ifndef OUTPUT_RESUMABLE_H
#define OUTPUT_RESUMABLE_H

#include "output/journal.h"
#include "output/output.h"

#include <dmatrix/flag.h>

/* What follows the path of the output in those of the unfinished file and its journals. */
#define DM_UNFINISHED ".dmatrix-part"
#define DM_JOURNAL ".dmatrix-journal"
#define DM_JOURNAL_NEW DM_JOURNAL "-new"

/* Read the journal of an unfinished output, which is not opened; journal->identity is NULL if there
 * is nothing to go on from. The caller frees *journal, also after a failure. DM_IO, DM_MEMORY;
 * DM_USAGE: the path is not that of a file that can appear when it is complete. */
enum dm_status dm_resumable_look(const char *path, struct dm_journal *journal,
                                 struct dm_error *error);

/* Open the output, and read the journal as above. DM_IO: also if another run is writing it.
 * dm_resumable_begin() must come before the first band; until then the unfinished file of an
 * earlier run is as it was. */
enum dm_status dm_resumable_open(const char *path, const dm_flag *stop, struct dm_output **opened,
                                 struct dm_journal *journal, struct dm_error *error);

/* Go on after the position of the journal, or at the start if journal->identity is NULL. The
 * identity is that of this run. DM_IO, DM_MEMORY. */
enum dm_status dm_resumable_begin(struct dm_output *base, const struct dm_journal *journal,
                                  const char *identity, struct dm_error *error);

/* Of an output whose bytes come another way (output/shared.h): return true when a journal is to be
 * written; write it, with all up to this position and size on the disk. DM_IO, DM_MEMORY. */
bool dm_resumable_is_due(const struct dm_output *base);
enum dm_status dm_resumable_checkpoint(struct dm_output *base, const struct dm_position *position,
                                       uint64_t bytes, struct dm_error *error);

/* Bring all complete bands to the disk and to the journal, because the run has failed. Return the
 * number of pairs that are kept, of all passes. */
uint64_t dm_resumable_keep(struct dm_output *base);

#endif
