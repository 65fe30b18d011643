/* What a terminal shows instead of millions of lines: a corner of the matrix, the nearest and the
 * farthest pair and the mean.
 *
 * encode() boils a segment down to a record; absorb() adds the records up, in order; end() draws.
 */
#include "base/checked.h"
#include "base/text.h"

#include <dmatrix/format.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CORNER = 8,        /* rows, and columns at most */
    LABEL_WIDTH = 16,  /* of the names down the side, in characters */
    COLUMN_WIDTH = 14, /* of a number or the name above it, the gap before it included */
    DECIMALS = 3,
    PAGE_BYTES = 16384
};

struct extreme {
    size_t origin, destination;
    double metres;
};

/* What is known of a run of pairs. A location and itself do not count. */
struct summary {
    uint64_t pairs;
    double sum_m;
    struct extreme nearest, farthest;
};

/* What encode() writes: this, then so many struct extreme that lie in the corner. */
struct record {
    struct summary summary;
    size_t cells;
};

struct preview {
    struct dm_encoder base;
    const struct dm_locations *origins, *destinations;
    const struct dm_unit *unit;
    bool one_set;     /* the origins are the destinations */
    bool rows;        /* there is more than one destination to an origin */
    unsigned columns; /* of the terminal */

    /* Kept by absorb() and read by end(); encode() does not look at them. */
    struct summary summary;
    double corner[CORNER][CORNER]; /* metres; NaN where there is no such pair */
};

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_layout *layout, const struct dm_locations *origins,
                              const struct dm_locations *destinations, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct preview *preview = calloc(1, sizeof *preview);
    if (!preview)
        return dm_fail_memory(error, "the preview");
    size_t segment = sizeof(struct record) + CORNER * sizeof(struct extreme);
    preview->base = (struct dm_encoder){
        .begin_bound = 0,
        .end_bound = PAGE_BYTES,
        .pair_bound = segment,
    };
    preview->origins = origins;
    preview->destinations = destinations;
    preview->unit = options->unit;
    preview->one_set = layout->shape->sets == 1;
    preview->rows = !layout->shape->equal;
    preview->columns = options->columns > 0 ? options->columns : 80;
    for (size_t i = 0; i < CORNER; i++)
        for (size_t j = 0; j < CORNER; j++)
            preview->corner[i][j] = NAN;
    *encoder = &preview->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    (void)segment;
    return encoder->pair_bound;
}

static void add(struct summary *sum, const struct summary *part)
{
    if (part->pairs == 0)
        return;
    if (sum->pairs == 0 || part->nearest.metres < sum->nearest.metres)
        sum->nearest = part->nearest;
    if (sum->pairs == 0 || part->farthest.metres > sum->farthest.metres)
        sum->farthest = part->farthest;
    sum->pairs += part->pairs;
    sum->sum_m += part->sum_m;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct preview *preview = (const struct preview *)encoder;
    struct record record = {0};
    char *at = text + sizeof record;
    for (size_t i = 0; i < segment->count; i++) {
        struct extreme pair = {segment->origin, dm_segment_destination(segment, i),
                               segment->metres[i]};
        if (!preview->one_set || pair.origin != pair.destination)
            add(&record.summary, &(struct summary){1, pair.metres, pair, pair});
        if (pair.origin < CORNER && pair.destination < CORNER) {
            memcpy(at, &pair, sizeof pair);
            at += sizeof pair;
            record.cells++;
        }
    }
    memcpy(text, &record, sizeof record);
    return (size_t)(at - text);
}

static void absorb(struct dm_encoder *encoder, const char *bytes, size_t count)
{
    struct preview *preview = (struct preview *)encoder;
    const char *end = bytes + count;
    while (bytes < end) {
        struct record record;
        memcpy(&record, bytes, sizeof record);
        bytes += sizeof record;
        add(&preview->summary, &record.summary);
        for (; record.cells > 0; record.cells--) {
            struct extreme cell;
            memcpy(&cell, bytes, sizeof cell);
            bytes += sizeof cell;
            preview->corner[cell.origin][cell.destination] = cell.metres;
            if (preview->one_set) { /* `pairs` tells only one half */
                preview->corner[cell.destination][cell.origin] = cell.metres;
                preview->corner[cell.origin][cell.origin] = 0;
                preview->corner[cell.destination][cell.destination] = 0;
            }
        }
    }
}

/* ---- drawing ---- */

struct page {
    char *text; /* PAGE_BYTES */
    size_t used;
};

/* Appends to the page. */
#define put(page, ...)                                                                             \
    ((page)->used += dm_append((page)->text + (page)->used, PAGE_BYTES - (page)->used, __VA_ARGS__))

/* A location's name in a column of `width` characters: cut where it is longer, fit for a
 * terminal, to the right where numbers stand below it. */
