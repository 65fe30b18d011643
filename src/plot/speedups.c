/* Speedup against threads: a line an executor and grain, labelled where it ends. */
#include "base/text.h"
#include "plot/axis.h"
#include "plot/charts.h"
#include "plot/style.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEIGHT = 250, HEAD = 34, LABEL_STEP = 16, LABEL_GAP = 28, CAP = 4, ASIDE = 6 };

/* A label beside the end of a line. */
struct ending {
    const char *text;
    struct dm_colour colour;
    bool marked; /* else it has no points */
    enum dm_mark mark;
    double x, y;    /* of the end */
    double label_y; /* of the label, moved to where there is room */
};

struct frame {
    struct dm_axis x, y;
};

/* What the axes must hold. */
struct extent {
    double threads_low, threads_high, speedup;
};

static struct extent extent_of(const struct dm_scene *scene)
{
    struct extent extent = {.threads_low = INFINITY, .speedup = 1};
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct dm_line *line = &scene->lines[i];
        extent.threads_low = fmin(extent.threads_low, line->points[0].threads);
        extent.threads_high = fmax(extent.threads_high, line->points[line->count - 1].threads);
        for (size_t j = 0; j < line->count; j++)
            extent.speedup =
                fmax(extent.speedup, fmax(line->points[j].speedup, line->points[j].high));
    }
    return extent;
}

/* All of the ideal is shown unless that would press the rest into the lower half. */
static struct frame make_frame(struct dm_canvas *canvas, const struct dm_scene *scene, double top)
{
    struct extent extent = extent_of(scene);
    double labels = dm_text_width(canvas, dm_font_of(13, false, DM_INK), "ideal");
    for (size_t i = 0; i < scene->line_count; i++)
        labels = fmax(labels,
                      dm_text_width(canvas, dm_font_of(13, false, DM_INK), scene->lines[i].label));
    labels = fmin(labels, DM_PICTURE_WIDTH / 2.5);
    double height = fmax(HEIGHT, LABEL_STEP * (double)(scene->line_count + 2));
    double high = extent.threads_high <= 2 * extent.speedup
                      ? fmax(extent.threads_high, extent.speedup)
                      : extent.speedup;
    double right = DM_PICTURE_WIDTH - DM_MARGIN - labels - 9 - LABEL_GAP - 10;
    return (struct frame){
        .x = {.low = extent.threads_low,
              .high = extent.threads_high,
              .begin = DM_MARGIN + 60,
              .end = right},
        .y = {.low = 0, .high = 1.05 * high, .begin = top + height, .end = top},
    };
}

static void draw_speedup_axis(struct dm_canvas *canvas, const struct frame *frame)
{
    double ticks[DM_TICKS_MAX];
    size_t count = dm_axis_ticks(&frame->y, 1, 30, ticks);
    for (size_t i = 0; i < count; i++) {
        char text[32];
        double y = dm_axis_place(&frame->y, ticks[i]);
        dm_draw_line(canvas, DM_GRID, 1, false, frame->x.begin - 15, y, frame->x.end + 10, y);
        snprintf(text, sizeof text, "%.10g", ticks[i]);
        dm_draw_text(canvas, dm_font_of(11, false, DM_FAINT_INK), frame->x.begin - 20, y, DM_RIGHT,
                     60, text);
    }
}

/* Marks one number of threads, where there is room to the right of the one before. */
static double draw_threads(struct dm_canvas *canvas, const struct frame *frame, double threads,
                           double taken)
{
    struct dm_font font = dm_font_of(11, false, DM_FAINT_INK);
    char text[DM_COUNT_LENGTH];
    double x = dm_axis_place(&frame->x, threads), y = frame->y.begin;
    dm_count_text(text, (uint64_t)threads);
    double half = dm_text_width(canvas, font, text) / 2;
    if (x - half < taken)
        return taken;
    dm_draw_line(canvas, DM_AXIS, 1, false, x, y, x, y + 4);
    dm_draw_text(canvas, font, x, y + 13, DM_CENTRE, 100, text);
    return x + half + 6;
}

/* Only numbers that were measured are marked. */
static double draw_threads_axis(struct dm_canvas *canvas, const struct dm_scene *scene,
                                const struct frame *frame)
{
    double threads = 0, taken = 0, bottom = frame->y.begin;
    dm_draw_line(canvas, DM_AXIS, 1, false, frame->x.begin - 15, bottom, frame->x.end + 10, bottom);
    while (threads < frame->x.high) {
        double next = INFINITY;
        for (size_t i = 0; i < scene->line_count; i++)
            for (size_t j = 0; j < scene->lines[i].count; j++)
                if (scene->lines[i].points[j].threads > threads)
                    next = fmin(next, scene->lines[i].points[j].threads);
        threads = next;
        taken = draw_threads(canvas, frame, threads, taken);
    }
    dm_draw_text(canvas, dm_font_of(11, false, DM_FAINT_INK), (frame->x.begin + frame->x.end) / 2,
                 bottom + 29, DM_CENTRE, 200, "threads");
    return bottom + 38;
}

