#include "plot/scene.h"

#include "base/text.h"
#include "plot/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From here on, the short bars of a linear axis would not be seen any more. */
static const double FAR_APART = 50;

static int compare_bars(const void *a, const void *b)
{
    const struct dm_measurement *x = ((const struct dm_bar *)a)->result;
    const struct dm_measurement *y = ((const struct dm_bar *)b)->result;
    if (x->mean_s != y->mean_s)
        return x->mean_s < y->mean_s ? -1 : 1;
    return x < y ? -1 : x > y; /* in the order of the file */
}

/* "1.98", and below 1/10 "1/25,000". */
static void put_factor(char *text, size_t size, double factor)
{
    char count[DM_COUNT_LENGTH];
    if (factor <= 0)
        return;
    if (factor < 0.0995)
        snprintf(text, size, "1/%s", dm_count_text(count, (uint64_t)fmin(1 / factor + 0.5, 9e18)));
    else if (factor >= 99.5)
        snprintf(text, size, "%s", dm_count_text(count, (uint64_t)(factor + 0.5)));
    else
        snprintf(text, size, "%.*f", factor >= 9.95 ? 1 : 2, factor);
}

static enum dm_status make_bars(const struct dm_common *common, struct dm_scene *scene,
                                struct dm_error *error)
{
    const struct dm_measurements *all = common->measurements;
    char label[DM_LABEL_LENGTH], value[DM_DURATION_LENGTH];
    scene->bars = calloc(all->count, sizeof *scene->bars);
    if (!scene->bars)
        return dm_fail_memory(error, "the bars");
    scene->count = all->count;
    for (size_t i = 0; i < all->count; i++) {
        struct dm_bar *bar = &scene->bars[i];
        bar->result = &all->results[i];
        bar->kind = bar->result->numbers[DM_PARAMETER_EXECUTOR];
        dm_label(label, sizeof label, common, bar->result);
        bar->label = strdup(label);
        if (!bar->label)
            return dm_fail_memory(error, "the labels");
        dm_append(bar->value, sizeof bar->value, "%s%s", bar->result->scaled ? "~" : "",
                  dm_duration_text(value, bar->result->mean_s, bar->result->stddev_s));
    }
    qsort(scene->bars, scene->count, sizeof *scene->bars, compare_bars);
    return DM_OK;
}

static void make_factors(struct dm_scene *scene)
{
    double fastest = scene->bars[0].result->mean_s;
    bool told = true;
    for (size_t i = 0; i < scene->count; i++)
        told = told && scene->bars[i].result->speedup > 0;
    if (scene->count < 2 || (!told && fastest <= 0))
        return;
    scene->factors = told ? "speedup" : "times the fastest";
    for (size_t i = 0; i < scene->count; i++) {
        struct dm_bar *bar = &scene->bars[i];
        put_factor(bar->factor, sizeof bar->factor,
                   told ? bar->result->speedup : bar->result->mean_s / fastest);
    }
}

static void choose_axis(struct dm_scene *scene)
{
    double least = INFINITY, most = 0;
    scene->shares = true;
    for (size_t i = 0; i < scene->count; i++) {
        const struct dm_measurement *result = scene->bars[i].result;
        most = fmax(most, result->mean_s);
        if (result->mean_s > 0)
            least = fmin(least, result->mean_s);
        scene->shares = scene->shares && result->has_shares;
        scene->scaled = scene->scaled || result->scaled;
    }
    scene->logarithmic = most / least >= FAR_APART;
    scene->shares = scene->shares && !scene->logarithmic;
}

/* ---- speedups against threads ---- */

/* Whether only threads tell them apart. */
static bool same_line(const struct dm_measurement *a, const struct dm_measurement *b)
{
    for (int i = 0; i < DM_PARAMETER_COUNT; i++)
        if (i != DM_PARAMETER_THREADS && a->numbers[i] != b->numbers[i])
            return false;
    return a->threads > 0 && b->threads > 0;
}

/* The speedup that was told, or else over the same on one thread. */
/* Whether all speedups are to be read; else they go by the results themselves. */
static bool tells_speedups(const struct dm_measurements *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (!(all->results[i].speedup > 0))
            return false;
    return true;
}

