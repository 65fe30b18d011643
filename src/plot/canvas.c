#include "plot/canvas.h"

#include "base/text.h"

#include <cairo-svg.h>
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* PNG has two pixels for one, so that it is sharp on fine screens too, while it is not too high. */
static const double FINE_HEIGHT = 8000;

struct dm_canvas {
    enum dm_picture_kind kind;
    cairo_surface_t *surface;
    cairo_t *pen;
    struct dm_buffer file; /* where an SVG is written */
};

bool dm_picture_kind_of(const char *path, enum dm_picture_kind *kind)
{
    const char *name = strrchr(path, '/');
    const char *dot = strrchr(name ? name : path, '.');
    if (dot && dm_same_word(dot, ".svg"))
        *kind = DM_PICTURE_SVG;
    else if (dot && dm_same_word(dot, ".png"))
        *kind = DM_PICTURE_PNG;
    else
        return false;
    return true;
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length)
{
    struct dm_buffer *bytes = closure;
    dm_buffer_add(bytes, data, length);
    return bytes->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static enum dm_status result_of(cairo_status_t status, struct dm_error *error)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return DM_OK;
    if (status == CAIRO_STATUS_NO_MEMORY)
        return dm_fail_memory(error, "the picture");
    return dm_fail(error, DM_SYSTEM, "cairo cannot draw: %s", cairo_status_to_string(status));
}

static void make_surface(struct dm_canvas *canvas, double height)
{
    double scale = height <= FINE_HEIGHT ? 2 : 1;
    if (canvas->kind == DM_PICTURE_SVG) {
        canvas->surface =
            cairo_svg_surface_create_for_stream(append, &canvas->file, DM_PICTURE_WIDTH, height);
        cairo_svg_surface_set_document_unit(canvas->surface, CAIRO_SVG_UNIT_PX);
    } else {
        canvas->surface = cairo_image_surface_create(
            CAIRO_FORMAT_RGB24, (int)(DM_PICTURE_WIDTH * scale), (int)ceil(height * scale));
        cairo_surface_set_device_scale(canvas->surface, scale, scale);
    }
}

/* Letters have the same widths on every surface. */
static void choose_letters(cairo_t *pen)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(pen, options);
    cairo_font_options_destroy(options);
}

enum dm_status dm_canvas_open(enum dm_picture_kind kind, double height, struct dm_canvas **canvas,
                              struct dm_error *error)
{
    struct dm_canvas *opened = calloc(1, sizeof *opened);
    if (!opened)
        return dm_fail_memory(error, "the picture");
    opened->kind = kind;
    make_surface(opened, height);
    opened->pen = cairo_create(opened->surface);
    choose_letters(opened->pen);
    dm_draw_box(opened, (struct dm_colour){1, 1, 1}, 0, 0, DM_PICTURE_WIDTH, height);
    enum dm_status status = result_of(cairo_status(opened->pen), error);
    if (status == DM_OK)
        *canvas = opened;
    else
        dm_canvas_close(opened);
    return status;
}

static void add_escaped(struct dm_buffer *bytes, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            dm_buffer_add_text(bytes, "&amp;");
        else if (*text == '<')
            dm_buffer_add_text(bytes, "&lt;");
        else if (*text == '>')
            dm_buffer_add_text(bytes, "&gt;");
        else
            dm_buffer_add(bytes, text, 1);
    }
}

/* Adds SVG with two decimals, a hundredth of a pixel, in the shapes that are most of it. */
static void add_shortened(struct dm_buffer *bytes, const char *svg, size_t length)
{
    size_t decimals = 0; /* how many digits ago a point was, from 1 on; 0: none */
    bool shape = false;
    for (size_t i = 0; i < length; i++) {
        bool digit = svg[i] >= '0' && svg[i] <= '9';
        if (svg[i] == '"')
            shape = !shape && i >= 3 && memcmp(svg + i - 3, " d=", 3) == 0;
        decimals = svg[i] == '.' ? 1 : digit && decimals > 0 ? decimals + 1 : 0;
        if (!shape || decimals <= 3)
            dm_buffer_add(bytes, svg + i, 1);
    }
}

/* cairo writes letters as shapes: the description goes in after the tag that begins the picture. */
static void add_described(struct dm_buffer *bytes, const struct dm_buffer *svg,
                          const char *description)
{
    static const char tag[] = "<svg ";
    size_t at = 0;
    while (at + sizeof tag < svg->length && memcmp(svg->data + at, tag, sizeof tag - 1) != 0)
        at++;
    const char *end = memchr(svg->data + at, '>', svg->length - at);
    size_t head = end ? (size_t)(end - svg->data) + 1 : svg->length;
    dm_buffer_add(bytes, svg->data, head);
    dm_buffer_add_text(bytes, "\n<desc>");
    add_escaped(bytes, description);
    dm_buffer_add_text(bytes, "</desc>");
    add_shortened(bytes, svg->data + head, svg->length - head);
}

enum dm_status dm_canvas_finish(struct dm_canvas *canvas, const char *description,
                                struct dm_buffer *bytes, struct dm_error *error)
{
    cairo_status_t status = cairo_status(canvas->pen);
    if (status == CAIRO_STATUS_SUCCESS && canvas->kind == DM_PICTURE_PNG)
        status = cairo_surface_write_to_png_stream(canvas->surface, append, bytes);
    if (status == CAIRO_STATUS_SUCCESS && canvas->kind == DM_PICTURE_SVG) {
        cairo_surface_finish(canvas->surface);
        status = cairo_surface_status(canvas->surface);
    }
    if (status != CAIRO_STATUS_SUCCESS)
        return result_of(status, error);
    if (canvas->kind == DM_PICTURE_SVG)
        add_described(bytes, &canvas->file, description);
    return bytes->failed ? dm_fail_memory(error, "the picture") : DM_OK;
}

