/* Coordinates of other reference systems, through the module crs.so beside this program. */
#include "testing/testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The result of loading a text, and the folder of its file. */
struct loaded {
    char *folder;
    enum dm_status status;
    struct dm_locations locations;
    struct dm_load_notes notes;
    struct dm_error error;
};

static struct loaded load_with(const char *text, struct dm_load_options options)
{
    struct loaded loaded = {.folder = make_folder()};
    char *path = path_in(loaded.folder, "x.csv");
    write_text(path, text);
    loaded.status = dm_load_csv(path, &options, &loaded.locations, &loaded.notes, &loaded.error);
    free(path);
    return loaded;
}

static struct loaded load(const char *text, const char *crs)
{
    return load_with(text, (struct dm_load_options){.crs = crs});
}

static void drop(struct loaded *loaded)
{
    dm_locations_free(&loaded->locations);
    remove_folder(loaded->folder);
}

static void assert_loaded(const struct loaded *loaded, size_t count)
{
    if (loaded->status != DM_OK)
        fail_msg("%s", loaded->error.message);
    assert_int_equal(loaded->locations.count, count);
    assert_int_equal(loaded->locations.coordinates, DM_GEOGRAPHIC);
}

/* Asserts that a location is within `within_m` metres of a place. */
static void assert_near(const struct loaded *loaded, size_t index, double lat_deg, double lon_deg,
                        double within_m)
{
    const double metres_a_degree = 111200;
    double lat = loaded->locations.lat_deg[index], lon = loaded->locations.lon_deg[index];
    double north_m = (lat - lat_deg) * metres_a_degree;
    double east_m = (lon - lon_deg) * metres_a_degree * cos(lat_deg * 0.017453292519943295);
    if (!(hypot(north_m, east_m) <= within_m))
        fail_msg("%.9f %.9f is %.4f m from %.9f %.9f", lat, lon, hypot(north_m, east_m), lat_deg,
                 lon_deg);
}

static void assert_place(const char *text, const char *crs, double lat_deg, double lon_deg,
                         double within_m)
{
    struct loaded loaded = load(text, crs);
    assert_loaded(&loaded, 1);
    assert_near(&loaded, 0, lat_deg, lon_deg, within_m);
    drop(&loaded);
}

/* Asserts what the error says, and the value that it suggests for its field, if any. */
static void assert_refused(struct loaded loaded, enum dm_status status, const char *part,
                           const char *suggested)
{
    assert_int_equal(loaded.status, status);
    if (!strstr(loaded.error.message, part))
        fail_msg("\"%s\" is not in: %s", part, loaded.error.message);
    assert_int_equal(loaded.error.suggestion_count, suggested ? 1 : 0);
    if (suggested)
        assert_string_equal(loaded.error.suggestions[0].value, suggested);
    assert_null(loaded.locations.lat_deg);
    drop(&loaded);
}

/* ---- places ---- */

/* Ordnance Survey, "A guide to coordinate systems in Great Britain": Caister water tower has
 * 52 39' 27.2531" N, 1 43' 4.5177" E on OSGB36, and its national grid coordinates are those below.
 * Its place on ETRS89, 52 39' 28.8282" N, 1 42' 57.8663" E, is from "Transformations and OSGM15
 * user guide". The operation without a grid, said to be accurate to 2 m, is 3.6 m off there. */
static void places_of_great_britain(void **state)
{
    const double lat = 52 + 39 / 60.0 + 28.8282 / 3600, lon = 1 + 42 / 60.0 + 57.8663 / 3600;
    struct loaded grid = load("name,easting,northing\nc,651409.903,313177.270\n", "EPSG:27700");
    struct loaded degrees = load("name,lat,lon\nc,52.6575703056,1.7179215833\n", "EPSG:4277");
    (void)state;
    assert_loaded(&grid, 1);
    assert_loaded(&degrees, 1);
    assert_near(&grid, 0, lat, lon, 4);
    assert_near(&grid, 0, degrees.locations.lat_deg[0], degrees.locations.lon_deg[0], 0.002);
    drop(&grid);
    drop(&degrees);
}

/* The false origin is defined as 46.5 N, 3 E; the other is from cs2cs 9.1.1. */
static void places_of_france(void **state)
{
    (void)state;
    assert_place("name,x,y\na,700000,6600000\n", "EPSG:2154", 46.5, 3, 0.001);
    assert_place("name,x,y\na,652709,6862041\n", "EPSG:2154", 48.8566692850, 2.3554698678, 0.001);
}

