#include "cli/failure.h"

#include "base/text.h"
#include "cli/command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct failure {
    const struct dm_options *options;
    const struct dm_error *error;
    bool planar; /* with the suggested metric, else the one in use; or with another system */
};

static bool is_suggested(const struct dm_error *error, enum dm_field field)
{
    for (unsigned i = 0; i < error->suggestion_count; i++)
        if (error->suggestions[i].field == field)
            return true;
    return false;
}

static bool is_planar(const struct dm_error *error, const struct dm_metric *metric)
{
    for (unsigned i = 0; i < error->suggestion_count; i++)
        if (error->suggestions[i].field == DM_FIELD_METRIC)
            dm_metric_find(error->suggestions[i].value, &metric, NULL);
    return metric->coordinates == DM_PLANAR;
}

/* Return the option that sets the field, or NULL. For a coordinate's column there are two: --lat
 * and --y. */
static const struct dm_option *option_of(const struct failure *failure, enum dm_field field)
{
    if (field == DM_FIELD_NONE)
        return NULL;
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (option->field == field && !(failure->planar && (strcmp(option->name, "lat") == 0 ||
                                                            strcmp(option->name, "lon") == 0)))
            return option;
    return NULL;
}

/* Print a command that filters the file and reads the result with the same input options:
 * "tr , . <places.csv | dmatrix - --delimiter=';'". If the other file is standard input already,
 * the filter writes to a FILE instead. */
static void put_filter(FILE *stream, const struct failure *failure, const char *filter)
{
    const struct dm_run_options *run = &failure->options->run;
    bool second = failure->error->field == DM_FIELD_DESTINATIONS;
    const char *path = second ? run->destinations : run->origins;
    const char *other = second ? run->origins : run->destinations;
    fputs(strcmp(path, "-") == 0 ? " ... | " : " ", stream);
    fputs(filter, stream);
    if (strcmp(path, "-") != 0) {
        fputs(" <", stream);
        dm_put_word(stream, path);
    }
    if (other && strcmp(other, "-") == 0) {
        fputs(" >FILE", stream);
        return;
    }
    fputs(" | dmatrix", stream);
    dm_put_file(stream, second ? other : "-");
    if (other)
        dm_put_file(stream, second ? "-" : other);
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *option = &dm_option_table[i];
        const struct dm_given *given = &failure->options->given[i];
        bool matters = option->group == DM_GROUP_INPUT || option->field == DM_FIELD_METRIC;
        if (given->origin != DM_NOT_GIVEN && matters &&
            !is_suggested(failure->error, option->field))
            dm_put_option(stream, option, given->value);
    }
}

/* A suggestion without a value is printed with the placeholder of --help: --lat=COL. */
static void put_suggestion(FILE *stream, const struct failure *failure,
                           const struct dm_suggestion *suggestion)
{
    const struct dm_option *option = option_of(failure, suggestion->field);
    const char *value = suggestion->value;
    if (!option) {
        put_filter(stream, failure, value);
        return;
    }
    if (suggestion->field == DM_FIELD_DELIMITER && *value == '\t')
        value = "tab";
    dm_put_option(stream, option, *value ? value : option->argument);
}

static void put_explained(FILE *stream, const struct failure *failure)
{
    const struct dm_error *error = failure->error;
    const struct dm_option *option = option_of(failure, error->field);
    const char *message = error->message, *name = dm_field_name(error->field);
    bool begins = strncmp(message, name, strlen(name)) == 0 && message[strlen(name)] == ' ';
    if (option)
        fprintf(stream, begins ? "--%s" : "--%s: ", option->name);
    fputs(message + (option && begins ? strlen(name) : 0), stream);
    for (unsigned i = 0; i < error->suggestion_count; i++) {
        fputs(i == 0 ? " (try" : "", stream);
        put_suggestion(stream, failure, &error->suggestions[i]);
    }
    fputs(error->suggestion_count > 0 ? ")" : "", stream);
}

void dm_failure_explain(const struct dm_options *options, struct dm_error *error)
{
    char *text = NULL;
    size_t size;
    bool planar = options->run.load.crs || is_planar(error, options->run.metric);
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return; /* the library's own message remains */
    put_explained(stream, &(struct failure){options, error, planar});
    if (fclose(stream) == 0)
        dm_fail(error, error->status, "%s", text);
    free(text);
}
