#include "load/crs.h"

#include "base/module.h"
#include "base/stop.h"
#include "base/text.h"
#include "base/try.h"

#include <math.h>
#include <string.h>

enum { BATCH = 1024 }; /* locations converted at once */

/* ---- opening ---- */

enum dm_status dm_crs_check(const struct dm_load_options *options, struct dm_error *error)
{
    if (!options->crs || options->coordinates == DM_GEOGRAPHIC)
        return DM_OK;
    dm_fail_field(
        error, DM_FIELD_CRS, DM_USAGE,
        "%s converts coordinates to longitude and latitude, but this metric takes x and y "
        "as they are in the file; leave it out, or choose a metric of the Earth",
        dm_field_name(DM_FIELD_CRS));
    dm_suggest(error, DM_FIELD_METRIC, "geodesic");
    return DM_USAGE;
}

/* Replace control characters. The names may be a user's, in WKT. */
static void make_printable(char *text)
{
    for (size_t rest = strlen(text), bytes; rest > 0; text += bytes, rest -= bytes) {
        bytes = dm_printable(text, rest);
        if (bytes == 0) {
            *text = '?';
            bytes = 1;
        }
    }
}

static enum dm_status fail_open(enum dm_status status, const char *name, char *message,
                                struct dm_error *error)
{
    make_printable(message);
    dm_fail_field(error, DM_FIELD_CRS, status, "%s", message);
    if (*name && name[strspn(name, "0123456789")] == '\0')
        dm_suggest(error, DM_FIELD_CRS, "EPSG:%s", name);
    return status;
}

static enum dm_status load_module(const struct dm_crs_module **module, struct dm_error *error)
{
    static const struct dm_module wanted = {
        .file = "crs.so",
        .symbol = DM_CRS_MODULE_SYMBOL,
        .version = DM_CRS_MODULE_VERSION,
        .purpose = "coordinate reference systems",
        .needs = "PROJ (Debian and Ubuntu: libproj-dev)",
    };
    const void *table;
    enum dm_status status = dm_module_load(&wanted, &table, error);
    if (status == DM_OK)
        *module = table;
    else if (error)
        error->field = DM_FIELD_CRS;
    return status;
}

enum dm_status dm_crs_open(const struct dm_load_options *options, struct dm_crs_reading *reading,
                           struct dm_error *error)
{
    struct dm_crs_reading new = {.options = *options};
    char message[DM_ERROR_LENGTH];
    DM_TRY(dm_crs_check(options, error));
    if (options->crs) {
        DM_TRY(load_module(&new.module, error));
        enum dm_status status = new.module->open(options->crs, &new.crs, &new.notes, message);
        if (status != DM_OK)
            return fail_open(status, options->crs, message, error);
        new.options.coordinates = new.notes.projected ? DM_PLANAR : DM_GEOGRAPHIC;
        new.options.degrees = true;
        make_printable(new.notes.name);
    }
    *reading = new;
    return DM_OK;
}

void dm_crs_close(struct dm_crs_reading *reading)
{
    if (reading->crs)
        reading->module->close(reading->crs);
    *reading = (struct dm_crs_reading){0};
}

/* ---- converting ---- */

/* Consecutive locations: what the file has, and the results. */
struct batch {
    size_t count;
    double x[BATCH], y[BATCH];
    double lon_deg[BATCH], lat_deg[BATCH];
};

/* Bring a longitude that is at most one turn too large or small into -180..180, and round a
 * latitude just beyond a pole to it. Return false if they are no longitude and latitude. */
static bool normalize(double *lon_deg, double *lat_deg)
{
    const double rounding_deg = 1e-9;
    if (!(fabs(*lat_deg) <= 90 + rounding_deg) || !(fabs(*lon_deg) <= 360))
        return false;
    if (fabs(*lat_deg) > 90)
        *lat_deg = copysign(90, *lat_deg);
    if (fabs(*lon_deg) > 180)
        *lon_deg = remainder(*lon_deg, 360);
    return true;
}

/* Return why the last point was not converted. */
static const char *reason(const struct dm_crs_reading *reading, double lon_deg, double lat_deg)
{
    if (isfinite(lon_deg) && isfinite(lat_deg))
        return "that is no longitude and latitude";
    return reading->module->reason(reading->crs);
}

