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

enum { FEWEST = 20, MOST = 10000 };

unsigned dm_columns_told(void)
{
    const char *environment = getenv("COLUMNS");
    uint64_t columns;
    if (!environment || !dm_integer_parse(environment, MOST, &columns) || columns == 0)
        return 0;
    return columns < FEWEST ? FEWEST : (unsigned)columns;
}

unsigned dm_terminal_columns(int file)
{
    struct winsize size;
    unsigned columns = dm_columns_told();
    if (columns == 0 && ioctl(file, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    if (columns == 0)
        return 80;
    return columns < FEWEST ? FEWEST : columns;
}

unsigned dm_line_width(int file)
{
    enum { WIDEST = 79 };
    unsigned columns = isatty(file) ? dm_terminal_columns(file) : dm_columns_told();
    return columns == 0 || columns > WIDEST ? WIDEST : columns - 1;
}
