#include "base/text.h"
#include "testing/testing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The result of loading a text, and the text's temporary file. */
struct loaded {
    char *folder;
    enum dm_status status;
    struct dm_locations locations;
    struct dm_load_notes notes;
    struct dm_error error;
};

static struct loaded load_bytes(const char *text, size_t length, struct dm_load_options options)
{
    struct loaded loaded = {.folder = make_folder()};
    char *path = path_in(loaded.folder, "x.csv");
    write_file(path, text, length);
    loaded.status = dm_load_csv(path, &options, &loaded.locations, &loaded.notes, &loaded.error);
    free(path);
    return loaded;
}

static struct loaded load(const char *text, struct dm_load_options options)
{
    return load_bytes(text, strlen(text), options);
}

static void drop(struct loaded *loaded)
{
    dm_locations_free(&loaded->locations);
    remove_folder(loaded->folder);
}

static void assert_location(const struct loaded *loaded, size_t index, const char *name, double lat,
                            double lon)
{
    size_t length;
    if (loaded->status != DM_OK)
        fail_msg("%s", loaded->error.message);
    assert_true(index < loaded->locations.count);
    const char *found = dm_location_name(&loaded->locations, index, &length);
    assert_int_equal(length, strlen(name));
    assert_memory_equal(found, name, length);
    assert_true(loaded->locations.lat_deg[index] == lat);
    assert_true(loaded->locations.lon_deg[index] == lon);
}

static const struct dm_load_options defaults = {0};

/* Loads the text and expects exactly these two locations. */
static void assert_paris_and_rome(const char *text, struct dm_load_options options)
{
    struct loaded loaded = load(text, options);
    assert_location(&loaded, 0, "Paris", 48.8566, 2.3522);
    assert_location(&loaded, 1, "Rome", 41.9028, 12.4964);
    assert_int_equal(loaded.locations.count, 2);
    drop(&loaded);
}

/* Expects the message and, in brackets after it, the field of the options that it concerns and
 * suggestions: "x.csv:1: there is no column 9 [load.lat: load.lat=2]". */
static void assert_says(const struct dm_error *error, const char *message, const char *wanted)
{
    char said[2 * DM_ERROR_LENGTH];
    size_t used = (size_t)snprintf(said, sizeof said, "%s", message);
    const char *before = " [";
    if (error->field != DM_FIELD_NONE) {
        used += (size_t)sprintf(said + used, " [%s:", dm_field_name(error->field));
        before = " ";
    }
    for (unsigned i = 0; i < error->suggestion_count; i++, before = " ")
        used += (size_t)sprintf(said + used, "%s%s=%s", before,
                                dm_field_name(error->suggestions[i].field),
                                error->suggestions[i].value);
    if (error->field != DM_FIELD_NONE || error->suggestion_count > 0)
        sprintf(said + used, "]");
    assert_string_equal(said, wanted);
}

/* Loads the text and expects this, in which the path of the file is x.csv. */
static void assert_refused(const char *text, struct dm_load_options options, enum dm_status status,
                           const char *wanted)
{
    struct loaded loaded = load(text, options);
    assert_int_equal(loaded.status, status);
    const char *said = strstr(loaded.error.message, "x.csv");
    assert_non_null(said);
    assert_says(&loaded.error, said, wanted);
    assert_int_equal(loaded.locations.count, 0);
    assert_null(loaded.locations.lat_deg);
    drop(&loaded);
}

static void understands_line_ends(void **state)
{
    (void)state;
    assert_paris_and_rome("name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n", defaults);
    assert_paris_and_rome("name,lat,lon\r\nParis,48.8566,2.3522\r\nRome,41.9028,12.4964\r\n",
                          defaults);
    assert_paris_and_rome("name,lat,lon\rParis,48.8566,2.3522\rRome,41.9028,12.4964\r", defaults);
    assert_paris_and_rome("name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964", defaults);
    assert_paris_and_rome(
        "\n\nname,lat,lon\n\n  \nParis,48.8566,2.3522\n\nRome,41.9028,12.4964\n\n", defaults);
    assert_paris_and_rome("\xEF\xBB\xBFname,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n",
                          defaults);
}

static void understands_blanks_and_quotes(void **state)
{
    (void)state;
    assert_paris_and_rome(
        "\"name\", lat ,\tlon\nParis , 48.8566 ,2.3522\n\"Rome\",\" 41.9028 \",\"12.4964\"\n",
        defaults);
    struct loaded loaded = load("name,lat,lon\n\" A, \"\"B\"\"\nC \",1,2\n5\" D,3,4\n", defaults);
    assert_location(&loaded, 0, " A, \"B\"\nC ", 1, 2);
    assert_location(&loaded, 1, "5\" D", 3, 4);
    drop(&loaded);
}

