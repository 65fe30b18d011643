/* Horizontal bars: label, bar with its deviation, time, and how many times another that is. */
#include "plot/axis.h"
#include "plot/charts.h"
#include "plot/style.h"

#include <math.h>
#include <string.h>

enum { ROW = 24, BAR = 15, LABEL_ROW = 18, GAP = 8, CAP = 4, HEAD = 20, TICK_GAP = 50 };

static const char *const share_words[DM_SHARE_COUNT] = {
    [DM_SHARE_WORKING] = "working",
    [DM_SHARE_DELAYED] = "waiting as told",
    [DM_SHARE_WAITING] = "waiting",
    [DM_SHARE_CREATING] = "creating",
};

/* Where things stand, from left to right. */
struct columns {
    bool above;         /* labels stand above their bars */
    double label_width; /* at most */
    double bars;        /* where they begin */
    double end;         /* of bars and times */
    double row;
};

/* The fastest stands out. */
static struct dm_font font_of(const struct dm_scene *scene, size_t index)
{
    return dm_font_of(13, index == 0 && scene->count > 1, DM_INK);
}

static struct columns lay_out(struct dm_canvas *canvas, const struct dm_scene *scene)
{
    const double width = DM_PICTURE_WIDTH - 2 * DM_MARGIN;
    double label = 0, factor = 0;
    for (size_t i = 0; i < scene->count; i++) {
        struct dm_font font = font_of(scene, i);
        label = fmax(label, dm_text_width(canvas, font, scene->bars[i].label));
        factor = fmax(factor, dm_text_width(canvas, font, scene->bars[i].factor));
    }
    if (scene->factors)
        factor = fmax(factor, dm_text_width(canvas, dm_font_of(11, false, DM_INK), scene->factors));
    bool above = label > 0.4 * width;
    return (struct columns){
        .above = above,
        .label_width = above ? width : label + 1,
        .bars = DM_MARGIN + (above ? 0 : label + GAP),
        .end = DM_MARGIN + width - (factor > 0 ? factor + 2 * GAP : 0),
        .row = above ? ROW + LABEL_ROW : ROW,
    };
}

static double highest(const struct dm_scene *scene)
{
    double most = 0;
    for (size_t i = 0; i < scene->count; i++)
        most = fmax(most, scene->bars[i].result->mean_s + scene->bars[i].result->stddev_s);
    return most;
}

/* The axis on which every bar, its whisker and its time end before the column's end: where the time
 * begins must be as far from there as it is wide. */
static struct dm_axis fit_axis(struct dm_canvas *canvas, const struct dm_scene *scene,
                               const struct columns *columns)
{
    struct dm_axis axis = {.logarithmic = scene->logarithmic, .begin = columns->bars};
    double least = INFINITY, scale = 0; /* of values, or decades, per pixel */
    for (size_t i = 0; i < scene->count; i++)
        if (scene->bars[i].result->mean_s > 0)
            least = fmin(least, scene->bars[i].result->mean_s);
    if (axis.logarithmic)
        axis.low = dm_round_below(least * 0.6);
    for (size_t i = 0; i < scene->count; i++) {
        const struct dm_measurement *result = scene->bars[i].result;
        double high = result->mean_s + result->stddev_s;
        double text = dm_text_width(canvas, font_of(scene, i), scene->bars[i].value);
        double room = fmax(columns->end - columns->bars - text - 2 * GAP, 1);
        if (axis.logarithmic && high > axis.low)
            scale = fmax(scale, log10(high / axis.low) / room);
        else if (!axis.logarithmic)
            scale = fmax(scale, high / room);
    }
    axis.end = columns->end;
    double all = scale * (axis.end - axis.begin);
    axis.high = axis.logarithmic ? axis.low * pow(10, all) : all;
    return axis;
}

/* On a logarithmic axis seconds stay seconds: 1000 s is rounder than 16.7 min. */
static struct dm_time_unit unit_for(const struct dm_axis *axis, double tick)
{
    struct dm_time_unit unit = dm_time_unit_of(axis->logarithmic ? tick : axis->high);
    if (axis->logarithmic && tick >= 1)
        unit = (struct dm_time_unit){"s", 1};
    return unit;
}

/* Beyond `most`, where only words stand, nothing is marked. */
static double draw_axis(struct dm_canvas *canvas, const struct dm_axis *axis, double most,
                        double top, double bottom)
{
    struct dm_font font = dm_font_of(11, false, DM_FAINT_INK);
    double ticks[DM_TICKS_MAX], taken = 0;
    size_t count = dm_axis_ticks(axis, unit_for(axis, 1).seconds, TICK_GAP, ticks);
    for (size_t i = 0; i < count && ticks[i] <= most; i++) {
        char text[DM_DURATION_LENGTH];
        double x = dm_axis_place(axis, ticks[i]);
        dm_tick_text(text, ticks[i], unit_for(axis, ticks[i]));
        double half = dm_text_width(canvas, font, text) / 2;
        if (x - half < taken)
            continue;
        taken = x + half + 6;
        dm_draw_line(canvas, DM_GRID, 1, false, x, top, x, bottom + 4);
        dm_draw_text(canvas, font, x, bottom + 13, DM_CENTRE, 100, text);
    }
    dm_draw_line(canvas, DM_AXIS, 1, false, axis->begin, top, axis->begin, bottom);
    if (!axis->logarithmic)
        return bottom + 22;
    dm_draw_text(canvas, dm_font_of(11, false, DM_FAINT_INK), axis->begin, bottom + 30, DM_LEFT,
                 DM_PICTURE_WIDTH - axis->begin - DM_MARGIN,
                 "logarithmic scale: equal steps are equal factors");
    return bottom + 40;
}

