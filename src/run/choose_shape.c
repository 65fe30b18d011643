/* Chooses the shape from the files, the format and what is searched. */
#include "run/choose.h"

#include "base/text.h"

#include <stdbool.h>

/* The sets of places between which distances are computed. */
struct sets {
    unsigned count; /* 1 or 2 */
    bool in_rows;   /* two places in each row of one file */
};

static struct sets sets_of(const struct dm_run_options *options, bool two_places)
{
    bool in_rows = !options->destinations && two_places;
    return (struct sets){options->destinations || in_rows ? 2 : 1, in_rows};
}

/* Return the shapes that a search can have: those in which an origin has several destinations. Each
 * pair once is not possible with the nearest ones: a place can be among the nearest of another, but
 * not the other way round. */
static unsigned searched_shapes(const struct dm_run_options *options)
{
    const struct dm_search_options *search = &options->search;
    unsigned shapes = DM_SHAPE_SQUARE | DM_SHAPE_CROSS;
    if (options->load.per) /* both directions: the values are those of the destinations */
        return shapes;
    if (search->nearest == 0 || search->symmetric != DM_SYMMETRIC_NO)
        shapes |= DM_SHAPE_PAIRS;
    if (search->nearest == 0 && !search->limited)
        shapes |= DM_SHAPE_SEQUENCE; /* of each value of `by` */
    return shapes;
}

static bool fits(const struct dm_shape *shape, const struct dm_run_options *options,
                 struct sets sets)
{
    unsigned shapes = dm_is_search(options) ? options->format->sparse & searched_shapes(options)
                                            : options->format->shapes;
    if (options->road) /* the way back is another one */
        shapes &= ~(unsigned)DM_SHAPE_PAIRS;
    return shape->sets == sets.count && (shapes & shape->bit);
}

/* List the shapes that fit: "pairs or square". Return their number. */
static size_t list_shapes(const struct dm_run_options *options, struct sets sets, char *list,
                          size_t size)
{
    size_t used = dm_append(list, size, "%s", ""), count = 0;
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++)
        if (fits(*shape, options, sets)) {
            used = dm_append_item(list, size, used, " or ", (*shape)->name);
            count++;
        }
    return count;
}

static const char *sets_text(struct sets sets)
{
    return sets.in_rows ? "two places in each row" : sets.count == 1 ? "1 file" : "2 files";
}

/* Fail because the format holds only what a search finds. */
static enum dm_status fail_whole_matrix(const struct dm_run_options *options,
                                        struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE,
                  "%s holds the results of a search by nearest or within; npy holds whole matrices",
                  options->format->name);
    dm_suggest(error, DM_FIELD_FORMAT, "%s", dm_format_npy.name);
    dm_suggest_instead(error, DM_FIELD_NEAREST, "%s", "");
    return DM_USAGE;
}

/* Return true if the format can hold the distances, which may be by road. */
static bool is_possible(const struct dm_run_options *options, const struct dm_format *format)
{
    return !options->road || format->by_road;
}

/* Fail because the format has no shape for these sets. */
static enum dm_status fail_sets(const struct dm_run_options *options, struct sets sets,
                                struct dm_error *error)
{
    char list[128] = "";
    size_t used = 0;
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if (((*format)->shapes & dm_shape_cross.bit) && is_possible(options, *format))
            used = dm_append_item(list, sizeof list, used, ", ", (*format)->name);
    return dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE,
                         "%s cannot hold the distances of %s; formats for two files are %s",
                         options->format->name, sets_text(sets), list);
}

/* Fail because the requested shape does not fit. */
static enum dm_status fail_shape(const struct dm_run_options *options, struct sets sets,
                                 const char *fitting, struct dm_error *error)
{
    const struct dm_shape *shape = options->shape;
    if (shape->sets > sets.count)
        return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                             "%s needs two files, origins and destinations, or a table with two "
                             "places in each row; for one file use %s",
                             shape->name, fitting);
    if (shape->sets < sets.count)
        return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE, "%s needs one file; for %s use %s",
                             shape->name, sets.in_rows ? sets_text(sets) : "two files", fitting);
    return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                         "the format %s cannot hold %s; it can hold %s", options->format->name,
                         shape->name, fitting);
}

/* Fail because the format cannot hold one distance a row. */
static enum dm_status fail_paired(const struct dm_run_options *options, struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                  "each row has two places, but the format %s cannot hold one distance for each "
                  "row (paired); choose cross for all first places with all second ones, or "
                  "another format",
                  options->format->name);
    dm_suggest(error, DM_FIELD_SHAPE, "cross");
    dm_suggest_instead(error, DM_FIELD_FORMAT, "csv");
    return DM_USAGE;
}

