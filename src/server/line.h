/* line.h - a line to a server: requests that one thread makes, some at a time. */
#ifndef SERVER_LINE_H
#define SERVER_LINE_H

#include "server/dialect.h"
#include "server/http.h"
#include "server/secrets.h"

#include <dmatrix/flag.h>

/* What all lines to a server share. It must outlive them. */
struct dm_line_settings {
    const struct dm_dialect *dialect;
    struct dm_query query;
    struct dm_http_settings http;
    struct dm_secrets secrets;
    const dm_flag *stop; /* or NULL */
};

struct dm_line;

/* Return a line for up to `at_once` requests at a time, or NULL without memory. It connects when a
 * request is due. */
struct dm_line *dm_line_new(const struct dm_line_settings *settings, size_t at_once);
void dm_line_free(struct dm_line *line); /* NULL is allowed */

/* Begin a request, to be made when it is due; return at once. At most `at_once` may have been begun
 * and not ended. The ask must stay until it has ended. */
void dm_line_begin(struct dm_line *line, struct dm_ask *ask, size_t index);

/* Wait, for up to `timeout_ms`, until a request that was begun has ended, and set *index to that
 * given to dm_line_begin(). Return false if none has. Once the stop flag is seen all end, as
 * STOPPED, one a call. */
bool dm_line_finish_any(struct dm_line *line, int timeout_ms, size_t *index);

/* Drop what was begun, and close all connections. */
void dm_line_drop(struct dm_line *line);

/* In a process that was forked: leave the connections to the parent, to which they belong. Closing
 * one here could end it there, since TLS takes leave of the other end. */
void dm_line_leave(struct dm_line *line);

/* Write the URL of a request and, unless it is a GET, its body, to be freed; without memory it is
 * NULL. */
char *dm_line_url(const struct dm_line_settings *settings, const struct dm_ask *ask);
char *dm_line_body(const struct dm_line_settings *settings, const struct dm_ask *ask);

#endif