static void draw_box_of(struct dm_canvas *canvas, const struct dm_scene *scene,
                        const struct dm_axis *axis, const struct dm_bar *bar, double y)
{
    const struct dm_measurement *result = bar->result;
    double width = fmax(dm_axis_place(axis, result->mean_s) - axis->begin, 1);
    double x = axis->begin;
    if (!scene->shares)
        dm_draw_box(canvas, DM_KIND_COLOURS[bar->kind % DM_KINDS], x, y - BAR / 2.0, width, BAR);
    for (int i = 0; i < DM_SHARE_COUNT && scene->shares; i++) {
        double part = result->shares[i] * width;
        if (part > 0.05)
            dm_draw_box(canvas, DM_SHARE_COLOURS[i], x, y - BAR / 2.0, part, BAR);
        x += part;
    }
    if (result->scaled)
        dm_draw_hatch(canvas, axis->begin, y - BAR / 2.0, width, BAR);
}

static void draw_whisker(struct dm_canvas *canvas, const struct dm_axis *axis,
                         const struct dm_measurement *result, double y)
{
    double low = dm_axis_place(axis, fmax(result->mean_s - result->stddev_s, axis->low));
    double high = dm_axis_place(axis, result->mean_s + result->stddev_s);
    if (result->stddev_s <= 0)
        return;
    dm_draw_line(canvas, DM_INK, 1.2, false, low, y, high, y);
    dm_draw_line(canvas, DM_INK, 1.2, false, low, y - CAP, low, y + CAP);
    dm_draw_line(canvas, DM_INK, 1.2, false, high, y - CAP, high, y + CAP);
}

static void draw_bar(struct dm_canvas *canvas, const struct dm_scene *scene, size_t index,
                     const struct columns *columns, const struct dm_axis *axis, double top)
{
    const struct dm_bar *bar = &scene->bars[index];
    struct dm_font font = font_of(scene, index);
    double y = top + (columns->above ? LABEL_ROW : 0) + ROW / 2.0;
    double end = dm_axis_place(axis, bar->result->mean_s + bar->result->stddev_s) + GAP;
    double wide = dm_text_width(canvas, font, bar->value);
    if (columns->above) {
        double label = dm_text_width(canvas, font, bar->label);
        dm_draw_box(canvas, DM_PAPER, DM_MARGIN - 1, top + 4, fmin(label, columns->label_width) + 5,
                    LABEL_ROW - 2);
        dm_draw_text(canvas, font, DM_MARGIN, top + LABEL_ROW / 2.0 + 4, DM_LEFT,
                     columns->label_width, bar->label);
    } else {
        dm_draw_text(canvas, font, columns->bars - GAP, y, DM_RIGHT, columns->label_width,
                     bar->label);
    }
    draw_box_of(canvas, scene, axis, bar, y);
    draw_whisker(canvas, axis, bar->result, y);
    dm_draw_box(canvas, DM_PAPER, end - 3, y - BAR / 2.0, wide + 6, BAR);
    dm_draw_text(canvas, font, end, y, DM_LEFT, wide + 1, bar->value);
    dm_draw_text(canvas, font, DM_PICTURE_WIDTH - DM_MARGIN, y, DM_RIGHT, 200, bar->factor);
}

/* What the colours mean, those that are there. */
static void draw_legend(struct dm_canvas *canvas, const struct dm_scene *scene, double x, double y)
{
    struct dm_font font = dm_font_of(11, false, DM_FAINT_INK);
    for (int i = 0; i < DM_SHARE_COUNT; i++) {
        double most = 0;
        for (size_t j = 0; j < scene->count; j++)
            most = fmax(most, scene->bars[j].result->shares[i]);
        if (most < 0.0005)
            continue;
        dm_draw_box(canvas, DM_SHARE_COLOURS[i], x, y - 5, 10, 10);
        x += 14;
        x += dm_draw_text(canvas, font, x, y, DM_LEFT, 200, share_words[i]) + 14;
    }
}

double dm_draw_bars(struct dm_canvas *canvas, const struct dm_scene *scene, double top)
{
    struct columns columns = lay_out(canvas, scene);
    struct dm_axis axis = fit_axis(canvas, scene, &columns);
    struct dm_font faint = dm_font_of(11, false, DM_FAINT_INK);
    bool head = scene->factors || scene->shares;
    double first = top + (head ? HEAD : 4);
    double bottom = first + columns.row * (double)scene->count + 4;
    if (scene->factors)
        dm_draw_text(canvas, faint, DM_PICTURE_WIDTH - DM_MARGIN, top + 9, DM_RIGHT, 200,
                     scene->factors);
    if (scene->shares)
        draw_legend(canvas, scene, columns.bars, top + 9);
    double end = draw_axis(canvas, &axis, highest(scene), first, bottom);
    for (size_t i = 0; i < scene->count; i++)
        draw_bar(canvas, scene, i, &columns, &axis, first + columns.row * (double)i);
    if (scene->scaled) {
        end += 14;
        dm_draw_text(canvas, faint, DM_MARGIN, end - 7, DM_LEFT, DM_PICTURE_WIDTH - 2 * DM_MARGIN,
                     "~ and hatched: measured on some of the distances, told for all of them");
    }
    return end;
}