/* lon = x / R, lat = 2 atan(exp(y / R)) - pi / 2 */
static void places_of_web_maps(void **state)
{
    enum { SIDE = 21, LENGTH = 40 };
    const double radius_m = 6378137, degree = 0.017453292519943295, half_pi = 1.5707963267948966;
    char text[SIDE * SIDE * LENGTH];
    size_t used = (size_t)sprintf(text, "name,x,y\n");
    (void)state;
    for (int i = 0; i < SIDE * SIDE; i++)
        used += (size_t)sprintf(text + used, "a,%d,%d\n", (i / SIDE - SIDE / 2) * 2003000,
                                (i % SIDE - SIDE / 2) * 2000000);
    struct loaded loaded = load(text, "EPSG:3857");
    assert_loaded(&loaded, SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
        double x = (i / SIDE - SIDE / 2) * 2003000, y = (i % SIDE - SIDE / 2) * 2000000;
        assert_near(&loaded, (size_t)i, (2 * atan(exp(y / radius_m)) - half_pi) / degree,
                    x / radius_m / degree, 0.001);
    }
    drop(&loaded);
}

/* EPSG guidance note 7-2, Lambert Azimuthal Equal Area: 50 N, 5 E is X (north) 2999718.85, Y (east)
 * 3962799.45. The system names north first; in the file, x is east. */
static void x_is_east_whatever_the_system_says(void **state)
{
    (void)state;
    assert_place("name,x,y\na,3962799.45,2999718.85\n", "EPSG:3035", 50, 5, 0.01);
    assert_place("northing,easting,name\n2999718.85,3962799.45,a\n", "EPSG:3035", 50, 5, 0.01);
    assert_place("name,lat,lon\na,48.8,2.3\n", "EPSG:4326", 48.8, 2.3, 1e-6);
    assert_place("name,lon,lat\na,2.3,48.8\n", "OGC:CRS84", 48.8, 2.3, 1e-6);
    assert_place("a,48.8,2.3\n", "EPSG:4326", 48.8, 2.3, 1e-6);
    assert_place("a,3962799.45,2999718.85\n", "EPSG:3035", 50, 5, 0.01);
    /* where PROJ chooses among operations by the place, in the order of the system */
    struct loaded loaded = load("name,x,y\na,3500000,5500000\n", "EPSG:31467");
    assert_loaded(&loaded, 1);
    assert_near(&loaded, 0, 49.6367079205, 8.9989589995, 5);
    assert_true(loaded.notes.crs.accuracy_m > 0);
    drop(&loaded);
}

static void systems_have_many_names(void **state)
{
    const char *const text = "name,x,y\na,651409.903,313177.270\n";
    (void)state;
    assert_place(text, "British National Grid", 52.6579785986, 1.7160519904, 0.001);
    assert_place(text, "EPSG:7405", 52.6579785986, 1.7160519904, 0.001); /* with heights */
    assert_place("name,x,y\na,500000,0\n", "+proj=utm +zone=31", 0, 3, 0.001);
    assert_place("name,x,y\na,500000,0\n", "+proj=utm +zone=31 +type=crs", 0, 3, 0.001);
    /* 500,000 m in feet of 1200/3937 m */
    assert_place("name,x,y\na,1640416.6667,0\n", "+proj=utm +zone=31 +units=us-ft", 0, 3, 0.001);
    assert_place("name,lat,lon\na,50,2\n", /* 50 grads are 45 degrees; Paris is at 2.5969 grads */
                 "EPSG:4807", 45, 2 * 0.9 + 2.33722917, 100);
    assert_place("name,lat,lon\na,50,2\n", "EPSG:4979", 50, 2, 0.001);
    assert_place("name,lat,lon\na,50,2\n", "EPSG:9518", 50, 2, 0.001); /* with heights */
}

static void longitudes_are_brought_into_range(void **state)
{
    (void)state;
    assert_place("name,lat,lon\na,10,350\n", "OGC:CRS84", 10, -10, 1e-6);
    assert_place("name,lat,lon\na,10,180\n", "OGC:CRS84", 10, 180, 1e-6);
}

/* ---- notes ---- */

