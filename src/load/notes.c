#include "load/notes.h"

#include "base/text.h"
#include "base/try.h"
#include "load/names.h"
#include "load/roles.h"

#include <math.h>
#include <string.h>

/* ---- the table ---- */

/* Write a column: its header or, without one, its number. */
static const char *column_text(char text[DM_QUOTED_LENGTH], const struct dm_table *table,
                               const struct dm_sample *sample, size_t column)
{
    const struct dm_cell *header = dm_sample_cell(sample, table->header_row, column);
    if (header->length > 0)
        return dm_quote(text, header->text, header->length);
    snprintf(text, DM_QUOTED_LENGTH, "%zu", column + 1);
    return text;
}

static size_t add_columns(struct dm_load_notes *notes, size_t used, const char *what,
                          const struct dm_table *table, const struct dm_sample *sample,
                          const size_t *columns, size_t count)
{
    char text[DM_QUOTED_LENGTH];
    used += dm_append(notes->columns + used, sizeof notes->columns - used, "%s%s",
                      used > 0 ? ", " : "", what);
    for (size_t i = 0; i < count; i++)
        if (columns[i] != DM_NO_COLUMN)
            used += dm_append(notes->columns + used, sizeof notes->columns - used, "%s %s",
                              i > 0 ? " with" : "", column_text(text, table, sample, columns[i]));
    return used;
}

static size_t add_axis(struct dm_load_notes *notes, size_t used, const struct dm_role *role,
                       const struct dm_table *table, const struct dm_sample *sample,
                       const struct dm_axis_columns *axis)
{
    const size_t columns[] = {axis->degrees, axis->minutes, axis->seconds, axis->hemisphere};
    used = add_columns(notes, used, role->what, table, sample, columns, 4);
    if (axis->fixed == 'S' || axis->fixed == 'W')
        used += dm_append(notes->columns + used, sizeof notes->columns - used, " in the %s",
                          axis->fixed == 'S' ? "south" : "west");
    return used;
}

static size_t add_place(struct dm_load_notes *notes, size_t used,
                        const struct dm_place_columns *place, const struct dm_table *table,
                        const struct dm_sample *sample, const struct dm_roles *roles)
{
    bool lat_first = roles->first == &roles->lat;
    used = add_columns(notes, used, place->name_count > 0 ? "name" : "no names", table, sample,
                       place->name, place->name_count);
    if (place->both != DM_NO_COLUMN)
        return add_columns(notes, used, roles->both, table, sample, &place->both, 1);
    used =
        add_axis(notes, used, roles->first, table, sample, lat_first ? &place->lat : &place->lon);
    return add_axis(notes, used, roles->second, table, sample,
                    lat_first ? &place->lon : &place->lat);
}

static void note_columns(struct dm_load_notes *notes, const struct dm_table *table,
                         const struct dm_sample *sample, const struct dm_roles *roles)
{
    size_t used = add_place(notes, 0, &table->places[0], table, sample, roles);
    if (table->place_count == 1)
        return;
    used += dm_append(notes->columns + used, sizeof notes->columns - used, "; to ");
    char *end = notes->columns + used;
    add_place(notes, used, &table->places[1], table, sample, roles);
    if (end[0] == ',') /* the second list begins like a first one */
        memmove(end, end + 2, strlen(end + 2) + 1);
}

/* Return the number of a column, 0 if there is none. */
static uint32_t number_of(size_t column)
{
    return column < UINT32_MAX ? (uint32_t)column + 1 : 0; /* DM_NO_COLUMN is beyond */
}

static void number_axis(uint32_t numbers[4], const struct dm_axis_columns *axis)
{
    const size_t columns[] = {axis->degrees, axis->minutes, axis->seconds, axis->hemisphere};
    for (size_t i = 0; i < 4; i++)
        numbers[i] = number_of(columns[i]);
}

static void number_columns(struct dm_load_columns *used, const struct dm_place_columns *place)
{
    *used = (struct dm_load_columns){.both = number_of(place->both)};
    for (size_t i = 0; i < place->name_count; i++)
        used->name[i] = number_of(place->name[i]);
    if (place->both != DM_NO_COLUMN)
        return;
    number_axis(used->lat, &place->lat);
    number_axis(used->lon, &place->lon);
}

