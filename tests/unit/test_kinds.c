/* Files that are no tables, and tables that begin like them. */
#include "load/kinds.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The start of a file, and what is said of it. */
struct example {
    const char *bytes;
    size_t length;
    const char *says;   /* after "FILE: this is " */
    const char *filter; /* NULL: none is suggested */
};

#define EXAMPLE(text, description, command)                                                        \
    {                                                                                              \
        text, sizeof(text) - 1, description, command                                               \
    }
#define BYTES(text) EXAMPLE(text, NULL, NULL)
#define NUL_10 "\0\0\0\0\0\0\0\0\0\0"
#define NUL_50 NUL_10 NUL_10 NUL_10 NUL_10 NUL_10
#define POINTS "ogr2ogr -f CSV /vsistdout/ {} -lco GEOMETRY=AS_XY"

/* The header of a file in a ZIP archive, up to its name: its length is the last argument. */
#define ZIPPED(length) "PK\x03\x04\x14\0\0\0\x08\0\0\0!\0" NUL_10 "\0\0" length "\0\0\0"

static const struct example binary[] = {
    EXAMPLE("\x1F\x8B\x08", "compressed with gzip twice; decompress it", "gzip -dc"),
    EXAMPLE("\x1F\x9D\x90", "compressed with compress; decompress it", "gzip -dc"),
    EXAMPLE("BZh91AY&SY\x12", "compressed with bzip2; decompress it", "bzip2 -dc"),
    EXAMPLE("BZh9\x17\x72\x45\x38\x50\x90", "compressed with bzip2; decompress it", "bzip2 -dc"),
    EXAMPLE("\xFD"
            "7zXZ\0\0\x04",
            "compressed with xz; decompress it", "xz -dc"),
    EXAMPLE("\x28\xB5\x2F\xFD\x24", "compressed with zstd; decompress it", "zstd -dc"),
    EXAMPLE("\x04\x22\x4D\x18\x64", "compressed with lz4; decompress it", "lz4 -dc"),
    EXAMPLE(ZIPPED("\x13") "[Content_Types].xml..." ZIPPED("\x0F") "xl/workbook.xml",
            "a spreadsheet (.xlsx), not text; save it as CSV, or convert it",
            "OGR_XLSX_HEADERS=FORCE ogr2ogr -f CSV /vsistdout/ {}"),
    EXAMPLE(ZIPPED("\x08") "mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK",
            "a spreadsheet (.ods), not text; save it as CSV, or convert it",
            "OGR_ODS_HEADERS=FORCE ogr2ogr -f CSV /vsistdout/ {}"),
    EXAMPLE(ZIPPED("\x13") "[Content_Types].xml..." ZIPPED("\x11") "word/document.xml",
            "an Office document, not text; save its table as CSV", NULL),
    EXAMPLE(ZIPPED("\x07") "doc.kml...", "geodata (KMZ), not a table; convert it to CSV", POINTS),
    EXAMPLE(ZIPPED("\x0A") "cities.kml...", "geodata (KMZ), not a table; convert it to CSV",
            POINTS),
    EXAMPLE(ZIPPED("\x0A") "routes.txtPPK\x03" ZIPPED("\x09") "stops.txt...",
            "a timetable (GTFS), not a table; extract its stops", "unzip -p {} stops.txt"),
    EXAMPLE(ZIPPED("\x0A") "cities.csv...", "a ZIP archive, not a table; extract the table",
            "unzip -p {}"),
    EXAMPLE(ZIPPED("\xFF") "cut", "a ZIP archive, not a table; extract the table", "unzip -p {}"),
    EXAMPLE("PK\x03\x04", "a ZIP archive, not a table; extract the table", "unzip -p {}"),
    EXAMPLE("PK\x05\x06" NUL_10, "a ZIP archive without files; choose another file", NULL),
    EXAMPLE("7z\xBC\xAF\x27\x1C\0\x04", "a 7z archive, not a table; extract the table", NULL),
    EXAMPLE("Rar!\x1A\x07\x01", "a RAR archive, not a table; extract the table", NULL),
    EXAMPLE("cities.csv" NUL_50 NUL_50 NUL_50 NUL_50 NUL_10 NUL_10 NUL_10 NUL_10 "\0\0\0\0\0\0\0"
            "ustar\0"
            "00",
            "a tar archive, not a table; extract the table", "tar -xOf -"),
    EXAMPLE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0",
            "an old Office document such as a spreadsheet (.xls), not text; save it as CSV", NULL),
    EXAMPLE("%PDF-1.7\n%", "a PDF document, not text; look for the table in another format", NULL),
    EXAMPLE("\0\0\x27\x0A" NUL_10 NUL_10 "\0\0\0\x4E\xE8\x03\0\0",
            "geodata (a shapefile), not a table; convert it to CSV", POINTS),
    EXAMPLE("fgb\x03"
            "fgb\x01",
            "geodata (FlatGeobuf), not a table; convert it to CSV", POINTS),
    EXAMPLE("SQLite format 3\0" NUL_50 "\0\0"
            "GPKG",
            "geodata (a GeoPackage), not a table; convert it to CSV", POINTS),
    EXAMPLE("SQLite format 3\0" NUL_50 NUL_10,
            "a database (SQLite), not a table; export one of its tables as CSV", NULL),
    EXAMPLE("\x03\x7E\x0B\x1C\x02\0\0\0\x41\0\x0B\0" NUL_10 NUL_10
            "NAME\0\0\0\0\0\0\0C" NUL_10 NUL_10 "\x0D rows",
            "a database file (.dbf), not text; convert it to CSV; if it is part of a shapefile, "
            "convert the .shp file instead",
            "ogr2ogr -f CSV /vsistdout/ {}"),
    EXAMPLE("PAR1\x15\x04",
            "a Parquet file, not text; convert it to CSV, for example with DuckDB "
            "or pandas",
            NULL),
    EXAMPLE("ARROW1\0\0\xFF",
            "an Arrow or Feather file, not text; convert it to CSV, for example with pandas", NULL),
    EXAMPLE("\x93NUMPY\x01\0v\0{'descr'",
            "a NumPy array, not text; write it as CSV with numpy.savetxt()", NULL),
    EXAMPLE("\x89HDF\r\n\x1A\n", "an HDF5 file, not text; write its table as CSV", NULL),
    EXAMPLE("X\n\0\0\0\x03", "an R object (.rds), not text; write it as CSV with write.csv() in R",
            NULL),
    EXAMPLE("RDX3\nX\n\0\0", "R data (.RData), not text; write it as CSV with write.csv() in R",
            NULL),
    EXAMPLE("\x89PNG\r\n\x1A\n\0", "an image (PNG), not text; choose another file", NULL),
    EXAMPLE("\xFF\xD8\xFF\xE0", "an image (JPEG), not text; choose another file", NULL),
    EXAMPLE("II*\0\x08", "an image (TIFF), not text; choose another file", NULL),
    EXAMPLE("\x7F"
            "ELF\x02",
            "a program, not text; choose another file", NULL),
};

