/* secrets.h - what no message may contain: keys and passwords, which a server may repeat. */
#ifndef SERVER_SECRETS_H
#define SERVER_SECRETS_H

#include <stddef.h>

enum {
    DM_EXTRAS_MAX = 32, /* parameters, whose values may be keys */
    DM_SECRETS_MAX = DM_EXTRAS_MAX + 5
};

/* A list of strings, owned by others. An empty one ({0}) has none. */
struct dm_secrets {
    const char *list[DM_SECRETS_MAX];
    size_t count;
};

/* Add a text unless it is NULL or empty. */
void dm_secrets_add(struct dm_secrets *secrets, const char *text);

/* Return "user:password" in base64, as requests have it, to be freed; NULL without memory. */
char *dm_secrets_login(const char *user, const char *password);

/* Copy what a server said to `text`, of `size` bytes (at least 8): secrets, as they are or escaped
 * as in an address, become "***", what is
 * not printable becomes "?", white space becomes one blank, and what does not fit "...". Return
 * `text`. */
const char *dm_secrets_quote(const struct dm_secrets *secrets, const char *said, size_t length,
                             char *text, size_t size);

#endif
