#define _GNU_SOURCE /* O_NOFOLLOW, mkostemp() */
#include "road/store.h"

#include "base/fail_io.h"
#include "base/folder.h"
#include "base/own_file.h"
#include "base/retry.h"
#include "base/same_file.h"
#include "base/try.h"
#include "road/records.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_LINE "dmatrix-road=1\n"

enum {
    HEADER_BYTES = 4096,    /* the first line and the identity, then zeros */
    MEMORY_BYTES = 1 << 26, /* a larger store is a file */
    WORDS_EACH = 2          /* of a cell: its distance, its duration */
};

/* Numbers are stored with some bits inverted, so that what was never written, zeros in memory and
 * in the holes of a file, is not a number that can be put: it becomes this NaN. */
#define EMPTY UINT64_C(0x7ff4646d61747278)

/* The words of all cells, then one for the snap of each place, then records of single cells. */
struct dm_store {
    uint64_t pairs;
    size_t places;
    uint64_t *memory; /* NULL: a file */
    int file;         /* -1: none */
    char *path;       /* of a file for another run; NULL: it has no name any more */
    char *identity;   /* that was found in it; NULL: it is new */
    bool keeps;       /* the file has a name ... */
    bool used;        /* ... and something was put into it, now or earlier */
    uint64_t put;     /* cells that were put into it now */

    struct dm_records found; /* that were there */
    uint64_t records;        /* in the file */
};

bool dm_store_is_empty(const struct dm_road_cell *cell)
{
    uint64_t bits;
    memcpy(&bits, &cell->distance_m, sizeof bits);
    return bits == EMPTY;
}

bool dm_store_exists(const char *output)
{
    char *path = dm_path_with(output, DM_STORE_ENDING);
    bool exists = path && access(path, F_OK) == 0;
    free(path);
    return exists;
}

const char *dm_store_identity(const struct dm_store *store)
{
    return store->identity;
}

uint64_t dm_store_put_count(const struct dm_store *store)
{
    return store->put;
}

const char *dm_store_path(const struct dm_store *store)
{
    return store->path;
}

/* ---- words ---- */

static uint64_t word_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits ^ EMPTY;
}

