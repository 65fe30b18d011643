/* answer.h - from what came by HTTP to an answer. Needs no network. */
#ifndef SERVER_ANSWER_H
#define SERVER_ANSWER_H

#include "server/dialect.h"
#include "server/secrets.h"

#include <stddef.h>
#include <stdint.h>

/* What a server sent, whole. */
struct dm_reply {
    long status; /* of HTTP */
    const char *bytes;
    size_t length;
    const char *location; /* where a redirect leads, or NULL */
    uint64_t later_ns;    /* Retry-After; 0: not given */
};

/* Return the greatest number of bytes that an answer to this request may have: several times what
 * the servers need, so that only what is no answer is cut. */
size_t dm_answer_limit(const struct dm_ask *ask);

/* Set the kind, and with it the cells and snaps, the message or the time to wait, of *ask. */
void dm_answer_read(const struct dm_dialect *dialect, const struct dm_secrets *secrets,
                    const struct dm_reply *reply, struct dm_ask *ask);

/* Set the kind and the message. */
void dm_answer_set(struct dm_ask *ask, enum dm_answer_kind kind, const char *format, ...)
    DM_PRINTF(3, 4);

#endif