static void notes_say_what_was_done(void **state)
{
    struct loaded loaded =
        load("name,x,y\na,651409.903,313177.270\nb,400000,300000\n", "EPSG:27700");
    const struct dm_crs_notes *notes = &loaded.notes.crs;
    (void)state;
    assert_loaded(&loaded, 2);
    assert_string_equal(notes->name, "EPSG:27700, OSGB36 / British National Grid");
    assert_true(notes->projected);
    assert_int_equal(notes->uncertain, 0);
    assert_non_null(strstr(notes->operations, "Inverse of British National Grid + OSGB36 to "));
    assert_null(strstr(notes->operations, "axis order"));
    assert_true(notes->accuracy_m == 2 || notes->accuracy_m == 1); /* 1 m with the grid */
    if (notes->accuracy_m == 2)
        assert_string_equal(notes->grid, "uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
    drop(&loaded);
    loaded = load("name,lat,lon\na,1,2\n", "EPSG:4326");
    assert_false(notes->projected);
    assert_string_equal(notes->name, "EPSG:4326, WGS 84");
    assert_string_equal(notes->operations, "\"no change\"");
    assert_true(notes->accuracy_m == 0);
    drop(&loaded);
    loaded = load("name,lat,lon\na,1,2\n", NULL);
    assert_string_equal(notes->name, "");
    drop(&loaded);
}

/* A point far from Great Britain has no operation but a rough one. */
static void points_outside_are_noted(void **state)
{
    struct loaded loaded = load(
        "name,x,y\na,651409.903,313177.270\nfar,5000000,9000000\nb,400000,300000\n", "EPSG:27700");
    const struct dm_crs_notes *notes = &loaded.notes.crs;
    (void)state;
    assert_loaded(&loaded, 3);
    assert_int_equal(notes->uncertain, 1);
    assert_true(notes->accuracy_m == -1);
    assert_non_null(strstr(notes->operations, "Ballpark"));
    drop(&loaded);
    /* PROJ falls back on the operation of a neighbouring area. */
    loaded = load("name,x,y\na,3500000,5500000\nfar,3500000,6500000\n", "EPSG:31467");
    assert_loaded(&loaded, 2);
    assert_near(&loaded, 1, 58.6, 9, 10e3);
    assert_int_equal(notes->uncertain, 1);
    assert_non_null(strstr(notes->operations, "DHDN to WGS 84"));
    assert_int_equal(notes->far, 1);
    drop(&loaded);
    /* Swiss coordinates are called y, to the east, and x. */
    loaded = load("name,Y,X\na,600000,200000\nb,681000,224000\n", "EPSG:21781");
    assert_loaded(&loaded, 2);
    assert_int_equal(loaded.notes.crs.far, 2);
    drop(&loaded);
    loaded = load("name,X,Y\na,600000,200000\nb,681000,224000\n", "EPSG:21781");
    assert_int_equal(loaded.notes.crs.far, 0);
    drop(&loaded);
    /* The area of Fiji's grid crosses the date line. */
    loaded = load("name,x,y\na,2000000,4000000\nb,2300000,4000000\n", "EPSG:3460");
    assert_loaded(&loaded, 2);
    assert_int_equal(loaded.notes.crs.far, 0);
    drop(&loaded);
}

/* ---- errors ---- */

static void unknown_systems_are_refused(void **state)
{
    const char *const text = "name,x,y\na,1,2\n";
    (void)state;
    assert_refused(load(text, "EPSG:277000"), DM_USAGE, "\"EPSG:277000\" is not known to PROJ",
                   NULL);
    assert_refused(load(text, "27700"), DM_USAGE, "\"27700\" is not known", "EPSG:27700");
    assert_refused(load(text, ""), DM_USAGE, "is not known", NULL);
    assert_refused(load(text, "x\x1B[31m"), DM_USAGE, "\"x?[31m\" is not known", NULL);
    assert_refused(load(text, "EPSG:4978"), DM_USAGE, "is geocentric", NULL);
    assert_refused(load(text, "EPSG:5703"), DM_USAGE, "has heights only", NULL);
    assert_refused(load(text, "EPSG:7030"), DM_USAGE, "", NULL); /* an ellipsoid */
    assert_refused(
        load_with(text, (struct dm_load_options){.crs = "EPSG:27700", .coordinates = DM_PLANAR}),
        DM_USAGE, "load.crs converts", "geodesic");
}

static const char *const with_bad_rows = "name,x,y\n"
                                         "Caister,651409.903,313177.270\n"
                                         "\"bad\none\",1e14,1e14\n"
                                         "worse,x,y\n"
                                         "Other,400000,300000\n"
                                         "last,-1e14,0\n";

static void bad_points_are_named(void **state)
{
    (void)state;
    assert_refused(load(with_bad_rows, "EPSG:3857"), DM_DATA, "x.csv:5: x \"x\"", "");
    assert_refused(load("name,x,y\na,1,2\n\"b\nc\",1e14,1e14\nd,1,2\n", "EPSG:27700"), DM_DATA,
                   "x.csv:4: x 1e+14 and y 1e+14 cannot be converted from "
                   "EPSG:27700",
                   "");
    assert_refused(load("name,lat,lon\na,1,2\nb,91,2\n", "EPSG:4326"), DM_DATA,
                   "x.csv:3: longitude 2 and latitude 91 cannot", "");
    assert_refused(load("name,lat,lon\na,1,2\nb,1,500000\n", "OGC:CRS84"), DM_DATA,
                   "x.csv:3: ", "");
    assert_refused(load_with("name,x,y\na,1e14,1e14\n",
                             (struct dm_load_options){.crs = "EPSG:27700", .skip_invalid = true}),
                   DM_DATA, "all 1 rows are invalid, the first: ", NULL);
}

static void assert_name(const struct loaded *loaded, size_t index, const char *name)
{
    size_t length;
    const char *found = dm_location_name(&loaded->locations, index, &length);
    assert_int_equal(length, strlen(name));
    assert_memory_equal(found, name, length);
}

static void bad_points_can_be_left_out(void **state)
{
    struct loaded loaded = load_with(
        with_bad_rows, (struct dm_load_options){.crs = "EPSG:27700", .skip_invalid = true});
    (void)state;
    assert_loaded(&loaded, 2);
    assert_name(&loaded, 0, "Caister");
    assert_name(&loaded, 1, "Other");
    assert_near(&loaded, 0, 52.6579785986, 1.7160519904, 0.001);
    assert_near(&loaded, 1, 52.5977924308, -2.0014331155, 0.001);
    assert_int_equal(loaded.notes.skipped, 3);
    assert_non_null(strstr(loaded.notes.first_skipped, "x.csv:4: x 1e+14 and"));
    drop(&loaded);
}

/* Many rows are converted in several batches. */
static void long_files_are_converted_whole(void **state)
{
    enum { ROWS = 6000, EVERY = 1500, LENGTH = 40 };
    char *text = malloc(ROWS * LENGTH), name[16];
    size_t used = (size_t)sprintf(text, "name,x,y\n");
    (void)state;
    for (int i = 0; i < ROWS; i++)
        used += (size_t)sprintf(text + used, "n%d,%s,300000\n", i,
                                i % EVERY == EVERY - 1 ? "1e14" : "400000");
    struct loaded loaded =
        load_with(text, (struct dm_load_options){.crs = "EPSG:27700", .skip_invalid = true});
    assert_loaded(&loaded, ROWS - ROWS / EVERY);
    assert_int_equal(loaded.notes.skipped, ROWS / EVERY);
    for (size_t i = 0; i < loaded.locations.count; i++) {
        sprintf(name, "n%zu", i + i / (EVERY - 1));
        assert_name(&loaded, i, name);
        assert_near(&loaded, i, 52.5977924308, -2.0014331155, 0.001);
    }
    drop(&loaded);
    assert_refused(load(text, "EPSG:27700"), DM_DATA, "x.csv:1501: x 1e+14", "");
    free(text);
}

static void a_stop_ends_the_load(void **state)
{
    dm_flag stop = true;
    struct loaded loaded = load_with("name,x,y\na,1,2\n",
                                     (struct dm_load_options){.crs = "EPSG:27700", .stop = &stop});
    (void)state;
    assert_int_equal(loaded.status, DM_STOPPED);
    drop(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_of_great_britain),
        cmocka_unit_test(places_of_france),
        cmocka_unit_test(places_of_web_maps),
        cmocka_unit_test(x_is_east_whatever_the_system_says),
        cmocka_unit_test(systems_have_many_names),
        cmocka_unit_test(longitudes_are_brought_into_range),
        cmocka_unit_test(notes_say_what_was_done),
        cmocka_unit_test(points_outside_are_noted),
        cmocka_unit_test(unknown_systems_are_refused),
        cmocka_unit_test(bad_points_are_named),
        cmocka_unit_test(bad_points_can_be_left_out),
        cmocka_unit_test(long_files_are_converted_whole),
        cmocka_unit_test(a_stop_ends_the_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
