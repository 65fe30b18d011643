#define _DEFAULT_SOURCE /* TIOCGWINSZ */
#include "report/terminal.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

bool dm_terminal_is_able(void)
{
    const char *terminal = getenv("TERM");
    return terminal && *terminal && strcmp(terminal, "dumb") != 0;
}

bool dm_terminal_colour(int file, enum dm_when wish)
{
    if (wish != DM_AUTO)
        return wish == DM_ALWAYS;
    const char *no_color = getenv("NO_COLOR");
    if (no_color && *no_color)
        return false;
    return isatty(file) && dm_terminal_is_able();
}

bool dm_is_redirected(int file)
{
    struct stat status;
    return fstat(file, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISREG(status.st_mode));
}

/* Return what $COLUMNS says; 0: nothing. */
static unsigned environment_columns(void)
{
    enum { MOST = 10000 };
    const char *environment = getenv("COLUMNS");
    uint64_t columns;
    if (!environment || !dm_integer_parse(environment, MOST, &columns))
        return 0;
    return (unsigned)columns;
}

unsigned dm_terminal_columns(int file)
{
    enum { USUAL = 80, FEWEST = 20 };
    struct winsize size;
    unsigned columns = environment_columns();
    if (columns == 0 && ioctl(file, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    if (columns == 0)
        return USUAL;
    return columns < FEWEST ? FEWEST : columns;
}

unsigned dm_table_columns(int file)
{
    enum { FEWEST = 60 };
    unsigned columns = isatty(file) ? dm_terminal_columns(file) : environment_columns();
    return columns > 0 && columns < FEWEST ? FEWEST : columns;
}

unsigned dm_line_width(int file)
{
    enum { WIDEST = 79 };
    unsigned columns = dm_table_columns(file);
    return columns == 0 || columns > WIDEST ? WIDEST : columns - 1;
}
