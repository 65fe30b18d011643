/* join.h - the parts of a divided run, put together. */
#ifndef REPORT_JOIN_H
#define REPORT_JOIN_H

#include <dmatrix/flag.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

/* Write the parts at `count` paths, in any order, to the path `output` ("-": standard output) in
 * the order of their shards. Before the first byte is written, their manifests must say that they
 * are all parts of one run, and the files must have the sizes and, unless the output is a file that
 * appears when it is complete, the CRCs of their manifests. The path of a manifest stands for its
 * part. Memory: some bytes for each path, and a buffer.
 *
 * On success *bytes is the size of the output, and *part_count the number of parts. DM_USAGE: a
 * part is missing, given twice, of another run, or the output. DM_DATA: a part or a manifest is
 * damaged. DM_IO, DM_CLOSED, DM_MEMORY, DM_STOPPED. */
enum dm_status dm_join(char *const *paths, size_t count, const char *output, const dm_flag *stop,
                       uint64_t *part_count, uint64_t *bytes, struct dm_error *error);

#endif
