/* Which was fastest. Two trials can be told apart where chance alone would part their means so far
 * in no more than 5 of 100 comparisons, by the test of B. L. Welch, The generalization of
 * "Student's" problem when several different population variances are involved, 1947. */
#include "report/comparison_sentences.h"
#include "report/trial_text.h"

#include <math.h>
#include <stdbool.h>

enum { NAMED_AT_MOST = 3 };

struct winner {
    char *text;
    size_t used;
    const struct dm_comparison *comparison;
    const struct dm_trial *const *sorted;
    bool grain;    /* names tell it */
    size_t equals; /* trials that cannot be told from the first, itself not counted */
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

/* How far apart two equal means are in 5 of 100 comparisons, in what is uncertain of their
 * difference: 2 for many runs, more for few, from which that itself is not known well. Student's
 * distribution, from 10 degrees of freedom on by its expansion around the normal one, to 0.003. */
static double student(double freedom)
{
    static const double few[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};
    if (freedom < 10)
        return few[freedom < 1 ? 0 : (size_t)freedom - 1];
    return 1.96 + 2.372 / freedom + 2.822 / (freedom * freedom);
}

/* Of each mean, what is uncertain is the deviation of a run over the root of the number of runs. */
bool dm_can_tell(const struct dm_trial *fast, const struct dm_trial *slow)
{
    double a = fast->time.stddev * fast->time.stddev / (double)fast->runs;
    double b = slow->time.stddev * slow->time.stddev / (double)slow->runs;
    double difference = slow->time.mean - fast->time.mean;
    if (a + b == 0)
        return difference > 0;
    double freedom =
        (a + b) * (a + b) / (a * a / ((double)fast->runs - 1) + b * b / ((double)slow->runs - 1));
    return difference > student(freedom) * sqrt(a + b);
}

/* "1.93 ± 0.05 times as fast as serial". */
static void add_ratio(struct winner *winner, const char *before, const struct dm_trial *other)
{
    char text[DM_CELL_LENGTH];
    struct dm_ratio ratio = dm_trial_speedup(winner->sorted[0], other);
    add(winner, before, dm_ratio_text(text, ratio), " times as fast as ");
    add_name(winner, "", other);
}

/* "A, B, C and 4 others". */
static void add_equals(struct winner *winner)
{
    char count[DM_COUNT_LENGTH];
    size_t others = winner->equals > NAMED_AT_MOST ? winner->equals - NAMED_AT_MOST + 1 : 0;
    size_t named = winner->equals - others;
    for (size_t i = 1; i <= named; i++)
        add_name(winner, i == 1 ? "" : i == winner->equals ? " and " : ", ", winner->sorted[i]);
    if (others > 0)
        add(winner, " and ", dm_count_text(count, others), " others");
}

static bool ran_once(const struct winner *winner)
{
    return winner->sorted[0]->runs < 2 || winner->sorted[1]->runs < 2;
}

/* How much faster than serial, and than the next, as far as they can be told from it. */
static void add_slower(struct winner *winner)
{
    const struct dm_trial *first = winner->sorted[0], *next = winner->sorted[1];
    const struct dm_trial *serial = dm_trial_baseline(winner->comparison, first);
    bool over_serial = serial && serial != first && serial != next &&
                       (ran_once(winner) || dm_can_tell(first, serial));
    for (size_t i = 1; i <= winner->equals; i++)
        over_serial = over_serial && winner->sorted[i] != serial;
    if (over_serial)
        add_ratio(winner, ": ", serial);
    if (winner->equals == 0)
        add_ratio(winner, over_serial ? ", " : ": ", next);
}

static void add_as_fast(struct winner *winner)
{
    char text[DM_CELL_LENGTH];
    if (winner->equals == 0)
        return;
    add(winner, ". Within the uncertainty, ", "", "");
    add_equals(winner);
    if (winner->equals == 1)
        add(winner, " is as fast (",
            dm_ratio_text(text, dm_trial_speedup(winner->sorted[0], winner->sorted[1])), ")");
    else
        add(winner, " are as fast", "", "");
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
    add_name(&winner, "", sorted[0]);
    if (comparison->count < 2) {
        add(&winner, " was alone: there is nothing to compare it with.", "", "");
        return;
    }
    while (!ran_once(&winner) && winner.equals + 1 < comparison->count &&
           !dm_can_tell(sorted[0], sorted[winner.equals + 1]))
        winner.equals++;
    add(&winner, " was fastest", "", "");
    add_slower(&winner);
    add_as_fast(&winner);
    add(&winner, "", ran_once(&winner) ? " (one run cannot tell how certain that is)" : "", ".");
}