static enum dm_status reject(const struct dm_crs_reading *reading, struct dm_rows *rows,
                             const struct batch *batch, size_t i, uint64_t line)
{
    const struct dm_roles *roles = dm_roles_of(reading->options.coordinates);
    struct dm_complaint complaint = {.missing = false};
    bool skip = reading->options.skip_invalid;
    dm_fail(&complaint.error, DM_DATA,
            "%s %.10g and %s %.10g cannot be converted from %s (%s); are they coordinates of that "
            "system?%s",
            roles->lon.what, batch->x[i], roles->lat.what, batch->y[i], reading->notes.name,
            reason(reading, batch->lon_deg[i], batch->lat_deg[i]),
            skip ? "" : " Such rows can be left out");
    if (!skip)
        dm_suggest(&complaint.error, DM_FIELD_SKIP_INVALID, "%s", "");
    return dm_rows_reject(rows, line, &complaint);
}

static void extend(double bounds[4], double lon_deg, double lat_deg)
{
    bounds[0] = fmin(bounds[0], lon_deg);
    bounds[1] = fmin(bounds[1], lat_deg);
    bounds[2] = fmax(bounds[2], lon_deg);
    bounds[3] = fmax(bounds[3], lat_deg);
}

/* Convert the locations from `begin` on. Invalid ones get the latitude NAN. */
static enum dm_status convert_batch(const struct dm_crs_reading *reading, struct dm_rows *rows,
                                    size_t place, size_t begin, struct batch *batch,
                                    double bounds[4])
{
    struct dm_growing *growing = dm_rows_growing(rows, place);
    struct dm_locations *locations = &growing->locations;
    size_t bytes = batch->count * sizeof(double);
    memcpy(batch->x, locations->x_m + begin, bytes);
    memcpy(batch->y, locations->y_m + begin, bytes);
    memcpy(batch->lon_deg, batch->x, bytes);
    memcpy(batch->lat_deg, batch->y, bytes);
    reading->module->convert(reading->crs, batch->lon_deg, batch->lat_deg, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        if (normalize(&batch->lon_deg[i], &batch->lat_deg[i])) {
            extend(bounds, batch->lon_deg[i], batch->lat_deg[i]);
        } else {
            DM_TRY(reject(reading, rows, batch, i, growing->lines[begin + i]));
            batch->lat_deg[i] = NAN;
        }
    }
    memcpy(locations->lon_deg + begin, batch->lon_deg, bytes);
    memcpy(locations->lat_deg + begin, batch->lat_deg, bytes);
    return DM_OK;
}

static enum dm_status convert_all(const struct dm_crs_reading *reading, struct dm_rows *rows,
                                  size_t place, double bounds[4], struct dm_error *error)
{
    struct batch batch;
    size_t count = dm_rows_growing(rows, place)->locations.count;
    for (size_t begin = 0; begin < count; begin += batch.count) {
        if (dm_stop_asked(reading->options.stop))
            return dm_fail(error, DM_STOPPED, "stopped while converting coordinates");
        batch.count = count - begin < BATCH ? count - begin : BATCH;
        DM_TRY(convert_batch(reading, rows, place, begin, &batch, bounds));
    }
    return DM_OK;
}

/* Discard the rows of which a location has the latitude NAN. */
static void discard_invalid(struct dm_rows *rows)
{
    struct dm_locations *first = &dm_rows_growing(rows, 0)->locations;
    struct dm_locations *second = &dm_rows_growing(rows, 1)->locations;
    for (size_t i = 0; i < second->count; i++)
        if (isnan(first->lat_deg[i]) || isnan(second->lat_deg[i]))
            first->lat_deg[i] = second->lat_deg[i] = NAN;
    dm_rows_discard_nan(rows);
}

enum dm_status dm_crs_convert(struct dm_crs_reading *reading, struct dm_rows *rows,
                              struct dm_error *error)
{
    double bounds[4] = {180, 90, -180, -90};
    if (!reading->crs)
        return DM_OK;
    for (size_t k = 0; k < DM_PLACES_MAX; k++)
        DM_TRY(convert_all(reading, rows, k, bounds, error));
    discard_invalid(rows);
    if (dm_rows_growing(rows, 0)->locations.count == 0)
        return DM_OK;
    reading->module->describe(reading->crs, bounds, &reading->notes);
    make_printable(reading->notes.operations);
    make_printable(reading->notes.grid);
    return DM_OK;
}
