/* part_manifest.h - the manifest that a run writes beside its part. */
#ifndef REPORT_PART_MANIFEST_H
#define REPORT_PART_MANIFEST_H

#include "report/export.h"

#include <dmatrix/run.h>

/* Set *manifest to the path of the manifest, which the caller frees, after a check before the run:
 * its part is a file, and the manifest is not one of the files that the run reads or writes and can
 * be written. `exports` are paths or NULL. DM_USAGE, DM_IO, DM_MEMORY. */
enum dm_status dm_part_manifest_find(const struct dm_run_options *options,
                                     const char *const exports[DM_EXPORTS], char **manifest,
                                     struct dm_error *error);

/* Read the complete part again and write its manifest to a path, whole or not at all. The report is
 * that of a run with options->identify. DM_STOPPED while reading; DM_DATA, DM_IO, DM_MEMORY: the
 * message says that the part is complete. */
enum dm_status dm_part_manifest_write(const struct dm_run_options *options,
                                      const struct dm_report *report, const char *manifest,
                                      struct dm_error *error);

#endif
