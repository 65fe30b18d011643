/* The module crs.so: coordinate reference systems, by PROJ; no other file uses it.
 *
 * PROJ knows several operations for many pairs of systems, each for an area. As cs2cs does, this
 * file uses for each point the one that PROJ suggests there, and counts them: the report says which
 * were used, and how accurate they are. */
#include "load/crs_module.h"

#include <ctype.h>
#include <math.h>
#include <proj.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LENGTH = 512 };

/* One of the operations that PROJ lists. */
struct operation {
    PJ *listed;    /* as listed: in the order of axes of the system */
    PJ *x_first;   /* the same with x first; NULL: not used yet */
    size_t points; /* converted by it */
};

struct dm_crs {
    PJ_CONTEXT *context;
    PJ *system, *wgs84;
    PJ_OBJ_LIST *list;
    struct operation *operations;
    size_t count;
    bool north_first; /* the system puts y before x */
    PJ *fallback;     /* tries the operations one after another; NULL: not needed yet */
    size_t outside;   /* points outside the areas of all operations */
    double west, south, east, north; /* area of the system, in degrees ... */
    size_t far;                      /* ... and points far outside it */
    char said[DM_ERROR_LENGTH];      /* PROJ's last message */
    int fault;                       /* of the last point that failed */
};

/* ---- messages of PROJ ---- */

static void keep_message(void *data, int level, const char *message)
{
    struct dm_crs *crs = data;
    (void)level;
    if (strstr(crs->said, "proj.db")) /* what follows comes of that */
        return;
    snprintf(crs->said, sizeof crs->said, "%.1000s", message);
}

/* Return the last message, or the text of the context's error. */
static const char *what_proj_said(const struct dm_crs *crs)
{
    int fault = proj_context_errno(crs->context);
    if (*crs->said)
        return crs->said;
    return fault ? proj_context_errno_string(crs->context, fault) : "reason unknown";
}

/* ---- the system ---- */

/* Create the system. A PROJ string is that of an operation unless it says +type=crs. */
static PJ *create_system(PJ_CONTEXT *context, const char *name)
{
    static const char type[] = " +type=crs";
    bool add = strstr(name, "proj=") && !strstr(name, "type=crs") && *name != '{';
    size_t size = strlen(name) + sizeof type;
    char *text = malloc(size);
    if (!text)
        return NULL;
    snprintf(text, size, "%s%s", name, add ? type : "");
    PJ *system = proj_create(context, text);
    free(text);
    return system;
}

static enum dm_status fail_unknown(const struct dm_crs *crs, const char *name,
                                   char message[DM_ERROR_LENGTH])
{
    if (strstr(crs->said, "proj.db")) {
        snprintf(message, DM_ERROR_LENGTH, "PROJ's database cannot be used: %.800s", crs->said);
        return DM_SYSTEM;
    }
    snprintf(message, DM_ERROR_LENGTH,
             "\"%.200s\" is not known to PROJ; projinfo --list-crs shows the codes", name);
    return DM_USAGE;
}

/* Of a system with heights of its own, leave only that of x and y. */
static void drop_heights(struct dm_crs *crs)
{
    PJ *horizontal = proj_get_type(crs->system) == PJ_TYPE_COMPOUND_CRS
                         ? proj_crs_get_sub_crs(crs->context, crs->system, 0)
                         : NULL;
    if (!horizontal)
        return;
    proj_destroy(crs->system);
    crs->system = horizontal;
}

/* Return the type of a system, of the original one if it is bound to a transformation. */
static PJ_TYPE type_of(const struct dm_crs *crs)
{
    PJ_TYPE type = proj_get_type(crs->system);
    PJ *base = type == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(crs->context, crs->system) : NULL;
    if (base)
        type = proj_get_type(base);
    proj_destroy(base);
    return type;
}

/* Return why a system of that type has no x and y on a map, or NULL. */
static const char *unusable(PJ_TYPE type)
{
    switch (type) {
    case PJ_TYPE_GEOCENTRIC_CRS:
        return "is geocentric: its x, y and z are distances from the centre of the Earth";
    case PJ_TYPE_VERTICAL_CRS:
        return "has heights only";
    case PJ_TYPE_ENGINEERING_CRS:
        return "is local: where on the Earth it lies is not known";
    case PJ_TYPE_TEMPORAL_CRS:
        return "has times only";
    default:
        return NULL;
    }
}

/* Find out whether the first axis is that to the north, and whether its unit is the degree. */
static void look_at_axis(const struct dm_crs *crs, bool *north, bool *degrees)
{
    const char *direction = NULL;
    double radians = 0;
    PJ *base = proj_get_type(crs->system) == PJ_TYPE_BOUND_CRS
                   ? proj_get_source_crs(crs->context, crs->system)
                   : NULL;
    PJ *axes = proj_crs_get_coordinate_system(crs->context, base ? base : crs->system);
    bool known = axes && proj_cs_get_axis_info(crs->context, axes, 0, NULL, NULL, &direction,
                                               &radians, NULL, NULL, NULL);
    *north = known && direction && strcmp(direction, "north") == 0;
    *degrees = known && fabs(radians * 180 - acos(-1)) < 1e-9;
    proj_destroy(axes);
    proj_destroy(base);
}

