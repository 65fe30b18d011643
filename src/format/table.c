#include "format/table.h"

#include "base/try.h"
#include "format/separators.h"

#include <stdlib.h>

/* Prepare the labels of both sides. */
static enum dm_status make_labels(const struct dm_format_options *options,
                                  const struct dm_subject *subject, struct dm_table *table,
                                  struct dm_error *error)
{
    struct dm_label_style style = options->safe_csv ? dm_label_quoted_safe : dm_label_quoted;
    style.end = table->delimiter;
    const struct dm_values *values = subject->layout->values;
    if (values) { /* as if they were the names of locations */
        const struct dm_locations named = {
            .count = values->count, .names = values->text, .name_begin = values->begin};
        DM_TRY(dm_labels_make(&named, &style, options->stop, &table->values, error));
    }
    DM_TRY(dm_labels_make(subject->origins, &style, options->stop, &table->origins, error));
    if (subject->destinations != subject->origins)
        return dm_labels_make(subject->destinations, &style, options->stop, &table->destinations,
                              error);
    table->destinations = table->origins;
    return DM_OK;
}

enum dm_status dm_table_make(const struct dm_format_options *options,
                             const struct dm_subject *subject, char end, struct dm_table **table,
                             struct dm_error *error)
{
    struct dm_separators separators = {0};
    DM_TRY(dm_separators_choose(options, &separators, error));
    struct dm_table *new = calloc(1, sizeof *new);
    if (!new)
        return dm_fail_memory(error, "the output format");
    new->header = options->header;
    new->delimiter = separators.delimiter;
    const struct dm_decimals_wish wish = {.precision = options->precision,
                                          .point = separators.decimal,
                                          .end = end ? end : separators.delimiter};
    enum dm_status status = dm_decimals_make(wish, options->isa, &new->decimals, error);
    if (status == DM_OK)
        status = make_labels(options, subject, new, error);
    if (status != DM_OK) {
        dm_table_dispose(&new->base);
        return status;
    }
    *table = new;
    return DM_OK;
}

void dm_table_dispose(struct dm_encoder *encoder)
{
    struct dm_table *table = (struct dm_table *)encoder;
    if (!table)
        return;
    if (table->destinations.text != table->origins.text)
        dm_labels_free(&table->destinations);
    dm_labels_free(&table->origins);
    dm_labels_free(&table->values);
    free(table);
}
