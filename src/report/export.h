/* export.h - the files of --plot and the --export options. */
#ifndef REPORT_EXPORT_H
#define REPORT_EXPORT_H

#include "report/results.h"

#include <dmatrix/run.h>

#include <stdbool.h>

struct dm_output;

enum dm_export { DM_EXPORT_JSON, DM_EXPORT_CSV, DM_EXPORT_MARKDOWN, DM_EXPORT_PICTURE, DM_EXPORTS };

/* Return the name of the option: "--export-json". */
const char *dm_export_option(enum dm_export kind);

/* The files that were asked for; NULL: not asked for. */
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

/* Return true if any file was asked for. */
bool dm_exports_any(const struct dm_exports *exports);

/* Fill the error for a failure after the work was done. Return the status. */
enum dm_status dm_exports_failed(enum dm_status status, const struct dm_error *why, bool compared,
                                 struct dm_error *error);

/* Write the results to all files. If one fails, the others are written. Cannot be stopped. DM_IO,
 * DM_CLOSED, DM_MEMORY, and as dm_picture_draw(). */
enum dm_status dm_exports_write(struct dm_exports *exports, const struct dm_results *results,
                                struct dm_error *error);

/* Close the files. Those that were not written are removed. */
void dm_exports_close(struct dm_exports *exports);

#endif
