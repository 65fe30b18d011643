#include "run/names_file.h"

#include "base/try.h"
#include "format/labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXT_BYTES = 1 << 16,
    LINE_BEGIN_BYTES = 48 /* "destination,", a number of 64 bits, a comma and an end */
};

/* Lines that are written when the next one does not fit. */
struct lines {
    struct dm_output *output;
    char *text;
    size_t size, used;
};

static enum dm_status flush(struct lines *lines, struct dm_error *error)
{
    struct iovec piece = {lines->text, lines->used};
    lines->used = 0;
    return piece.iov_len > 0 ? dm_output_write(lines->output, &piece, 1, error) : DM_OK;
}

/* Make room for a line of so many bytes. */
static enum dm_status make_room(struct lines *lines, size_t bytes, struct dm_error *error)
{
    if (bytes <= lines->size - lines->used)
        return DM_OK;
    DM_TRY(flush(lines, error));
    if (bytes <= lines->size)
        return DM_OK;
    free(lines->text);
    lines->text = malloc(bytes);
    lines->size = lines->text ? bytes : 0;
    return lines->text ? DM_OK : dm_fail_memory(error, "the names");
}

/* Add a line for each location; `begin` is the first field, with a comma, or "". */
static enum dm_status put_set(struct lines *lines, const char *begin,
                              const struct dm_locations *locations, size_t first_number,
                              struct dm_error *error)
{
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        DM_TRY(
            make_room(lines, LINE_BEGIN_BYTES + dm_label_quoted.bytes(name, length, ','), error));
        char *at = lines->text + lines->used;
        at += snprintf(at, LINE_BEGIN_BYTES, "%s%zu,", begin, first_number + i);
        at = dm_label_quoted.write(at, name, length, ',');
        at[-1] = '\n'; /* instead of the comma */
        lines->used = (size_t)(at - lines->text);
    }
    return DM_OK;
}

static enum dm_status put_all(struct lines *lines, const struct dm_format *format,
                              const struct dm_places *places, struct dm_error *error)
{
    static const char one_set[] = "index,name\n", two_sets[] = "set,index,name\n";
    bool one = places->destinations == places->origins;
    const char *header = one ? one_set : two_sets;
    DM_TRY(make_room(lines, TEXT_BYTES, error));
    lines->used = strlen(header);
    memcpy(lines->text, header, lines->used);
    DM_TRY(put_set(lines, one ? "" : "origin,", places->origins, format->from_one, error));
    if (!one)
        DM_TRY(put_set(lines, "destination,", places->destinations, format->from_one, error));
    return flush(lines, error);
}

enum dm_status dm_names_write(struct dm_output *output, const struct dm_format *format,
                              const struct dm_places *places, struct dm_error *error)
{
    struct lines lines = {.output = output};
    enum dm_status status = put_all(&lines, format, places, error);
    free(lines.text);
    return status == DM_OK ? dm_output_finish(output, error) : status;
}
