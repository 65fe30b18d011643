/* The CSV loader, with options from the first bytes, against a simple model of what a file means:
 * both refuse it, or both take the same locations, to the bit, and leave out as many rows. */
#define _GNU_SOURCE /* memfd_create() */
#include "fuzz/csv_model.h"
#include "fuzz/fuzz.h"
#include "load/convert.h"
#include "load/inflate.h"
#include "load/kinds.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct dm_load_options options_from(struct input *input)
{
    static const char *const names[] = {NULL, NULL, NULL, "1", "3", "name", "lat", "Town"};
    static const char *const lats[] = {NULL, NULL, NULL, "2", "1", "lat", "y", "7"};
    static const char *const lons[] = {NULL, NULL, NULL, "3", "2", "lon", "x", "lat"};
    static const char delimiters[] = {0, ',', ';', '\t', '|', 0, 0, 0};
    static const char *const encodings[16] = {
        [13] = "UTF-16LE", [14] = "windows-1252", [15] = "ISO-2022-JP"};
    unsigned how = take(input), columns = take(input), more = take(input);
    return (struct dm_load_options){.header = (enum dm_header)(how % 4 % 3),
                                    .skip_invalid = how & 4,
                                    .coordinates = how & 8 ? DM_PLANAR : DM_GEOGRAPHIC,
                                    .delimiter = delimiters[more & 7],
                                    .encoding = encodings[how >> 4 & 15],
                                    .name = names[columns & 7],
                                    .lat = lats[columns >> 3 & 7],
                                    .lon = lons[more >> 3 & 7]};
}

static int file_of(const struct input *input)
{
    static int file = -1;
    if (file < 0)
        file = memfd_create("input", 0);
    CLAIM(file >= 0 && ftruncate(file, 0) == 0);
    CLAIM(pwrite(file, input->at, input->left, 0) == (ssize_t)input->left);
    return file;
}

static void claim_same(const struct dm_locations *locations, const struct model *model)
{
    CLAIM(locations->count == model->count);
    for (size_t i = 0; i < model->count; i++) {
        const struct model_location *location = &model->locations[i];
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        CLAIM(length == location->name.length);
        CLAIM(memcmp(name, location->name.text, length) == 0);
        CLAIM(memcmp(&locations->lat_deg[i], &location->lat, sizeof(double)) == 0);
        CLAIM(memcmp(&locations->lon_deg[i], &location->lon, sizeof(double)) == 0);
    }
}

/* Return true for a file that is read in another way than the model's: it is compressed, in another
 * encoding, or no table. */
static bool is_foreign(struct dm_chunk *start, const struct dm_load_options *options)
{
    size_t mark;
    const char *encoding = dm_marked_encoding(start, &mark);
    if (options->encoding || dm_is_gzip(start) || (encoding && strcmp(encoding, "UTF-8") != 0))
        return true;
    if (!encoding && dm_kind_check_bytes("", start, false, NULL) != DM_OK)
        return true;
    start->bytes += mark;
    start->length -= mark;
    return dm_kind_check_text("", start, false, NULL) != DM_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct model model;
    struct input input = {data, size < MODEL_TEXT ? size : MODEL_TEXT};
    struct dm_load_options options = options_from(&input);
    struct dm_locations locations = {0};
    struct dm_load_notes notes = {0};
    struct dm_error error = {0};
    char path[32];
    bool foreign =
        is_foreign(&(struct dm_chunk){(char *)(uintptr_t)input.at, input.left}, &options);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file_of(&input));
    enum dm_status status = dm_load_csv(path, &options, &locations, &notes, &error);
    model_read(&model, (const char *)input.at, input.left, &options);
    if (status != DM_OK)
        CLAIM((status == DM_DATA || status == DM_USAGE) && *error.message);
    if (!foreign && !model.beyond)
        CLAIM((status == DM_OK) == model.valid);
    if (status == DM_OK && !foreign && !model.beyond) {
        claim_same(&locations, &model);
        CLAIM(notes.skipped == model.skipped);
    }
    dm_locations_free(&locations);
    return 0;
}
