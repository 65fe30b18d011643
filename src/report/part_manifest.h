/* part_manifest.h - the manifest that a run writes beside its part. */
#ifndef REPORT_PART_MANIFEST_H
#define REPORT_PART_MANIFEST_H

#include "report/export.h"

#include <dmatrix/run.h>

/* Check before the run that its part is a file, and that the manifest's path is not one of the
 * files that the run reads or writes and can be written. `exports` are paths or NULL. DM_USAGE,
 * DM_IO, DM_MEMORY. */
enum dm_status dm_part_manifest_check(const struct dm_run_options *options,
                                      const char *const exports[DM_EXPORTS],
                                      struct dm_error *error);

/* Remove the manifest of an earlier run, so that it is never beside a part of this one. A manifest
 * that cannot be removed is replaced at the end. */
void dm_part_manifest_remove(const struct dm_run_options *options);

/* Read the complete part again and write its manifest, whole or not at all. The report is that of a
 * run with options->identify. DM_STOPPED while reading; DM_DATA, DM_IO, DM_MEMORY: the message says
 * that the part is complete. */
enum dm_status dm_part_manifest_write(const struct dm_run_options *options,
                                      const struct dm_report *report, struct dm_error *error);

#endif
