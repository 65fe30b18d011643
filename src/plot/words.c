#include "plot/words.h"

#include "base/number.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static bool is_serial(const struct dm_measurement *result)
{
    const char *executor = result->parameters[DM_PARAMETER_EXECUTOR];
    return executor && strcmp(executor, "serial") == 0;
}

/* The parameter, unless there is nothing to say of it. */
static const char *parameter_of(const struct dm_measurement *result, enum dm_parameter parameter)
{
    return parameter == DM_PARAMETER_THREADS && is_serial(result) ? NULL
                                                                  : result->parameters[parameter];
}

/* The first result that `parameter` is about; all share it where that one's is everybody's. */
static const struct dm_measurement *example_of(const struct dm_measurements *measurements,
                                               enum dm_parameter parameter)
{
    for (size_t i = 0; i < measurements->count; i++)
        if (parameter != DM_PARAMETER_THREADS || !is_serial(&measurements->results[i]))
            return &measurements->results[i];
    return &measurements->results[0];
}

static bool is_same(const struct dm_measurements *measurements, enum dm_parameter parameter)
{
    const char *text = parameter_of(example_of(measurements, parameter), parameter);
    for (size_t i = 0; i < measurements->count; i++) {
        const struct dm_measurement *result = &measurements->results[i];
        bool silent = parameter == DM_PARAMETER_THREADS && is_serial(result);
        if (!silent && !dm_same_text(parameter_of(result, parameter), text))
            return false;
    }
    return true;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Whether no two results would have the same label. */
static bool are_distinct(char **labels, size_t count)
{
    qsort(labels, count, sizeof *labels, compare_texts);
    for (size_t i = 1; i < count; i++)
        if (strcmp(labels[i - 1], labels[i]) == 0)
            return false;
    return true;
}

/* Where parameters do not tell results apart (hyperfine's may have others besides), and commands
 * do, those are better names. Without memory for finding out, parameters are good enough. */
static bool tell_apart(const struct dm_common *common)
{
    const struct dm_measurements *all = common->measurements;
    char **labels = calloc(all->count, sizeof *labels);
    char **commands = calloc(all->count, sizeof *commands);
    bool enough = labels && commands;
    for (size_t i = 0; i < all->count && enough; i++) {
        char label[DM_LABEL_LENGTH];
        dm_label(label, sizeof label, common, &all->results[i]);
        labels[i] = strdup(label);
        commands[i] = all->results[i].command;
        enough = labels[i] != NULL;
    }
    bool apart = !enough || are_distinct(labels, all->count) || !are_distinct(commands, all->count);
    for (size_t i = 0; i < all->count && labels; i++)
        free(labels[i]);
    free(labels);
    free(commands);
    return apart;
}

struct dm_common dm_common_of(const struct dm_measurements *measurements)
{
    struct dm_common common = {
        .measurements = measurements, .configured = true, .same_pairs = true};
    const struct dm_measurement *first = &measurements->results[0];
    for (size_t i = 0; i < measurements->count; i++) {
        const struct dm_measurement *result = &measurements->results[i];
        common.configured = common.configured && result->parameters[DM_PARAMETER_EXECUTOR];
        common.same_pairs = common.same_pairs && result->pairs == first->pairs;
    }
    for (int i = 0; i < DM_PARAMETER_COUNT; i++)
        common.same[i] = is_same(measurements, (enum dm_parameter)i);
    common.configured = common.configured && tell_apart(&common);
    return common;
}

/* What there was no room for may have been the rest of a character. */
static void end_whole(char *text)
{
    text[dm_whole_characters(text, strlen(text))] = '\0';
}

static void put_number(char *words, size_t size, const char *number)
{
    char text[DM_COUNT_LENGTH];
    uint64_t value;
    bool whole = dm_integer_parse(number, UINT64_MAX, &value);
    dm_append(words, size, "%s", whole ? dm_count_text(text, value) : number);
}

/* "2 threads", "grain 8,192". */
static void put_parameter(char *words, size_t size, enum dm_parameter parameter, const char *value)
{
    char number[DM_LABEL_LENGTH];
    put_number(number, sizeof number, value);
    switch (parameter) {
    case DM_PARAMETER_THREADS:
        dm_append(words, size, "%s thread%s", number, strcmp(value, "1") == 0 ? "" : "s");
        break;
    case DM_PARAMETER_GRAIN:
        dm_append(words, size, "grain %s", number);
        break;
    case DM_PARAMETER_DELAY:
        dm_append(words, size, "delay %s", value);
        break;
    default:
        dm_append(words, size, "%s", value);
    }
}

size_t dm_append_parameters(char *text, size_t size, size_t used, const struct dm_common *common,
                            const struct dm_measurement *result, bool same, enum dm_parameter first,
                            enum dm_parameter last)
{
    for (int i = (int)first; i <= (int)last; i++) {
        const char *value = parameter_of(result, (enum dm_parameter)i);
        char words[DM_LABEL_LENGTH];
        if (common->same[i] != same || !value)
            continue;
        put_parameter(words, sizeof words, (enum dm_parameter)i, value);
        used = dm_append_item(text, size, used, ", ", words);
    }
    end_whole(text);
    return strlen(text);
}

void dm_label(char *text, size_t size, const struct dm_common *common,
              const struct dm_measurement *result)
{
    const char *executor = result->parameters[DM_PARAMETER_EXECUTOR];
    size_t used = 0;
    text[0] = '\0';
    if (!common->configured) {
        dm_append(text, size, "%s", *result->command ? result->command : "(no command)");
        end_whole(text);
        return;
    }
    if (common->same[DM_PARAMETER_EXECUTOR])
        used = dm_append_item(text, size, used, ", ", executor);
    dm_append_parameters(text, size, used, common, result, false, (enum dm_parameter)0,
                         (enum dm_parameter)(DM_PARAMETER_COUNT - 1));
}

void dm_title(char *text, size_t size, const struct dm_common *common)
{
    const struct dm_measurement *first = &common->measurements->results[0];
    size_t count = common->measurements->count, used = 0;
    char pairs[DM_COUNT_LENGTH];
    text[0] = '\0';
    if (common->same_pairs && first->pairs > 0)
        used = dm_append(text, size, "%s distance%s", dm_count_text(pairs, first->pairs),
                         first->pairs == 1 ? "" : "s");
    used = dm_append_parameters(text, size, used, common, first, true, DM_PARAMETER_METRIC,
                                DM_PARAMETER_DELAY);
    if (used == 0 && common->configured)
        dm_append(text, size, "Executors compared");
    else if (used == 0)
        dm_append(text, size, count == 1 ? "Time of a command" : "Times of %zu commands", count);
}

void dm_subtitle(char *text, size_t size, const struct dm_common *common)
{
    const struct dm_measurements *all = common->measurements;
    size_t least = all->results[0].runs, most = least, used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < all->count; i++) {
        least = all->results[i].runs < least ? all->results[i].runs : least;
        most = all->results[i].runs > most ? all->results[i].runs : most;
    }
    if (common->configured)
        used = dm_append_parameters(text, size, used, common, example_of(all, DM_PARAMETER_THREADS),
                                    true, DM_PARAMETER_THREADS, DM_PARAMETER_GRAIN);
    if (most == 1)
        dm_append_item(text, size, used, "; ", "one run");
    else if (least == most)
        dm_append(text + used, size - used, "%smean ± standard deviation of %zu runs",
                  used ? "; " : "", most);
    else
        dm_append(text + used, size - used, "%smean ± standard deviation of %zu to %zu runs",
                  used ? "; " : "", least, most);
    end_whole(text);
}
