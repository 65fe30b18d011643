/* The module crs.so: coordinate reference systems, by PROJ; only this folder uses it. */
#include "crs/operations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dm_crs {
    PJ_CONTEXT *context;
    struct dm_crs_system system;
    struct dm_operations operations;
    size_t far;                 /* points far outside the area of the system */
    char said[DM_ERROR_LENGTH]; /* PROJ's last message */
};

static void keep_message(void *data, int level, const char *message)
{
    struct dm_crs *crs = data;
    (void)level;
    if (strstr(crs->said, "proj.db")) /* what follows comes of that */
        return;
    snprintf(crs->said, sizeof crs->said, "%.1000s", message);
}

/* Return true if a point is far outside the area of the system: borders are rough, and places just
 * beyond them are common. An area across the date line has its west in the east. */
static bool is_far(const struct dm_crs_system *system, double lon_deg, double lat_deg)
{
    const double margin_deg = 1;
    bool west = lon_deg < system->west - margin_deg;
    bool east = lon_deg > system->east + margin_deg;
    bool beside = system->west > system->east ? west && east : west || east;
    return beside || lat_deg < system->south - margin_deg || lat_deg > system->north + margin_deg;
}

static void convert(struct dm_crs *crs, double *x, double *y, size_t count)
{
    for (size_t i = 0; i < count; i++)
        crs->far += dm_operations_convert(&crs->operations, &x[i], &y[i]) &&
                    is_far(&crs->system, x[i], y[i]);
}

static const char *reason(const struct dm_crs *crs)
{
    int fault = crs->operations.fault;
    const char *text = fault ? proj_context_errno_string(crs->context, fault) : "no result";
    return text ? text : "unknown error";
}

static void describe(struct dm_crs *crs, const double bounds[4], struct dm_crs_notes *notes)
{
    dm_operations_describe(&crs->operations, bounds, notes);
    notes->far = crs->far;
}

static void close_crs(struct dm_crs *crs)
{
    if (!crs)
        return;
    dm_operations_close(&crs->operations);
    proj_destroy(crs->system.proj);
    proj_context_destroy(crs->context);
    free(crs);
}

static enum dm_status open_crs(const char *name, struct dm_crs **crs, struct dm_crs_notes *notes,
                               char message[DM_ERROR_LENGTH])
{
    struct dm_crs *new = calloc(1, sizeof *new);
    if (new)
        new->context = proj_context_create();
    if (!new || !new->context) {
        snprintf(message, DM_ERROR_LENGTH, "out of memory for PROJ");
        free(new);
        return DM_MEMORY;
    }
    proj_log_func(new->context, new, keep_message);
    proj_context_set_enable_network(new->context, 0);
    struct dm_crs_notes found = {0};
    enum dm_status status =
        dm_crs_find_system(new->context, name, new->said, &new->system, &found, message);
    if (status == DM_OK)
        status = dm_operations_find(new->context, &new->system, found.name, new->said,
                                    &new->operations, message);
    if (status == DM_OK) {
        *crs = new;
        *notes = found;
    } else {
        close_crs(new);
    }
    return status;
}

DM_API extern const struct dm_crs_module dm_crs_module;
const struct dm_crs_module dm_crs_module = {
    .version = DM_CRS_MODULE_VERSION,
    .open = open_crs,
    .convert = convert,
    .reason = reason,
    .describe = describe,
    .close = close_crs,
};