static void put_name(struct page *page, const struct dm_locations *locations, size_t index,
                     size_t width, bool right)
{
    char label[LABEL_WIDTH * 4 + 1];
    size_t length, characters = 0, used = 0;
    const char *name = dm_location_name(locations, index, &length);
    for (size_t i = 0; i < length && characters < width; characters++) {
        size_t bytes = dm_printable(name + i, length - i);
        memcpy(label + used, bytes > 0 ? name + i : "?", bytes > 0 ? bytes : 1);
        used += bytes > 0 ? bytes : 1;
        i += bytes > 0 ? bytes : 1;
    }
    label[used] = '\0';
    int gap = characters < width ? (int)(width - characters) : 0;
    put(page, "%*s%s%*s", right ? gap : 0, "", label, right ? 0 : gap, "");
}

static void put_number(struct page *page, const struct preview *preview, double metres)
{
    if (isnan(metres))
        put(page, "%*s", COLUMN_WIDTH, "");
    else
        put(page, "%*.*f", COLUMN_WIDTH, DECIMALS, metres / preview->unit->metres);
}

#define DOTS " ..." /* at the end of lines that go on */

static size_t matrix_width(size_t columns, size_t all)
{
    return LABEL_WIDTH + columns * COLUMN_WIDTH + (columns < all ? sizeof DOTS - 1 : 0);
}

static void draw_matrix(struct page *page, const struct preview *preview)
{
    const struct dm_locations *down = preview->origins, *across = preview->destinations;
    size_t rows = (size_t)dm_min_u64(down->count, CORNER);
    size_t columns = (size_t)dm_min_u64(across->count, CORNER);
    while (columns > 1 && matrix_width(columns, across->count) > preview->columns)
        columns--;
    const char *line_end = columns < across->count ? DOTS "\n" : "\n";

    put(page, "%*s", LABEL_WIDTH, "");
    for (size_t j = 0; j < columns; j++) {
        put(page, " ");
        put_name(page, across, j, COLUMN_WIDTH - 1, true);
    }
    put(page, "%s", line_end);
    for (size_t i = 0; i < rows; i++) {
        put_name(page, down, i, LABEL_WIDTH, false);
        for (size_t j = 0; j < columns; j++)
            put_number(page, preview, preview->corner[i][j]);
        put(page, "%s", line_end);
    }
    if (rows < down->count)
        put(page, "...\n");
}

static void draw_list(struct page *page, const struct preview *preview)
{
    size_t rows = (size_t)dm_min_u64(preview->origins->count, CORNER);
    for (size_t i = 0; i < rows; i++) {
        put_name(page, preview->origins, i, LABEL_WIDTH, false);
        put(page, "  ");
        put_name(page, preview->destinations, i, LABEL_WIDTH, false);
        put_number(page, preview, preview->corner[i][i]);
        put(page, "\n");
    }
    if (rows < preview->origins->count)
        put(page, "...\n");
}

static void draw_extreme(struct page *page, const struct preview *preview, const char *what,
                         const struct extreme *pair)
{
    char from[DM_QUOTED_LENGTH], to[DM_QUOTED_LENGTH];
    size_t length;
    const char *name = dm_location_name(preview->origins, pair->origin, &length);
    dm_quote(from, name, length);
    name = dm_location_name(preview->destinations, pair->destination, &length);
    dm_quote(to, name, length);
    put(page, "%-8s %14.*f %s  %s - %s\n", what, DECIMALS, pair->metres / preview->unit->metres,
        preview->unit->name, from, to);
}

static size_t end(const struct dm_encoder *encoder, char *text)
{
    const struct preview *preview = (const struct preview *)encoder;
    const struct summary *summary = &preview->summary;
    struct page page = {.text = text};
    if (summary->pairs == 0) {
        put(&page, "There are no pairs: one location has no distance to another.\n");
        return page.used;
    }
    if (preview->rows)
        draw_matrix(&page, preview);
    else
        draw_list(&page, preview);
    put(&page, "\n");
    draw_extreme(&page, preview, "nearest", &summary->nearest);
    draw_extreme(&page, preview, "farthest", &summary->farthest);
    put(&page, "%-8s %14.*f %s\n", "mean", DECIMALS,
        summary->sum_m / (double)summary->pairs / preview->unit->metres, preview->unit->name);
    put(&page, "\nThis is a preview. All of it goes to a file with\n"
               "-o distances.csv, or here with --format=csv.\n\n");
    return page.used;
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

const struct dm_format dm_format_preview = {
    .name = "preview",
    .extension = "txt",
    .summary = "a corner of the matrix, its extremes and mean, for a terminal",
    .shapes = DM_SHAPE_ALL,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .end = end,
    .absorb = absorb,
    .dispose = dispose,
};
