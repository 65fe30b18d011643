#include "fault/sweep_scenarios.h"

#include "base/crc.h"
#include "report/manifest.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RESULT "-o", "out/result"
#define CUT "--threads=2", "--grain=3", "--quiet"

static const struct scenario fixed[] = {
    {.name = "new file", .words = {"places.csv", RESULT, "--executor=serial", CUT}, .is_new = true},
    {.name = "cross", .words = {"places.csv", "others.csv", RESULT, CUT}},
    {.name = "cross, geodesic",
     .words = {"places.csv", "others.csv", "--metric=geodesic", RESULT, CUT}},
    {.name = "planar", .words = {"planar.csv", "--metric=euclidean", RESULT, CUT}},
    {.name = "standard input",
     .words = {"-", RESULT, CUT},
     .input = "places.csv",
     .is_short = true},
    {.name = "standard output",
     .words = {"places.csv", "--executor=serial", CUT},
     .is_short = true},
    {.name = "skip invalid",
     .words = {"broken.csv", "--skip-invalid", RESULT, CUT},
     .is_short = true},
    {.name = "compressed, Latin-1", .words = {"latin1.csv.gz", "--encoding=latin1", RESULT, CUT}},
    {.name = "run, export json",
     .words = {"places.csv", RESULT, "--export-json=out/times.json", "--threads=2"},
     .reports = true},
    {.name = "run, all exports",
     .words = {"places.csv", RESULT, "--export-json=out/times.json", "--export-csv=out/times.csv",
               "--executor=serial", "--quiet"},
     .is_short = true},
    {.name = "names",
     .words = {"places.csv", RESULT, "--format=npy", "--names=out/times.csv", CUT},
     .is_short = true},
    {.name = "delay", .words = {"places.csv", RESULT, "--delay=1ms", CUT}},
    {.name = "resume",
     .words = {"many.csv", RESULT, "--resume", "--executor=serial", CUT},
     .goes_on = true,
     .is_short = true},
    {.name = "resume, npz",
     .words = {"many.csv", "--nearest=3", "--format=npz", RESULT, "--resume", CUT},
     .goes_on = true},
    {.name = "part", .words = {"places.csv", RESULT, "--shard=2/3", CUT}},
    {.name = "part, manifest",
     .words = {"places.csv", RESULT, "--shard=2/3", "--manifest", "--executor=serial", CUT}},
    {.name = "join", .words = {"--join", RESULT, "--quiet", "part.2", "part.1"}, .is_short = true},
    {.name = "join, standard output",
     .words = {"--join", "-o", "-", "--quiet", "part.1", "part.2", "part.2.manifest"}},
    {.name = "compare",
     .words = {"places.csv", "--compare", "--runs=1", "--warmup=0", "--threads=2", "--grain=3"},
     .timed = true},
    {.name = "compare, all exports",
     .words = {"places.csv", "--compare=serial", "--runs=1", "--warmup=0", "--grain=3",
               "--export-json=out/times.json", "--export-csv=out/times.csv",
               "--export-markdown=out/times.md"},
     .timed = true,
     .files_first = true},
    {.name = "nearest",
     .words = {"places.csv", "others.csv", "--nearest=2", RESULT, CUT},
     .is_short = true},
    {.name = "within, process",
     .words = {"many.csv", "--within=4000", "--metric=geodesic", "--executor=process", RESULT,
               CUT}},
    {.name = "accuracy", .words = {"places.csv", "--accuracy"}, .is_short = true},
    {.name = "dry run",
     .words = {"places.csv", "--dry-run", RESULT, CUT},
     .timed = true,
     .is_short = true},
    {.name = "help", .words = {"--help"}, .is_short = true},
    {.name = "list", .words = {"--list"}, .is_short = true},
    {.name = "version", .words = {"--version"}, .is_short = true},
};

/* An option whose words are the same for as long as the test lives. */
static const char *option(const char *name, const char *value)
{
    static char texts[SCENARIOS_MAX][48];
    static size_t used;
    assert_true(used < SCENARIOS_MAX);
    snprintf(texts[used], sizeof texts[used], "--%s=%s", name, value);
    return texts[used++];
}

static size_t add_executors(struct scenario *list)
{
    size_t count = 0;
    for (const struct dm_executor_ops *const *known = dm_executors(); *known; known++) {
        const char *name = option("executor", (*known)->name);
        list[count] =
            (struct scenario){.words = {"places.csv", RESULT, CUT, name}, .is_short = true};
        snprintf(list[count].name, sizeof list->name, "executor %s", (*known)->name);
        count++;
        list[count] = (struct scenario){
            .words = {"many.csv", RESULT, "--max-memory=320K", "--threads=2", "--quiet", name}};
        snprintf(list[count].name, sizeof list->name, "several bands, %s", (*known)->name);
        count++;
    }
    return count;
}

