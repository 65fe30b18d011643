/* canvas.h - paper, pens and letters: all there is of cairo. Lengths are pixels of a picture that
 * is DM_PICTURE_WIDTH wide, from the upper left corner. */
#ifndef PLOT_CANVAS_H
#define PLOT_CANVAS_H

#include "plot/bytes.h"

#include <dmatrix/status.h>

#include <stdbool.h>

enum { DM_PICTURE_WIDTH = 800 };

enum { DM_PNG_HEIGHT_MAX = 32767 }; /* what cairo can */

enum dm_picture_kind { DM_PICTURE_SVG, DM_PICTURE_PNG };

/* What a file's name says it is to be; false: neither. */
bool dm_picture_kind_of(const char *path, enum dm_picture_kind *kind);

struct dm_colour {
    double red, green, blue;
};

/* Where a text stands to the point it is put at. */
enum dm_align { DM_LEFT, DM_CENTRE, DM_RIGHT };

struct dm_font {
    double size;
    bool bold;
    struct dm_colour colour;
};

enum dm_mark { DM_MARK_DISC, DM_MARK_SQUARE, DM_MARK_TRIANGLE, DM_MARK_DIAMOND, DM_MARK_COUNT };

struct dm_canvas;

/* White paper, so high. DM_MEMORY, DM_SYSTEM. */
enum dm_status dm_canvas_open(enum dm_picture_kind kind, double height, struct dm_canvas **canvas,
                              struct dm_error *error);

/* Adds the picture's file to `bytes`; `description` is what it says in words (SVG has it for those
 * who cannot see). Nothing can be drawn any more. DM_MEMORY, DM_SYSTEM. */
enum dm_status dm_canvas_finish(struct dm_canvas *canvas, const char *description,
                                struct dm_buffer *bytes, struct dm_error *error);

void dm_canvas_close(struct dm_canvas *canvas); /* NULL is fine */

double dm_text_width(struct dm_canvas *canvas, struct dm_font font, const char *text);

/* Writes one line around the height `y`, what is wider than `width` with dots in its middle.
 * Returns the width it takes. */
double dm_draw_text(struct dm_canvas *canvas, struct dm_font font, double x, double y,
                    enum dm_align align, double width, const char *text);

void dm_draw_box(struct dm_canvas *canvas, struct dm_colour colour, double x, double y,
                 double width, double height);

/* White slanted lines over a box. */
void dm_draw_hatch(struct dm_canvas *canvas, double x, double y, double width, double height);

void dm_draw_line(struct dm_canvas *canvas, struct dm_colour colour, double width, bool dashed,
                  double x0, double y0, double x1, double y1);

void dm_draw_mark(struct dm_canvas *canvas, struct dm_colour colour, enum dm_mark mark, double x,
                  double y);

#endif
