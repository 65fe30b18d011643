/* style.h - how reports look. */
#ifndef REPORT_STYLE_H
#define REPORT_STYLE_H

#include <stdbool.h>

enum { DM_REPORT_INDENT = 2 };

struct dm_style {
    const char *strong, *faint, *end; /* empty without colour */
};

static inline struct dm_style dm_style_of(bool colour)
{
    return colour ? (struct dm_style){"\033[1m", "\033[2m", "\033[0m"}
                  : (struct dm_style){"", "", ""};
}

#endif
