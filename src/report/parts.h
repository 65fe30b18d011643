/* parts.h - the parts of a divided run, as their manifests describe them. */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dm_part_file {
    char *path;
    uint64_t shard; /* counted from 1 */
    uint64_t bytes; /* that the file should have, and their CRC-32 */
    uint32_t crc;
    bool by_manifest; /* the path that was given is that of the manifest */
};

/* Free it with dm_parts_free(). */
struct dm_parts {
    struct dm_part_file *list; /* sorted by shard */
    size_t count;
    uint64_t shards;
};

/* Read the manifests of the parts at the paths, and check that they are all parts of one run, each
 * once. *parts is freed by the caller, also after a failure. DM_USAGE, DM_DATA, DM_IO, DM_MEMORY.
 */
enum dm_status dm_parts_find(char *const *paths, size_t count, struct dm_parts *parts,
                             struct dm_error *error);

/* Check that an output is neither one of the parts nor one of their manifests. DM_USAGE: it is.
 * DM_MEMORY. */
enum dm_status dm_parts_spare(const struct dm_parts *parts, const char *output,
                              struct dm_error *error);

void dm_parts_free(struct dm_parts *parts);

#endif
