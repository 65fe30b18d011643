/* notes.h - what a user should know about a table and its locations. */
#ifndef LOAD_NOTES_H
#define LOAD_NOTES_H

#include "load/sample.h"
#include "load/table.h"

/* Note how the table was read. */
void dm_note_table(struct dm_load_notes *notes, const struct dm_table *table,
                   const struct dm_sample *sample, enum dm_coordinates coordinates);

/* Note what is odd about the locations: repeated names, names that are not UTF-8, and the bits of
 * enum dm_oddity. DM_MEMORY. */
enum dm_status dm_note_locations(struct dm_load_notes *notes, const struct dm_locations *locations,
                                 struct dm_error *error);

#endif
