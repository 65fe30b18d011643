#include "crs/system.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static enum dm_status fail_unknown(const char *name, const char *said,
                                   char message[DM_ERROR_LENGTH])
{
    if (strstr(said, "proj.db")) {
        snprintf(message, DM_ERROR_LENGTH, "PROJ's database cannot be used: %.800s", said);
        return DM_SYSTEM;
    }
    snprintf(message, DM_ERROR_LENGTH,
             "\"%.200s\" is not known to PROJ; projinfo --list-crs shows the codes", name);
    return DM_USAGE;
}

/* Of a system with heights of its own, leave only that of x and y. */
static void drop_heights(PJ_CONTEXT *context, PJ **proj)
{
    PJ *horizontal = proj_get_type(*proj) == PJ_TYPE_COMPOUND_CRS
                         ? proj_crs_get_sub_crs(context, *proj, 0)
                         : NULL;
    if (!horizontal)
        return;
    proj_destroy(*proj);
    *proj = horizontal;
}

/* Return the original system, to be destroyed, of one that is bound to a transformation; NULL: it
 * is not bound. */
static PJ *original(PJ_CONTEXT *context, const PJ *proj)
{
    return proj_get_type(proj) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(context, proj) : NULL;
}

/* Return the type of a system, of the original one if it is bound. */
static PJ_TYPE type_of(PJ_CONTEXT *context, const PJ *proj)
{
    PJ *base = original(context, proj);
    PJ_TYPE type = proj_get_type(base ? base : proj);
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
static void look_at_axis(PJ_CONTEXT *context, const PJ *proj, bool *north, bool *degrees)
{
    const char *direction = NULL;
    double radians = 0;
    PJ *base = original(context, proj);
    PJ *axes = proj_crs_get_coordinate_system(context, base ? base : proj);
    bool known = axes && proj_cs_get_axis_info(context, axes, 0, NULL, NULL, &direction, &radians,
                                               NULL, NULL, NULL);
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

static void note_name(const PJ *proj, const char *given, struct dm_crs_notes *notes)
{
    const char *name = proj_get_name(proj);
    const char *authority = proj_get_id_auth_name(proj, 0);
    const char *code = proj_get_id_code(proj, 0);
    bool named = name && *name && strcmp(name, "unknown") != 0;
    notes->guessed = named && is_guess(given, name) && !(code && are_alike(given, code));
    if (authority && code)
        snprintf(notes->name, sizeof notes->name, "%.20s:%.20s, %.100s", authority, code,
                 named ? name : "unnamed");
    else
        snprintf(notes->name, sizeof notes->name, "%.150s", named ? name : given);
}

/* Find the area of the system: the whole Earth if it is not known. */
static void find_area(PJ_CONTEXT *context, struct dm_crs_system *system)
{
    if (!proj_get_area_of_use(context, system->proj, &system->west, &system->south, &system->east,
                              &system->north, NULL) ||
        system->west < -180 || system->south < -90) {
        system->west = system->south = -180;
        system->east = system->north = 180;
    }
}

enum dm_status dm_crs_find_system(PJ_CONTEXT *context, const char *name, const char *said,
                                  struct dm_crs_system *system, struct dm_crs_notes *notes,
                                  char message[DM_ERROR_LENGTH])
{
    system->proj = create_system(context, name);
    if (!system->proj)
        return fail_unknown(name, said, message);
    if (!proj_is_crs(system->proj)) {
        snprintf(message, DM_ERROR_LENGTH, "\"%.200s\" is not a coordinate reference system", name);
        return DM_USAGE;
    }
    note_name(system->proj, name, notes);
    drop_heights(context, &system->proj);
    PJ_TYPE type = type_of(context, system->proj);
    if (unusable(type)) {
        snprintf(message, DM_ERROR_LENGTH, "%s %s", notes->name, unusable(type));
        return DM_USAGE;
    }
    notes->projected = type != PJ_TYPE_GEOGRAPHIC_2D_CRS && type != PJ_TYPE_GEOGRAPHIC_3D_CRS;
    bool degrees;
    look_at_axis(context, system->proj, &system->north_first, &degrees);
    notes->degrees = degrees && !notes->projected;
    find_area(context, system);
    return DM_OK;
}