static void finds_columns_by_name(void **state)
{
    (void)state;
    assert_paris_and_rome("LATITUDE,Longitude,City\n48.8566,2.3522,Paris\n41.9028,12.4964,Rome\n",
                          defaults);
    struct dm_load_options degrees = {.degrees = true};
    assert_paris_and_rome("y,x,label\n48.8566,2.3522,Paris\n41.9028,12.4964,Rome\n", degrees);
    assert_paris_and_rome("lng,lat,place\n2.3522,48.8566,Paris\n12.4964,41.9028,Rome\n", defaults);
    assert_paris_and_rome(
        "country,name,lat,lon\nFR,Paris,48.8566,2.3522\nIT,Rome,41.9028,12.4964\n", defaults);
    assert_paris_and_rome(
        "place,Latitude (WGS84),Longitude (WGS84)\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n",
        defaults);
    /* a header that is the word beats one that holds it */
    assert_paris_and_rome(
        "name,lat error,lat,lon\nParis,0.5,48.8566,2.3522\nRome,0.5,41.9028,12.4964\n", defaults);
}

static void takes_columns_as_told(void **state)
{
    (void)state;
    struct dm_load_options named = {.name = "stop_name", .lat = "STOP_LAT", .lon = "stop_lon"};
    assert_paris_and_rome(
        "id,stop_lat,stop_name,stop_lon\n1,48.8566,Paris,2.3522\n2,41.9028,Rome,12.4964\n", named);
    struct dm_load_options numbered = {.name = "4", .lat = "2", .lon = "3"};
    assert_paris_and_rome("1,48.8566,2.3522,Paris\n2,41.9028,12.4964,Rome\n", numbered);
    struct dm_load_options mixed = {.lat = "north", .lon = "3"};
    assert_paris_and_rome("who,north,east\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n", mixed);
}

static void does_without_a_header(void **state)
{
    (void)state;
    assert_paris_and_rome("Paris,48.8566,2.3522\nRome,41.9028,12.4964\n", defaults);
    struct dm_load_options none = {.header = DM_HEADER_NO};
    assert_paris_and_rome("Paris,48.8566,2.3522\nRome,41.9028,12.4964\n", none);
    /* a place may be called like a column */
    struct loaded loaded = load("Lat,1,2\n", defaults);
    assert_location(&loaded, 0, "Lat", 1, 2);
    assert_string_equal(loaded.notes.columns, "name 1, latitude 2, longitude 3");
    drop(&loaded);
}

/* Two lines, of which the first is a name's. */
static void a_name_with_words_of_both_coordinates_is_no_header(void **state)
{
    (void)state;
    struct dm_load_options planar = {.coordinates = DM_PLANAR};
    struct loaded loaded = load("\"a, \"\"x\"\"\ny\",1,2\n", planar);
    assert_location(&loaded, 0, "a, \"x\"\ny", 2, 1);
    assert_int_equal(loaded.locations.count, 1);
    drop(&loaded);
    loaded = load("Long lat lane,1,2\nb,3,4\n", defaults);
    assert_location(&loaded, 0, "Long lat lane", 1, 2);
    assert_location(&loaded, 1, "b", 3, 4);
    drop(&loaded);
}

static void numbers_what_has_no_name(void **state)
{
    (void)state;
    struct loaded loaded = load("lat,lon\n1,2\n3,4\n", defaults);
    assert_location(&loaded, 0, "1", 1, 2);
    assert_location(&loaded, 1, "2", 3, 4);
    assert_string_equal(loaded.notes.columns, "no names, latitude \"lat\", longitude \"lon\"");
    drop(&loaded);
}

static void says_when_it_takes_a_row_for_a_header(void **state)
{
    (void)state;
    struct dm_load_options numbered = {.lat = "2", .lon = "3"};
    struct loaded loaded = load("place,north,east\nParis,48.8566,2.3522\n", numbered);
    assert_location(&loaded, 0, "Paris", 48.8566, 2.3522);
    assert_false(loaded.notes.header_skipped); /* by its words */
    drop(&loaded);
    loaded = load("place,up,down\nParis,48.8566,2.3522\n", numbered);
    assert_location(&loaded, 0, "Paris", 48.8566, 2.3522);
    assert_true(loaded.notes.header_skipped);
    drop(&loaded);
    loaded = load("name,lat,lon\nParis,48.8566,2.3522\n", defaults);
    assert_false(loaded.notes.header_skipped);
    drop(&loaded);
    /* an empty field is no header but a row that lacks a coordinate */
    assert_refused("Lyon,1,\nParis,48.8566,2.3522\n", numbered, DM_DATA,
                   "x.csv:1: longitude in column 3 is missing; such rows can be left out "
                   "[load.skip_invalid=]");
}

