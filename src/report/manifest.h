/* manifest.h - the manifest of a part of a divided run: which run, which part of it, and what its
 * file has to contain. It is a JSON file beside the part. */
#ifndef REPORT_MANIFEST_H
#define REPORT_MANIFEST_H

#include <dmatrix/run.h>

#define DM_MANIFEST ".manifest" /* follows the path of the part in that of its manifest */

/* Free it with dm_manifest_free(). */
struct dm_manifest {
    char *run; /* lines "key=value", as in struct dm_report.identity without the shard */
    struct dm_shard shard; /* 1 <= shard <= shards <= DM_SHARDS_MAX */
    uint64_t bytes;        /* of the part, and their CRC-32 */
    uint32_t crc;
};

void dm_manifest_free(struct dm_manifest *manifest);

/* Return the text of a manifest, or NULL: out of memory. The caller frees it. */
char *dm_manifest_text(const struct dm_manifest *manifest);

/* Read the manifest at a path. DM_DATA: it is not a manifest of this version, or has impossible
 * values; DM_IO, with errno == ENOENT if there is none; DM_MEMORY. */
enum dm_status dm_manifest_read(const char *path, struct dm_manifest *manifest,
                                struct dm_error *error);

#endif
