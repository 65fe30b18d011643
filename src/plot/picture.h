/* picture.h - the whole of it, as the bytes of a file. */
#ifndef PLOT_PICTURE_H
#define PLOT_PICTURE_H

#include "plot/bytes.h"
#include "plot/canvas.h"
#include "plot/measurements.h"

/* Draws the measurements and adds the file to `bytes`. DM_MEMORY; DM_SYSTEM: cairo cannot. */
enum dm_status dm_picture_draw(const struct dm_measurements *measurements,
                               enum dm_picture_kind kind, struct dm_buffer *bytes,
                               struct dm_error *error);

#endif
