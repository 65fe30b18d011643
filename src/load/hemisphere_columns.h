/* hemisphere_columns.h - finding columns of hemispheres that belong to no coordinate by their
 * headers. */
#ifndef LOAD_HEMISPHERE_COLUMNS_H
#define LOAD_HEMISPHERE_COLUMNS_H

#include "load/choice.h"

/* Find columns of hemispheres whose headers do not say to which coordinate they belong: one of N
 * and S with one of E and W are used if each is beside its coordinate or says hemisphere; others
 * may be a doubt. */
void dm_hemispheres_find(const struct dm_choice *choice, struct dm_place_columns *place);

/* Note for each of two places a column after a coordinate that has hemispheres as a doubt, if one
 * of them is in the south or west. */
void dm_hemispheres_doubt(const struct dm_choice *choice,
                          struct dm_place_columns places[DM_PLACES_MAX]);

/* Return an unused column whose header says that it has hemispheres or signs, in a way that is not
 * read: of both coordinates, NE and SW, or + and -. DM_NO_COLUMN: there is none. */
size_t dm_hemispheres_unread(const struct dm_choice *choice, const struct dm_place_columns *place);

#endif
