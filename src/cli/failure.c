#include "cli/failure.h"

#include "base/text.h"
#include "cli/command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Return the option that sets the field, or NULL. Two set a coordinate's column: --lat and --y. */
static const struct dm_option *option_of(enum dm_field field, const struct dm_options *options)
{
    bool planar = options->run.metric->coordinates == DM_PLANAR;
    if (field == DM_FIELD_NONE)
        return NULL;
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (option->field == field &&
            !(planar && (strcmp(option->name, "lat") == 0 || strcmp(option->name, "lon") == 0)))
            return option;
    return NULL;
}

/* Print a command that reads the file by way of a filter, with the options that say how to read it:
 * "tr , . <places.csv | dmatrix - --delimiter=';'". */
static void put_filter(FILE *stream, const char *filter, const struct dm_options *options,
                       enum dm_field file)
{
    const struct dm_run_options *run = &options->run;
    bool second = file == DM_FIELD_DESTINATIONS;
    const char *path = second ? run->destinations : run->origins;
    fprintf(stream, strcmp(path, "-") == 0 ? "... | %s" : "%s <", filter);
    if (strcmp(path, "-") != 0)
        dm_put_word(stream, path);
    fputs(" | dmatrix", stream);
    dm_put_file(stream, second ? run->origins : "-");
    if (run->destinations)
        dm_put_file(stream, second ? "-" : run->destinations);
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *option = &dm_option_table[i];
        const struct dm_given *given = &options->given[i];
        if (given->given && (option->group == DM_GROUP_INPUT || option->field == DM_FIELD_METRIC))
            dm_put_option(stream, option, given->value);
    }
}

static void put_suggestion(FILE *stream, const struct dm_suggestion *suggestion,
                           const struct dm_options *options, enum dm_field file)
{
    const struct dm_option *option = option_of(suggestion->field, options);
    const char *value = suggestion->value;
    if (suggestion->field == DM_FIELD_DELIMITER && *value == '\t')
        value = "tab";
    if (option)
        dm_put_option(stream, option, option->argument ? value : NULL);
    else
        put_filter(stream, value, options, file);
}

static void put_explained(FILE *stream, const struct dm_error *error,
                          const struct dm_options *options)
{
    const struct dm_option *option = option_of(error->field, options);
    const char *message = error->message, *name = dm_field_name(error->field);
    bool begins = strncmp(message, name, strlen(name)) == 0 && message[strlen(name)] == ' ';
    if (option)
        fprintf(stream, begins ? "--%s" : "--%s: ", option->name);
    fputs(message + (option && begins ? strlen(name) : 0), stream);
    for (unsigned i = 0; i < error->suggestion_count; i++) {
        fputs(i == 0 ? " (try" : "", stream);
        put_suggestion(stream, &error->suggestions[i], options, error->field);
    }
    fputs(error->suggestion_count > 0 ? ")" : "", stream);
}

void dm_failure_explain(const struct dm_options *options, struct dm_error *error)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return; /* the message says it, if in the words of the library */
    put_explained(stream, error, options);
    if (fclose(stream) == 0)
        dm_fail(error, error->status, "%s", text);
    free(text);
}