#define TSPLIB(type)                                                                               \
    "NAME : x\nTYPE : TSP\r\nCOMMENT :\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : " type "\n"
#define NODES "awk '/^[A-Z]/{n=/^NODE_COORD/;if(n)print\"name,x,y\";next}n{print$1\",\"$2\",\"$3}'"
#define SCALED "a TSPLIB file, not a table; "

static const struct example texts[] = {
    EXAMPLE("n\0a\0m\0e\0,\0", "UTF-16 without a byte order mark; name the encoding", NULL),
    EXAMPLE("\0n\0a\0m\0e\x20\xAC\0,\0\xE9", "UTF-16 without a byte order mark; name the encoding",
            NULL),
    EXAMPLE("\x01\x02\x03\x04\0\0\0\0\0text",
            "binary data, not text; choose another file, or "
            "export it as CSV",
            NULL),
    EXAMPLE("n\0\0\0a\0\0\0m\0\0\0e\0\0\0",
            "binary data, not text; choose another file, or "
            "export it as CSV",
            NULL),
    EXAMPLE("<!DOCTYPE html>\n<html><head>",
            "a web page (HTML), not a table; did a download end "
            "at a login or an error page?",
            NULL),
    EXAMPLE("\n<HTML lang=\"en\"><head>",
            "a web page (HTML), not a table; did a download end at a "
            "login or an error page?",
            NULL),
    EXAMPLE("<?xml version=\"1.0\"?><!DOCTYPE html>\n<html xmlns=\"x\">",
            "a web page (HTML), not a table; did a download end at a login or an error page?",
            NULL),
    EXAMPLE("<?xml version=\"1.0\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">",
            "geodata (KML), not a table; convert it to CSV", POINTS),
    EXAMPLE("<?xml version=\"1.0\"?>\n<kml xmlns=\"x\"><description><![CDATA[<html>",
            "geodata (KML), not a table; convert it to CSV", POINTS),
    EXAMPLE("<kml>\n<Document>", "geodata (KML), not a table; convert it to CSV", POINTS),
    EXAMPLE("<?xml version=\"1.0\"?>\n<!-- a -->\n<gpx version=\"1.1\"\n creator=\"x\">",
            "geodata (GPX), not a table; convert its waypoints to CSV",
            "ogr2ogr -f CSV /vsistdout/ {} waypoints -lco GEOMETRY=AS_XY"),
    EXAMPLE("<?xml version=\"1.0\"?>\n<osm version=\"0.6\">",
            "geodata (OpenStreetMap), not a table; convert its points to CSV",
            "ogr2ogr -f CSV /vsistdout/ {} points -lco GEOMETRY=AS_XY"),
    EXAMPLE("<?xml version=\"1.0\"?>\n<kmlish>", "XML, not a table; convert it to CSV", NULL),
    EXAMPLE("{\"type\": \"FeatureCollection\",\n\"features\": [",
            "geodata (GeoJSON), not a table; convert it to CSV", POINTS),
    EXAMPLE("{ \"type\" : \"Feature\", \"geometry\": {\"type\": \"Point\"}}\n{\"type\"",
            "geodata (GeoJSON), not a table; convert it to CSV", POINTS),
    EXAMPLE("[{\"name\": \"a \\\" ]\", \"lat\": 1}]\n",
            "JSON, not a table; convert it to CSV, for example with jq", NULL),
    EXAMPLE("[[1, 2],\n [3, 4]]", "JSON, not a table; convert it to CSV, for example with jq",
            NULL),
    EXAMPLE("{}", "JSON, not a table; convert it to CSV, for example with jq", NULL),
    EXAMPLE("[ ]\n", "JSON, not a table; convert it to CSV, for example with jq", NULL),
    EXAMPLE(TSPLIB("EUC_2D") "NODE_COORD_SECTION\n1 5 5\n", SCALED "extract its coordinates",
            NODES),
    EXAMPLE(TSPLIB("CEIL_2D ") "NODE_COORD_SECTION\n1 5 5\n", SCALED "extract its coordinates",
            NODES),
    EXAMPLE(TSPLIB("GEO"),
            SCALED "convert its coordinates, degrees and minutes (DDD.MM), to degrees in CSV",
            NULL),
    EXAMPLE(TSPLIB("ATT"), SCALED "convert its coordinates to CSV", NULL),
    EXAMPLE(TSPLIB("EXPLICIT") "EDGE_WEIGHT_SECTION\n0 1\n",
            "a TSPLIB file of distances, not a table of locations; the distances are in it already",
            NULL),
};

