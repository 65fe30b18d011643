#include "cli/progress.h"

#include "base/clock.h"
#include "base/same_file.h"
#include "cli/progress_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const uint64_t quiet_ns = 1000000000;  /* a short run needs no progress */
static const uint64_t redraw_ns = 100000000;  /* often enough for the eye */
static const uint64_t line_ns = 10000000000u; /* lines stay: few of them */

/* ---- whether and how ---- */

static bool writes_to_terminal(const char *output)
{
    struct stat there, terminal;
    if (strcmp(output, "-") == 0)
        return isatty(STDOUT_FILENO);
    return strcmp(output, "/dev/tty") == 0 ||
           (stat(output, &there) == 0 && fstat(STDERR_FILENO, &terminal) == 0 &&
            dm_same_file(&there, &terminal));
}

/* Without being asked: for somebody who looks and has not said that nothing is wanted, and not
 * among the distances. */
static bool is_wanted(const struct dm_options *options)
{
    bool sums_up = options->compare || options->run.format->absorb; /* writes in the end alone */
    return isatty(STDERR_FILENO) && !options->quiet &&
           (sums_up || !writes_to_terminal(options->run.output));
}

static bool is_to_be_shown(const struct dm_options *options)
{
    return options->progress == DM_ALWAYS || (options->progress == DM_AUTO && is_wanted(options));
}

struct dm_progress_line dm_progress_line_for(const struct dm_options *options)
{
    return dm_progress_line_begin(is_to_be_shown(options));
}

struct dm_progress dm_progress_begin(const struct dm_options *options)
{
    uint64_t now = dm_clock_ns();
    return (struct dm_progress){
        .line = dm_progress_line_for(options),
        .yields = writes_to_terminal(options->run.output),
        .begin_ns = now,
        .next_ns = now + quiet_ns,
    };
}

/* ---- the line ---- */

static void show(struct dm_progress *progress, uint64_t now, uint64_t pairs, uint64_t all)
{
    struct dm_progress_state state = {
        .pairs = pairs,
        .all = all,
        .rate = progress->pace.rate,
        .left_s = progress->pace.left_s,
        .so_far_ns = now - progress->begin_ns,
    };
    char text[DM_PROGRESS_LENGTH];
    dm_progress_text(text, &state, dm_progress_line_columns(&progress->line));
    dm_progress_line_show(&progress->line, text);
}

void dm_progress_end(struct dm_progress *progress)
{
    dm_progress_line_end(&progress->line);
}

void dm_progress_advance(struct dm_progress *progress, uint64_t pairs, uint64_t all)
{
    uint64_t now = dm_clock_ns();
    bool complete = pairs == all;
    if (pairs == 0 || progress->pace.ns == 0) {
        progress->pace = dm_pace_begin(now);
        progress->pace.pairs = pairs; /* of an earlier run */
    }
    if (now < progress->next_ns && !(complete && progress->line.shown > 0))
        return;
    progress->next_ns = now + (progress->line.way == DM_PROGRESS_LINES ? line_ns : redraw_ns);
    dm_pace_look(&progress->pace, now, pairs, all);
    if (complete && progress->yields)
        dm_progress_end(progress);
    else
        show(progress, now, pairs, all);
}