static void takes_other_delimiters(void **state)
{
    (void)state;
    struct dm_load_options semicolon = {.delimiter = ';'}, tab = {.delimiter = '\t'};
    assert_paris_and_rome("name;lat;lon\nParis;48.8566;2.3522\nRome;41.9028;12.4964\n", semicolon);
    assert_paris_and_rome("name\tlat\tlon\nParis\t48.8566\t2.3522\nRome\t41.9028\t12.4964\n", tab);
    assert_paris_and_rome("name;lat;lon\nParis;48,8566;2,3522\nRome;41,9028;12,4964\n", defaults);
    assert_paris_and_rome("name\tlat\tlon\nParis\t48,8566\t2,3522\nRome\t41,9028\t12,4964\n",
                          defaults);
    assert_paris_and_rome("name|lat|lon\nParis|48.8566|2.3522\nRome|41.9028|12.4964\n", defaults);
    assert_paris_and_rome(
        "name,lat,lon\nParis,\"48,8566\",\"2,3522\"\nRome,\"41,9028\",\"12,4964\"\n", defaults);
    struct dm_load_options blanks = {.delimiter = ' '};
    assert_paris_and_rome("  name lat\t lon\n  Paris  48.8566 2.3522\nRome 41.9028  12.4964 \n",
                          blanks);
    assert_refused("name;lat;lon\nParis;48,8566;2.3522\n", semicolon, DM_DATA,
                   "x.csv:2: longitude \"2.3522\" in column 3 has a decimal point, but coordinates "
                   "before it have a comma; write all alike");
}

static void takes_limits_and_refuses_what_is_beyond(void **state)
{
    (void)state;
    struct loaded loaded = load("a,90,180\nb,-90,-180\n", defaults);
    assert_location(&loaded, 0, "a", 90, 180);
    assert_location(&loaded, 1, "b", -90, -180);
    drop(&loaded);
    /* a rounding error is taken back, and longitudes may go all the way round */
    loaded = load("a,90.0000000001,180.0000000001\nb,-90.000001,360\nc,0,282.96\n", defaults);
    assert_location(&loaded, 0, "a", 90, 180.0000000001 - 360);
    assert_location(&loaded, 1, "b", -90, 0);
    assert_location(&loaded, 2, "c", 0, 282.96 - 360);
    assert_int_equal(loaded.notes.wrapped, 2);
    drop(&loaded);
    assert_refused("a,90.00001,0\n", defaults, DM_DATA,
                   "x.csv:1: latitude 90.00001 in column 2 is outside -90..90");
}

static const struct dm_load_options planar = {.coordinates = DM_PLANAR};

/* Loads the text and expects this planar location. */
static void assert_planar(const char *text, struct dm_load_options options, double x_m, double y_m)
{
    struct loaded loaded = load(text, options);
    assert_location(&loaded, 0, "a", y_m, x_m);
    assert_true(loaded.locations.x_m[0] == x_m && loaded.locations.y_m[0] == y_m);
    assert_int_equal(loaded.locations.coordinates, DM_PLANAR);
    drop(&loaded);
}

static void finds_planar_columns(void **state)
{
    (void)state;
    assert_planar("name,x,y\na,500000,4649776\n", planar, 500000, 4649776);
    assert_planar("Y,X,name\n4649776,500000,a\n", planar, 500000, 4649776);
    assert_planar("name,Northing,Easting\na,4649776,500000\n", planar, 500000, 4649776);
    assert_planar("name,east,north\na,1,2\n", planar, 1, 2);
    assert_planar("name,EASTINGS (m),NORTHINGS (m)\na,1,2\n", planar, 1, 2);
    assert_planar("name,x_m,y_m\na,1,2\n", planar, 1, 2);
    assert_planar("a,1,2\n", planar, 1, 2);
    /* degrees beside metres are left alone */
    assert_planar("name,lat,lon,x,y\na,48.9,2.4,1,2\n", planar, 1, 2);
    assert_planar("name,x,y\na,-1e15,5e-324\n", planar, -1e15, 5e-324);
    struct loaded loaded = load("y,name,x\n1,a,2\n", planar);
    assert_string_equal(loaded.notes.columns, "name \"name\", x \"x\", y \"y\"");
    drop(&loaded);
}

