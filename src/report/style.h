/* style.h - what a report stands out with, on a terminal that shows it. */
#ifndef REPORT_STYLE_H
#define REPORT_STYLE_H

#include <stdbool.h>

struct dm_style {
    const char *strong, *faint, *end; /* empty without colour */
};

static inline struct dm_style dm_style_of(bool colour)
{
    return colour ? (struct dm_style){"\033[1m", "\033[2m", "\033[0m"}
                  : (struct dm_style){"", "", ""};
}

#endif
