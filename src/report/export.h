/* export.h - results in files, for other programs and for pages. */
#ifndef REPORT_EXPORT_H
#define REPORT_EXPORT_H

#include "report/results.h"

#include <dmatrix/run.h>

#include <stdbool.h>

struct dm_output;

enum dm_export { DM_EXPORT_JSON, DM_EXPORT_CSV, DM_EXPORT_MARKDOWN, DM_EXPORT_PICTURE, DM_EXPORTS };

/* "--export-json" */
const char *dm_export_option(enum dm_export kind);

/* The places for what was asked for; NULL: it was not. */
struct dm_exports {
    const dm_flag *stop;
    const char *paths[DM_EXPORTS];
    struct dm_output *outputs[DM_EXPORTS];
};

/* Open the files at `paths` ("-" is standard output, NULL is not asked for). DM_USAGE: the run
 * itself reads or writes one, or two are the same. DM_IO, DM_SYSTEM, DM_MEMORY. On failure none is
 * open. */
enum dm_status dm_exports_open(const char *const paths[DM_EXPORTS],
                               const struct dm_run_options *options, struct dm_exports *exports,
                               struct dm_error *error);

/* Whether any was asked for. */
bool dm_exports_any(const struct dm_exports *exports);

/* What failed after the work was done, and that it was done. Returns the status. */
enum dm_status dm_exports_failed(enum dm_status status, const struct dm_error *why, bool compared,
                                 struct dm_error *error);

/* Writes the results to all of them; what goes wrong with one keeps the others from nothing. Too
 * late to be stopped. DM_IO, DM_CLOSED, DM_MEMORY. */
enum dm_status dm_exports_write(struct dm_exports *exports, const struct dm_results *results,
                                struct dm_error *error);

/* Without dm_exports_write() before, leaves no file. */
void dm_exports_close(struct dm_exports *exports);

#endif