static void takes_planar_columns_as_told(void **state)
{
    (void)state;
    struct dm_load_options named = {.lat = "lat", .lon = "lon", .coordinates = DM_PLANAR};
    assert_planar("name,lat,lon\na,1,2\n", named, 2, 1);
    struct dm_load_options numbered = {.lat = "2", .lon = "3", .coordinates = DM_PLANAR};
    assert_planar("a,1,2\n", numbered, 2, 1);
    struct dm_load_options same = {.lat = "2", .lon = "2", .coordinates = DM_PLANAR};
    assert_refused(
        "a,1,2\n", same, DM_USAGE,
        "x.csv:1: x and y are both column 2; choose two [load.lat: load.lon= load.lat=]");
    struct dm_load_options beyond = {.lon = "9", .coordinates = DM_PLANAR};
    assert_refused("name,x,y\na,1,2\n", beyond, DM_USAGE,
                   "x.csv:1: there is no column 9 but only 3 columns [load.lon:]");
}

static void degrees_are_not_taken_for_metres(void **state)
{
    (void)state;
    static const char *const headers[] = {"name,lat,lon", "latitude,longitude", "Lat,Lng,City",
                                          "name,LONG,LATITUDE"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct loaded loaded = load(headers[i], planar);
        assert_int_equal(loaded.status, DM_DATA);
        assert_non_null(strstr(loaded.error.message, "are these degrees?"));
        assert_int_equal(loaded.error.suggestions[0].field, DM_FIELD_METRIC);
        drop(&loaded);
    }
}

static void asks_when_columns_cannot_be_told(void **state)
{
    (void)state;
    assert_refused("name,lat,latitude,lon\na,1,1,2\n", defaults, DM_DATA,
                   "x.csv:1: \"lat\" and \"latitude\" could each be the latitude; choose one "
                   "[load.lat=lat load.lon=lon]");
    assert_refused(
        "place,north,east\na,1,2\n", defaults, DM_DATA,
        "x.csv:1: \"east\" and \"north\" may be metres in a plane, or longitude and latitude "
        "in degrees; say which [metric=euclidean metric=haversine]");
    assert_refused(
        "place,x,y\na,1,2\n", defaults, DM_DATA,
        "x.csv:1: \"x\" and \"y\" may be metres in a plane, or longitude and latitude in "
        "degrees; say which [metric=euclidean metric=haversine]");
    assert_refused("place,up,down\na,1,2\n", defaults, DM_DATA,
                   "x.csv:1: there are no columns of latitude and longitude among \"place\", "
                   "\"up\", \"down\"; choose them by header or number [load.lat=up load.lon=down "
                   "load.lat=3 load.lon=2]");
    assert_refused("place,latitude,east\na,1,2\n", defaults, DM_DATA,
                   "x.csv:1: there is no longitude column among \"place\", \"latitude\", \"east\"; "
                   "choose it by header or number [load.lon=]");
    struct dm_load_options misspelt = {.lat = "lattitude"};
    assert_refused("name,latitude,lon\na,1,2\n", misspelt, DM_USAGE,
                   "x.csv:1: no column is called \"lattitude\"; there are \"name\", "
                   "\"latitude\", \"lon\" [load.lat: load.lat=latitude]");
    struct dm_load_options twice = {.lat = "lat"};
    assert_refused("lat,lat,lon\n1,1,2\n", twice, DM_USAGE,
                   "x.csv:1: 2 columns are called \"lat\"; choose by number, counted from 1 "
                   "[load.lat: load.lat=2]");
    struct dm_load_options same = {.lat = "2", .lon = "2"};
    assert_refused("a,1,2\n", same, DM_USAGE,
                   "x.csv:1: latitude and longitude are both column 2; choose two [load.lat: "
                   "load.lat= load.lon=]");
}

static void column_numbers_must_be_of_columns(void **state)
{
    (void)state;
    struct dm_load_options beyond = {.lat = "9", .lon = "3"};
    assert_refused("name,lat,lon\na,1,2\n", beyond, DM_USAGE,
                   "x.csv:1: there is no column 9 but only 3 columns [load.lat:]");
    struct dm_load_options huge = {.lat = "576460752303423489", .lon = "3"};
    assert_refused("name,lat,lon\na,1,2\n", huge, DM_USAGE,
                   "x.csv:1: there is no column 576460752303423489 but only 3 columns [load.lat:]");
}