static struct ending draw_ideal(struct dm_canvas *canvas, const struct frame *frame)
{
    double from = frame->x.low, to = fmin(frame->x.high, frame->y.high);
    struct ending ending = {.text = "ideal", .colour = DM_FAINT_INK};
    if (from >= to)
        return (struct ending){0};
    ending.x = dm_axis_place(&frame->x, to);
    ending.y = dm_axis_place(&frame->y, to);
    dm_draw_line(canvas, DM_AXIS, 1.3, true, dm_axis_place(&frame->x, from),
                 dm_axis_place(&frame->y, from), ending.x, ending.y);
    if (to == frame->x.high)
        return ending;
    dm_draw_text(canvas, dm_font_of(13, false, DM_FAINT_INK), ending.x, ending.y - 8, DM_CENTRE,
                 100, ending.text); /* it leaves at the top */
    return (struct ending){0};
}

/* `aside` is how far its points are moved from their numbers of threads, so that deviations of
 * several lines are not drawn over each other. */
static struct ending draw_line(struct dm_canvas *canvas, const struct frame *frame,
                               const struct dm_line *line, double aside)
{
    struct ending ending = {.text = line->label,
                            .colour = DM_KIND_COLOURS[line->kind % DM_KINDS],
                            .marked = true,
                            .mark = (enum dm_mark)(line->grain % DM_MARK_COUNT)};
    for (size_t i = 0; i < line->count; i++) {
        const struct dm_point *point = &line->points[i];
        double x = dm_axis_place(&frame->x, point->threads) + aside;
        double y = dm_axis_place(&frame->y, point->speedup);
        double low = dm_axis_place(&frame->y, point->low);
        double high = dm_axis_place(&frame->y, point->high);
        if (i > 0)
            dm_draw_line(canvas, ending.colour, 1.8, false, ending.x, ending.y, x, y);
        if (point->high > 0) {
            dm_draw_line(canvas, ending.colour, 1.2, false, x, low, x, high);
            dm_draw_line(canvas, ending.colour, 1.2, false, x - CAP, low, x + CAP, low);
            dm_draw_line(canvas, ending.colour, 1.2, false, x - CAP, high, x + CAP, high);
        }
        dm_draw_mark(canvas, ending.colour, ending.mark, x, y);
        ending.x = x;
        ending.y = y;
    }
    return ending;
}

static int compare_endings(const void *a, const void *b)
{
    double x = ((const struct ending *)a)->y, y = ((const struct ending *)b)->y;
    return x < y ? -1 : x > y;
}

/* Pushes labels apart: down from the top, then up from the bottom. */
static void spread(struct ending *endings, size_t count, double top, double bottom)
{
    qsort(endings, count, sizeof *endings, compare_endings);
    for (size_t i = 0; i < count; i++) {
        double least = i == 0 ? top : endings[i - 1].label_y + LABEL_STEP;
        endings[i].label_y = fmax(endings[i].y, least);
    }
    for (size_t i = count; i-- > 0;) {
        double most = i == count - 1 ? bottom : endings[i + 1].label_y - LABEL_STEP;
        endings[i].label_y = fmin(endings[i].label_y, most);
    }
}

static void draw_endings(struct dm_canvas *canvas, const struct frame *frame,
                         const struct ending *endings, size_t count)
{
    double x = frame->x.end + 10 + LABEL_GAP;
    for (size_t i = 0; i < count; i++) {
        dm_draw_line(canvas, DM_AXIS, 0.7, false, endings[i].x + 7, endings[i].y, x - 6,
                     endings[i].label_y);
        if (endings[i].marked)
            dm_draw_mark(canvas, endings[i].colour, endings[i].mark, x, endings[i].label_y);
        double text = endings[i].marked ? x + 9 : x;
        dm_draw_text(canvas, dm_font_of(13, false, DM_INK), text, endings[i].label_y, DM_LEFT,
                     DM_PICTURE_WIDTH - DM_MARGIN - text + 1, endings[i].text);
    }
}

double dm_draw_speedups(struct dm_canvas *canvas, const struct dm_scene *scene, double top)
{
    struct ending endings[DM_LINES_MAX + 1];
    char title[64];
    size_t count = 0;
    if (scene->line_count == 0)
        return top;
    snprintf(title, sizeof title, "Speedup over %s", scene->speedup_over);
    dm_draw_text(canvas, dm_font_of(13, true, DM_INK), DM_MARGIN, top + 8, DM_LEFT, 400, title);
    struct frame frame = make_frame(canvas, scene, top + HEAD);
    draw_speedup_axis(canvas, &frame);
    double end = draw_threads_axis(canvas, scene, &frame);
    endings[count] = draw_ideal(canvas, &frame);
    count += endings[count].text != NULL;
    double step = fmin(ASIDE, 2.0 * ASIDE / (double)scene->line_count);
    double first = -step * (double)(scene->line_count - 1) / 2;
    for (size_t i = 0; i < scene->line_count; i++)
        endings[count++] = draw_line(canvas, &frame, &scene->lines[i], first + step * (double)i);
    spread(endings, count, frame.y.end, frame.y.begin - 4);
    draw_endings(canvas, &frame, endings, count);
    return end;
}
