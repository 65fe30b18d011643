/* environment.h - a person's default options: a variable of the environment, cut into words. */
#ifndef CLI_ENVIRONMENT_H
#define CLI_ENVIRONMENT_H

#include <dmatrix/status.h>

#define DM_DEFAULTS_VARIABLE "DMATRIX_OPTIONS"

/* As main() has them: words[0] is the name of the variable, words[count] is NULL. */
struct dm_words {
    int count;
    char **words;
};

/* Cuts the text of the variable at blanks and ends of lines, and takes quotes ('..', "..", a
 * backslash) as a POSIX shell does; nothing else that a shell knows is special. DM_USAGE: a quote
 * is never closed; DM_MEMORY. */
enum dm_status dm_words_cut(const char *variable, const char *text, struct dm_words *words,
                            struct dm_error *error);

void dm_words_free(struct dm_words *words); /* a zeroed struct is fine */

#endif