static void a_coordinate_can_be_the_name(void **state)
{
    (void)state;
    struct dm_load_options by_lat = {.name = "lat"};
    struct loaded loaded = load("name,lat,lon\na,1.50,2\n", by_lat);
    assert_location(&loaded, 0, "1.50", 1.5, 2);
    drop(&loaded);
}

static void numbers_rows_with_blank_names(void **state)
{
    (void)state;
    struct loaded loaded = load("name,lat,lon\na,1,2\n\" \",3,4\nc,5,6\n", defaults);
    assert_location(&loaded, 0, "a", 1, 2);
    assert_location(&loaded, 1, "2", 3, 4);
    assert_int_equal(loaded.notes.numbered, 1);
    drop(&loaded);
}

/* A quote that is misplaced costs its own line, whatever ends lines. */
static void a_skipped_line_ends_where_lines_end(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    struct dm_load_options skip = {.skip_invalid = true};
    for (size_t i = 0; i < 3; i++) {
        char text[128];
        snprintf(text, sizeof text, "name,lat,lon%sY,1,1%s\"A\"x,1,2%sB,1,3%sC,x,5%sD,5,6%s",
                 ends[i], ends[i], ends[i], ends[i], ends[i], ends[i]);
        struct loaded loaded = load(text, skip);
        assert_int_equal(loaded.locations.count, 3);
        assert_location(&loaded, 1, "B", 1, 3);
        assert_location(&loaded, 2, "D", 5, 6);
        assert_int_equal(loaded.notes.skipped, 2);
        drop(&loaded);
        char *bad = strstr(text, "\"A\"x");
        memcpy(bad, "-A-x", 4);
        assert_refused(text, defaults, DM_DATA,
                       "x.csv:5: latitude \"x\" in column 2 is not a number; such rows "
                       "can be left out [load.skip_invalid=]");
    }
}

/* With blanks as the delimiter, a quote in the rest of a skipped line does not open. */
static void a_skipped_line_opens_no_quote(void **state)
{
    (void)state;
    struct dm_load_options skip = {.skip_invalid = true, .delimiter = ' '};
    struct loaded loaded = load("name lat lon\n\"a\"b \"c 1 2\nx  3   4\ny 5 6\n", skip);
    assert_int_equal(loaded.locations.count, 2);
    assert_location(&loaded, 0, "x", 3, 4);
    assert_int_equal(loaded.notes.skipped, 1);
    drop(&loaded);
}

static void skips_lines_whatever_ends_them(void **state)
{
    (void)state;
    static const char *const texts[] = {"a title\n\nname,lat,lon\nY,1,1\n",
                                        "a title\r\n\r\nname,lat,lon\r\nY,1,1\r\n",
                                        "a title\r\rname,lat,lon\rY,1,1\r"};
    struct dm_load_options skip = {.skip_rows = 2};
    for (size_t i = 0; i < 3; i++) {
        struct loaded loaded = load(texts[i], skip);
        assert_location(&loaded, 0, "Y", 1, 1);
        assert_int_equal(loaded.notes.header_line, 3);
        drop(&loaded);
    }
}

/* The row of types in files of the US Geological Survey; 16s could be a latitude. */
static void leaves_out_types_below_the_header(void **state)
{
    (void)state;
    struct loaded loaded = load("# USGS\nsite_no\tname\tdec_lat_va\tdec_long_va\n"
                                "15s\t50s\t16s\t16n\n01\tY\t40.5\t-75.25\n",
                                defaults);
    assert_location(&loaded, 0, "Y", 40.5, -75.25);
    assert_true(loaded.notes.units_skipped);
    drop(&loaded);
}

/* "sep=" as the name of a column is no line of a spreadsheet. */
static void a_separator_is_no_line_end(void **state)
{
    (void)state;
    struct loaded loaded = load("sep=\r\n\r\nY,1,1\r\n", defaults);
    assert_location(&loaded, 0, "Y", 1, 1);
    assert_int_equal(loaded.notes.delimiter, ',');
    drop(&loaded);
}

static void a_long_part_is_not_cut(void **state)
{
    (void)state;
    char text[256];
    struct dm_load_options parts = {.lat = "2,3", .lon = "4", .name = "1"};
    snprintf(text, sizeof text, "n,d,m,lon\nY,\"48%62sx\",30,1\n", "");
    struct loaded loaded = load(text, parts);
    assert_int_equal(loaded.status, DM_DATA);
    assert_non_null(strstr(loaded.error.message, "is not an angle"));
    remove_folder(loaded.folder);
}

