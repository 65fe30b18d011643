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
enum { LINE_COLUMNS = 60 };                   /* of lines: no room for a bar */

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
    bool sums_up = options->run.format->absorb; /* writes in the end alone */
    return isatty(STDERR_FILENO) && !options->quiet &&
           (sums_up || !writes_to_terminal(options->run.output));
}

static enum dm_progress_way choose_way(const struct dm_options *options)
{
    const char *terminal = getenv("TERM");
    if (options->progress == DM_NEVER || (options->progress == DM_AUTO && !is_wanted(options)))
        return DM_PROGRESS_NONE;
    if (!isatty(STDERR_FILENO))
        return DM_PROGRESS_LINES;
    return terminal && strcmp(terminal, "dumb") != 0 ? DM_PROGRESS_ERASED : DM_PROGRESS_PADDED;
}

struct dm_progress dm_progress_begin(const struct dm_options *options)
{
    uint64_t now = dm_clock_ns();
    return (struct dm_progress){
        .way = choose_way(options),
        .yields = writes_to_terminal(options->run.output),
        .begin_ns = now,
        .next_ns = now + quiet_ns,
    };
}

/* ---- the line ---- */

/* Others have the terminal: the shell and whatever runs in it now. */
static bool in_background(void)
{
    pid_t group = tcgetpgrp(STDERR_FILENO);
    return group >= 0 && group != getpgrp();
}

static void show(struct dm_progress *progress, uint64_t now, uint64_t pairs, uint64_t all)
{
    bool lines = progress->way == DM_PROGRESS_LINES;
    struct dm_progress_state state = {
        .pairs = pairs,
        .all = all,
        .rate = progress->pace.rate,
        .left_s = progress->pace.left_s,
        .so_far_ns = now - progress->begin_ns,
    };
    char text[DM_PROGRESS_LENGTH];
    size_t length =
        dm_progress_text(text, &state, lines ? LINE_COLUMNS : dm_terminal_columns(STDERR_FILENO));
    int rest = progress->shown > length ? (int)(progress->shown - length) : 0;
    if (lines)
        fprintf(stderr, "dmatrix: %s\n", text);
    else if (progress->way == DM_PROGRESS_PADDED)
        fprintf(stderr, "\r%s%*s", text, rest, "");
    else
        fprintf(stderr, "\r%s\033[K", text);
    progress->shown = length;
}

void dm_progress_end(struct dm_progress *progress)
{
    enum { INTERRUPT = 2 }; /* the columns of a ^C, which the terminal adds to the line */
    if (progress->shown == 0 || in_background())
        return;
    if (progress->way == DM_PROGRESS_ERASED)
        fputs("\r\033[K", stderr);
    else if (progress->way == DM_PROGRESS_PADDED)
        fprintf(stderr, "\r%*s\r", (int)progress->shown + INTERRUPT, "");
    progress->shown = 0;
}

void dm_progress_advance(struct dm_progress *progress, uint64_t pairs, uint64_t all)
{
    uint64_t now = dm_clock_ns();
    bool complete = pairs == all;
    if (pairs == 0)
        progress->pace = dm_pace_begin(now);
    if (now < progress->next_ns && !(complete && progress->shown > 0))
        return;
    progress->next_ns = now + (progress->way == DM_PROGRESS_LINES ? line_ns : redraw_ns);
    dm_pace_look(&progress->pace, now, pairs, all);
    if (complete && progress->yields)
        dm_progress_end(progress);
    else if (!in_background())
        show(progress, now, pairs, all);
}
