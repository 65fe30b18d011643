#include "fault/sweep_judge.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { RESULT, JSON }; /* among sweep_files */

static const char *const said = "dmatrix: ", *const warned = "dmatrix: warning: ",
                         *const noted = "dmatrix: note: ";

static bool begins(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static size_t lines(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

/* Lines of standard error: those that say what failed, and those that are no warnings either. */
struct speech {
    size_t failures, others;
    bool is_clear; /* the last failure has words of its own */
};

static struct speech hear(const char *text)
{
    struct speech speech = {0};
    while (*text) {
        size_t length = strcspn(text, "\n");
        if (begins(text, noted)) {
            /* of what is kept, before it says what has failed */
        } else if (!begins(text, said)) {
            speech.others++;
        } else if (!begins(text, warned)) {
            speech.failures++;
            speech.is_clear = length > strlen(said) + 8 && text[length] == '\n';
        }
        text += length + (text[length] == '\n');
    }
    return speech;
}

/* Timings are never the same twice, but whole. Where the clock fails, a footnote may tell of it. */
static bool is_whole_export(int file, const struct left *left, const struct left *whole)
{
    if (lines(left->text[file]) < lines(whole->text[file]))
        return false;
    if (file != JSON)
        return true;
    json_t *json = json_loads(left->text[file], 0, NULL);
    bool good = json != NULL;
    json_decref(json);
    return good;
}

static bool is_new_file(int file, const struct left *left, const struct left *whole)
{
    if (!left->text[file] || !whole->text[file])
        return left->text[file] == whole->text[file];
    if (file != RESULT)
        return strcmp(left->text[file], SWEEP_OLD) != 0 && is_whole_export(file, left, whole);
    return left->length[file] == whole->length[file] &&
           memcmp(left->text[file], whole->text[file], whole->length[file]) == 0;
}

static bool is_old_file(const struct scenario *scenario, int file, const struct left *left)
{
    bool was_there = is_written(scenario, file) && !scenario->is_new;
    if (file == SWEEP_MANIFEST && !left->text[file])
        return true; /* it goes before the part is written */
    if (!was_there || !left->text[file])
        return !was_there && !left->text[file];
    return strcmp(left->text[file], SWEEP_OLD) == 0;
}

static const char *wrong_success(const struct scenario *scenario, const struct left *left,
                                 const struct left *whole)
{
    struct speech speech = hear(left->err);
    for (int i = 0; i < SWEEP_FILES; i++)
        if (!is_new_file(i, left, whole))
            return "a file is not what it is where nothing fails";
    if (scenario->timed ? (*left->out == '\0') != (*whole->out == '\0')
                        : strcmp(left->out, whole->out) != 0)
        return "standard output is not what it is where nothing fails";
    if (speech.failures > 0 || (!scenario->reports && speech.others > 0))
        return "it says that something failed, and ends well";
    return NULL;
}

static bool exports(const struct scenario *scenario)
{
    bool any = false;
    for (int i = JSON; i < SWEEP_FILES; i++)
        any = any || is_written(scenario, i);
    return any;
}

/* The distances may be complete where only an export is not, and exports where another is not: then
 * the message says so. */
static const char *wrong_failure(const struct scenario *scenario, const struct left *left,
                                 const struct left *whole)
{
    struct speech speech = hear(left->err);
    bool complete =
        exports(scenario) && (strstr(left->err, "the distances are complete") ||
                              strstr(left->err, "all was compared") || scenario->files_first);
    if (speech.failures != 1 || !speech.is_clear || (!scenario->reports && speech.others > 0))
        return "it does not say what failed, in one line";
    for (int i = 0; i < SWEEP_FILES; i++) {
        bool is_new = complete && is_new_file(i, left, whole);
        if (!is_new && (!is_old_file(scenario, i, left) ||
                        (complete && i == RESULT && is_written(scenario, i))))
            return "a file is neither the old one nor the new one";
    }
    if (!scenario->timed && strncmp(left->out, whole->out, strlen(left->out)) != 0)
        return "standard output is not how it begins where nothing fails";
    return NULL;
}

/* Another run has completed what this one has kept. */
static const char *wrong_again(const struct left *left, const struct left *whole)
{
    if (left->status_again != 0)
        return "another run does not go on";
    if (!left->text_again || left->length_again != whole->length[RESULT] ||
        memcmp(left->text_again, whole->text[RESULT], left->length_again) != 0)
        return "another run does not write what one run writes";
    return left->others_again > 0 ? "another run leaves something" : NULL;
}

const char *what_is_wrong(const struct scenario *scenario, enum point_kind kind,
                          const struct left *left, const struct left *whole)
{
    bool fails = WIFEXITED(left->status) && WEXITSTATUS(left->status) == EXIT_FAILURE;
    enum point_outcome outcome = left->happened ? points[kind].outcome : UNHEARD;
    bool may_fail =
        outcome != UNHEARD || scenario->goes_on; /* it must know who owns what it keeps */
    if (left->orphans)
        return "a process is left";
    const char *again = scenario->goes_on ? wrong_again(left, whole) : NULL;
    if (again)
        return again;
    if (left->others > 0)
        return "a file is left that is no output";
    if (fails ? !may_fail : left->status != 0)
        return "it ends as it should not";
    if (!fails && outcome == TOLD)
        return "it does not notice";
    return fails ? wrong_failure(scenario, left, whole) : wrong_success(scenario, left, whole);
}
