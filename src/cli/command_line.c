#include "cli/command_line.h"

#include "base/memory_stream.h"
#include "base/text.h"
#include "cli/secret.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Put a part of a word, within quotes or without. */
static void put_part(FILE *stream, const char *part, size_t length, bool quoted)
{
    for (size_t i = 0; i < length; i++) {
        if (quoted && part[i] == '\'')
            fputs("'\\'", stream);
        fputc(part[i], stream);
    }
}

void dm_put_word(FILE *stream, const char *word)
{
    bool quoted = !dm_is_plain_word(word);
    size_t length;
    if (quoted)
        fputc('\'', stream);
    for (const char *secret; (secret = dm_secret_find(word, &length)); word = secret + length) {
        put_part(stream, word, (size_t)(secret - word), quoted);
        fputs(DM_SECRET_SHOWN, stream);
    }
    put_part(stream, word, strlen(word), quoted);
    if (quoted)
        fputc('\'', stream);
}

char *dm_command_line(const char *defaults, int argc, char *const *argv)
{
    char *line = NULL;
    size_t size;
    FILE *stream = open_memstream(&line, &size);
    if (!stream)
        return NULL;
    if (defaults && *defaults) {
        fputs(DM_DEFAULTS_VARIABLE "=", stream);
        dm_put_word(stream, defaults);
        fputc(' ', stream);
    }
    for (int i = 0; i < argc; i++) {
        if (i > 0)
            fputc(' ', stream);
        if (i > 0 && dm_secret_follows(argv[i - 1]))
            fputs(DM_SECRET_SHOWN, stream);
        else
            dm_put_word(stream, argv[i]);
    }
    return dm_memory_stream_end(stream, &line);
}

void dm_put_option(FILE *stream, const struct dm_option *option, const char *value)
{
    fprintf(stream, " --%s%s", option->name, value ? "=" : "");
    if (value)
        dm_put_word(stream, value);
}

void dm_put_path(FILE *stream, const char *path)
{
    if (path[0] == '-' && path[1] != '\0')
        fputs("./", stream);
    dm_put_word(stream, path);
}

void dm_put_file(FILE *stream, const char *path)
{
    fputc(' ', stream);
    dm_put_path(stream, path);
}

/* Return true for options that affect the distances, not the executor or the output. */
static bool affects_distances(const struct dm_option *option)
{
    static const char *const others[] = {"shape", "delay", "max-memory", NULL};
    if (option->group == DM_GROUP_INPUT || option->group == DM_GROUP_DISTANCE)
        return true;
    if (option->group == DM_GROUP_ROAD)
        return option->field != DM_FIELD_SERVER_HEADER;
    return dm_option_is_one_of(option, others);
}

char *dm_command_of_trials(const struct dm_options *options)
{
    char *line = NULL;
    size_t size;
    FILE *stream = open_memstream(&line, &size);
    if (!stream)
        return NULL;
    fputs("dmatrix", stream);
    dm_put_file(stream, options->run.origins);
    if (options->run.destinations)
        dm_put_file(stream, options->run.destinations);
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_given *given = &options->given[i];
        if (given->origin == DM_NOT_GIVEN || !affects_distances(&dm_option_table[i]))
            continue;
        dm_put_option(stream, &dm_option_table[i], given->value);
    }
    return dm_memory_stream_end(stream, &line);
}