/* Return the next letter, as a small one, or digit; '\0': there is none. */
static char next_character(const char **text)
{
    while (**text && !isalnum((unsigned char)**text))
        ++*text;
    return **text ? (char)tolower((unsigned char)*(*text)++) : '\0';
}

/* Return true if the names differ in blanks, marks and capitals at most. */
static bool are_alike(const char *name, const char *other)
{
    char a, b;
    do {
        a = next_character(&name);
        b = next_character(&other);
    } while (a == b && a);
    return a == b;
}

/* Return true if PROJ has taken a name for that of a system that is called otherwise. Codes, PROJ
 * strings and WKT are no names. */
static bool is_guess(const char *given, const char *found)
{
    return !strpbrk(given, ":=[{") && !are_alike(given, found);
}

static void note_name(const struct dm_crs *crs, const char *given, struct dm_crs_notes *notes)
{
    const char *name = proj_get_name(crs->system);
    const char *authority = proj_get_id_auth_name(crs->system, 0);
    const char *code = proj_get_id_code(crs->system, 0);
    bool named = name && *name && strcmp(name, "unknown") != 0;
    notes->guessed = named && is_guess(given, name) && !(code && are_alike(given, code));
    if (authority && code)
        snprintf(notes->name, sizeof notes->name, "%.20s:%.20s, %.100s", authority, code,
                 named ? name : "unnamed");
    else
        snprintf(notes->name, sizeof notes->name, "%.150s", named ? name : given);
}

/* Find the area of the system: the whole Earth if it is not known. */
static void find_area(struct dm_crs *crs)
{
    if (!proj_get_area_of_use(crs->context, crs->system, &crs->west, &crs->south, &crs->east,
                              &crs->north, NULL) ||
        crs->west < -180 || crs->south < -90) {
        crs->west = crs->south = -180;
        crs->east = crs->north = 180;
    }
}

static enum dm_status find_system(struct dm_crs *crs, const char *name, struct dm_crs_notes *notes,
                                  char message[DM_ERROR_LENGTH])
{
    crs->system = create_system(crs->context, name);
    if (!crs->system)
        return fail_unknown(crs, name, message);
    if (!proj_is_crs(crs->system)) {
        snprintf(message, DM_ERROR_LENGTH, "\"%.200s\" is not a coordinate reference system", name);
        return DM_USAGE;
    }
    note_name(crs, name, notes);
    drop_heights(crs);
    PJ_TYPE type = type_of(crs);
    if (unusable(type)) {
        snprintf(message, DM_ERROR_LENGTH, "%s %s", notes->name, unusable(type));
        return DM_USAGE;
    }
    notes->projected = type != PJ_TYPE_GEOGRAPHIC_2D_CRS && type != PJ_TYPE_GEOGRAPHIC_3D_CRS;
    bool degrees;
    look_at_axis(crs, &crs->north_first, &degrees);
    notes->degrees = degrees && !notes->projected;
    find_area(crs);
    return DM_OK;
}

/* ---- the operations ---- */

/* List the operations to WGS84, the best first. With `missing`, list also those whose grids are
 * missing, but only operations for all of the area. */
