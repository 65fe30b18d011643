#include "load/kinds.h"

#include "load/binary_signs.h"
#include "load/text_signs.h"

#include <string.h>

/* A kind of file is recognised by the bytes that it begins with, by a sign in its first piece, or
 * by both. The error is "FILE: this is WHAT; ADVICE". */
struct kind {
    const char *magic;
    size_t magic_length;
    bool (*sign)(const struct dm_chunk *start);
    const char *what, *advice;
    const char *filter;      /* command that converts the file, as for dm_suggest(); may be NULL */
    const char *gzip_filter; /* same if the file is compressed with gzip */
    const struct dm_suggestion *fields; /* to be applied with it, ended by DM_FIELD_NONE */
};

#define MAGIC(bytes) .magic = (bytes), .magic_length = sizeof(bytes) - 1
#define ZIP MAGIC("PK\x03\x04")
#define SQLITE MAGIC("SQLite format 3\0")
#define SIGN(name) .sign = dm_is_##name
#define IS(name, do) .what = (name), .advice = (do)
#define R_ADVICE "write it as CSV with write.csv() in R"

/* Filters: a command that reads standard input; one that needs the file's path; GDAL's, which needs
 * it too, followed by other arguments, such as the layer. */
#define PIPE(command) .filter = (command), .gzip_filter = "gzip -dc {} | " command
#define PATH(command) .filter = (command)
#define OGR(arguments)                                                                             \
    .filter = "ogr2ogr -f CSV /vsistdout/ {}" arguments,                                           \
    .gzip_filter = "ogr2ogr -f CSV /vsistdout/ /vsigzip/{}" arguments
#define OGR_POINTS(layer) OGR(layer " -lco GEOMETRY=AS_XY"), .fields = points

/* Without this, GDAL calls the columns Field1, Field2, ... if it sees no header. */
#define SHEET(variable) PATH(variable "=FORCE ogr2ogr -f CSV /vsistdout/ {}")

/* The lines of NODE_COORD_SECTION as CSV; every section begins with a capital. */
#define NODES "awk '/^[A-Z]/{n=/^NODE_COORD/;if(n)print\"name,x,y\";next}n{print$1\",\"$2\",\"$3}'"

#define SUGGEST(of, to)                                                                            \
    {                                                                                              \
        .field = (of), .value = to                                                                 \
    }

static const struct dm_suggestion points[] = {
    SUGGEST(DM_FIELD_LON, "X"), SUGGEST(DM_FIELD_LAT, "Y"), SUGGEST(DM_FIELD_NONE, "")};
static const struct dm_suggestion nodes[] = {SUGGEST(DM_FIELD_METRIC, "euclidean"),
                                             SUGGEST(DM_FIELD_NONE, "")};
static const struct dm_suggestion utf_16le[] = {SUGGEST(DM_FIELD_ENCODING, "UTF-16LE"),
                                                SUGGEST(DM_FIELD_NONE, "")};
static const struct dm_suggestion utf_16be[] = {SUGGEST(DM_FIELD_ENCODING, "UTF-16BE"),
                                                SUGGEST(DM_FIELD_NONE, "")};

