#include "cli/progress_line.h"

#include "report/terminal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct dm_progress_line dm_progress_line_begin(bool wanted)
{
    enum dm_progress_way way = DM_PROGRESS_NONE;
    if (wanted && !isatty(STDERR_FILENO))
        way = DM_PROGRESS_LINES;
    else if (wanted)
        way = dm_terminal_is_able() ? DM_PROGRESS_ERASED : DM_PROGRESS_PADDED;
    return (struct dm_progress_line){.way = way};
}

unsigned dm_progress_line_columns(const struct dm_progress_line *line)
{
    enum { LINE_COLUMNS = 60 }; /* of lines that are not replaced */
    return line->way == DM_PROGRESS_LINES ? LINE_COLUMNS : dm_terminal_columns(STDERR_FILENO);
}

/* Return true if another process group uses the terminal. */
static bool in_background(void)
{
    pid_t group = tcgetpgrp(STDERR_FILENO);
    return group >= 0 && group != getpgrp();
}

void dm_progress_line_show(struct dm_progress_line *line, const char *text)
{
    size_t length = strlen(text);
    int rest = line->shown > length ? (int)(line->shown - length) : 0;
    if (line->way == DM_PROGRESS_NONE || in_background())
        return;
    if (line->way == DM_PROGRESS_LINES)
        fprintf(stderr, "dmatrix: %s\n", text);
    else if (line->way == DM_PROGRESS_PADDED)
        fprintf(stderr, "\r%s%*s", text, rest, "");
    else
        fprintf(stderr, "\r%s\033[K", text);
    line->shown = length;
}

void dm_progress_line_end(struct dm_progress_line *line)
{
    enum { INTERRUPT = 2 }; /* columns of the ^C that a terminal may add to the line */
    if (line->shown == 0 || in_background())
        return;
    if (line->way == DM_PROGRESS_ERASED)
        fputs("\r\033[K", stderr);
    else if (line->way == DM_PROGRESS_PADDED)
        fprintf(stderr, "\r%*s\r", (int)line->shown + INTERRUPT, "");
    line->shown = 0;
}