static PJ_OBJ_LIST *list_operations(const struct dm_crs *crs, const double *area, bool missing)
{
    PJ_OPERATION_FACTORY_CONTEXT *how = proj_create_operation_factory_context(crs->context, NULL);
    if (!how)
        return NULL;
    proj_operation_factory_context_set_spatial_criterion(
        crs->context, how,
        missing ? PROJ_SPATIAL_CRITERION_STRICT_CONTAINMENT
                : PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        crs->context, how,
        missing ? PROJ_GRID_AVAILABILITY_IGNORED
                : PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    if (area)
        proj_operation_factory_context_set_area_of_interest(crs->context, how, area[0], area[1],
                                                            area[2], area[3]);
    PJ_OBJ_LIST *list = proj_create_operations(crs->context, crs->system, crs->wgs84, how);
    proj_operation_factory_context_destroy(how);
    return list;
}

static enum dm_status find_operations(struct dm_crs *crs, const struct dm_crs_notes *notes,
                                      char message[DM_ERROR_LENGTH])
{
    crs->wgs84 = proj_create(crs->context, "OGC:CRS84");
    crs->list = crs->wgs84 ? list_operations(crs, NULL, false) : NULL;
    int count = crs->list ? proj_list_get_count(crs->list) : 0;
    if (count <= 0) {
        snprintf(message, DM_ERROR_LENGTH, "PROJ cannot convert %s to WGS 84: %.300s", notes->name,
                 what_proj_said(crs));
        return DM_USAGE;
    }
    crs->operations = calloc((size_t)count, sizeof *crs->operations);
    if (!crs->operations) {
        snprintf(message, DM_ERROR_LENGTH, "out of memory for the operations of PROJ");
        return DM_MEMORY;
    }
    for (; crs->count < (size_t)count; crs->count++) {
        PJ *listed = proj_list_get(crs->context, crs->list, (int)crs->count);
        if (!listed) {
            snprintf(message, DM_ERROR_LENGTH, "out of memory for the operations of PROJ");
            return DM_MEMORY;
        }
        crs->operations[crs->count].listed = listed;
    }
    return DM_OK;
}

/* Copy the name of an operation without the changes of axes that PROJ adds. */
static void copy_name(const char *full, char name[NAME_LENGTH])
{
    static const char change[] = "axis order change (2D)", plus[] = " + ";
    snprintf(name, NAME_LENGTH, "%s", full ? full : "");
    if (strncmp(name, change, strlen(change)) == 0 && strncmp(name + strlen(change), plus, 3) == 0)
        memmove(name, name + strlen(change) + 3, strlen(name) - strlen(change) - 2);
    size_t length = strlen(name), tail = strlen(change) + 3;
    if (length > tail && strcmp(name + length - strlen(change), change) == 0)
        name[length - tail] = '\0';
    if (strcmp(name, change) == 0)
        snprintf(name, NAME_LENGTH, "no change");
}

/* ---- points ---- */

static bool failed(PJ_COORD point)
{
    return !isfinite(point.xy.x) || !isfinite(point.xy.y);
}

/* Return the operation for a point, in x, y; NULL: there is none. */
static struct operation *operation_for(struct dm_crs *crs, PJ_COORD point)
{
    PJ_COORD listed = crs->north_first ? proj_coord(point.xy.y, point.xy.x, 0, HUGE_VAL) : point;
    int chosen =
        crs->count == 1 ? 0 : proj_get_suggested_operation(crs->context, crs->list, PJ_FWD, listed);
    if (chosen < 0 || (size_t)chosen >= crs->count)
        return NULL;
    struct operation *operation = &crs->operations[chosen];
    if (!operation->x_first)
        operation->x_first = proj_normalize_for_visualization(crs->context, operation->listed);
    return operation->x_first ? operation : NULL;
}

/* Count a point for the operation that the fallback has just used. One that is not listed is
 * without known accuracy. */
static void count_fallback(struct dm_crs *crs)
{
    char used[NAME_LENGTH], name[NAME_LENGTH];
    copy_name(proj_pj_info(crs->fallback).description, used);
    for (size_t i = 0; i < crs->count; i++) {
        copy_name(proj_get_name(crs->operations[i].listed), name);
        if (strcmp(name, used) == 0) {
            crs->operations[i].points++;
            return;
        }
    }
    crs->outside++;
}

/* Convert a point by whichever operation works. Grids have holes. */
static PJ_COORD fall_back(struct dm_crs *crs, PJ_COORD point)
{
    if (!crs->fallback) {
        PJ *all = proj_create_crs_to_crs_from_pj(crs->context, crs->system, crs->wgs84, NULL, NULL);
        crs->fallback = all ? proj_normalize_for_visualization(crs->context, all) : NULL;
        proj_destroy(all);
    }
    if (!crs->fallback)
        return proj_coord(HUGE_VAL, HUGE_VAL, 0, 0);
    proj_errno_reset(crs->fallback);
    PJ_COORD result = proj_trans(crs->fallback, PJ_FWD, point);
    crs->fault = proj_errno(crs->fallback);
    if (!failed(result))
        count_fallback(crs);
    return result;
}

static PJ_COORD convert_point(struct dm_crs *crs, PJ_COORD point)
{
    struct operation *operation = operation_for(crs, point);
    if (operation) {
        PJ_COORD result = proj_trans(operation->x_first, PJ_FWD, point);
        if (!failed(result)) {
            operation->points++;
            return result;
        }
        crs->fault = proj_errno(operation->x_first);
        proj_errno_reset(operation->x_first);
        if (crs->count == 1)
            return result;
    }
    PJ_COORD result = fall_back(crs, point);
    crs->outside += !operation && !failed(result); /* its accuracy holds only in its area */
    return result;
}

/* Return true if a point is far outside the area of the system: borders are rough, and places just
 * beyond them are common. An area across the date line has its west in the east. */
static bool is_far(const struct dm_crs *crs, double lon_deg, double lat_deg)
{
    const double margin_deg = 1;
    bool west = lon_deg<crs->west - margin_deg, east = lon_deg> crs->east + margin_deg;
    bool beside = crs->west > crs->east ? west && east : west || east;
    return beside || lat_deg < crs->south - margin_deg || lat_deg > crs->north + margin_deg;
}

static void convert(struct dm_crs *crs, double *x, double *y, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        PJ_COORD result = convert_point(crs, proj_coord(x[i], y[i], 0, HUGE_VAL));
        bool bad = failed(result);
        crs->far += !bad && is_far(crs, result.xy.x, result.xy.y);
        x[i] = bad ? HUGE_VAL : result.xy.x;
        y[i] = bad ? HUGE_VAL : result.xy.y;
    }
}