/* The example in a block of exactly its length, for sanitizers. Free .bytes. */
static struct dm_chunk chunk_of(const struct example *example)
{
    struct dm_chunk chunk = {malloc(example->length), example->length};
    memcpy(chunk.bytes, example->bytes, example->length);
    return chunk;
}

typedef enum dm_status check_function(const char *shown, const struct dm_chunk *start,
                                      bool compressed, struct dm_error *error);

static void assert_recognised(check_function *check, const struct example *example)
{
    char wanted[200];
    struct dm_error error = {0};
    struct dm_chunk chunk = chunk_of(example);
    snprintf(wanted, sizeof wanted, "x: this is %s", example->says);
    assert_int_equal(check("x", &chunk, false, &error), DM_DATA);
    assert_string_equal(error.message, wanted);
    bool filtered = error.suggestion_count > 0 && error.suggestions[0].field == DM_FIELD_ORIGINS;
    assert_int_equal(filtered, example->filter != NULL);
    if (filtered)
        assert_string_equal(error.suggestions[0].value, example->filter);
    /* decompressed, with or without a command for that */
    assert_int_equal(check("x", &chunk, true, &error), DM_DATA);
    assert_string_equal(error.message, wanted);
    free(chunk.bytes);
}

static void binary_formats_are_recognised(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof binary / sizeof *binary; i++)
        assert_recognised(dm_kind_check_bytes, &binary[i]);
}

static void text_formats_are_recognised(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_recognised(dm_kind_check_text, &texts[i]);
}

/* Cut anywhere: nothing after its end is read, which sanitizers see. */
static void starts_may_be_short(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof binary / sizeof *binary; i++)
        for (struct example cut = binary[i]; cut.length > 0; cut.length--) {
            struct dm_chunk chunk = chunk_of(&cut);
            dm_kind_check_bytes("x", &chunk, false, NULL);
            free(chunk.bytes);
        }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (struct example cut = texts[i]; cut.length > 0; cut.length--) {
            struct dm_chunk chunk = chunk_of(&cut);
            dm_kind_check_text("x", &chunk, false, NULL);
            free(chunk.bytes);
        }
}

