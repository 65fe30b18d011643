/* The preview: a corner of the matrix, the nearest and the farthest pair and the mean. encode()
 * summarizes a segment as a record, absorb() adds up the records in order, end() draws. */
#include "report/preview.h"

#include "base/checked.h"
#include "base/text.h"
#include "report/terminal.h"
#include "report/wrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CORNER = 8,        /* rows, and at most as many columns */
    LABEL_WIDTH = 16,  /* of the names of rows, in columns */
    COLUMN_WIDTH = 14, /* of a number or the name above it, with the gap before it */
    DECIMALS = 3,
    DISTANCE_WIDTH = 24, /* of a distance below the matrix, with what it is */
    PAGE_BYTES = 16384
};

struct extreme {
    size_t origin, destination;
    double distance;
};

/* A summary of a run of pairs, without pairs of a location with itself. It does not depend on how
 * the pairs were divided into runs, because the sum is one of integers. */
struct summary {
    uint64_t pairs;
    uint64_t low, high; /* the sum of the distances in 1 / preview.per_unit */
    bool unknown;       /* the sum: a distance was NaN, negative or far too long */
    struct extreme nearest, farthest;
};

static const struct summary no_pairs = {.nearest = {.distance = INFINITY},
                                        .farthest = {.distance = -INFINITY}};

/* encode() writes this, followed by the pairs in the corner. */
struct record {
    struct summary summary;
    size_t cells;
};

struct preview {
    struct dm_encoder base;
    const struct dm_locations *origins, *destinations;
    const char *unit;
    const struct dm_shape *shape;
    bool by_road;     /* pairs without a route have no distance */
    bool symmetric;   /* a cell of the corner has the distance of its mirror image */
    unsigned columns; /* of the terminal */
    double per_unit;  /* a power of two by which the longest distance becomes 2^51 to 2^52 */

    /* Written by absorb() and read by end(); encode() does not use them. */
    struct summary summary;
    double corner[CORNER][CORNER]; /* NaN: no such pair. A shape with at most one pair per row
                                    * uses only the first column */
    char page[PAGE_BYTES];
    size_t used; /* bytes of the page */
};

/* Return the column of the corner in which a pair is shown. */
static size_t corner_column(const struct preview *preview, size_t origin, size_t destination)
{
    return preview->shape->single ? destination - (size_t)preview->shape->first(origin)
                                  : destination;
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct preview *preview = calloc(1, sizeof *preview);
    if (!preview)
        return dm_fail_memory(error, "the preview");
    preview->base.pair_bound = sizeof(struct record) + CORNER * sizeof(struct extreme);
    preview->origins = subject->origins;
    preview->destinations = subject->destinations;
    preview->shape = subject->layout->shape;
    preview->symmetric = preview->shape->sets == 1 && !preview->shape->single && !options->by_road;
    preview->by_road = options->by_road != NULL;
    preview->unit =
        preview->by_road && options->by_road->quantity == DM_DURATION ? "s" : options->unit->name;
    preview->columns = dm_table_columns(STDOUT_FILENO);
    if (preview->columns == 0)
        preview->columns = 80;
    int exponent; /* the longest distance is less than 2^exponent */
    frexp(fmax(subject->longest, 1e-200), &exponent);
    preview->per_unit = ldexp(1, 52 - exponent);
    preview->summary = no_pairs;
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
    sum->pairs += part->pairs;
    sum->low += part->low;
    sum->high += part->high + (sum->low < part->low);
    sum->unknown |= part->unknown;
    if (part->nearest.distance < sum->nearest.distance)
        sum->nearest = part->nearest;
    if (part->farthest.distance > sum->farthest.distance)
        sum->farthest = part->farthest;
}

static void add_pair(struct summary *sum, const struct extreme *pair, double per_unit)
{
    double units = pair->distance * per_unit; /* exact */
    bool known = units >= 0 && units < 0x1p63;
    add(sum, &(struct summary){1, known ? (uint64_t)(units + 0.5) : 0, 0, !known, *pair, *pair});
}

static double mean_of(const struct preview *preview)
{
    const struct summary *summary = &preview->summary;
    double sum = ldexp((double)summary->high, 64) + (double)summary->low;
    return summary->unknown ? NAN : sum / preview->per_unit / (double)summary->pairs;
}

/* Return true if the pair belongs to the summary. By road, pairs without a route do not. */
static bool is_counted(const struct preview *preview, const struct extreme *pair)
{
    return (preview->shape->sets == 2 || pair->origin != pair->destination) &&
           !(preview->by_road && isnan(pair->distance));
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct preview *preview = (const struct preview *)encoder;
    struct record record = {.summary = no_pairs};
    char *at = text + sizeof record;
    for (size_t i = 0; i < segment->count; i++) {
        struct extreme pair = {segment->origin, dm_segment_destination(segment, i),
                               segment->distances[i]};
        if (is_counted(preview, &pair))
            add_pair(&record.summary, &pair, preview->per_unit);
        if (pair.origin < CORNER &&
            corner_column(preview, pair.origin, pair.destination) < CORNER) {
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
            size_t column = corner_column(preview, cell.origin, cell.destination);
            preview->corner[cell.origin][column] = cell.distance;
            if (preview->symmetric) { /* `pairs` is one half */
                preview->corner[cell.destination][cell.origin] = cell.distance;
                preview->corner[cell.origin][cell.origin] = 0;
                preview->corner[cell.destination][cell.destination] = 0;
            }
        }
    }
}

/* ---- drawing ---- */