/* Fail because the format cannot hold what a search finds. */
static enum dm_status fail_whole(const struct dm_run_options *options, struct dm_error *error)
{
    char list[128] = "";
    size_t used = 0;
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if ((*format)->sparse && is_possible(options, *format))
            used = dm_append_item(list, sizeof list, used, ", ", (*format)->name);
    dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE,
                  "the format %s holds whole matrices only, not some neighbours of each place; "
                  "formats for neighbours are %s",
                  options->format->name, list);
    dm_suggest(error, DM_FIELD_FORMAT, "csv");
    return DM_USAGE;
}

/* Fail because the requested shape is not one of a search. */
static enum dm_status fail_searched_shape(const struct dm_run_options *options, struct sets sets,
                                          struct dm_error *error)
{
    const struct dm_shape *shape = options->shape;
    bool nearest = options->search.nearest > 0;
    dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE, "%s %s; for the %s use %s", shape->name,
                  shape->single ? "has one destination for each origin"
                                : "has each pair once, but a place can be among the nearest of "
                                  "another and not the other way round",
                  nearest ? "nearest places" : "places within a distance",
                  sets.count == 1 ? "square" : "cross");
    dm_suggest(error, DM_FIELD_SHAPE, "%s", sets.count == 1 ? "square" : "cross");
    return DM_USAGE;
}

/* Return the default shape. */
static const struct dm_shape *usual_shape(const struct dm_run_options *options, struct sets sets)
{
    bool directed = (options->search.nearest > 0 || options->road) && sets.count == 1;
    if (directed && !options->format->usual) /* also where each pair once is possible */
        return &dm_shape_square;
    if (!sets.in_rows)
        return options->format->usual;
    return dm_is_search(options) ? &dm_shape_cross : &dm_shape_paired;
}

static enum dm_status choose_shape(const struct dm_run_options *options, struct sets sets,
                                   const struct dm_shape **shape, struct dm_error *error)
{
    char fitting[128];
    const struct dm_shape *const *known = dm_shapes();
    bool searching = dm_is_search(options);
    const struct dm_shape *wanted = options->shape ? options->shape : usual_shape(options, sets);
    if (wanted && fits(wanted, options, sets)) {
        *shape = wanted;
        return DM_OK;
    }
    if (searching && !options->format->sparse)
        return fail_whole(options, error);
    if (!searching && options->format->shapes == 0)
        return fail_whole_matrix(options, error);
    if (searching && wanted && wanted == options->shape && wanted->sets == sets.count &&
        !(wanted->bit & searched_shapes(options)))
        return fail_searched_shape(options, sets, error);
    if (list_shapes(options, sets, fitting, sizeof fitting) == 0)
        return fail_sets(options, sets, error);
    if (options->shape)
        return fail_shape(options, sets, fitting, error);
    if (sets.in_rows)
        return fail_paired(options, error);
    while (!fits(*known, options, sets))
        known++;
    *shape = *known;
    return DM_OK;
}

enum dm_status dm_check_rows_have_pairs(const struct dm_run_options *options, bool two_places,
                                        struct dm_error *error)
{
    const char *name = options->format->name;
    if (!options->format->rows || dm_is_search(options) || options->shape ||
        sets_of(options, two_places).in_rows)
        return DM_OK;
    if (options->destinations) {
        dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                      "%s writes one distance in each row of the first file; paired is that to the "
                      "same row of the second file",
                      name);
        dm_suggest(error, DM_FIELD_SHAPE, "paired");
        return DM_USAGE;
    }
    dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                  "%s writes one distance in each row, but each row has one place; sequence is the "
                  "distance from the row before, and paired needs the columns of a second place",
                  name);
    dm_suggest(error, DM_FIELD_SHAPE, "sequence");
    dm_suggest_instead(error, DM_FIELD_TO_LAT, "%s", "");
    dm_suggest(error, DM_FIELD_TO_LON, "%s", "");
    return DM_USAGE;
}

enum dm_status dm_choose_shape(const struct dm_run_options *options, const struct dm_shape **shape,
                               struct dm_error *error)
{
    bool told = options->load.to_lat || options->load.to_lon;
    bool wanted = options->shape && options->shape->sets == 2;
    return choose_shape(options, sets_of(options, told || wanted), shape, error);
}

enum dm_status dm_choose_loaded_shape(const struct dm_run_options *options, bool two_places,
                                      const struct dm_shape **shape, struct dm_error *error)
{
    return choose_shape(options, sets_of(options, two_places), shape, error);
}
