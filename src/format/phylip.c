/* PHYLIP's square distance matrix with names of any length ("relaxed"): the number of names, then
 * one line per name.
 * https://phylipweb.github.io/phylip/doc/distance.html */
#include "format/row.h"

#include "base/checked.h"
#include "base/text.h"
#include "base/try.h"

#include <dmatrix/format.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct phylip {
    struct dm_encoder base;
    struct dm_labels labels;
    struct dm_decimals decimals;
    char count[32]; /* the first line */
};

/* ---- names ---- */

/* Unicode's white space outside ASCII, in UTF-8: next line, no-break space, ogham space, U+2000 to
 * U+200A, the separators, and the narrow, mathematical and ideographic spaces. */
static const char *const unicode_spaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
};

/* Return the bytes of the first character if it is special, else 0. Spaces end a name, R treats #
 * as the start of a comment, and the other characters are special in the Newick format, in which
 * programs write the resulting trees. */
static size_t special_bytes(const char *name, size_t length)
{
    unsigned char code = (unsigned char)*name;
    if (code < 0x80)
        return code <= ' ' || code == 0x7f || strchr("()[]{}:;,'\"#", code);
    for (size_t i = 0; i < sizeof unicode_spaces / sizeof *unicode_spaces; i++) {
        size_t bytes = strlen(unicode_spaces[i]);
        if (bytes <= length && memcmp(name, unicode_spaces[i], bytes) == 0)
            return bytes;
    }
    return 0;
}

static char *write_label(char *text, const char *name, size_t length, char end)
{
    if (length == 0)
        *text++ = '_';
    for (size_t i = 0; i < length;) {
        size_t bytes = special_bytes(name + i, length - i);
        *text++ = bytes > 0 ? '_' : name[i];
        i += bytes > 0 ? bytes : 1;
    }
    *text++ = end;
    return text;
}

static size_t label_bytes(const char *name, size_t length, char end)
{
    size_t count = 1; /* the space after the name */
    (void)end;
    for (size_t i = 0; i < length; count++) {
        size_t bytes = special_bytes(name + i, length - i);
        i += bytes > 0 ? bytes : 1;
    }
    return length > 0 ? count : 2;
}

static const struct dm_label_style style = {.bytes = label_bytes, .write = write_label, .end = ' '};

static bool is_changed(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (special_bytes(name + i, length - i) > 0)
            return true;
    return length == 0;
}

static size_t count_changed(const struct dm_locations *locations)
{
    size_t count = 0;
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        count += is_changed(name, length);
    }
    return count;
}

static int compare(const void *a, const void *b)
{
    const struct dm_bytes *x = a, *y = b;
    int order = memcmp(x->at, y->at, x->count < y->count ? x->count : y->count);
    return order != 0 ? order : (x->count > y->count) - (x->count < y->count);
}

/* Count the labels that repeat an earlier one. DM_MEMORY. */
static enum dm_status count_repeated(const struct dm_labels *labels, size_t *count,
                                     struct dm_error *error)
{
    size_t bytes;
    struct dm_bytes *sorted = NULL;
    /* The size is not 0. NOLINTNEXTLINE(clang-analyzer-optin.portability.UnixAPI) */
    if (!dm_multiply_size(labels->count + 1, sizeof *sorted, &bytes) || !(sorted = malloc(bytes)))
        return dm_fail_memory(error, "the names");
    for (size_t i = 0; i < labels->count; i++)
        sorted[i] = (struct dm_bytes){labels->text + labels->begin[i], dm_label_length(labels, i)};
    qsort(sorted, labels->count, sizeof *sorted, compare);
    *count = 0;
    for (size_t i = 1; i < labels->count; i++)
        *count += compare(&sorted[i - 1], &sorted[i]) == 0;
    free(sorted);
    return DM_OK;
}

static void write_note(char *note, size_t size, size_t changed, size_t repeated)
{
    char count[DM_COUNT_LENGTH];
    size_t used = 0;
    if (changed > 0)
        used = dm_append(note, size,
                         "%s name%s spaces or characters that are special in PHYLIP; _ is written "
                         "instead",
                         dm_count_text(count, changed),
                         changed == 1 ? " is empty or contains" : "s are empty or contain");
    if (repeated > 0)
        dm_append(note + used, size - used,
                  "%s%s name%s an earlier one, but PHYLIP programs need unique names",
                  changed > 0 ? "; " : "", dm_count_text(count, repeated),
                  repeated == 1 ? " repeats" : "s repeat");
}

/* ---- the format ---- */

static void dispose(struct dm_encoder *encoder)
{
    struct phylip *phylip = (struct phylip *)encoder;
    if (!phylip)
        return;
    dm_labels_free(&phylip->labels);
    free(phylip);
}

static enum dm_status prepare_names(struct phylip *phylip, const struct dm_locations *locations,
                                    const dm_flag *stop, struct dm_error *error)
{
    size_t repeated = 0;
    DM_TRY(dm_labels_make(locations, &style, stop, &phylip->labels, error));
    DM_TRY(count_repeated(&phylip->labels, &repeated, error));
    write_note(phylip->base.note, sizeof phylip->base.note, count_changed(locations), repeated);
    return DM_OK;
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct phylip *phylip = calloc(1, sizeof *phylip);
    if (!phylip)
        return dm_fail_memory(error, "the output format");
    snprintf(phylip->count, sizeof phylip->count, "%zu\n", subject->origins->count);
    enum dm_status status =
        dm_decimals_make((struct dm_decimals_wish){.precision = options->precision, .end = ' '},
                         options->isa, &phylip->decimals, error);
    if (status == DM_OK)
        status = prepare_names(phylip, subject->origins, options->stop, error);
    if (status != DM_OK) {
        dispose(&phylip->base);
        return status;
    }
    phylip->base.pair_bound = dm_row_pair_bound(&phylip->labels);
    *encoder = &phylip->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct phylip *phylip = (const struct phylip *)encoder;
    return dm_row_bound(&phylip->labels, segment);
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct phylip *phylip = (const struct phylip *)encoder;
    return (size_t)(dm_put_row(text, &phylip->labels, &phylip->decimals, segment) - text);
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct phylip *phylip = (const struct phylip *)encoder;
    (void)pass;
    pieces[0] = (struct dm_bytes){phylip->count, strlen(phylip->count)};
    return 1;
}

const struct dm_format dm_format_phylip = {
    .name = "phylip",
    .extension = "phy",
    .summary = "PHYLIP's square matrix, with names of any length",
    .shapes = DM_SHAPE_SQUARE,
    .uses = DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_PRECISION),
    .passes = 1,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .dispose = dispose,
    .not_by_road = "its matrices are symmetric",
};
