#include "load/dialect.h"

#include "base/text.h"
#include "base/try.h"
#include "load/column_facts.h"
#include "load/columns.h"
#include "load/literal_quotes.h"

#include <string.h>

static const char delimiters[] = {',', ';', '\t', '|'};
enum { DELIMITERS = sizeof delimiters };

/* ---- the line of spreadsheets ---- */

char dm_dialect_separator(struct dm_head *head)
{
    const char *text = head->text;
    bool quoted = head->length > 0 && *text == '"';
    size_t at = quoted;
    if (head->length < at + 5 || strncmp(text + at, "sep=", 4) != 0)
        return '\0';
    char delimiter = text[at + 4];
    if (strchr("\r\n\"", delimiter)) /* or NUL */
        return '\0';
    at += 5 + quoted;
    if (at < head->length && text[at] == '\r')
        at++;
    if (at >= head->length || (text[at] != '\n' && text[at - 1] != '\r'))
        return '\0';
    at += text[at] == '\n';
    head->text += at;
    head->length -= at;
    head->line++;
    return delimiter;
}

/* ---- one delimiter ---- */

struct attempt {
    struct dm_table table;
    struct dm_sample sample;
    enum dm_status status; /* of choosing the columns ... */
    struct dm_error error; /* ... and its error */
    bool tried;
    size_t rows, regular; /* of data; with the usual number of fields, which is more than 1 */
    size_t readable;      /* with a text for each coordinate that can be one */
    size_t foreign;       /* fields that hold another delimiter and are no number */
};

static void set_quotes(const struct dm_load_options *options, const struct dm_head *head,
                       struct dm_table *table)
{
    if (options->quote != DM_QUOTE_AUTO || table->dialect.delimiter != '\t') {
        table->dialect.quotes = options->quote != DM_QUOTE_NO;
        return;
    }
    enum dm_quotes quotes = dm_quotes_of_tabs(head->text, head->length, head->whole);
    table->dialect.quotes = quotes == DM_QUOTES_SPECIAL;
    table->quotes_unseen = quotes == DM_QUOTES_UNSEEN;
}

static bool is_readable(const struct attempt *attempt, size_t row)
{
    const struct dm_place_columns *place = &attempt->table.places[0];
    const struct dm_sample *sample = &attempt->sample;
    if (place->both != DM_NO_COLUMN)
        return dm_cell_is_coordinate(dm_sample_cell(sample, row, place->both));
    return dm_cell_is_angle(dm_sample_cell(sample, row, place->lat.degrees)) &&
           dm_cell_is_angle(dm_sample_cell(sample, row, place->lon.degrees));
}

/* Return true if a cell holds another delimiter that is not part of a coordinate: 48,85 or, both in
 * one, 48.85; 2.35. */
static bool has_foreign(const struct dm_cell *cell, char delimiter)
{
    bool point = strchr(cell->text, '.');
    for (size_t i = 0; i < DELIMITERS; i++) {
        bool may_be_own = delimiters[i] == ',' || (delimiters[i] == ';' && point);
        if (delimiters[i] != delimiter && memchr(cell->text, delimiters[i], cell->length) &&
            !(may_be_own && dm_cell_is_coordinate(cell)))
            return true;
    }
    return false;
}

/* Count what tells a fitting delimiter from others. */
static void count(struct attempt *attempt)
{
    const struct dm_sample *sample = &attempt->sample;
    size_t first = attempt->status == DM_OK ? attempt->table.skipped : 0;
    size_t width = dm_sample_width(sample, first);
    for (size_t i = first; i < sample->row_count; i++) {
        attempt->rows++;
        attempt->regular += width > 1 && sample->rows[i].count == width;
        attempt->readable += attempt->status == DM_OK && is_readable(attempt, i);
        for (size_t j = 0; j < sample->rows[i].count; j++)
            attempt->foreign +=
                has_foreign(dm_sample_cell(sample, i, j), attempt->table.dialect.delimiter);
    }
}

static enum dm_status try(struct attempt *attempt, const struct dm_load_options *options,
                          const struct dm_head *head, char delimiter, const char *shown,
                          struct dm_error *error)
{
    attempt->table.dialect.delimiter = delimiter;
    set_quotes(options, head, &attempt->table);
    DM_TRY(dm_sample_read(&attempt->sample, head->text, head->length, head->whole,
                          &attempt->table.dialect, head->line, error));
    if (delimiter != ',' && options->header != DM_HEADER_NO) /* with commas, decimals may be cut */
        DM_TRY(dm_sample_add_row_names(&attempt->sample, error));
    attempt->tried = true;
    attempt->status = dm_columns_choose(options, &attempt->sample, head->places, shown,
                                        &attempt->table, &attempt->error);
    attempt->table.row_names =
        attempt->status == DM_OK && attempt->sample.row_names && attempt->table.header_row == 0;
    if (attempt->status == DM_MEMORY)
        return dm_fail_memory(error, "the columns");
    count(attempt);
    return DM_OK;
}

/* ---- several delimiters ---- */

/* Return true if what passes for a title above the data may be the header of a table with another
 * delimiter: it holds one, as all rows do. */
static bool is_in_doubt(const struct attempt *attempt)
{
    const struct dm_table *table = &attempt->table;
    if (attempt->status != DM_OK || table->header_row != DM_NO_COLUMN || table->skipped == 0)
        return false;
    const struct dm_cell *title = dm_sample_cell(&attempt->sample, table->skipped - 1, 0);
    return attempt->foreign >= attempt->rows && *title->text != '#' &&
           has_foreign(title, table->dialect.delimiter);
}