/* Append to the page. */
#define put(preview, ...)                                                                          \
    ((preview)->used +=                                                                            \
     dm_append((preview)->page + (preview)->used, PAGE_BYTES - (preview)->used, __VA_ARGS__))

/* Append a location's name in `width` columns, cut if it is longer and with ? for bytes that are
 * not printable. */
static void put_name(struct preview *preview, const struct dm_locations *locations, size_t index,
                     size_t width, bool right)
{
    char label[LABEL_WIDTH * 8]; /* a character has several bytes, or no column of its own */
    size_t length, columns = 0, used = 0;
    const char *name = dm_location_name(locations, index, &length);
    for (size_t i = 0; i < length;) {
        size_t bytes = dm_printable(name + i, length - i), taken = bytes > 0 ? bytes : 1;
        const char *character = bytes > 0 ? name + i : "?";
        size_t wide = dm_columns(character, taken);
        if (columns + wide > width || used + taken >= sizeof label)
            break;
        memcpy(label + used, character, taken);
        used += taken;
        columns += wide;
        i += taken;
    }
    label[used] = '\0';
    int gap = (int)(width - columns);
    put(preview, "%*s%s%*s", right ? gap : 0, "", label, right ? 0 : gap, "");
}

static void put_number(struct preview *preview, double number)
{
    if (isnan(number))
        put(preview, "%*s", COLUMN_WIDTH, "");
    else
        put(preview, "%*.*f", COLUMN_WIDTH, DECIMALS, number);
}

#define DOTS " ..." /* ends lines that are cut */

static size_t matrix_width(size_t columns, size_t all)
{
    return LABEL_WIDTH + columns * COLUMN_WIDTH + (columns < all ? sizeof DOTS - 1 : 0);
}

static void draw_matrix(struct preview *preview)
{
    const struct dm_locations *down = preview->origins, *across = preview->destinations;
    size_t rows = (size_t)dm_min_u64(down->count, CORNER);
    size_t columns = (size_t)dm_min_u64(across->count, CORNER);
    while (columns > 1 && matrix_width(columns, across->count) > preview->columns)
        columns--;
    const char *line_end = columns < across->count ? DOTS "\n" : "\n";

    put(preview, "%*s", LABEL_WIDTH, "");
    for (size_t j = 0; j < columns; j++) {
        put(preview, " ");
        put_name(preview, across, j, COLUMN_WIDTH - 1, true);
    }
    put(preview, "%s", line_end);
    for (size_t i = 0; i < rows; i++) {
        put_name(preview, down, i, LABEL_WIDTH, false);
        for (size_t j = 0; j < columns; j++)
            put_number(preview, preview->corner[i][j]);
        put(preview, "%s", line_end);
    }
    if (rows < down->count)
        put(preview, "...\n");
}

static void draw_list(struct preview *preview)
{
    const struct dm_shape *shape = preview->shape;
    uint64_t all = shape->before(preview->origins->count, preview->destinations->count);
    size_t rows = (size_t)dm_min_u64(all, CORNER);
    for (size_t i = 0; i < rows; i++) {
        put_name(preview, preview->origins, i, LABEL_WIDTH, false);
        put(preview, "  ");
        put_name(preview, preview->destinations, (size_t)shape->first(i), LABEL_WIDTH, false);
        put_number(preview, preview->corner[i][0]);
        put(preview, "\n");
    }
    if (rows < all)
        put(preview, "...\n");
}

static void put_distance(struct preview *preview, const char *what, double distance)
{
    put(preview, "%-8s %14.*f %s", what, DECIMALS, distance, preview->unit);
}

static void draw_extreme(struct preview *preview, const char *what, const struct extreme *pair)
{
    char from[DM_QUOTED_LENGTH], to[DM_QUOTED_LENGTH];
    size_t length;
    const char *name = dm_location_name(preview->origins, pair->origin, &length);
    dm_quote(from, name, length);
    name = dm_location_name(preview->destinations, pair->destination, &length);
    dm_quote(to, name, length);
    size_t columns = DISTANCE_WIDTH + strlen(preview->unit) + strlen("   - ") +
                     dm_columns(from, strlen(from)) + dm_columns(to, strlen(to));
    put_distance(preview, what, pair->distance);
    put(preview, columns <= preview->columns ? "  %s - %s\n" : "\n  %s\n  %s\n", from, to);
}

static void draw_page(struct preview *preview)
{
    const struct summary *summary = &preview->summary;
    if (summary->pairs == 0) {
        put(preview, preview->by_road ? "No pair of different places has a route.\n"
                                      : "There are no pairs: the file has only one location.\n");
        return;
    }
    if (preview->shape->single)
        draw_list(preview);
    else
        draw_matrix(preview);
    put(preview, "\n");
    draw_extreme(preview, "nearest", &summary->nearest);
    draw_extreme(preview, "farthest", &summary->farthest);
    put_distance(preview, "mean", mean_of(preview));
    put(preview, "\n\nThis is a preview. Use -o distances.csv to write all distances to a file,\n"
                 "or --format=csv to print them.\n\n");
}

static size_t end(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    struct preview *preview = (struct preview *)encoder;
    (void)pass;
    draw_page(preview);
    pieces[0] = (struct dm_bytes){preview->page, preview->used};
    return 1;
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
    .uses = UINT64_MAX, /* it replaces any format */
    .passes = 1,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .end = end,
    .absorb = absorb,
    .dispose = dispose,
    .by_road = &dm_format_preview,
    .quantity = true,
    .missing = true,
};