static void notes_the_columns_by_number(void **state)
{
    (void)state;
    struct loaded loaded =
        load("lat_deg,lat_min,ns,name,lon\n48,30,N,Y,2\n33,30,S,Z,4\n", defaults);
    const struct dm_load_columns *used = loaded.notes.used;
    assert_location(&loaded, 0, "Y", 48.5, 2);
    assert_true(used->name[0] == 4 && used->name[1] == 0 && used->both == 0);
    assert_true(used->lat[0] == 1 && used->lat[1] == 2 && used->lat[2] == 0 && used->lat[3] == 3);
    assert_true(used->lon[0] == 5 && used->lon[1] == 0);
    drop(&loaded);
    loaded = load("coordinates,id\n\"48.5, 2.25\",7\n", defaults);
    used = loaded.notes.used;
    assert_true(used->both == 1 && used->name[0] == 2 && used->lat[0] == 0 && used->lon[0] == 0);
    drop(&loaded);
}

static void says_what_is_not_there(void **state)
{
    (void)state;
    assert_refused("", defaults, DM_DATA, "x.csv: there are no locations in it; it is empty");
    assert_refused("name,lat,lon\n\n", defaults, DM_DATA,
                   "x.csv: there are no locations in it, only a header");
    struct dm_locations locations = {0};
    struct dm_load_notes notes;
    struct dm_error error;
    assert_int_equal(dm_load_csv("/nowhere/x.csv", &defaults, &locations, &notes, &error), DM_IO);
    assert_string_equal(error.message, "/nowhere/x.csv: cannot open: No such file or directory");
    char *folder = make_folder(), wanted[200];
    assert_int_equal(dm_load_csv(folder, &defaults, &locations, &notes, &error), DM_IO);
    snprintf(wanted, sizeof wanted, "%s: is a folder (name a CSV file in it)", folder);
    assert_string_equal(error.message, wanted);
    remove_folder(folder);
}

static void skips_invalid_rows_when_told(void **state)
{
    (void)state;
    struct dm_load_options skip = {.skip_invalid = true};
    struct loaded loaded = load("name,lat,lon\nParis,48.8566,2.3522\nNowhere,north,2\nNowhere,1\n"
                                "\"No\"where,1,2\nNowhere,\"1\"2,3\nNowhere,1,500\nNowhere,1,2,3\n"
                                "Rome,41.9028,12.4964\n",
                                skip);
    assert_location(&loaded, 0, "Paris", 48.8566, 2.3522);
    assert_location(&loaded, 1, "Rome", 41.9028, 12.4964);
    assert_int_equal(loaded.locations.count, 2);
    assert_int_equal(loaded.notes.skipped, 6);
    assert_string_equal(strstr(loaded.notes.first_skipped, "x.csv"),
                        "x.csv:3: latitude \"north\" in column 2 is not a number");
    drop(&loaded);
}

static void nothing_but_invalid_rows_is_an_error(void **state)
{
    (void)state;
    struct dm_load_options skip = {.skip_invalid = true};
    struct loaded loaded = load("name,lat,lon\na,b,c\nd,e,f\n", skip);
    assert_int_equal(loaded.status, DM_DATA);
    assert_non_null(strstr(loaded.error.message, "all 2 rows are invalid, the first: "));
    drop(&loaded);
    /* the advice is still good, but for that which was taken */
    loaded = load("name,lat,lon\na,100,20\nb,200,1\n", skip);
    assert_says(&loaded.error, strstr(loaded.error.message, "latitude 100"),
                "latitude 100 in column 2 is outside -90..90; are latitude and longitude swapped? "
                "[load.lat=3 load.lon=2]");
    drop(&loaded);
    loaded = load("name,lat,lon\na,,1\n", skip);
    assert_says(&loaded.error, strstr(loaded.error.message, "latitude in"),
                "latitude in column 2 is missing");
    drop(&loaded);
}

/* Lines in messages are those an editor shows, whatever ends them and wherever quotes lie. */
static void counts_physical_lines(void **state)
{
    (void)state;
    static const char wanted[] =
        "x.csv:6: latitude \"!\" in column 2 is not a number; such rows can be "
        "left out [load.skip_invalid=]";
    assert_refused("name,lat,lon\n\n\"a\nb\",1,2\n\nc,!,2\n", defaults, DM_DATA, wanted);
    assert_refused("name,lat,lon\r\n\r\n\"a\r\nb\",1,2\r\n\r\nc,!,2\r\n", defaults, DM_DATA,
                   wanted);
    assert_refused("name,lat,lon\r\r\"a\nb\",1,2\r\rc,!,2\r", defaults, DM_DATA, wanted);
    assert_refused("name,lat,lon\r\r\"a\rb\",1,2\r\rc,!,2\r", defaults, DM_DATA, wanted);
    /* after a line that had to be given up */
    struct dm_load_options skip = {.skip_invalid = true};
    struct loaded loaded = load("name,lat,lon\n\"a\nb\"c,1,2\n\"d,1\nokay,1,2\n", skip);
    assert_int_equal(loaded.status, DM_DATA);
    assert_string_equal(strstr(loaded.error.message, "x.csv"),
                        "x.csv:4: the quote that opens column 1, \"d,1\\x0Aokay,1,2\\x0A\", is "
                        "never closed");
    drop(&loaded);
}

