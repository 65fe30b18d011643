#include "plot/picture.h"

#include "plot/charts.h"
#include "plot/scene.h"
#include "plot/style.h"

#include <stdio.h>

/* Returns the height it takes. */
static double draw(struct dm_canvas *canvas, const struct dm_scene *scene)
{
    const double width = DM_PICTURE_WIDTH - 2 * DM_MARGIN;
    dm_draw_text(canvas, dm_font_of(18, true, DM_INK), DM_MARGIN, 28, DM_LEFT, width, scene->title);
    dm_draw_text(canvas, dm_font_of(13, false, DM_FAINT_INK), DM_MARGIN, 50, DM_LEFT, width,
                 scene->subtitle);
    double end = dm_draw_bars(canvas, scene, 66);
    if (scene->line_count > 0)
        end = dm_draw_speedups(canvas, scene, end + 24);
    return end + DM_MARGIN / 2.0;
}

/* How high it will be is known from drawing it on a scrap. */
static enum dm_status measure(const struct dm_scene *scene, double *height, struct dm_error *error)
{
    struct dm_canvas *scrap;
    enum dm_status status = dm_canvas_open(DM_PICTURE_PNG, 1, &scrap, error);
    if (status != DM_OK)
        return status;
    *height = draw(scrap, scene);
    dm_canvas_close(scrap);
    return DM_OK;
}

static void add_words(struct dm_buffer *bytes, const char *const *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        dm_buffer_add_text(bytes, pieces[i]);
}

#define ADD_WORDS(bytes, ...)                                                                      \
    add_words(bytes, (const char *const[]){__VA_ARGS__},                                           \
              sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static void describe_line(const struct dm_line *line, struct dm_buffer *words)
{
    ADD_WORDS(words, "\n", line->label, *line->label ? ": " : "");
    for (size_t i = 0; i < line->count; i++) {
        char point[64];
        snprintf(point, sizeof point, "%s%.3g on %.0f", i > 0 ? ", " : "", line->points[i].speedup,
                 line->points[i].threads);
        dm_buffer_add_text(words, point);
    }
}

/* The same for those who cannot see it. */
static void describe(const struct dm_scene *scene, struct dm_buffer *words)
{
    ADD_WORDS(words, scene->title, "; ", scene->subtitle,
              scene->logarithmic ? "; logarithmic scale" : "");
    for (size_t i = 0; i < scene->count; i++) {
        const struct dm_bar *bar = &scene->bars[i];
        ADD_WORDS(words, "\n", bar->label, ": ", bar->value);
        if (*bar->factor)
            ADD_WORDS(words, ", ", scene->factors, " ", bar->factor);
    }
    if (scene->line_count > 0)
        ADD_WORDS(words, "\nSpeedup over ", scene->speedup_over, ", by threads:");
    for (size_t i = 0; i < scene->line_count; i++)
        describe_line(&scene->lines[i], words);
    dm_buffer_add(words, "", 1);
}

static enum dm_status draw_scene(const struct dm_scene *scene, enum dm_picture_kind kind,
                                 struct dm_buffer *bytes, struct dm_error *error)
{
    struct dm_canvas *canvas = NULL;
    struct dm_buffer words = {0};
    double height;
    enum dm_status status = measure(scene, &height, error);
    if (status == DM_OK && kind == DM_PICTURE_PNG && height > DM_PNG_HEIGHT_MAX)
        status = dm_fail(error, DM_RANGE, "%zu results are too many for a PNG (draw them to .svg)",
                         scene->count);
    if (status == DM_OK)
        status = dm_canvas_open(kind, height, &canvas, error);
    if (status == DM_OK) {
        draw(canvas, scene);
        describe(scene, &words);
        status = words.failed ? dm_fail_memory(error, "the description")
                              : dm_canvas_finish(canvas, words.data, bytes, error);
    }
    dm_buffer_free(&words);
    dm_canvas_close(canvas);
    return status;
}

enum dm_status dm_picture_draw(const struct dm_measurements *measurements,
                               enum dm_picture_kind kind, struct dm_buffer *bytes,
                               struct dm_error *error)
{
    struct dm_scene scene;
    enum dm_status status = dm_scene_make(measurements, &scene, error);
    if (status != DM_OK)
        return status;
    status = draw_scene(&scene, kind, bytes, error);
    dm_scene_free(&scene);
    return status;
}
