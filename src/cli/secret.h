/* secret.h - options whose values are not shown: the key of a server. */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include <stdbool.h>

#define DM_SECRET_SHOWN "..." /* in place of a secret */

/* Return a copy of a word, or of several in one text, with ... in place of the value of
 * --server-header and of the name and password in an address; NULL: out of memory. The caller frees
 * it. */
char *dm_secret_hidden(const char *words);

/* Return true if the word after this one is the value of --server-header. */
bool dm_secret_follows(const char *word);

#endif