static struct dm_point point_of(const struct dm_measurement *result,
                                const struct dm_measurement *single, bool told)
{
    struct dm_point point = {.threads = result->threads};
    if (told)
        return (struct dm_point){result->threads, result->speedup, result->speedup_low,
                                 result->speedup_high};
    if (single && single->mean_s > 0 && result->mean_s > 0) {
        point.speedup = single->mean_s / result->mean_s;
        double stddev = point.speedup *
                        hypot(single->stddev_s / single->mean_s, result->stddev_s / result->mean_s);
        if (single != result && stddev > 0) {
            point.low = point.speedup - stddev;
            point.high = point.speedup + stddev;
        }
    }
    return point;
}

static int compare_points(const void *a, const void *b)
{
    double x = ((const struct dm_point *)a)->threads, y = ((const struct dm_point *)b)->threads;
    return x < y ? -1 : x > y;
}

/* The points of the line that begins with result `first`; a line has two numbers of threads at
 * least. */
static enum dm_status fill_line(const struct dm_measurements *all, size_t first,
                                struct dm_line *line, struct dm_error *error)
{
    const struct dm_measurement *single = NULL;
    bool told = tells_speedups(all);
    line->points = calloc(all->count - first, sizeof *line->points);
    if (!line->points)
        return dm_fail_memory(error, "the speedups");
    for (size_t i = first; i < all->count; i++)
        if (same_line(&all->results[i], &all->results[first]) && all->results[i].threads == 1)
            single = &all->results[i];
    for (size_t i = first; i < all->count; i++) {
        if (!same_line(&all->results[i], &all->results[first]))
            continue;
        struct dm_point point = point_of(&all->results[i], single, told);
        if (point.speedup > 0)
            line->points[line->count++] = point;
    }
    qsort(line->points, line->count, sizeof *line->points, compare_points);
    return DM_OK;
}

static bool is_swept(const struct dm_line *line)
{
    return line->count > 1 && line->points[0].threads < line->points[line->count - 1].threads;
}

static bool begins_line(const struct dm_measurements *all, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (same_line(&all->results[i], &all->results[index]))
            return false;
    return all->results[index].threads > 0;
}

static enum dm_status add_line(const struct dm_common *common, size_t first, struct dm_scene *scene,
                               struct dm_error *error)
{
    const struct dm_measurements *all = common->measurements;
    const struct dm_measurement *result = &all->results[first];
    struct dm_line *line = &scene->lines[scene->line_count];
    enum dm_status status = fill_line(all, first, line, error);
    if (status != DM_OK || !is_swept(line)) {
        free(line->points);
        *line = (struct dm_line){0};
        return status;
    }
    struct dm_common but_threads = *common;
    but_threads.same[DM_PARAMETER_THREADS] = true;
    if (common->configured)
        dm_label(line->label, sizeof line->label, &but_threads, result);
    line->kind = result->numbers[DM_PARAMETER_EXECUTOR];
    line->grain = result->numbers[DM_PARAMETER_GRAIN];
    scene->line_count++;
    return DM_OK;
}

static enum dm_status make_lines(const struct dm_common *common, struct dm_scene *scene,
                                 struct dm_error *error)
{
    const struct dm_measurements *all = common->measurements;
    enum dm_status status = DM_OK;
    scene->lines = calloc(DM_LINES_MAX, sizeof *scene->lines);
    if (!scene->lines)
        return dm_fail_memory(error, "the speedups");
    for (size_t i = 0; i < all->count && scene->line_count < DM_LINES_MAX && status == DM_OK; i++) {
        if (begins_line(all, i))
            status = add_line(common, i, scene, error);
    }
    scene->speedup_over = !tells_speedups(all)               ? "one thread"
                          : common->same[DM_PARAMETER_GRAIN] ? "serial"
                                                             : "serial with the same grain";
    return status;
}

enum dm_status dm_scene_make(const struct dm_measurements *measurements, struct dm_scene *scene,
                             struct dm_error *error)
{
    struct dm_scene made = {0};
    struct dm_common common = dm_common_of(measurements);
    dm_title(made.title, sizeof made.title, &common);
    dm_subtitle(made.subtitle, sizeof made.subtitle, &common);
    enum dm_status status = make_bars(&common, &made, error);
    if (status == DM_OK)
        status = make_lines(&common, &made, error);
    if (status != DM_OK) {
        dm_scene_free(&made);
        return status;
    }
    make_factors(&made);
    choose_axis(&made);
    *scene = made;
    return DM_OK;
}

void dm_scene_free(struct dm_scene *scene)
{
    for (size_t i = 0; i < scene->count; i++)
        free(scene->bars[i].label);
    for (size_t i = 0; i < scene->line_count; i++)
        free(scene->lines[i].points);
    free(scene->bars);
    free(scene->lines);
    *scene = (struct dm_scene){0};
}