/* Rows and quotes that lie across the blocks in which a file is read. */
static void blocks_make_no_difference(void **state)
{
    (void)state;
    size_t rows = 40000, used = 0;
    char *text = malloc(rows * 48);
    used += (size_t)sprintf(text, "name,lat,lon\n");
    for (size_t i = 0; i < rows; i++)
        used += (size_t)sprintf(text + used, "\"%zu, \"\"a\"\"\n\",%.4f,%.4f\r\n", i,
                                (double)(i % 180) - 89.5, (double)(i % 360) - 179.5);
    struct loaded loaded = load_bytes(text, used, defaults);
    assert_int_equal(loaded.locations.count, rows);
    for (size_t i = 0; i < rows; i++) {
        char name[48];
        sprintf(name, "%zu, \"a\"\n", i);
        assert_location(&loaded, i, name, (double)(i % 180) - 89.5, (double)(i % 360) - 179.5);
    }
    drop(&loaded);
    free(text);
}

static void takes_long_names_and_many_columns(void **state)
{
    (void)state;
    size_t length = (size_t)10 << 20;
    char *text = malloc(length + 64);
    memset(text, 'n', length);
    memcpy(text + length, ",1,2\n", 6);
    struct loaded loaded = load(text, defaults);
    size_t name_length;
    assert_int_equal(loaded.status, DM_OK);
    dm_location_name(&loaded.locations, 0, &name_length);
    assert_int_equal(name_length, length);
    drop(&loaded);

    memset(text, ',', 200000);
    memcpy(text, "a,1,2", 5);
    memcpy(text + 200000, "\nb,3,4\n", 8);
    loaded = load(text, defaults);
    assert_location(&loaded, 1, "b", 3, 4);
    drop(&loaded);
    free(text);
}

static void reads_standard_input(void **state)
{
    (void)state;
    char *folder = make_folder(), *path = path_in(folder, "in.csv");
    write_text(path, "Paris,48.8566,2.3522\n");
    int before = dup(STDIN_FILENO), file = open(path, O_RDONLY);
    dup2(file, STDIN_FILENO);
    struct loaded loaded = {0};
    loaded.status = dm_load_csv("-", &defaults, &loaded.locations, &loaded.notes, &loaded.error);
    dup2(before, STDIN_FILENO);
    close(before);
    close(file);
    assert_location(&loaded, 0, "Paris", 48.8566, 2.3522);
    dm_locations_free(&loaded.locations);
    free(path);
    remove_folder(folder);
}