/* Return true if the columns were chosen, and most rows have coordinates in them. */
static bool fits(const struct attempt *attempt)
{
    return attempt->tried && attempt->status == DM_OK && 2 * attempt->readable >= attempt->rows &&
           attempt->rows > 0 && !is_in_doubt(attempt);
}

/* Return true if one attempt is clearly better than another; both fit. */
static bool is_better(const struct attempt *a, const struct attempt *b)
{
    bool a_header = a->table.header_row != DM_NO_COLUMN,
         b_header = b->table.header_row != DM_NO_COLUMN;
    if (a_header != b_header)
        return a_header;
    bool a_regular = a->regular == a->rows, b_regular = b->regular == b->rows;
    if (a_regular != b_regular)
        return a_regular;
    return a->foreign < b->foreign;
}

/* Find the attempt that fits; several: the one that is better than all others. Return NULL if none
 * fits, and set *rival if there are two between which nothing decides. */
static struct attempt *find_fitting(struct attempt attempts[DELIMITERS], struct attempt **rival)
{
    struct attempt *best = NULL;
    *rival = NULL;
    for (size_t i = 0; i < DELIMITERS; i++) {
        if (!fits(&attempts[i]))
            continue;
        if (!best || is_better(&attempts[i], best)) {
            best = &attempts[i];
            *rival = NULL;
        } else if (!is_better(best, &attempts[i])) {
            *rival = &attempts[i];
        }
    }
    return best;
}

/* Return true if an attempt has more regular rows than another or, if they have as many, fewer
 * cells with a foreign delimiter. */
static bool is_more_regular(const struct attempt *a, const struct attempt *b)
{
    return a->regular != b->regular ? a->regular > b->regular : a->foreign < b->foreign;
}

/* Return the attempt whose error is the most telling: one that is not in doubt, of these that whose
 * columns could be chosen, else the one with the most regular rows. */
static struct attempt *find_nearest(struct attempt attempts[DELIMITERS])
{
    struct attempt *nearest = &attempts[0];
    for (size_t i = 1; i < DELIMITERS; i++) {
        struct attempt *other = &attempts[i];
        if (!other->tried)
            continue;
        bool good = other->status == DM_OK, nearest_good = nearest->status == DM_OK;
        bool doubt = is_in_doubt(other), nearest_doubt = is_in_doubt(nearest);
        if (doubt != nearest_doubt ? nearest_doubt
            : good != nearest_good ? good
                                   : is_more_regular(other, nearest))
            nearest = other;
    }
    return nearest;
}

static enum dm_status fail_rivals(const struct attempt *a, const struct attempt *b,
                                  const struct dm_head *head, const char *shown,
                                  struct dm_error *error)
{
    char quoted[2][DM_QUOTED_LENGTH],
        delimiter[2] = {a->table.dialect.delimiter, b->table.dialect.delimiter};
    for (size_t i = 0; i < 2; i++)
        dm_quote(quoted[i], &delimiter[i], 1);
    dm_fail(error, DM_DATA, "%s:%llu: the columns may be separated by %s or by %s; choose one",
            shown, (unsigned long long)head->line, quoted[0], quoted[1]);
    dm_suggest(error, DM_FIELD_DELIMITER, "%c", delimiter[0]);
    dm_suggest_instead(error, DM_FIELD_DELIMITER, "%c", delimiter[1]);
    return DM_DATA;
}

/* Try every delimiter that the text has, and a comma if it has none. */
static enum dm_status try_all(struct attempt attempts[DELIMITERS],
                              const struct dm_load_options *options, const struct dm_head *head,
                              const char *shown, struct dm_error *error)
{
    for (size_t i = 0; i < DELIMITERS; i++)
        if (i == 0 || memchr(head->text, delimiters[i], head->length))
            DM_TRY(try(&attempts[i], options, head, delimiters[i], shown, error));
    return DM_OK;
}

/* Take what one attempt found. */
static enum dm_status take(struct attempt *attempt, struct dm_table *table,
                           struct dm_sample *sample, struct dm_error *error)
{
    if (attempt->status != DM_OK) {
        if (error)
            *error = attempt->error;
        return attempt->status;
    }
    *table = attempt->table;
    *sample = attempt->sample;
    attempt->sample = (struct dm_sample){0};
    return DM_OK;
}

static enum dm_status choose_among(struct attempt attempts[DELIMITERS],
                                   const struct dm_load_options *options,
                                   const struct dm_head *head, const char *shown,
                                   struct dm_table *table, struct dm_sample *sample,
                                   struct dm_error *error)
{
    struct attempt *rival;
    DM_TRY(try_all(attempts, options, head, shown, error));
    struct attempt *best = find_fitting(attempts, &rival);
    if (rival)
        return fail_rivals(best, rival, head, shown, error);
    return take(best ? best : find_nearest(attempts), table, sample, error);
}

enum dm_status dm_table_choose(const struct dm_load_options *options, const struct dm_head *head,
                               char separator, const char *shown, struct dm_table *table,
                               struct dm_sample *sample, struct dm_error *error)
{
    struct attempt attempts[DELIMITERS] = {0};
    char delimiter = options->delimiter ? options->delimiter : separator;
    enum dm_status status;
    if (delimiter) {
        status = try(&attempts[0], options, head, delimiter, shown, error);
        if (status == DM_OK)
            status = take(&attempts[0], table, sample, error);
    } else {
        status = choose_among(attempts, options, head, shown, table, sample, error);
    }
    for (size_t i = 0; i < DELIMITERS; i++)
        dm_sample_free(&attempts[i].sample);
    return status;
}
