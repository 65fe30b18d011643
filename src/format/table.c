#include "format/table.h"

#include <stdio.h>
#include <stdlib.h>

enum dm_status dm_table_make(const struct dm_format_options *options,
                             const struct dm_subject *subject, char end, struct dm_table **table,
                             struct dm_error *error)
{
    const struct dm_label_style *style =
        options->safe_csv ? &dm_label_quoted_safe : &dm_label_quoted;
    struct dm_table *new = calloc(1, sizeof *new);
    if (!new)
        return dm_fail_memory(error, "the output format");
    new->header = options->header;
    snprintf(new->header_name, sizeof new->header_name, "distance_%s", options->unit->name);

    enum dm_status status =
        dm_decimals_make(options->precision, end, options->isa, &new->decimals, error);
    if (status == DM_OK)
        status = dm_labels_make(subject->origins, style, options->stop, &new->origins, error);
    if (status == DM_OK && subject->destinations != subject->origins)
        status =
            dm_labels_make(subject->destinations, style, options->stop, &new->destinations, error);
    else
        new->destinations = new->origins;
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
    free(table);
}