_Static_assert(sizeof((struct dm_load_columns *)0)->name / sizeof(uint32_t) == DM_NAMES_MAX,
               "there is room for all names");

void dm_note_table(struct dm_load_notes *notes, const struct dm_table *table,
                   const struct dm_sample *sample, enum dm_coordinates coordinates)
{
    bool header = table->header_row != DM_NO_COLUMN;
    const struct dm_place_columns *place = &table->places[0];
    note_columns(notes, table, sample, dm_roles_of(coordinates));
    for (size_t k = 0; k < table->place_count; k++)
        number_columns(&notes->used[k], &table->places[k]);
    notes->delimiter = table->dialect.delimiter;
    notes->literal_quotes = !table->dialect.quotes && !table->quotes_unseen;
    notes->no_header = !header;
    notes->header_skipped = table->header_guessed;
    notes->units_skipped = table->units;
    notes->row_names = table->row_names;
    notes->header_line = header ? sample->rows[table->header_row].line : 0;
    notes->skipped_above = header ? table->header_row : table->skipped;
    notes->two_places = table->place_count == 2;
    notes->order_assumed = place->both != DM_NO_COLUMN && place->both_assumed;
    notes->longitude_first = place->lon_first;
    if (place->name_count > 0)
        column_text(notes->names, table, sample, place->name[0]);
    if (table->repeats != DM_NO_COLUMN)
        column_text(notes->not_names, table, sample, table->repeats);
    if (place->both != DM_NO_COLUMN)
        column_text(notes->both, table, sample, place->both);
}

_Static_assert(sizeof((struct dm_load_notes *)0)->not_names >= DM_QUOTED_LENGTH &&
                   sizeof((struct dm_load_notes *)0)->repeated_name >= DM_QUOTED_LENGTH &&
                   sizeof((struct dm_load_notes *)0)->not_utf8_name >= DM_QUOTED_LENGTH,
               "no quoted name is cut");

/* ---- the locations ---- */

/* Find what is odd about degrees. */
static unsigned find_odd(const struct dm_locations *locations, size_t wrapped, size_t *zeros)
{
    double most_lat = 0, most_lon = 0;
    size_t at_zero = 0, equal = 0, count = locations->count, west = 0, whole = 0;
    for (size_t i = 0; i < count; i++) {
        double lat = fabs(locations->lat_deg[i]), lon = fabs(locations->lon_deg[i]);
        at_zero += lat == 0 && lon == 0;
        equal += locations->lat_deg[i] == locations->lon_deg[i];
        west += locations->lon_deg[i] < 0;
        whole += lat == floor(lat) && lon == floor(lon);
        most_lat = lat > most_lat ? lat : most_lat;
        most_lon = lon > most_lon ? lon : most_lon;
    }
    *zeros = at_zero;
    unsigned odd = at_zero > 1 ? DM_ODD_ZEROS : 0;
    if (wrapped > 0 && west > wrapped)
        odd |= DM_ODD_TURNS;
    if (count > at_zero + 1 && equal == count)
        odd |= DM_ODD_EQUAL;
    if (count > whole + 1 && most_lat <= 1.5708 && most_lon <= 3.1416) /* pi / 2, pi */
        odd |= DM_ODD_RADIANS;
    return odd;
}

static void note_names(struct dm_load_notes *notes, const struct dm_locations *locations)
{
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        if (dm_is_utf8(name, length))
            continue;
        if (notes->not_utf8++ == 0)
            dm_quote(notes->not_utf8_name, name, length);
    }
}

enum dm_status dm_note_locations(struct dm_load_notes *notes, const struct dm_locations *locations,
                                 struct dm_error *error)
{
    size_t first = 0, length, zeros = 0;
    if (!notes->two_places) /* trips may begin where others do */
        DM_TRY(dm_names_repeated(locations, &notes->repeated, &first, error));
    if (notes->repeated > 0) {
        const char *name = dm_location_name(locations, first, &length);
        dm_quote(notes->repeated_name, name, length);
    }
    if (!dm_is_utf8(locations->names, locations->name_begin[locations->count]))
        note_names(notes, locations);
    if (locations->coordinates == DM_GEOGRAPHIC)
        notes->odd |= find_odd(locations, notes->wrapped, &zeros);
    notes->zeros += zeros;
    notes->odd |= notes->zeros > 1 ? DM_ODD_ZEROS : 0;
    return DM_OK;
}
