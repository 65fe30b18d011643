/* Distances of this machine's best instruction set, to compare with those of another.
 *
 *     distances write FILE      notes them
 *     distances compare FILE    fails where they differ by more than the metrics promise
 *
 * Needs the metrics alone, no package, so that it builds for machines that are not at hand.
 */
#include <dmatrix/metric.h>

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 300, PAIRS = POINTS * POINTS };

static const struct dm_metric *const metrics[] = {&dm_metric_haversine, &dm_metric_geodesic,
                                                  &dm_metric_equirectangular, &dm_metric_euclidean};
enum { METRICS = sizeof metrics / sizeof *metrics };

static double metres[METRICS][PAIRS], others[METRICS][PAIRS];

/* From 0 to 1; the same on every machine. */
static double random_fraction(void)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005 + 1442695040888963407;
    return (double)(state >> 11) * 0x1p-53;
}

/* Points anywhere, every third one nearly opposite to the one before. */
static void compute(void)
{
    double lat[POINTS], lon[POINTS];
    for (size_t i = 0; i < POINTS; i++) {
        bool opposite = i % 3 == 2;
        lat[i] = opposite ? -lat[i - 1] : 180 * random_fraction() - 90;
        lon[i] =
            opposite ? lon[i - 1] - copysign(179.5, lon[i - 1]) : 360 * random_fraction() - 180;
    }
    struct dm_locations locations = {.count = POINTS, .lat_deg = lat, .lon_deg = lon};
    struct dm_metric_options options = {0};
    for (size_t k = 0; k < METRICS; k++) {
        struct dm_prepared *prepared;
        struct dm_error error;
        if (metrics[k]->prepare(&locations, &options, &prepared, &error) != DM_OK) {
            fprintf(stderr, "%s\n", error.message);
            exit(2);
        }
        for (size_t i = 0; i < POINTS; i++)
            metrics[k]->fill(prepared, prepared, i, 0, POINTS, metres[k] + i * POINTS);
        metrics[k]->dispose(prepared);
    }
}

static void transfer(const char *path, const char *mode, double (*numbers)[PAIRS])
{
    FILE *file = fopen(path, mode);
    size_t done = 0;
    if (file)
        done = *mode == 'w' ? fwrite(numbers, sizeof *numbers, METRICS, file)
                            : fread(numbers, sizeof *numbers, METRICS, file);
    if (!file || fclose(file) != 0 || done != METRICS) {
        perror(path);
        exit(2);
    }
}

/* Two roundings of each metric may add up. */
static int compare(void)
{
    int failures = 0;
    for (size_t k = 0; k < METRICS; k++) {
        double worst = 0;
        size_t differ = 0;
        for (size_t i = 0; i < PAIRS; i++) {
            differ += memcmp(&metres[k][i], &others[k][i], sizeof metres[k][i]) != 0;
            worst = fmax(worst, fabs(metres[k][i] - others[k][i]));
        }
        printf("%-16s %5zu of %d differ, by %.2f nm at most\n", metrics[k]->name, differ, PAIRS,
               worst * 1e9);
        failures += !(worst <= 20e-9);
    }
    return failures > 0;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    compute();
    if (strcmp(argv[1], "write") == 0) {
        transfer(argv[2], "wb", metres);
        return 0;
    }
    transfer(argv[2], "rb", others);
    return compare();
}
