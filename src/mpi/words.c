#define _POSIX_C_SOURCE 200809L /* open_memstream(), setenv() */
#include "mpi/words.h"

#include "base/memory_stream.h"
#include "base/try.h"
#include "cli/environment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Return the words, each with its '\0', and set *size; NULL: out of memory. */
static char *join(int argc, char *const *argv, size_t *size)
{
    const char *defaults = getenv(DM_DEFAULTS_VARIABLE);
    char *text = NULL;
    FILE *stream = open_memstream(&text, size);
    if (!stream)
        return NULL;
    fputs(defaults ? defaults : "", stream);
    fputc('\0', stream);
    for (int i = 0; i < argc; i++) {
        fputs(argv[i], stream);
        fputc('\0', stream);
    }
    return dm_memory_stream_end(stream, &text);
}

/* Set the environment and the words. They stay until the end of the program. */
static enum dm_status split(char *text, int argc, char ***argv, struct dm_error *error)
{
    char **words = calloc((size_t)argc + 1, sizeof *words);
    if (!words || setenv(DM_DEFAULTS_VARIABLE, text, 1) != 0) {
        free(words);
        return dm_fail_memory(error, "the command line");
    }
    for (int i = 0; i < argc; i++)
        words[i] = text += strlen(text) + 1;
    *argv = words;
    return DM_OK;
}

enum dm_status dm_words_share(struct dm_team *team, int *argc, char ***argv, struct dm_error *error)
{
    struct {
        size_t size;
        int count;
    } words = {0, *argc};
    static char *text; /* until the end of the program */
    text = team->rank == 0 ? join(*argc, *argv, &words.size) : NULL;
    enum dm_status status = text || team->rank > 0 ? DM_OK : dm_fail_memory(error, "the words");
    status = dm_team_agree(team, status, error);
    if (status == DM_OK)
        status = dm_team_share(team, &words, sizeof words, error);
    if (status == DM_OK && team->rank > 0 && !(text = malloc(words.size)))
        status = dm_fail_memory(error, "the command line");
    status = dm_team_agree(team, status, error);
    if (status == DM_OK)
        status = dm_team_share(team, text, words.size, error);
    if (status == DM_OK && text)
        status = split(text, words.count, argv, error);
    status = dm_team_agree(team, status, error);
    *argc = words.count;
    return status;
}
