/* words.h - the command line of rank 0 for all processes. */
#ifndef MPI_WORDS_H
#define MPI_WORDS_H

#include "base/team.h"

/* Let all have the words of rank 0, and its default options of the environment. *argv
 * and its words stay until the end of the program. DM_MEMORY, DM_SYSTEM. */
enum dm_status dm_words_share(struct dm_team *team, int *argc, char ***argv,
                              struct dm_error *error);

#endif
