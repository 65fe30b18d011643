/* separators.h - the characters between fields and in numbers. */
#ifndef FORMAT_SEPARATORS_H
#define FORMAT_SEPARATORS_H

#include <dmatrix/format.h>

struct dm_separators {
    char delimiter, decimal; /* between fields; before the decimals */
};

/* Fill *separators from the options, with the defaults where these have none. DM_USAGE: a reader
 * could not tell fields and numbers apart. */
enum dm_status dm_separators_choose(const struct dm_format_options *options,
                                    struct dm_separators *separators, struct dm_error *error);

#endif
