/* secret.h - what is not shown of options: the key of a server, a password in an address. */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#define DM_SECRET_SHOWN "..." /* in place of a secret */

/* Find the first secret in a word, or in several in one text: the value of --server-header, the
 * name and password in an address, the value of a parameter of --server-option that is a key.
 * Return where it begins and set *length, or return NULL. */
const char *dm_secret_find(const char *words, size_t *length);

/* Return true if the word after this one is the value of --server-header. */
bool dm_secret_follows(const char *word);

#endif
