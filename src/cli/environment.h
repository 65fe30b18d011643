/* environment.h - default options: a variable of the environment, cut into words. */
#ifndef CLI_ENVIRONMENT_H
#define CLI_ENVIRONMENT_H

#include <dmatrix/status.h>

#define DM_DEFAULTS_VARIABLE "DMATRIX_OPTIONS"

/* In the form of main()'s arguments: words[0] is the name of the variable, words[count] is NULL. */
struct dm_words {
    int count;
    char **words;
};

/* Cut the text of the variable at spaces, tabs and newlines. Quotes ('..', ".." and backslash) work
 * as in a POSIX shell; nothing else is special. DM_USAGE: a quote is not closed; DM_MEMORY. */
enum dm_status dm_words_cut(const char *variable, const char *text, struct dm_words *words,
                            struct dm_error *error);

void dm_words_free(struct dm_words *words); /* may be zeroed */

#endif