static void tables_are_not_mistaken(void **state)
{
    static const struct example tables[] = {
        BYTES(""),
        BYTES("name,lat,lon\nParis,1,2\n"),
        BYTES("PK,48.8,2.3\n"),
        BYTES("PAR1,48.8,2.3\n"),
        BYTES("BZh9,48.8,2.3\n"),
        BYTES("ustar,1,2\n"),
        BYTES("X\n1\n"),
        BYTES("II*,1,2\n"),
        BYTES("fgb,1,2\n"),
        BYTES("7z,1,2\n"),
        BYTES("%PDF,1,2\n"),
        BYTES("SQLite format 3,1,2\n"),
        BYTES("RDX3\nX\nY\n"),
        BYTES("{name},lat,lon\n"),
        BYTES("{},1,2\n{},3,4\n"),
        BYTES("{\"a\": 1};48.8;2.3\n"),
        BYTES("{\"a\": [1, 2]}\t48.8\t2.3\n"),
        BYTES("{\"a,\" b,1,2\n"),
        BYTES("[1],48.8,2.3\n"),
        BYTES("[a\nb]\n"),
        BYTES("[],48.8,2.3\n"),
        BYTES("[[1]],48.8,2.3\n"),
        BYTES("<name>,lat,lon\n"),
        BYTES("<html>,48.8,2.3\n"),
        BYTES("<kml>;48.8;2.3\n"),
        BYTES("<?xml ?>,48.8,2.3\n"),
        BYTES("<htmlish>\n"),
        BYTES("< html >\n"),
        BYTES("NAME,TYPE,DIMENSION,lat,lon\nEDGE_WEIGHT_TYPE : EUC_2D,1,2,3,4\n"),
        BYTES("DIMENSION : 5,1,2\n"),
        /* damaged, but a table: the parser reports the place */
        BYTES("name,lat,lon\nPa\0ris,1,2\n"),
        BYTES("n\0a\0me,lat,lon\nParis,1,2\n"),
        BYTES("na\0me,lat,lon\n\0\0\0\0\0\0\0\0,1,2\nParis,1,2\nRome,1,2\nLima,1,2\nOslo,1,2\n"
              "Bern,1,2\nRiga,1,2\nSofia,1,2\n"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct dm_error error = {0};
        struct dm_chunk chunk = chunk_of(&tables[i]);
        if (dm_kind_check_bytes("x", &chunk, false, &error) != DM_OK ||
            dm_kind_check_text("x", &chunk, false, &error) != DM_OK)
            fail_msg("%s: %s", tables[i].bytes, error.message);
        free(chunk.bytes);
    }
}

static void assert_suggestion(const struct dm_error *error, unsigned place, enum dm_field field,
                              const char *value)
{
    assert_true(place < error->suggestion_count);
    assert_int_equal(error->suggestions[place].field, field);
    assert_string_equal(error->suggestions[place].value, value);
}

static void suggestions_say_how_to_read_the_result(void **state)
{
    static const struct example geojson = BYTES("{\"type\": \"FeatureCollection\"}"),
                                tsplib = BYTES(TSPLIB("EUC_2D")),
                                wide = BYTES("a\0,\0\x31\0,\0\x32\0"),
                                archive = BYTES(ZIPPED("\x0A") "cities.csv");
    struct dm_error error = {0};
    struct dm_chunk chunk = chunk_of(&geojson);
    (void)state;
    dm_kind_check_text("x", &chunk, true, &error);
    assert_suggestion(&error, 0, DM_FIELD_ORIGINS,
                      "ogr2ogr -f CSV /vsistdout/ /vsigzip/{} -lco GEOMETRY=AS_XY");
    assert_suggestion(&error, 1, DM_FIELD_LON, "X");
    assert_suggestion(&error, 2, DM_FIELD_LAT, "Y");
    free(chunk.bytes);
    chunk = chunk_of(&tsplib);
    dm_kind_check_text("x", &chunk, true, &error);
    assert_suggestion(&error, 0, DM_FIELD_ORIGINS, "gzip -dc {} | " NODES);
    assert_suggestion(&error, 1, DM_FIELD_METRIC, "euclidean");
    free(chunk.bytes);
    chunk = chunk_of(&wide);
    dm_kind_check_text("x", &chunk, false, &error);
    assert_suggestion(&error, 0, DM_FIELD_ENCODING, "UTF-16LE");
    free(chunk.bytes);
    chunk = chunk_of(&archive);
    dm_kind_check_bytes("x", &chunk, true, &error);
    assert_int_equal(error.suggestion_count, 0);
    free(chunk.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binary_formats_are_recognised),
        cmocka_unit_test(text_formats_are_recognised),
        cmocka_unit_test(starts_may_be_short),
        cmocka_unit_test(tables_are_not_mistaken),
        cmocka_unit_test(suggestions_say_how_to_read_the_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