static const char *reason(const struct dm_crs *crs)
{
    const char *text =
        crs->fault ? proj_context_errno_string(crs->context, crs->fault) : "no result";
    return text ? text : "unknown error";
}

/* ---- what was used ---- */

/* Append the name of an operation to the list, or, where it is full, that there are others. */
static void append_operation(const struct operation *operation, size_t before,
                             struct dm_crs_notes *notes)
{
    enum { SHOWN = 3 };
    char name[NAME_LENGTH];
    size_t used = strlen(notes->operations);
    copy_name(proj_get_name(operation->listed), name);
    if (before < SHOWN)
        snprintf(notes->operations + used, sizeof notes->operations - used, "%s\"%.110s\"",
                 before > 0 ? ", " : "", name);
    else if (before == SHOWN)
        snprintf(notes->operations + used, sizeof notes->operations - used, " and others");
}

static void describe_operations(const struct dm_crs *crs, struct dm_crs_notes *notes)
{
    double worst = 0;
    size_t shown = 0;
    notes->operations[0] = '\0';
    notes->uncertain = crs->outside;
    notes->far = crs->far;
    for (size_t i = 0; i < crs->count; i++) {
        const struct operation *operation = &crs->operations[i];
        if (operation->points == 0)
            continue;
        double accuracy = proj_coordoperation_get_accuracy(
            crs->context, operation->x_first ? operation->x_first : operation->listed);
        if (accuracy < 0)
            notes->uncertain += operation->points;
        worst = fmax(worst, accuracy);
        append_operation(operation, shown++, notes);
    }
    notes->accuracy_m = notes->uncertain > 0 || shown == 0 ? -1 : worst;
}

/* Note a grid of the operation that is missing. Return false if there is none. */
static bool note_missing_grid(const struct dm_crs *crs, const PJ *operation,
                              struct dm_crs_notes *notes)
{
    int grids = proj_coordoperation_get_grid_used_count(crs->context, operation);
    for (int i = 0; i < grids; i++) {
        const char *short_name = NULL, *full_name = NULL;
        int available = 1;
        if (!proj_coordoperation_get_grid_used(crs->context, operation, i, &short_name, &full_name,
                                               NULL, NULL, NULL, NULL, &available) ||
            available || !short_name || !*short_name)
            continue;
        snprintf(notes->grid, sizeof notes->grid, "%s", short_name);
        return true;
    }
    return false;
}

/* Find the most accurate operation for all of the area, if it is better than those used and lacks
 * only a grid. */
static void find_missing_grid(const struct dm_crs *crs, const double bounds[4],
                              struct dm_crs_notes *notes)
{
    PJ_OBJ_LIST *list = list_operations(crs, bounds, true);
    double best = notes->accuracy_m >= 0 ? notes->accuracy_m : HUGE_VAL;
    for (int i = 0; list && i < proj_list_get_count(list); i++) {
        PJ *operation = proj_list_get(crs->context, list, i);
        double accuracy =
            operation ? proj_coordoperation_get_accuracy(crs->context, operation) : -1;
        if (accuracy >= 0 && accuracy < best && note_missing_grid(crs, operation, notes)) {
            notes->grid_accuracy_m = accuracy;
            best = accuracy;
        }
        proj_destroy(operation);
    }
    proj_list_destroy(list);
}

static void describe(struct dm_crs *crs, const double bounds[4], struct dm_crs_notes *notes)
{
    describe_operations(crs, notes);
    notes->grid[0] = '\0';
    if (notes->accuracy_m < 0 || notes->accuracy_m > 1)
        find_missing_grid(crs, bounds, notes);
}

/* ---- opening and closing ---- */

static void close_crs(struct dm_crs *crs)
{
    if (!crs)
        return;
    for (size_t i = 0; i < crs->count; i++) {
        proj_destroy(crs->operations[i].x_first);
        proj_destroy(crs->operations[i].listed);
    }
    free(crs->operations);
    proj_destroy(crs->fallback);
    proj_list_destroy(crs->list);
    proj_destroy(crs->wgs84);
    proj_destroy(crs->system);
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
    enum dm_status status = find_system(new, name, &found, message);
    if (status == DM_OK)
        status = find_operations(new, &found, message);
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
