/* charts.h - the parts of the picture. Each is drawn from height `top` on and returns the height
 * where it ends. */
#ifndef PLOT_CHARTS_H
#define PLOT_CHARTS_H

#include "plot/canvas.h"
#include "plot/scene.h"

/* A bar a result. */
double dm_draw_bars(struct dm_canvas *canvas, const struct dm_scene *scene, double top);

/* Speedup against threads; nothing where there are no lines. */
double dm_draw_speedups(struct dm_canvas *canvas, const struct dm_scene *scene, double top);

#endif