static size_t add_formats(struct scenario *list)
{
    size_t count = 0;
    for (const struct dm_format *const *known = dm_formats(); *known; known++) {
        const char *needed = (*known)->uses & DM_FIELD_BIT(DM_FIELD_SPEED) ? "--speed=50"
                             : (*known)->rows                              ? "--shape=sequence"
                                                                           : NULL;
        if (!(*known)->shapes) /* for the results of a search */
            continue;
        list[count] = (struct scenario){.words = {"places.csv", RESULT, "--executor=serial", CUT,
                                                  option("format", (*known)->name), needed}};
        snprintf(list[count].name, sizeof list->name, "format %s", (*known)->name);
        count++;
    }
    return count;
}

size_t scenarios(struct scenario list[SCENARIOS_MAX])
{
    size_t count = sizeof fixed / sizeof *fixed;
    memcpy(list, fixed, sizeof fixed);
    count += add_executors(list + count);
    count += add_formats(list + count);
    return count;
}

static void write_in(const char *folder, const char *name, const char *text)
{
    char *path = path_in(folder, name);
    write_text(path, text);
    free(path);
}

static void write_many(const char *folder)
{
    static char text[8192];
    struct random random = {32};
    size_t used = (size_t)sprintf(text, "name,lat,lon\n");
    for (int i = 0; i < 150; i++)
        used +=
            (size_t)sprintf(text + used, "place %d,%.4f,%.4f\n", i,
                            random_between(&random, -90, 90), random_between(&random, -180, 180));
    assert_true(used < sizeof text);
    write_in(folder, "many.csv", text);
}

/* A part of two, and its manifest. */
static void write_part(const char *folder, uint64_t shard, const char *text)
{
    char run[] = "format=csv\nunit=km\n", name[32];
    struct dm_manifest manifest = {.run = run,
                                   .shard = {shard, 2},
                                   .bytes = strlen(text),
                                   .crc = dm_crc(0, text, strlen(text))};
    snprintf(name, sizeof name, "part.%d", (int)shard);
    write_in(folder, name, text);
    snprintf(name, sizeof name, "part.%d" DM_MANIFEST, (int)shard);
    char *written = dm_manifest_text(&manifest);
    write_in(folder, name, written);
    free(written);
}

/* One number has more digits than are read without help, one name quotes. */
#define PLACES                                                                                     \
    "name,lat,lon\n"                                                                               \
    "Oslo,59.913868812345678901234567890,10.7522\n"                                                \
    "\"Rome, \"\"Roma\"\"\",41.9028,12.4964\n"                                                     \
    "Lima,-12.0464,-77.0428\n"                                                                     \
    "Perth,-31.9523,115.8613\n"                                                                    \
    "Quito,-0.1807,-78.4678\n"

/* "name,lat,lon", K\xF6ln, Rome and Lima, compressed with gzip. */
static const char latin1_gz[] =
    "\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\x03\xCB\x4B\xCC\x4D\xD5\xC9\x49\x2C\xD1\xC9"
    "\xC9\xCF\xE3\xF2\xFE\x96\x93\xA7\x63\x6A\xA0\x67\xA9\x63\xCE\x15\x94\x0F\x94\x30"
    "\x31\x04\xB2\x0D\x8D\xF4\x4C\xB9\x7C\x32\x73\x13\x75\x74\x0D\x8D\x74\x74\xCD\xCD"
    "\xB9\x00\x06\x8B\x0A\x25\x35\x00\x00\x00";

void scenario_files(const char *folder)
{
    write_in(folder, "places.csv", PLACES);
    write_in(folder, "others.csv", "name,lat,lon\nTonga,-21.1,-175.2\nCeuta,35.9,-5.3\n");
    write_in(folder, "broken.csv",
             PLACES "Nowhere,91,0\nno,numbers\n\"torn\"x,1,2\nOulu,65,25.5\n");
    write_in(folder, "planar.csv", "name,x,y\na,0,0\nb,3,4\nc,-7.5,1e3\nd,12,5\n");
    char *path = path_in(folder, "latin1.csv.gz");
    write_file(path, latin1_gz, sizeof latin1_gz - 1);
    free(path);
    write_many(folder);
    write_part(folder, 1, "origin,destination,distance_km\n");
    write_part(folder, 2, "Oslo,Lima,11000.5\n");
}