void dm_canvas_close(struct dm_canvas *canvas)
{
    if (!canvas)
        return;
    cairo_destroy(canvas->pen);
    cairo_surface_destroy(canvas->surface);
    dm_buffer_free(&canvas->file); /* last: destroying writes the end of it */
    free(canvas);
}

/* ---- letters ---- */

static void set_colour(cairo_t *pen, struct dm_colour colour)
{
    cairo_set_source_rgb(pen, colour.red, colour.green, colour.blue);
}

static void set_font(cairo_t *pen, struct dm_font font)
{
    cairo_select_font_face(pen, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           font.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(pen, font.size);
    set_colour(pen, font.colour);
}

static double advance(cairo_t *pen, const char *text)
{
    cairo_text_extents_t extents;
    cairo_text_extents(pen, text, &extents);
    return extents.x_advance;
}

double dm_text_width(struct dm_canvas *canvas, struct dm_font font, const char *text)
{
    set_font(canvas->pen, font);
    return advance(canvas->pen, text);
}

/* The beginning and the end of the text, so many bytes of it or a little less, dots between. */
static void shorten(char *shorter, size_t size, const char *text, size_t bytes)
{
    size_t length = strlen(text), head = dm_whole_characters(text, bytes - bytes / 2);
    size_t tail = length - bytes / 2;
    while (((unsigned char)text[tail] & 0xC0) == 0x80)
        tail++;
    dm_append(shorter, size, "%.*s…%s", (int)head, text, text + tail);
}

double dm_draw_text(struct dm_canvas *canvas, struct dm_font font, double x, double y,
                    enum dm_align align, double width, const char *text)
{
    char shorter[4096];
    cairo_font_extents_t extents;
    set_font(canvas->pen, font);
    cairo_font_extents(canvas->pen, &extents);
    double taken = advance(canvas->pen, text);
    size_t length = strlen(text);
    size_t few = 0, many = length < sizeof shorter - 8 ? length : sizeof shorter - 8;
    if (taken > width) { /* by bisection: `few` fits, `many` does not */
        while (many - few > 1) {
            size_t bytes = few + (many - few) / 2;
            shorten(shorter, sizeof shorter, text, bytes);
            *(advance(canvas->pen, shorter) <= width ? &few : &many) = bytes;
        }
        shorten(shorter, sizeof shorter, text, few);
        text = shorter;
        taken = advance(canvas->pen, text);
    }
    double left = align == DM_LEFT ? x : align == DM_CENTRE ? x - taken / 2 : x - taken;
    cairo_move_to(canvas->pen, left, y + font.size * 0.36); /* half a capital's height */
    cairo_show_text(canvas->pen, text);
    cairo_new_path(canvas->pen);
    return taken;
}

/* ---- shapes ---- */

void dm_draw_box(struct dm_canvas *canvas, struct dm_colour colour, double x, double y,
                 double width, double height)
{
    set_colour(canvas->pen, colour);
    cairo_rectangle(canvas->pen, x, y, width, height);
    cairo_fill(canvas->pen);
}

/* The lines x + y = constant, cut at the box by hand: a clip would cost more than they do. */
void dm_draw_hatch(struct dm_canvas *canvas, double x, double y, double width, double height)
{
    set_colour(canvas->pen, (struct dm_colour){1, 1, 1});
    cairo_set_line_width(canvas->pen, 1.5);
    cairo_set_dash(canvas->pen, NULL, 0, 0);
    for (double across = 6; across < width + height; across += 6) {
        double right = fmin(across, width), left = fmax(across - height, 0);
        cairo_move_to(canvas->pen, x + right, y + across - right);
        cairo_line_to(canvas->pen, x + left, y + across - left);
    }
    cairo_stroke(canvas->pen);
}

void dm_draw_line(struct dm_canvas *canvas, struct dm_colour colour, double width, bool dashed,
                  double x0, double y0, double x1, double y1)
{
    set_colour(canvas->pen, colour);
    cairo_set_line_width(canvas->pen, width);
    cairo_set_dash(canvas->pen, (const double[]){5, 4}, dashed ? 2 : 0, 0);
    cairo_move_to(canvas->pen, x0, y0);
    cairo_line_to(canvas->pen, x1, y1);
    cairo_stroke(canvas->pen);
}

void dm_draw_mark(struct dm_canvas *canvas, struct dm_colour colour, enum dm_mark mark, double x,
                  double y)
{
    static const double radius = 4, pi = 3.14159265358979323846;
    static const double places[DM_MARK_COUNT][4][2] = {
        [DM_MARK_SQUARE] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}},
        [DM_MARK_TRIANGLE] = {{0, -1.3}, {1.2, 1}, {-1.2, 1}, {-1.2, 1}},
        [DM_MARK_DIAMOND] = {{0, -1.4}, {1.4, 0}, {0, 1.4}, {-1.4, 0}},
    };
    set_colour(canvas->pen, colour);
    if (mark == DM_MARK_DISC)
        cairo_arc(canvas->pen, x, y, radius, 0, 2 * pi);
    for (int i = 0; i < 4 && mark != DM_MARK_DISC; i++)
        cairo_line_to(canvas->pen, x + places[mark][i][0] * radius,
                      y + places[mark][i][1] * radius);
    cairo_close_path(canvas->pen);
    cairo_fill(canvas->pen);
}