static void stops_when_asked(void **state)
{
    (void)state;
    dm_flag stop = true;
    struct dm_load_options options = {.stop = &stop};
    struct loaded loaded = load("Paris,48.8566,2.3522\n", options);
    assert_int_equal(loaded.status, DM_STOPPED);
    drop(&loaded);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* What is cut, in messages and notes, is cut between characters. */
static void texts_are_cut_between_characters(void **state)
{
    (void)state;
    for (size_t extra = 0; extra < 4; extra++) {
        char path[600] = "/";
        memset(path + 1, 'x', 40 + extra);
        for (size_t i = 41 + extra; i < 500; i += 2)
            memcpy(path + i, "\xC3\xA9", 3); /* é */
        struct dm_locations locations;
        struct dm_load_notes notes;
        struct dm_error error;
        assert_int_equal(dm_load_csv(path, &defaults, &locations, &notes, &error), DM_IO);
        assert_true(dm_printable(error.message, strlen(error.message)) > 0);

        char text[600];
        size_t used = 0;
        static const char *const words[] = {"name", "lat", "lon"};
        for (size_t i = 0; i < 3; i++) {
            used += (size_t)sprintf(text + used, "%.*s%s ", (int)extra, "abc", words[i]);
            for (size_t j = 0; j < 60; j++)
                used += (size_t)sprintf(text + used, "\xC3\xA9");
            text[used++] = i < 2 ? ',' : '\n';
        }
        sprintf(text + used, "a,1,2\n");
        struct dm_load_options options = {.lat = "2", .lon = "3"};
        struct loaded loaded = load(text, options);
        assert_int_equal(loaded.status, DM_OK);
        const char *columns = loaded.notes.columns;
        for (size_t length = strlen(columns); length > 0;) {
            size_t bytes = dm_printable(columns, length);
            assert_true(bytes > 0);
            columns += bytes;
            length -= bytes;
        }
        drop(&loaded);
    }
}

/* Every NAME.csv in the folder is refused as NAME.error says. Those
 * called planar_... are read for x and y. */
static void refuses_every_malformed_file(void **state)
{
    (void)state;
    size_t files = 0;
    DIR *directory = opendir(MALFORMED_FOLDER);
    assert_non_null(directory);
    assert_int_equal(chdir(MALFORMED_FOLDER), 0); /* messages have the path */
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        if (!ends_with(entry->d_name, ".csv"))
            continue;
        files++;
        bool metres = strncmp(entry->d_name, "planar_", strlen("planar_")) == 0;
        struct dm_load_options options = {.coordinates = metres ? DM_PLANAR : DM_GEOGRAPHIC};
        const char *path = entry->d_name;
        struct dm_locations locations = {0};
        struct dm_load_notes notes;
        struct dm_error error = {0};
        enum dm_status status = dm_load_csv(path, &options, &locations, &notes, &error);
        if (status != DM_DATA)
            fail_msg("%s gave status %d, %s", entry->d_name, status, error.message);
        char *message = malloc(strlen(path) + sizeof ".error");
        sprintf(message, "%.*s.error", (int)strlen(path) - 4, path);
        char *wanted = read_file(message, NULL);
        wanted[strcspn(wanted, "\n")] = '\0';
        assert_says(&error, error.message, wanted);
        free(wanted);
        free(message);
    }
    closedir(directory);
    assert_true(files >= 25);
}

static void loads_the_cities(void **state)
{
    (void)state;
    char *path = data_file("cities.csv");
    struct loaded loaded = {0};
    loaded.status = dm_load_csv(path, &defaults, &loaded.locations, &loaded.notes, &loaded.error);
    assert_location(&loaded, 0, "Heshan", 23.81301, 108.88812);
    assert_location(&loaded, 3, "L\xC4\x81sjerd", 35.406, 53.0854);
    assert_int_equal(loaded.locations.count, 1000);
    dm_locations_free(&loaded.locations);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(understands_line_ends),
        cmocka_unit_test(understands_blanks_and_quotes),
        cmocka_unit_test(finds_columns_by_name),
        cmocka_unit_test(takes_columns_as_told),
        cmocka_unit_test(does_without_a_header),
        cmocka_unit_test(a_name_with_words_of_both_coordinates_is_no_header),
        cmocka_unit_test(numbers_what_has_no_name),
        cmocka_unit_test(says_when_it_takes_a_row_for_a_header),
        cmocka_unit_test(takes_other_delimiters),
        cmocka_unit_test(takes_limits_and_refuses_what_is_beyond),
        cmocka_unit_test(finds_planar_columns),
        cmocka_unit_test(takes_planar_columns_as_told),
        cmocka_unit_test(degrees_are_not_taken_for_metres),
        cmocka_unit_test(asks_when_columns_cannot_be_told),
        cmocka_unit_test(column_numbers_must_be_of_columns),
        cmocka_unit_test(a_coordinate_can_be_the_name),
        cmocka_unit_test(numbers_rows_with_blank_names),
        cmocka_unit_test(a_skipped_line_ends_where_lines_end),
        cmocka_unit_test(a_skipped_line_opens_no_quote),
        cmocka_unit_test(skips_lines_whatever_ends_them),
        cmocka_unit_test(leaves_out_types_below_the_header),
        cmocka_unit_test(a_separator_is_no_line_end),
        cmocka_unit_test(a_long_part_is_not_cut),
        cmocka_unit_test(notes_the_columns_by_number),
        cmocka_unit_test(says_what_is_not_there),
        cmocka_unit_test(skips_invalid_rows_when_told),
        cmocka_unit_test(nothing_but_invalid_rows_is_an_error),
        cmocka_unit_test(counts_physical_lines),
        cmocka_unit_test(blocks_make_no_difference),
        cmocka_unit_test(takes_long_names_and_many_columns),
        cmocka_unit_test(reads_standard_input),
        cmocka_unit_test(stops_when_asked),
        cmocka_unit_test(texts_are_cut_between_characters),
        cmocka_unit_test(refuses_every_malformed_file),
        cmocka_unit_test(loads_the_cities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
