#include "crs/operations.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LENGTH = 512 };

/* List the operations to WGS84, the best first. With `missing`, list also those whose grids are
 * missing, but only operations for all of the area. */
static PJ_OBJ_LIST *list_operations(const struct dm_operations *all, const double *area,
                                    bool missing)
{
    PJ_OPERATION_FACTORY_CONTEXT *how = proj_create_operation_factory_context(all->context, NULL);
    if (!how)
        return NULL;
    proj_operation_factory_context_set_spatial_criterion(
        all->context, how,
        missing ? PROJ_SPATIAL_CRITERION_STRICT_CONTAINMENT
                : PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        all->context, how,
        missing ? PROJ_GRID_AVAILABILITY_IGNORED
                : PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    if (area)
        proj_operation_factory_context_set_area_of_interest(all->context, how, area[0], area[1],
                                                            area[2], area[3]);
    PJ_OBJ_LIST *list = proj_create_operations(all->context, all->system->proj, all->wgs84, how);
    proj_operation_factory_context_destroy(how);
    return list;
}

/* Return PROJ's last message, or else the text of its last error. */
static const char *what_proj_said(PJ_CONTEXT *context, const char *said)
{
    int fault = proj_context_errno(context);
    if (*said)
        return said;
    return fault ? proj_context_errno_string(context, fault) : "reason unknown";
}

enum dm_status dm_operations_find(PJ_CONTEXT *context, const struct dm_crs_system *system,
                                  const char *system_name, const char *said,
                                  struct dm_operations *all, char message[DM_ERROR_LENGTH])
{
    *all = (struct dm_operations){.context = context, .system = system};
    all->wgs84 = proj_create(context, "OGC:CRS84");
    all->list = all->wgs84 ? list_operations(all, NULL, false) : NULL;
    int count = all->list ? proj_list_get_count(all->list) : 0;
    if (count <= 0) {
        snprintf(message, DM_ERROR_LENGTH, "PROJ cannot convert %s to WGS 84: %.300s", system_name,
                 what_proj_said(context, said));
        return DM_USAGE;
    }
    all->items = calloc((size_t)count, sizeof *all->items);
    if (!all->items) {
        snprintf(message, DM_ERROR_LENGTH, "out of memory for the operations of PROJ");
        return DM_MEMORY;
    }
    for (; all->count < (size_t)count; all->count++) {
        PJ *listed = proj_list_get(all->context, all->list, (int)all->count);
        if (!listed) {
            snprintf(message, DM_ERROR_LENGTH, "out of memory for the operations of PROJ");
            return DM_MEMORY;
        }
        all->items[all->count].listed = listed;
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
static struct dm_operation *operation_for(struct dm_operations *all, PJ_COORD point)
{
    PJ_COORD listed =
        all->system->north_first ? proj_coord(point.xy.y, point.xy.x, 0, HUGE_VAL) : point;
    int chosen =
        all->count == 1 ? 0 : proj_get_suggested_operation(all->context, all->list, PJ_FWD, listed);
    if (chosen < 0 || (size_t)chosen >= all->count)
        return NULL;
    struct dm_operation *operation = &all->items[chosen];
    if (!operation->x_first)
        operation->x_first = proj_normalize_for_visualization(all->context, operation->listed);
    return operation->x_first ? operation : NULL;
}

/* Count a point for the operation that the fallback has just used. One that is not listed is
 * without known accuracy. */
static void count_fallback(struct dm_operations *all)
{
    char used[NAME_LENGTH], name[NAME_LENGTH];
    copy_name(proj_pj_info(all->fallback).description, used);
    for (size_t i = 0; i < all->count; i++) {
        copy_name(proj_get_name(all->items[i].listed), name);
        if (strcmp(name, used) == 0) {
            all->items[i].points++;
            return;
        }
    }
    all->outside++;
}

/* Convert a point by whichever operation works. Grids have holes. */
static PJ_COORD fall_back(struct dm_operations *all, PJ_COORD point)
{
    if (!all->fallback) {
        PJ *any =
            proj_create_crs_to_crs_from_pj(all->context, all->system->proj, all->wgs84, NULL, NULL);
        all->fallback = any ? proj_normalize_for_visualization(all->context, any) : NULL;
        proj_destroy(any);
    }
    if (!all->fallback)
        return proj_coord(HUGE_VAL, HUGE_VAL, 0, 0);
    proj_errno_reset(all->fallback);
    PJ_COORD result = proj_trans(all->fallback, PJ_FWD, point);
    all->fault = proj_errno(all->fallback);
    if (!failed(result))
        count_fallback(all);
    return result;
}

static PJ_COORD convert_point(struct dm_operations *all, PJ_COORD point)
{
    struct dm_operation *operation = operation_for(all, point);
    if (operation) {
        PJ_COORD result = proj_trans(operation->x_first, PJ_FWD, point);
        if (!failed(result)) {
            operation->points++;
            return result;
        }
        all->fault = proj_errno(operation->x_first);
        proj_errno_reset(operation->x_first);
        if (all->count == 1)
            return result;
    }
    PJ_COORD result = fall_back(all, point);
    all->outside += !operation && !failed(result); /* its accuracy holds only in its area */
    return result;
}

bool dm_operations_convert(struct dm_operations *all, double *x, double *y)
{
    PJ_COORD result = convert_point(all, proj_coord(*x, *y, 0, HUGE_VAL));
    bool bad = failed(result);
    *x = bad ? HUGE_VAL : result.xy.x;
    *y = bad ? HUGE_VAL : result.xy.y;
    return !bad;
}

/* ---- what was used ---- */

/* Append the name of an operation to the list, or, where it is full, that there are others. */
static void append_operation(const struct dm_operation *operation, size_t before,
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

static void describe_used(const struct dm_operations *all, struct dm_crs_notes *notes)
{
    double worst = 0;
    size_t shown = 0;
    notes->operations[0] = '\0';
    notes->uncertain = all->outside;
    for (size_t i = 0; i < all->count; i++) {
        const struct dm_operation *operation = &all->items[i];
        if (operation->points == 0)
            continue;
        double accuracy = proj_coordoperation_get_accuracy(
            all->context, operation->x_first ? operation->x_first : operation->listed);
        if (accuracy < 0)
            notes->uncertain += operation->points;
        worst = fmax(worst, accuracy);
        append_operation(operation, shown++, notes);
    }
    notes->accuracy_m = notes->uncertain > 0 || shown == 0 ? -1 : worst;
}

/* Note a grid of the operation that is missing. Return false if there is none. */
static bool note_missing_grid(PJ_CONTEXT *context, const PJ *operation, struct dm_crs_notes *notes)
{
    int grids = proj_coordoperation_get_grid_used_count(context, operation);
    for (int i = 0; i < grids; i++) {
        const char *short_name = NULL, *full_name = NULL;
        int available = 1;
        if (!proj_coordoperation_get_grid_used(context, operation, i, &short_name, &full_name, NULL,
                                               NULL, NULL, NULL, &available) ||
            available || !short_name || !*short_name)
            continue;
        snprintf(notes->grid, sizeof notes->grid, "%s", short_name);
        return true;
    }
    return false;
}

/* Find the most accurate operation for all of the area, if it is better than those used and lacks
 * only a grid. */
static void find_missing_grid(const struct dm_operations *all, const double bounds[4],
                              struct dm_crs_notes *notes)
{
    PJ_OBJ_LIST *list = list_operations(all, bounds, true);
    double best = notes->accuracy_m >= 0 ? notes->accuracy_m : HUGE_VAL;
    for (int i = 0; list && i < proj_list_get_count(list); i++) {
        PJ *operation = proj_list_get(all->context, list, i);
        double accuracy =
            operation ? proj_coordoperation_get_accuracy(all->context, operation) : -1;
        if (accuracy >= 0 && accuracy < best && note_missing_grid(all->context, operation, notes)) {
            notes->grid_accuracy_m = accuracy;
            best = accuracy;
        }
        proj_destroy(operation);
    }
    proj_list_destroy(list);
}

void dm_operations_describe(const struct dm_operations *all, const double bounds[4],
                            struct dm_crs_notes *notes)
{
    describe_used(all, notes);
    notes->grid[0] = '\0';
    if (notes->accuracy_m < 0 || notes->accuracy_m > 1)
        find_missing_grid(all, bounds, notes);
}

void dm_operations_close(struct dm_operations *all)
{
    for (size_t i = 0; i < all->count; i++) {
        proj_destroy(all->items[i].x_first);
        proj_destroy(all->items[i].listed);
    }
    free(all->items);
    proj_destroy(all->fallback);
    proj_list_destroy(all->list);
    proj_destroy(all->wgs84);
}