static double number_of(uint64_t word)
{
    uint64_t bits = word ^ EMPTY;
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static off_t offset_of(uint64_t word)
{
    return (off_t)(HEADER_BYTES + word * sizeof(uint64_t));
}

static enum dm_status put_words(struct dm_store *store, uint64_t at, const uint64_t *words,
                                size_t count, struct dm_error *error)
{
    store->used = true;
    if (store->memory)
        memcpy(store->memory + at, words, count * sizeof *words);
    else if (!dm_retry_write_at(store->file, words, count * sizeof *words, offset_of(at)))
        return dm_fail_io(store->path ? store->path : "the answers", "write", error);
    return DM_OK;
}

static bool get_words(const struct dm_store *store, uint64_t at, uint64_t *words, size_t count)
{
    if (!store->memory)
        return dm_retry_read_at(store->file, words, count * sizeof *words, offset_of(at));
    memcpy(words, store->memory + at, count * sizeof *words);
    return true;
}

/* Return the words before the records. */
static uint64_t words_of(const struct dm_store *store)
{
    return store->pairs * WORDS_EACH + store->places;
}

uint64_t dm_store_file_bytes(const struct dm_store_options *options)
{
    const struct dm_store store = {.pairs = options->pairs, .places = options->places};
    uint64_t bytes = words_of(&store) * sizeof *store.memory;
    return options->keeps || bytes > MEMORY_BYTES ? HEADER_BYTES + bytes : 0;
}

/* ---- cells ---- */

enum { SOME = 128 /* cells that are converted at once */ };

enum dm_status dm_store_put(struct dm_store *store, uint64_t pair, const struct dm_road_cell *cells,
                            size_t count, struct dm_error *error)
{
    uint64_t words[SOME * WORDS_EACH];
    for (size_t begin = 0, some; begin < count; begin += some) {
        some = count - begin < SOME ? count - begin : SOME;
        for (size_t i = 0; i < some; i++) {
            words[i * WORDS_EACH] = word_of(cells[begin + i].distance_m);
            words[i * WORDS_EACH + 1] = word_of(cells[begin + i].duration_s);
        }
        DM_TRY(put_words(store, (pair + begin) * WORDS_EACH, words, some * WORDS_EACH, error));
        store->put += some;
    }
    return DM_OK;
}

bool dm_store_get(const struct dm_store *store, uint64_t pair, struct dm_road_cell *cells,
                  size_t count)
{
    uint64_t words[SOME * WORDS_EACH];
    for (size_t begin = 0, some; begin < count; begin += some) {
        some = count - begin < SOME ? count - begin : SOME;
        if (!get_words(store, (pair + begin) * WORDS_EACH, words, some * WORDS_EACH))
            return false;
        for (size_t i = 0; i < some; i++)
            cells[begin + i] = (struct dm_road_cell){number_of(words[i * WORDS_EACH]),
                                                     number_of(words[i * WORDS_EACH + 1])};
    }
    return true;
}

enum dm_status dm_store_put_snap(struct dm_store *store, size_t place, double snap_m,
                                 struct dm_error *error)
{
    uint64_t word = word_of(snap_m);
    return put_words(store, store->pairs * WORDS_EACH + place, &word, 1, error);
}

bool dm_store_get_snap(const struct dm_store *store, size_t place, double *snap_m)
{
    uint64_t word;
    if (!get_words(store, store->pairs * WORDS_EACH + place, &word, 1))
        return false;
    *snap_m = number_of(word);
    return true;
}

/* ---- records ---- */

enum dm_status dm_store_add(struct dm_store *store, const uint64_t *pairs,
                            const struct dm_road_cell *cells, size_t count, struct dm_error *error)
{
    const size_t each = sizeof(struct dm_record) / sizeof(uint64_t);
    struct dm_record records[SOME];
    for (size_t begin = 0, some; begin < count; begin += some) {
        some = count - begin < SOME ? count - begin : SOME;
        for (size_t i = 0; i < some; i++)
            records[i] = (struct dm_record){
                pairs[begin + i] + 1,
                {word_of(cells[begin + i].distance_m), word_of(cells[begin + i].duration_s)}};
        DM_TRY(put_words(store, words_of(store) + store->records * each, &records->pair,
                         some * each, error));
        store->records += some;
        store->put += some;
    }
    return DM_OK;
}

bool dm_store_find(const struct dm_store *store, uint64_t pair, struct dm_road_cell *cell)
{
    const struct dm_record *record = dm_records_find(&store->found, pair);
    if (record)
        *cell = (struct dm_road_cell){number_of(record->words[0]), number_of(record->words[1])};
    return record != NULL;
}

/* ---- opening ---- */

/* Open a file without a name beside the output, or in the folder of temporary files. */
static enum dm_status open_temporary(struct dm_store *store, const struct dm_store_options *options,
                                     struct dm_error *error)
{
    bool standard = strcmp(options->output, "-") == 0;
    const char *folder = options->scratch ? options->scratch : "/tmp";
    char *path = standard ? dm_path_with(folder, "/dmatrix-road-XXXXXX")
                          : dm_path_with(options->output, DM_STORE_ENDING "-XXXXXX");
    if (!path)
        return dm_fail_memory(error, "a file name");
    store->file = mkostemp(path, O_CLOEXEC);
    enum dm_status status = store->file >= 0 ? DM_OK : dm_fail_io(path, "create it", error);
    if (store->file >= 0)
        unlink(path);
    free(path);
    return status;
}

/* Read the identity of a file that was there. If its size is wrong, so is the number of places in
 * the identity, or it is damaged, or the run was killed before it made room for the answers. */
static enum dm_status read_header(struct dm_store *store, off_t size, const char *identity,
                                  struct dm_error *error)
{
    char header[HEADER_BYTES + 1] = "";
    const size_t first = strlen(FIRST_LINE);
    store->used = true; /* it stays, whatever is wrong with it */
    bool good = pread(store->file, header, HEADER_BYTES, 0) == HEADER_BYTES &&
                strncmp(header, FIRST_LINE, first) == 0;
    off_t room = offset_of(words_of(store));
    good &= size == room || (size > room && store->pairs == 0) || size == HEADER_BYTES ||
            strcmp(header + first, identity) != 0;
    if (!good)
        return dm_fail(error, DM_IO,
                       "%s is damaged, or from another version; remove it to start anew",
                       store->path);
    store->identity = strdup(header + first);
    return store->identity ? DM_OK : dm_fail_memory(error, "the identity");
}

static enum dm_status write_header(struct dm_store *store, const char *identity,
                                   struct dm_error *error)
{
    char header[HEADER_BYTES] = "";
    snprintf(header, sizeof header, FIRST_LINE "%s", identity);
    return dm_retry_write(store->file, header, sizeof header)
               ? DM_OK
               : dm_fail_io(store->path, "write", error);
}

/* Open the file and lock it against other runs. One that ends meanwhile removes its file: then this
 * one is without a name, and there may be another. */
static enum dm_status open_locked(struct dm_store *store, struct dm_error *error)
{
    enum { ATTEMPTS = 100 };
    struct stat opened, named;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        store->file = dm_retry_open(store->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK);
        if (store->file < 0)
            return dm_fail_io(store->path, "open it", error);
        DM_TRY(dm_own_file_check(store->file, store->path, error));
        if (flock(store->file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            return dm_fail(error, DM_IO, "%s: another run is using this file", store->path);
        if (fstat(store->file, &opened) == 0 && lstat(store->path, &named) == 0 &&
            dm_same_file(&opened, &named))
            return DM_OK;
        close(store->file);
        store->file = -1;
    }
    return dm_fail(error, DM_IO, "%s: other runs create and remove it all the time", store->path);
}

/* Open the file for another run: that of an earlier one if there is one. */
static enum dm_status open_kept(struct dm_store *store, const struct dm_store_options *options,
                                struct dm_error *error)
{
    struct stat status;
    store->path = dm_path_with(options->output, DM_STORE_ENDING);
    if (!store->path)
        return dm_fail_memory(error, "a file name");
    DM_TRY(open_locked(store, error));
    store->keeps = true;
    if (fstat(store->file, &status) != 0)
        return dm_fail_io(store->path, "find it", error);
    return status.st_size > 0 ? read_header(store, status.st_size, options->identity, error)
                              : write_header(store, options->identity, error);
}

static enum dm_status open_store(struct dm_store *store, const struct dm_store_options *options,
                                 struct dm_error *error)
{
    if (dm_store_file_bytes(options) == 0) {
        store->memory = calloc(words_of(store) + 1, sizeof *store->memory);
        return store->memory ? DM_OK : dm_fail_memory(error, "the answers");
    }
    DM_TRY(options->keeps ? open_kept(store, options, error)
                          : open_temporary(store, options, error));
    if (store->identity && strcmp(store->identity, options->identity) != 0)
        return DM_OK; /* the caller refuses it */
    struct stat status;
    off_t room = offset_of(words_of(store));
    bool has_records =
        store->pairs == 0 && fstat(store->file, &status) == 0 && status.st_size > room;
    if (!has_records && ftruncate(store->file, room) != 0)
        return dm_fail_io(store->path ? store->path : "the answers", "make room for them", error);
    if (has_records &&
        !dm_records_read(store->file, room, status.st_size, &store->found, &store->records))
        return dm_fail_io(store->path, "read", error);
    return DM_OK;
}

enum dm_status dm_store_open(const struct dm_store_options *options, struct dm_store **store,
                             struct dm_error *error)
{
    struct dm_store *new = malloc(sizeof *new);
    if (!new)
        return dm_fail_memory(error, "the answers");
    *new = (struct dm_store){.pairs = options->pairs, .places = options->places, .file = -1};
    enum dm_status status = open_store(new, options, error);
    if (status == DM_OK)
        *store = new;
    else
        dm_store_close(new);
    return status;
}

void dm_store_close(struct dm_store *store)
{
    if (!store)
        return;
    if (store->keeps && !store->used)
        unlink(store->path);
    if (store->file >= 0)
        close(store->file);
    free(store->memory);
    free(store->found.list);
    free(store->path);
    free(store->identity);
    free(store);
}

void dm_store_finish(struct dm_store *store)
{
    if (store)
        store->used = false;
    dm_store_close(store);
}