/* Of several kinds that fit, the first counts. */
static const struct kind binary_kinds[] = {
    {MAGIC("\x1F\x8B"), IS("compressed with gzip twice", "decompress it"), PIPE("gzip -dc")},
    {MAGIC("\x1F\x9D"), IS("compressed with compress", "decompress it"), PIPE("gzip -dc")},
    {MAGIC("BZh"), SIGN(bzip2), IS("compressed with bzip2", "decompress it"), PIPE("bzip2 -dc")},
    {MAGIC("\xFD\x37zXZ\0"), IS("compressed with xz", "decompress it"), PIPE("xz -dc")},
    {MAGIC("\x28\xB5\x2F\xFD"), IS("compressed with zstd", "decompress it"), PIPE("zstd -dc")},
    {MAGIC("\x04\x22\x4D\x18"), IS("compressed with lz4", "decompress it"), PIPE("lz4 -dc")},

    {ZIP, SIGN(xlsx), IS("a spreadsheet (.xlsx), not text", "save it as CSV, or convert it"),
     SHEET("OGR_XLSX_HEADERS")},
    {ZIP, SIGN(ods), IS("a spreadsheet (.ods), not text", "save it as CSV, or convert it"),
     SHEET("OGR_ODS_HEADERS")},
    {ZIP, SIGN(office), IS("an Office document, not text", "save its table as CSV")},
    {ZIP, SIGN(kmz), IS("geodata (KMZ), not a table", "convert it to CSV"), OGR_POINTS("")},
    {ZIP, SIGN(gtfs), IS("a timetable (GTFS), not a table", "extract its stops"),
     PATH("unzip -p {} stops.txt")},
    {ZIP, IS("a ZIP archive, not a table", "extract the table"), PATH("unzip -p {}")},
    {MAGIC("PK\x05\x06"), IS("a ZIP archive without files", "choose another file")},
    {MAGIC("7z\xBC\xAF\x27\x1C"), IS("a 7z archive, not a table", "extract the table")},
    {MAGIC("Rar!\x1A\x07"), IS("a RAR archive, not a table", "extract the table")},
    {SIGN(tar), IS("a tar archive, not a table", "extract the table"), PIPE("tar -xOf -")},
    {MAGIC("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
     IS("an old Office document such as a spreadsheet (.xls), not text", "save it as CSV")},
    {MAGIC("%PDF-"), IS("a PDF document, not text", "look for the table in another format")},

    {MAGIC("\0\0\x27\x0A\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
     IS("geodata (a shapefile), not a table", "convert it to CSV"), OGR_POINTS("")},
    {MAGIC("fgb\x03"), IS("geodata (FlatGeobuf), not a table", "convert it to CSV"),
     OGR_POINTS("")},
    {SQLITE, SIGN(geopackage), IS("geodata (a GeoPackage), not a table", "convert it to CSV"),
     OGR_POINTS("")},
    {SQLITE, IS("a database (SQLite), not a table", "export one of its tables as CSV")},
    {SIGN(dbf),
     IS("a database file (.dbf), not text",
        "convert it to CSV; if it is part of a shapefile, convert the .shp file instead"),
     OGR("")},
    {MAGIC("PAR1"), .sign = dm_has_control_bytes,
     IS("a Parquet file, not text", "convert it to CSV, for example with DuckDB or pandas")},
    {MAGIC("ARROW1\0\0"),
     IS("an Arrow or Feather file, not text", "convert it to CSV, for example with pandas")},
    {MAGIC("\x93NUMPY"), IS("a NumPy array, not text", "write it as CSV with numpy.savetxt()")},
    {MAGIC("\x89HDF\r\n\x1A\n"), IS("an HDF5 file, not text", "write its table as CSV")},
    {MAGIC("X\n\0\0\0"), IS("an R object (.rds), not text", R_ADVICE)},
    {MAGIC("RDX2\nX\n\0"), IS("R data (.RData), not text", R_ADVICE)},
    {MAGIC("RDX3\nX\n\0"), IS("R data (.RData), not text", R_ADVICE)},
    {MAGIC("\x89PNG\r\n\x1A\n"), IS("an image (PNG), not text", "choose another file")},
    {MAGIC("\xFF\xD8\xFF"), IS("an image (JPEG), not text", "choose another file")},
    {MAGIC("II*\0"), IS("an image (TIFF), not text", "choose another file")},
    {MAGIC("MM\0*"), IS("an image (TIFF), not text", "choose another file")},
    {MAGIC("\x7F\x45LF"), IS("a program, not text", "choose another file")},
    {.what = NULL}, /* the end */
};

static const struct kind text_kinds[] = {
    {SIGN(utf_16le), IS("UTF-16 without a byte order mark", "name the encoding"),
     .fields = utf_16le},
    {SIGN(utf_16be), IS("UTF-16 without a byte order mark", "name the encoding"),
     .fields = utf_16be},
    {SIGN(binary), IS("binary data, not text", "choose another file, or export it as CSV")},

    {SIGN(kml), IS("geodata (KML), not a table", "convert it to CSV"), OGR_POINTS("")},
    {SIGN(gpx), IS("geodata (GPX), not a table", "convert its waypoints to CSV"),
     OGR_POINTS(" waypoints")},
    {SIGN(osm), IS("geodata (OpenStreetMap), not a table", "convert its points to CSV"),
     OGR_POINTS(" points")},
    {SIGN(html),
     IS("a web page (HTML), not a table", "did a download end at a login or an error page?")},
    {SIGN(xml), IS("XML, not a table", "convert it to CSV")},
    {SIGN(geojson), IS("geodata (GeoJSON), not a table", "convert it to CSV"), OGR_POINTS("")},
    {SIGN(json), IS("JSON, not a table", "convert it to CSV, for example with jq")},

    {SIGN(tsplib_matrix),
     IS("a TSPLIB file of distances, not a table of locations", "the distances are in it already")},
    {SIGN(tsplib_geo),
     IS("a TSPLIB file, not a table",
        "convert its coordinates, degrees and minutes (DDD.MM), to degrees in CSV")},
    {SIGN(tsplib_euclidean), IS("a TSPLIB file, not a table", "extract its coordinates"),
     PIPE(NODES), .fields = nodes},
    {SIGN(tsplib), IS("a TSPLIB file, not a table", "convert its coordinates to CSV")},
    {.what = NULL}, /* the end */
};

static bool fits(const struct kind *kind, const struct dm_chunk *start)
{
    if (kind->magic_length > start->length ||
        (kind->magic && memcmp(start->bytes, kind->magic, kind->magic_length) != 0))
        return false;
    return !kind->sign || kind->sign(start);
}

static enum dm_status fail_kind(const struct kind *kind, const char *shown, bool compressed,
                                struct dm_error *error)
{
    const char *filter = compressed ? kind->gzip_filter : kind->filter;
    dm_fail(error, DM_DATA, "%s: this is %s; %s", shown, kind->what, kind->advice);
    if (filter)
        dm_suggest(error, DM_FIELD_ORIGINS, "%s", filter);
    for (const struct dm_suggestion *field = kind->fields; field && field->field; field++)
        dm_suggest(error, field->field, "%s", field->value);
    return DM_DATA;
}

static enum dm_status check(const struct kind *kind, const char *shown,
                            const struct dm_chunk *start, bool compressed, struct dm_error *error)
{
    while (kind->what && !fits(kind, start))
        kind++;
    return kind->what ? fail_kind(kind, shown, compressed, error) : DM_OK;
}

enum dm_status dm_kind_check_bytes(const char *shown, const struct dm_chunk *start, bool compressed,
                                   struct dm_error *error)
{
    return check(binary_kinds, shown, start, compressed, error);
}

enum dm_status dm_kind_check_text(const char *shown, const struct dm_chunk *start, bool compressed,
                                  struct dm_error *error)
{
    return check(text_kinds, shown, start, compressed, error);
}
