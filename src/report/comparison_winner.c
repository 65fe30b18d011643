/* A sentence about the fastest trial, or about all that cannot be told apart from it. */
#include "report/comparison_sentences.h"
#include "report/trial_text.h"

#include <stdbool.h>

enum { NAMED_AT_MOST = 4 };

struct winner {
    char *text;
    size_t used;
    const struct dm_comparison *comparison;
    const struct dm_trial *const *sorted;
    bool grain; /* names include it */
};

static void add(struct winner *winner, const char *before, const char *what, const char *after)
{
    winner->used += dm_append(winner->text + winner->used, DM_SENTENCE_LENGTH - winner->used,
                              "%s%s%s", before, what, after);
}

static void add_name(struct winner *winner, const char *before, const struct dm_trial *trial)
{
    char name[DM_TRIAL_NAME_LENGTH];
    add(winner, before, dm_trial_name(name, trial, winner->grain), "");
}

/* "1.93 (1.88 to 1.95) times as fast as serial". */
static void add_ratio(struct winner *winner, const char *before, struct dm_ratio ratio,
                      const struct dm_trial *other)
{
    char text[3 * DM_CELL_LENGTH];
    add(winner, before, dm_ratio_text(text, ratio), " times as fast as ");
    add_name(winner, "", other);
}

/* "A, B, C and 4 others". */
static void add_equals(struct winner *winner, size_t equals)
{
    char count[DM_COUNT_LENGTH];
    size_t others = equals > NAMED_AT_MOST ? equals - NAMED_AT_MOST + 1 : 0, named = 0;
    for (size_t i = 0; named < equals - others; i++) {
        if (!winner->sorted[i]->fastest)
            continue;
        named++;
        add_name(winner, named == 1 ? "" : named == equals ? " and " : ", ", winner->sorted[i]);
    }
    if (others > 0)
        add(winner, " and ", dm_count_text(count, others), " others");
}

/* Return the fastest trial that is significantly slower than the fastest; NULL: there is none. */
static const struct dm_trial *next_of(const struct winner *winner)
{
    for (size_t i = 1; i < winner->comparison->count; i++)
        if (!winner->sorted[i]->fastest)
            return winner->sorted[i];
    return NULL;
}

static void add_few_rounds(struct winner *winner)
{
    char count[DM_COUNT_LENGTH];
    add_name(winner, "", winner->sorted[0]);
    dm_count_text(count, dm_rounds_needed(winner->comparison->count));
    add(winner, " took the least time, but there are too few rounds to be sure (use --runs=", count,
        " or more)");
}

/* Add how much faster it is than serial and than the next trial, where the difference is
 * significant. */
static void add_slower(struct winner *winner, size_t equals)
{
    const struct dm_trial *first = winner->sorted[0], *next = next_of(winner);
    const struct dm_trial *serial = dm_trial_baseline(winner->comparison, first);
    const char *before = ": ";
    if (!serial->fastest && first->speedup.low > DM_SIGNIFICANT_RATIO) {
        add_ratio(winner, equals > 1 ? ", the first " : before, first->speedup, serial);
        before = ", ";
        if (dm_speedup_is_doubtful(winner->comparison, first))
            add(winner, " (doubtful: greater than its number of threads)", "", "");
    }
    if (equals == 1 && next != serial && next->behind.low > DM_SIGNIFICANT_RATIO)
        add_ratio(winner, before, next->behind, next);
}

void dm_winner_sentence(char text[DM_SENTENCE_LENGTH], const struct dm_comparison *comparison,
                        const struct dm_trial *const *sorted)
{
    struct winner winner = {
        .text = text,
        .comparison = comparison,
        .sorted = sorted,
        .grain = dm_several_grains(comparison),
    };
    size_t equals = 0;
    for (size_t i = 0; i < comparison->count; i++)
        equals += sorted[i]->fastest;
    if (comparison->count < 2) {
        add_name(&winner, "", sorted[0]);
        add(&winner, " was the only executor: there is nothing to compare it with", "", "");
    } else if (dm_rounds_are_few(comparison)) {
        add_few_rounds(&winner);
    } else {
        add_equals(&winner, equals);
        add(&winner, equals == 1 ? " was fastest" : " were equally fast", "", "");
        add_slower(&winner, equals);
    }
    add(&winner, ".", "", "");
}
