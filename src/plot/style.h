/* style.h - the colours (Okabe and Ito's, that colour-blind people tell apart too) and letters. */
#ifndef PLOT_STYLE_H
#define PLOT_STYLE_H

#include "plot/canvas.h"
#include "plot/measurements.h"

enum { DM_MARGIN = 20, DM_KINDS = 6 };

static const struct dm_colour DM_INK = {0.13, 0.13, 0.13}, DM_FAINT_INK = {0.40, 0.40, 0.40},
                              DM_AXIS = {0.55, 0.55, 0.55}, DM_GRID = {0.89, 0.89, 0.89},
                              DM_PAPER = {1, 1, 1};

/* Of executors, as they come. */
static const struct dm_colour DM_KIND_COLOURS[DM_KINDS] = {
    {0, 0.447, 0.698},     /* blue */
    {0.902, 0.624, 0},     /* orange */
    {0.8, 0.475, 0.655},   /* purple */
    {0.337, 0.706, 0.914}, /* sky blue */
    {0.835, 0.369, 0},     /* vermilion */
    {0.2, 0.2, 0.2},       /* black */
};

/* Of what the time went to. */
static const struct dm_colour DM_SHARE_COLOURS[DM_SHARE_COUNT] = {
    [DM_SHARE_WORKING] = {0, 0.62, 0.451},      /* green */
    [DM_SHARE_DELAYED] = {0.941, 0.894, 0.259}, /* yellow */
    [DM_SHARE_WAITING] = {0.78, 0.78, 0.78},    /* grey */
    [DM_SHARE_CREATING] = {0.835, 0.369, 0},    /* vermilion */
};

static inline struct dm_font dm_font_of(double size, bool bold, struct dm_colour colour)
{
    return (struct dm_font){.size = size, .bold = bold, .colour = colour};
}

#endif
