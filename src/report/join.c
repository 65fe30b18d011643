#include "report/join.h"

#include "base/try.h"
#include "output/path.h"
#include "output/place.h"
#include "report/part.h"
#include "report/parts.h"

#include <inttypes.h>
#include <stdbool.h>

/* How messages begin that the part has to be made again. */
#define PART "%s (part %" PRIu64 " of %" PRIu64 "): "
#define AGAIN "; run this part again: --shard=%" PRIu64 "/%" PRIu64

static enum dm_status check_bytes(const struct dm_parts *parts, const struct dm_part_file *part,
                                  uint64_t bytes, struct dm_error *error)
{
    if (bytes == part->bytes)
        return DM_OK;
    return dm_fail(error, DM_DATA,
                   PART "is damaged: it has %s%" PRIu64 " bytes, its manifest says %" PRIu64 AGAIN,
                   part->path, part->shard, parts->shards, bytes > part->bytes ? "at least " : "",
                   bytes, part->bytes, part->shard, parts->shards);
}

static enum dm_status check_crc(const struct dm_parts *parts, const struct dm_part_file *part,
                                uint32_t crc, struct dm_error *error)
{
    if (crc == part->crc)
        return DM_OK;
    return dm_fail(
        error, DM_DATA,
        PART "is damaged: its CRC-32 is %08" PRIx32 ", its manifest says %08" PRIx32 AGAIN,
        part->path, part->shard, parts->shards, crc, part->crc, part->shard, parts->shards);
}

static enum dm_status check_sizes(const struct dm_parts *parts, struct dm_error *error)
{
    for (size_t i = 0; i < parts->count; i++) {
        uint64_t bytes;
        DM_TRY(dm_part_size(parts->list[i].path, &bytes, error));
        DM_TRY(check_bytes(parts, &parts->list[i], bytes, error));
    }
    return DM_OK;
}

/* Read all parts, check them, and write them to an output (NULL: none). */
static enum dm_status read_parts(const struct dm_parts *parts, const dm_flag *stop,
                                 struct dm_output *output, struct dm_error *error)
{
    for (size_t i = 0; i < parts->count; i++) {
        const struct dm_part_file *part = &parts->list[i];
        struct dm_part_sum sum;
        DM_TRY(dm_part_read(part->path, part->bytes, stop, output, &sum, error));
        DM_TRY(check_bytes(parts, part, sum.bytes, error));
        DM_TRY(check_crc(parts, part, sum.crc, error));
    }
    return DM_OK;
}

/* What goes to a stream cannot be taken back, so the parts are read before the first byte of it. */
static enum dm_status check_first(const struct dm_parts *parts, const char *path,
                                  const dm_flag *stop, struct dm_error *error)
{
    bool is_file;
    DM_TRY(dm_place_is_file(path, &is_file, error));
    DM_TRY(dm_place_check(path, error));
    DM_TRY(check_sizes(parts, error));
    return is_file ? DM_OK : read_parts(parts, stop, NULL, error);
}

static enum dm_status write_output(const struct dm_parts *parts, const char *path,
                                   const dm_flag *stop, uint64_t *bytes, struct dm_error *error)
{
    struct dm_output *output = NULL;
    DM_TRY(dm_output_open(path, stop, &output, error));
    enum dm_status status = read_parts(parts, stop, output, error);
    if (status == DM_OK)
        status = dm_output_finish(output, error);
    if (status == DM_OK)
        *bytes = output->bytes;
    dm_output_close(output);
    return status;
}

enum dm_status dm_join(char *const *paths, size_t count, const char *output, const dm_flag *stop,
                       uint64_t *part_count, uint64_t *bytes, struct dm_error *error)
{
    struct dm_parts parts = {0};
    enum dm_status status = dm_parts_find(paths, count, &parts, error);
    if (status == DM_OK)
        status = dm_parts_spare(&parts, output, error);
    if (status == DM_OK)
        status = check_first(&parts, output, stop, error);
    if (status == DM_OK)
        status = write_output(&parts, output, stop, bytes, error);
    if (status == DM_OK)
        *part_count = parts.count;
    dm_parts_free(&parts);
    return status;
}
