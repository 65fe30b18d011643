#include "cli/failure.h"

#include "base/memory_stream.h"
#include "base/text.h"
#include "cli/command_line.h"
#include "cli/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_HERE "{}" /* in a filter (struct dm_suggestion) */

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

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Return the file that the error is about. */
static const char *file_of(const struct failure *failure)
{
    const struct dm_run_options *run = &failure->options->run;
    return failure->error->field == DM_FIELD_DESTINATIONS ? run->destinations : run->origins;
}

/* Return true if a filter needs the file's path, but it is standard input. */
static bool must_save(const struct failure *failure)
{
    const struct dm_error *error = failure->error;
    for (unsigned i = 0; i < error->suggestion_count; i++)
        if (!option_of(failure, error->suggestions[i].field) &&
            strstr(error->suggestions[i].value, PATH_HERE) && is_standard_input(file_of(failure)))
            return true;
    return false;
}

/* Print the filter, reading the file: "tr , . <places.csv", "unzip -p places.zip". */
static void put_filter_of(FILE *stream, const char *filter, const char *path)
{
    const char *here = strstr(filter, PATH_HERE);
    bool piped = is_standard_input(path);
    fputs(piped && !here ? " ... | " : " ", stream);
    if (!here) {
        fputs(filter, stream);
        fputs(piped ? "" : " <", stream);
        if (!piped)
            dm_put_word(stream, path);
        return;
    }
    fwrite(filter, 1, (size_t)(here - filter), stream);
    if (piped)
        fputs("FILE", stream);
    else
        dm_put_path(stream, path);
    fputs(here + strlen(PATH_HERE), stream);
}

/* Print a command that filters the file and reads the result with the same input options:
 * "tr , . <places.csv | dmatrix - --delimiter=';'". If the other file is standard input already,
 * the filter writes to a FILE instead. */
static void put_filter(FILE *stream, const struct failure *failure, const char *filter)
{
    const struct dm_run_options *run = &failure->options->run;
    bool second = failure->error->field == DM_FIELD_DESTINATIONS;
    const char *other = second ? run->origins : run->destinations;
    put_filter_of(stream, filter, file_of(failure));
    if (other && is_standard_input(other)) {
        fputs(" >FILE", stream);
        fputs(failure->error->suggestion_count > 1 ? ", then FILE with" : "", stream);
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
    bool separator =
        suggestion->field == DM_FIELD_DELIMITER || suggestion->field == DM_FIELD_FORMAT_DELIMITER;
    if (separator && dm_separator_word(*value))
        value = dm_separator_word(*value);
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
        if (i == 0)
            fputs(must_save(failure) ? " (save it as FILE and try" : " (try", stream);
        else if (error->suggestions[i].instead)
            fputs(", or", stream);
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
    text = dm_memory_stream_end(stream, &text);
    if (text)
        dm_fail(error, error->status, "%s", text);
    free(text);
}
