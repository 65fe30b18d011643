/* Tables as people have them: what dmatrix reads, and what it answers where it cannot. */
#include "testing/snippets.h"

/* What most snippets have. */
#define ONE_TWO "1 48.8566 2.3522; 2 41.9028 12.4964 | "
#define ROWS "Paris,48.8566,2.3522\nRome,41.9028,12.4964\n"
#define NAMELESS "48.8566,2.3522\n41.9028,12.4964\n"

/* ---- the dialect ---- */

static void delimiters(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"comma", "name,lat,lon\n" ROWS, .wanted = PARIS_ROME BY_NAME},
        {"semicolon", "name;lat;lon\nParis;48.8566;2.3522\nRome;41.9028;12.4964\n",
         .wanted = PARIS_ROME BY_NAME ", ;"},
        {"tab", "name\tlat\tlon\nParis\t48.8566\t2.3522\nRome\t41.9028\t12.4964\n",
         .wanted = PARIS_ROME BY_NAME ", tab"},
        {"vertical bar", "name|lat|lon\nParis|48.8566|2.3522\nRome|41.9028|12.4964\n",
         .wanted = PARIS_ROME BY_NAME ", |"},
        {"semicolons, and commas in the names",
         "name;lat;lon\nParis, FR;48.8566;2.3522\nRome, IT;41.9028;12.4964\n",
         .wanted = "Paris, FR 48.8566 2.3522; Rome, IT 41.9028 12.4964 | " BY_NAME ", ;"},
        {"semicolons without a header, and decimal commas",
         "Paris;48,8566;2,3522\nRome;41,9028;12,4964\n",
         .wanted = PARIS_ROME "name 1, latitude 2, longitude 3, ;, decimal commas, no header"},
        {"quoted headers with semicolons, as R's write.csv2() writes them",
         "\"name\";\"lat\";\"lon\"\n\"Paris\";48,8566;2,3522\n\"Rome\";41,9028;12,4964\n",
         .wanted = PARIS_ROME BY_NAME ", ;, decimal commas"},
        {"write.csv2() with row names",
         "\"\";\"name\";\"lat\";\"lon\"\n\"1\";\"Paris\";48,8566;2,3522\n"
         "\"2\";\"Rome\";41,9028;12,4964\n",
         .wanted = PARIS_ROME BY_NAME ", ;, decimal commas"},
        {"quoted headers with commas",
         "\"name\",\"lat\",\"lon\"\n\"Paris\",48.8566,2.3522\n\"Rome\",41.9028,12.4964\n",
         .wanted = PARIS_ROME BY_NAME},
        {"quoted headers with tabs",
         "\"name\"\t\"lat\"\t\"lon\"\n\"Paris\"\t48.8566\t2.3522\n\"Rome\"\t41.9028\t12.4964\n",
         .wanted = PARIS_ROME BY_NAME ", tab"},
        {"quoted headers with bars",
         "\"name\"|\"lat\"|\"lon\"\n\"Paris\"|48.8566|2.3522\n\"Rome\"|41.9028|12.4964\n",
         .wanted = PARIS_ROME BY_NAME ", |"},
        {"two delimiters that both make a table", "a;1;2;b,4,5\nc;3;4;d,6,7\n",
         .wanted = "x.csv:1: the columns may be separated by \",\" or by \";\"; choose one "
                   "[load.delimiter=, | load.delimiter=;]"},
        {"the one that is chosen", "a;1;2;b,4,5\nc;3;4;d,6,7\n", .options = {.delimiter = ';'},
         .wanted = "a 1 2; c 3 4 | name 1, latitude 2, longitude 3, ;, no header"},
        {"sep=;", "sep=;\nname;lat;lon\nParis;48.8566;2.3522\nRome;41.9028;12.4964\n",
         .wanted = PARIS_ROME BY_NAME ", ;, header in line 2"},
        {"sep=, quoted, with another delimiter, CRLF",
         "\"sep=:\"\r\nname:lat:lon\r\nParis:48.8566:2.3522\r\nRome:41.9028:12.4964\r\n",
         .wanted = PARIS_ROME BY_NAME ", :, header in line 2"},
        {"blanks", "name lat   lon\nParis  48.8566 2.3522\n  Rome\t41.9028 12.4964\n",
         .options = {.delimiter = ' '}, .wanted = PARIS_ROME BY_NAME ", blanks"},
        {"blanks without the option", "name lat lon\nParis 48.8566 2.3522\n",
         .wanted =
             "x.csv:1: there is only one column, \"name lat lon\", but latitude and longitude "
             "take two; is the delimiter another one? [load.delimiter= ]"},
        {"a header between semicolons is no title above commas",
         "Ort;N E\nBerlin;52,5 13,4\nBonn;50,7 7,1\nfern;weit weg\n",
         .wanted = "x.csv:1: there are no columns of latitude and longitude among \"Ort\", \"N "
                   "E\"; choose them by header or number [load.lat= load.lon=]"},
        {"a colon", "name:lat:lon\nParis:48.8566:2.3522\nRome:41.9028:12.4964\n",
         .options = {.delimiter = ':'}, .wanted = PARIS_ROME BY_NAME ", :"},
    };
    CHECK(snippets);
}

static void decimal_commas(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"in quotes", "name,lat,lon\nParis,\"48,8566\",\"2,3522\"\nRome,\"41,9028\",\"12,4964\"\n",
         .wanted = PARIS_ROME BY_NAME ", decimal commas"},
        {"whole numbers among them", "name;lat;lon\nParis;48,8566;2,3522\nb;41;12,5\nc;1,5;-3\n",
         .wanted = "Paris 48.8566 2.3522; b 41 12.5; c 1.5 -3 | " BY_NAME ", ;, decimal commas"},
        {"two forms in two rows", "name;lat;lon\nParis;48,8566;2,3522\nRome;41.9028;12.4964\n",
         .wanted = "x.csv:3: latitude \"41.9028\" in column 2 has a decimal point, but coordinates "
                   "before it have a comma; write all alike"},
        {"two forms in one row", "name;lat;lon\nParis;48.8566;2,3522\n",
         .wanted = "x.csv:2: longitude \"2,3522\" in column 3 has a decimal comma, but coordinates "
                   "before it have a point; write all alike"},
        {"unquoted between commas, under a header", "name,lat,lon\nParis,48,85,2,35\n",
         .wanted =
             "x.csv:2: the row has more than the 3 columns of the first, from \"2\" in column "
             "4 on; quote names that hold the delimiter, and write decimals with a point"},
        {"unquoted between commas, without a header", "Paris,48,85,2,35\nRome,41,90,12,49\n",
         .wanted = "x.csv:1: all columns after the first hold whole numbers: \"Paris\", \"48\", "
                   "\"85\", \"2\", \"35\"; if their commas are decimal commas, save the table with "
                   "another delimiter or with quotes, else choose the columns [load.lat=2 "
                   "load.lon=3]"},
        {"unquoted between commas, without a header or names", "48,85,2,35\n41,90,12,49\n",
         .wanted = "x.csv:1: all columns after the first hold whole numbers: \"48\", \"85\", "
                   "\"2\", \"35\"; if "
                   "their commas are decimal commas, save the table with another delimiter or with "
                   "quotes, else choose the columns [load.lat=2 load.lon=3]"},
        {"minutes with decimal commas", "name;lat;lon\na;48\u00B051,4'N;2\u00B030'E\n",
         .wanted = "a 48.85666667 2.5 | " BY_NAME ", ;, decimal commas"},
        {"thousands", "name;lat;lon\na;1.234,5;2\n",
         .wanted = "x.csv:2: latitude \"1.234,5\" in column 2 is not a number; does it have "
                   "separators of thousands? Write the number without them"},
    };
    CHECK(snippets);
}

#define TEICHE                                                                                     \
    "name\tlat\tlon\nNSG \"Teiche\"\t1\t2\n\"Draisdorf\t2\t3\nMitte\t3\t4\n`Teich`\"\t4\t5\n"

static void quotes(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"quotes within names between tabs, one of them at the start", TEICHE,
         .wanted = "NSG \"Teiche\" 1 2; \"Draisdorf 2 3; Mitte 3 4; `Teich`\" 4 5 | " BY_NAME
                   ", tab, literal quotes"},
        {"the same with --quote=no", TEICHE, .options = {.quote = DM_QUOTE_NO},
         .wanted = "NSG \"Teiche\" 1 2; \"Draisdorf 2 3; Mitte 3 4; `Teich`\" 4 5 | " BY_NAME
                   ", tab, literal quotes"},
        {"the same with --quote=yes", TEICHE, .options = {.quote = DM_QUOTE_YES},
         .wanted =
             "NSG \"Teiche\" 1 2; Draisdorf\t2\t3\nMitte\t3\t4\n`Teich` 4 5 | " BY_NAME ", tab"},
        {"fields in quotes between tabs, with a tab and a line break",
         "name\tlat\tlon\n\"Paris\tand\n\"\"more\"\"\"\t1\t2\n\"Rome\"\t3\t4\n",
         .wanted = "Paris\tand\n\"more\" 1 2; Rome 3 4 | " BY_NAME ", tab"},
        {"one quote between tabs", "name\tlat\tlon\n5\" pipe\t1\t2\nb\t3\t4\n",
         .wanted = "5\" pipe 1 2; b 3 4 | " BY_NAME ", tab, literal quotes"},
        {"--quote=no with commas", "name,lat,lon\n\"a,1,2\nb\",3,4\n",
         .options = {.quote = DM_QUOTE_NO},
         .wanted = "\"a 1 2; b\" 3 4 | " BY_NAME ", literal quotes"},
        {"a quote within a name between commas", "name,lat,lon\nNSG \"Teiche\",1,2\nb,3,4\n",
         .wanted = "NSG \"Teiche\" 1 2; b 3 4 | " BY_NAME},
        {"a stray quote that a later one closes", "name,lat,lon\n\"a,1,2\nb\",3,4\nc,5,6\n",
         .wanted = "x.csv:2: column 1, \"a,1,2\\x0Ab\", is in quotes and seems to hold whole rows; "
                   "say whether quotes are characters like any other or enclose fields "
                   "[load.quote=no | load.quote=yes]"},
        {"the same with --quote=yes", "name,lat,lon\n\"a,1,2\nb\",3,4\nc,5,6\n",
         .options = {.quote = DM_QUOTE_YES}, .wanted = "a,1,2\nb 3 4; c 5 6 | " BY_NAME},
    };
    CHECK(snippets);
}

/* ---- the encoding ---- */

#define ZIPPED(length) "PK\3\4\24\0\0\0\10\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0" length "\0\0\0"

static void encodings(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"UTF-8 with a mark", "\xEF\xBB\xBFname,lat,lon\nK\u00F6ln,50.9,6.9\n",
         .wanted = "K\u00F6ln 50.9 6.9 | " BY_NAME},
        {"UTF-16 with a mark, little-endian",
         BYTES("\xFF\xFEn\0,\0l\0a\0t\0,\0l\0o\0n\0\n\0\xE9\0,\0"
               "1\0,\0"
               "2\0\n\0"),
         .wanted = "\u00E9 1 2 | name \"n\", latitude \"lat\", longitude \"lon\""},
        {"UTF-16 with a mark, big-endian",
         BYTES("\xFE\xFF\0n\0,\0l\0a\0t\0,\0l\0o\0n\0\n\0\xE9\0,\0"
               "1\0,\0"
               "2\0\n"),
         .wanted = "\u00E9 1 2 | name \"n\", latitude \"lat\", longitude \"lon\""},
        {"UTF-16 without a mark",
         BYTES("l\0a\0t\0,\0l\0o\0n\0\n\0"
               "1\0,\0"
               "2\0\n\0"),
         .wanted = "x.csv: this is UTF-16 without a byte order mark; name the encoding "
                   "[load.encoding=UTF-16LE]"},
        {"gzip",
         BYTES(
             "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x4b\xcc\x4d\xd5\xc9\x49\x2c\xd1\xc9\xc9"
             "\xcf\xe3\x0a\x48\x2c\xca\x2c\xd6\x31\xb1\xd0\xb3\x30\x35\x33\xd3\x31\xd2\x33\x36\x35"
             "\x32\xe2\x0a\xca\x07\xaa\x30\x31\xd4\xb3\x34\x30\xb2\xd0\x31\x34\xd2\x33\xb1\x34\x33"
             "\xe1\x02\x00\xe2\xb6\xed\x9c\x37\x00\x00\x00"),
         .wanted = PARIS_ROME BY_NAME},
        {"Latin-1 by --encoding", "Ort;Breite;L\xE4nge\nK\xF6ln;50,93;6,95\n",
         .options = {.encoding = "ISO-8859-1"},
         .wanted = "K\u00F6ln 50.93 6.95 | name \"Ort\", latitude \"Breite\", longitude "
                   "\"L\u00E4nge\", ;, "
                   "decimal commas"},
        {"Windows-1252 by --encoding", "name,lat,lon\n\x80,1,2\n",
         .options = {.encoding = "WINDOWS-1252"}, .wanted = "\u20AC 1 2 | " BY_NAME},
        {"Latin-1 without it: names that are not UTF-8",
         "Ort;Breite;L\xE4nge\nK\xF6ln;50,93;6,95\n",
         .wanted = "K\xF6ln 50.93 6.95 | name \"Ort\", latitude \"Breite\", longitude "
                   "\"L\\xE4nge\", ;, decimal commas, not UTF-8 1: \"K\\xF6ln\""},
        {"degree signs in Latin-1",
         "name,lat,lon\na,48\xB0"
         "30'N,2\xB0"
         "15'E\n",
         .wanted = "a 48.5 2.25 | " BY_NAME},
        {"xlsx", BYTES(ZIPPED("\x13") "[Content_Types].xml" ZIPPED("\x0F") "xl/workbook.xml"),
         .wanted = "x.csv: this is a spreadsheet (.xlsx), not text; save it as CSV, or convert it "
                   "[origins=OGR_XLSX_HEADERS=FORCE ogr2ogr -f CSV /vsistdout/ {}]"},
        {"ods", BYTES(ZIPPED("\x08") "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
         .wanted = "x.csv: this is a spreadsheet (.ods), not text; save it as CSV, or convert it "
                   "[origins=OGR_ODS_HEADERS=FORCE ogr2ogr -f CSV /vsistdout/ {}]"},
        {"zip", BYTES(ZIPPED("\x05") "x.csv"),
         .wanted = "x.csv: this is a ZIP archive, not a table; extract the table [origins=unzip -p "
                   "{}]"},
        {"pdf", "%PDF-1.7\n",
         .wanted = "x.csv: this is a PDF document, not text; look for the table in another format"},
        {"shp", BYTES("\0\0\x27\x0A\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
         .wanted = "x.csv: this is geodata (a shapefile), not a table; convert it to CSV "
                   "[origins=ogr2ogr -f CSV /vsistdout/ {} -lco GEOMETRY=AS_XY load.lon=X "
                   "load.lat=Y]"},
        {"TSPLIB",
         "NAME: x\nTYPE: TSP\nDIMENSION: 1\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 2 3\n",
         .wanted =
             "x.csv: this is a TSPLIB file, not a table; extract its coordinates [origins=awk "
             "'/^[A-Z]/{n=/^NODE_COORD/;if(n)print\"name,x,y\";next}n{print$1\",\"$2\",\"$3}' "
             "metric=euclidean]"},
        {"JSON", "[{\"name\": \"Paris\", \"lat\": 48.8566, \"lon\": 2.3522}]\n",
         .wanted = "x.csv: this is JSON, not a table; convert it to CSV, for example with jq"},
    };
    CHECK(snippets);
}

/* ---- above the header ---- */

static void what_is_above_the_header(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"a row of units", "name,lat,lon\n,deg,deg\n" ROWS, .wanted = PARIS_ROME BY_NAME ", units"},
        {"units in words", "name,lat,lon\n-,degrees_north,degrees_east\n" ROWS,
         .wanted = PARIS_ROME BY_NAME ", units"},
        {"units in brackets", "name,lat,lon\n[-],[\u00B0],[\u00B0]\n" ROWS,
         .wanted = PARIS_ROME BY_NAME ", units"},
        {"widths and types, as in RDB files",
         "# retrieved today\nsite\tlat\tlon\n15s\t16n\t16n\nParis\t48.8566\t2.3522\n"
         "Rome\t41.9028\t12.4964\n",
         .wanted = PARIS_ROME "name \"site\", latitude \"lat\", longitude \"lon\", tab, header in "
                              "line 2, 1 above, units"},
        {"comments", "# a comment\n# with, several, commas\nname,lat,lon\n" ROWS,
         .wanted = PARIS_ROME BY_NAME ", header in line 3, 2 above"},
        {"comments above data without a header", "# cities\n" ROWS,
         .wanted = PARIS_ROME "name 1, latitude 2, longitude 3, no header, 1 above"},
        {"a title", "Cities of Europe\nname,lat,lon\n" ROWS,
         .wanted = PARIS_ROME BY_NAME ", header in line 2, 1 above"},
        {"a title with empty cells, and an empty row of cells", "Cities,,\n,,\nname,lat,lon\n" ROWS,
         .wanted = PARIS_ROME BY_NAME ", header in line 3, 2 above"},
        {"--skip-rows", "\"never closed,\nwhatever;1,2\nname,lat,lon\n" ROWS,
         .options = {.skip_rows = 2}, .wanted = PARIS_ROME BY_NAME ", header in line 3"},
        {"--skip-rows beyond the end", "name,lat,lon\n" ROWS, .options = {.skip_rows = 9},
         .wanted = "x.csv: there are no locations in it after the lines that are skipped"},
        {"a commented header", "# name,lat,lon\n" ROWS,
         .wanted = PARIS_ROME "name \"# name\", latitude \"lat\", longitude \"lon\""},
        {"a commented header without a blank, below a comment", "# cities\n#name,lat,lon\n" ROWS,
         .wanted = PARIS_ROME
         "name \"#name\", latitude \"lat\", longitude \"lon\", header in line 2, 1 above"},
        {"a commented latitude", "#lat,lon\n" NAMELESS,
         .wanted = ONE_TWO "no names, latitude \"#lat\", longitude \"lon\""},
        {"a comment that is no header, since one is below it",
         "# lat,lon,name\nname,lat,lon\n" ROWS,
         .wanted = PARIS_ROME BY_NAME ", header in line 2, 1 above"},
    };
    CHECK(snippets);
}

/* ---- the columns of coordinates ---- */

#define HEADERS(lat, lon) ONE_TWO "no names, latitude \"" lat "\", longitude \"" lon "\""
#define WORDS(lat, lon)                                                                            \
    {                                                                                              \
        lat " " lon, lat "," lon "\n" NAMELESS, .wanted = HEADERS(lat, lon)                        \
    }

static void words_of_headers(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        WORDS("decimalLatitude", "decimalLongitude"),
        WORDS("stop_lat", "stop_lon"),
        WORDS("LatDD", "LonDD"),
        WORDS("LATDD", "LONDD"),
        WORDS("lat_wgs84", "lon_wgs84"),
        WORDS("wgs84_lat", "wgs84_lng"),
        WORDS("centroidLat", "centroidLon"),
        WORDS("INTPTLAT", "INTPTLONG"),
        WORDS("lat1", "lon1"),
        WORDS("Latitude (WGS84)", "Longitude (WGS84)"),
        WORDS("geo.lat", "geo.lng"),
        WORDS("lat [deg]", "lon [deg]"),
        WORDS("Latitud", "Longitud"),  /* Spanish */
        WORDS("Breite", "L\u00E4nge"), /* German */
        WORDS("Breitengrad", "L\u00E4ngengrad"),
        WORDS("geogr. Breite", "geogr. L\u00E4nge"),
        WORDS("geoBreite", "geoLaenge"),
        WORDS("Latitude", "Longitude"),       /* French, Portuguese */
        WORDS("latitudine", "longitudine"),   /* Italian */
        WORDS("breedtegraad", "lengtegraad"), /* Dutch */
        {"longitude first", "lng,lat\n2.3522,48.8566\n12.4964,41.9028\n",
         .wanted = HEADERS("lat", "lng")},
        {"lat and lon before x and y",
         "x,y,lat,lon\n652469,6862035,48.8566,2.3522\n1,2,41.9028,12.4964\n",
         .wanted = HEADERS("lat", "lon")},
        {"XCOORD. and YCOORD., for a metric of the plane", "ID,XCOORD.,YCOORD.\n7,652469,6862035\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "7 652469 6862035 | name \"ID\", x \"XCOORD.\", y \"YCOORD.\""},
        {"x and y with --metric, in degrees",
         "name,x,y\nParis,2.3522,48.8566\nRome,12.4964,41.9028\n", .options = {.degrees = true},
         .wanted = PARIS_ROME "name \"name\", latitude \"y\", longitude \"x\""},
        {"x and y within degrees without --metric",
         "name,x,y\nParis,2.3522,48.8566\nRome,12.4964,41.9028\n",
         .wanted =
             "x.csv:1: \"x\" and \"y\" may be metres in a plane, or longitude and latitude in "
             "degrees; say which [metric=euclidean | metric=haversine]"},
        {"x and y that are metres", "name,x,y\nParis,652469,6862035\n",
         .wanted =
             "x.csv:1: \"x\" and \"y\" are projected coordinates, not degrees; measure in the "
             "plane, or say in which coordinate system they are [metric=euclidean | "
             "load.crs=]"},
        {"easting and northing", "name,Easting,Northing\nParis,652469,6862035\n",
         .wanted = "x.csv:1: \"Easting\" and \"Northing\" are projected coordinates, not degrees; "
                   "measure in the plane, or say in which coordinate system they are "
                   "[metric=euclidean | load.crs=]"},
        {"Rechtswert and Hochwert", "name;Rechtswert;Hochwert\nDresden;4621918;5658012\n",
         .wanted = "x.csv:1: \"Rechtswert\" and \"Hochwert\" are projected coordinates, not "
                   "degrees; measure in the plane, or say in which coordinate system they are "
                   "[metric=euclidean | load.crs=]"},
        {"easting and northing, for a metric of the plane",
         "name,northing,easting\nParis,6862035,652469\n", .options = {.coordinates = DM_PLANAR},
         .wanted = "Paris 652469 6862035 | name \"name\", x \"easting\", y \"northing\""},
        {"a latitude's error, and a latitude",
         "lat_error,lat,lon\n0.5,48.8566,2.3522\n0.5,41.9028,12.4964\n",
         .wanted = ONE_TWO "no names, latitude \"lat\", longitude \"lon\""},
        {"two latitudes", "name,lat_a,lat_b,lon_a,lon_b\na,1,2,3,4\n",
         .wanted = "x.csv:1: \"lat_a\" and \"lat_b\" could each be the latitude; choose one "
                   "[load.lat=lat_a load.lon=lon_a]"},
        {"a row of numbers that is taken for a header",
         "1,Goroka,-6.081689,145.391881\n2,Madang,-5.207083,145.7887\n",
         .wanted = "x.csv:1: there is no header, and latitude and longitude are not in columns 2 "
                   "and 3, where they are expected then: \"1\", \"Goroka\", \"-6.081689\", "
                   "\"145.391881\"; choose the columns by number [load.lat=3 load.lon=4]"},
    };
    CHECK(snippets);
}

/* ---- names ---- */

#define AT(lat, lon) ", latitude \"" lat "\", longitude \"" lon "\""
#define LAT_LON AT("lat", "lon")

static void names(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"name before city and id", "id,city,name,lat,lon\n7,c,n,1,2\n8,d,m,3,4\n",
         .wanted = "n 1 2; m 3 4 | name \"name\"" LAT_LON},
        {"city before id", "id,city,lat,lon\n7,c,1,2\n8,d,3,4\n",
         .wanted = "c 1 2; d 3 4 | name \"city\"" LAT_LON},
        {"label", "id,label,lat,lon\n7,c,1,2\n", .wanted = "c 1 2 | name \"label\"" LAT_LON},
        {"site", "id,site,lat,lon\n7,c,1,2\n", .wanted = "c 1 2 | name \"site\"" LAT_LON},
        {"station", "id,Station,lat,lon\n7,c,1,2\n", .wanted = "c 1 2 | name \"Station\"" LAT_LON},
        {"stop", "id,stop,lat,lon\n7,c,1,2\n", .wanted = "c 1 2 | name \"stop\"" LAT_LON},
        {"place", "id,place,lat,lon\n7,c,1,2\n", .wanted = "c 1 2 | name \"place\"" LAT_LON},
        {"title", "id,title,lat,lon\n7,c,1,2\n", .wanted = "c 1 2 | name \"title\"" LAT_LON},
        {"stop_name before stop_id", "stop_id,stop_name,lat,lon\n7,c,1,2\n",
         .wanted = "c 1 2 | name \"stop_name\"" LAT_LON},
        {"code", "kind,code,lat,lon\nx,K1,1,2\nx,K2,3,4\n",
         .wanted = "K1 1 2; K2 3 4 | name \"code\"" LAT_LON},
        {"an id with leading zeros", "pop,zip,lat,lon\n8.5,00501,1,2\n9.5,00544,3,4\n",
         .wanted = "00501 1 2; 00544 3 4 | name \"zip\"" LAT_LON},
        {"a column without a header", ",city,lat,lon\n0,Tokyo,1,2\n1,Delhi,3,4\n",
         .wanted = "Tokyo 1 2; Delhi 3 4 | name \"city\"" LAT_LON},
        {"only a column without a header", ",lat,lon\n0,1,2\n1,3,4\n",
         .wanted = "1 1 2; 2 3 4 | no names" LAT_LON},
        {"only a date", "Date,lat,lon\n01/02/1965,1,2\n01/04/1965,3,4\n",
         .wanted = "1 1 2; 2 3 4 | no names" LAT_LON},
        {"dates under another header", "seen,lat,lon\n2007-02-26,1,2\n2010-11-25,3,4\n",
         .wanted = "1 1 2; 2 3 4 | no names" LAT_LON},
        {"numbers with decimals", "station,lat,lon\n6.5,1,2\n5.8,3,4\n",
         .wanted = "1 1 2; 2 3 4 | no names" LAT_LON},
        {"a measurement", "magnitude,depth,lat,lon\n6,131,1,2\n5,80,3,4\n",
         .wanted = "1 1 2; 2 3 4 | no names" LAT_LON},
        {"any text that tells the rows apart", "what,lat,lon\noak,1,2\nelm,3,4\n",
         .wanted = "oak 1 2; elm 3 4 | name \"what\"" LAT_LON},
        {"any text that does not", "what,lat,lon\noak,1,2\noak,3,4\n",
         .wanted = "1 1 2; 2 3 4 | no names" LAT_LON},
        {"cities that repeat, and codes that do not",
         "iata,city,lat,lon\nORD,Chicago,1,2\nMDW,Chicago,3,4\n",
         .wanted = "ORD 1 2; MDW 3 4 | name \"iata\"" LAT_LON ", \"iata\" instead of \"city\""},
        {"names that repeat, and nothing else", "name,lat,lon\nA,1,2\nB,3,4\nA,5,6\nA,7,8\n",
         .wanted = "A 1 2; B 3 4; A 5 6; A 7 8 | " BY_NAME ", repeated 2: \"A\""},
        {"names that repeat, but chosen", "iata,city,lat,lon\nORD,Chicago,1,2\nMDW,Chicago,3,4\n",
         .options = {.name = "city"},
         .wanted = "Chicago 1 2; Chicago 3 4 | name \"city\"" LAT_LON ", repeated 1: \"Chicago\""},
        {"blank names", "name,lat,lon\nA,1,2\nB,3,4\nC,5,6\n,7,8\n  ,9,1\n",
         .wanted = "A 1 2; B 3 4; C 5 6; 4 7 8; 5 9 1 | " BY_NAME ", numbered 2"},
        {"several columns",
         "Province/State,Country/Region,Lat,Long\n,Albania,1,2\nACT,Australia,3,4\n",
         .options = {.name = "Province/State,Country/Region"},
         .wanted = "Albania 1 2; ACT, Australia 3 4 | name \"Province/State\" with "
                   "\"Country/Region\"" AT("Lat", "Long")},
        {"several columns by number", "a,b,lat,lon\nx,y,1,2\n", .options = {.name = "2,1"},
         .wanted = "y, x 1 2 | name \"b\" with \"a\"" LAT_LON},
        {"several columns, all blank", "a,b,lat,lon\n, ,1,2\nx,,3,4\n", .options = {.name = "a,b"},
         .wanted = "1 1 2; x 3 4 | name \"a\" with \"b\"" LAT_LON ", numbered 1"},
        {"a header with a comma comes first", "\"a,b\",a,b,lat,lon\nx,y,z,1,2\n",
         .options = {.name = "a,b"}, .wanted = "x 1 2 | name \"a,b\"" LAT_LON},
        {"a header that is not there", "name,lat,lon\nx,1,2\n", .options = {.name = "nam"},
         .wanted = "x.csv:1: no column is called \"nam\"; there are \"name\", \"lat\", \"lon\" "
                   "[load.name=name]"},
        {"mostly blank names, and no other column", "name,lat,lon\nA,1,2\n,3,4\n,5,6\n",
         .wanted = "A 1 2; 2 3 4; 3 5 6 | " BY_NAME ", numbered 2"},
        {"mostly blank names, and another column",
         "Province/State,Country/Region,Lat,Long\n,Albania,1,2\n,Algeria,3,4\nACT,Australia,5,6\n",
         .wanted =
             "Albania 1 2; Algeria 3 4; Australia 5 6 | name \"Country/Region\"" AT("Lat", "Long")},
    };
    CHECK(snippets);
}

/* ---- coordinates as they are written ---- */

#define ONE(text) "name,lat,lon\na," text "\n"
#define IS(value) "a " value " | " BY_NAME

static void notations(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"the sign U+2212", ONE("\u221233.9,\u2212151.2"), .wanted = IS("-33.9 -151.2")},
        {"a plus sign", ONE("+33.9,+151.2"), .wanted = IS("33.9 151.2")},
        {"degrees, minutes, seconds", ONE("48\u00B051'24\"N,2\u00B021'07\"E"),
         .wanted = IS("48.85666667 2.351944444")},
        {"primes", ONE("48\u00B051\u203224\u2033N,2\u00B021\u203207\u2033W"),
         .wanted = IS("48.85666667 -2.351944444")},
        {"curly quotes", ONE("48\u00B051\u201924\u201DN,2\u00B021\u201907\u201DE"),
         .wanted = IS("48.85666667 2.351944444")},
        {"two minute signs, masculine ordinal, ring", ONE("48\u00BA51'24''N,2\u02DA21'07''E"),
         .wanted = IS("48.85666667 2.351944444")},
        {"acute accents", ONE("48\u00B051\u00B424\u00B4\u00B4N,2\u00B030\u00B4E"),
         .wanted = IS("48.85666667 2.5")},
        {"blanks", ONE("48 51 24 N,2 21 07 E"), .wanted = IS("48.85666667 2.351944444")},
        {"colons", ONE("48:51:24,-2:30"), .wanted = IS("48.85666667 -2.5")},
        {"letters", ONE("48d51m24sN,2d30mW"), .wanted = IS("48.85666667 -2.5")},
        {"a letter in front", ONE("N48.85,E2.35"), .wanted = IS("48.85 2.35")},
        {"a letter behind", ONE("33.9s,151.2e"), .wanted = IS("-33.9 151.2")},
        {"a degree sign alone", ONE("48.85\u00B0,-2.35\u00B0"), .wanted = IS("48.85 -2.35")},
        {"packed digits", ONE("4230N,00131E"), .wanted = IS("42.5 1.516666667")},
        {"a hemisphere of the other axis", ONE("48.85E,2.35N"),
         .wanted = "x.csv:2: latitude \"48.85E\" in column 2 has a hemisphere of the other axis"},
        {"60 minutes", ONE("48\u00B060'N,2"),
         .wanted = "x.csv:2: latitude \"48\u00B060'N\" in column 2 has minutes or seconds of 60 or "
                   "more"},
        {"sign and letter", ONE("-33.9S,151.2"),
         .wanted = "x.csv:2: latitude \"-33.9S\" in column 2 has both a sign and a hemisphere "
                   "letter"},
        {"the letter O", ONE("33.9,151.2O"),
         .wanted =
             "x.csv:2: longitude \"151.2O\" in column 3 has the letter O, which may mean east "
             "or west; write E or W"},
        {"hemispheres in columns of their own",
         "name,lat,ns,lon,ew\nRio,22.5,S,43.25,W\nOslo,60,N,10.75,E\n",
         .wanted = "Rio -22.5 -43.25; Oslo 60 10.75 | name \"name\", latitude \"lat\" with \"ns\", "
                   "longitude \"lon\" with \"ew\""},
        {"hemispheres under headers of the coordinate",
         "name,lat,lat_dir,lon,lon_dir\nRio,22.5,S,43.25,W\nOslo,60,N,10.75,E\n",
         .wanted = "Rio -22.5 -43.25; Oslo 60 10.75 | name \"name\", latitude \"lat\" with "
                   "\"lat_dir\", longitude \"lon\" with \"lon_dir\""},
        {"degrees and minutes in columns of their own",
         "name,lat_deg,lat_min,lat_dir,lon_deg,lon_min,lon_dir\nRio,22,30,S,43,15,W\n",
         .wanted = "Rio -22.5 -43.25 | name \"name\", latitude \"lat_deg\" with \"lat_min\" with "
                   "\"lat_dir\", longitude \"lon_deg\" with \"lon_min\" with \"lon_dir\""},
        {"the same by options", "name,a,b,c,d,e,f\nRio,22,30,S,43,15,W\n",
         .options = {.lat = "a,b,c", .lon = "d,e,f"},
         .wanted = "Rio -22.5 -43.25 | name \"name\", latitude \"a\" with \"b\" with \"c\", "
                   "longitude \"d\" "
                   "with \"e\" with \"f\""},
        {"degrees, minutes, seconds, hemisphere",
         "name,lat_d,lat_m,lat_s,ns,lon_d,lon_m,lon_s,ew\nRio,22,30,36,S,43,15,36,W\n",
         .wanted = "Rio -22.51 -43.26 | name \"name\", latitude \"lat_d\" with \"lat_m\" with "
                   "\"lat_s\" with \"ns\", longitude \"lon_d\" with \"lon_m\" with \"lon_s\" with "
                   "\"ew\""},
        {"the degrees -0", "name,lat_deg,lat_min,lon_deg,lon_min\na,-0,30,0,15\n",
         .wanted = "a -0.5 0.25 | name \"name\", latitude \"lat_deg\" with \"lat_min\", longitude "
                   "\"lon_deg\" with \"lon_min\""},
        {"bounds, not minutes", "name,lat,lat_min,lat_max,lon,lon_min,lon_max\na,5,1,9,6,2,8\n",
         .wanted = "a 5 6 | " BY_NAME},
        {"longitudes from 180 to 360", "name,lat,lon\na,1,350\nb,2,181.5\nc,3,180\n",
         .wanted = "a 1 -10; b 2 -178.5; c 3 180 | " BY_NAME ", wrapped 2"},
        {"rounding errors", "name,lat,lon\na,90.0000001,180.0000001\nb,-90.0000001,-180.0000001\n",
         .wanted = "a 90 -179.9999999; b -90 179.9999999 | " BY_NAME},
        {"more than that", ONE("90.001,0"),
         .wanted = "x.csv:2: latitude 90.001 in column 2 is outside -90..90"},
        {"degrees times 1e6", "name,lat,lon\nAmsterdam,52370216,4895168\nParis,48856614,2352222\n",
         .wanted = "x.csv:2: latitude 52370216 in column 2 is outside -90..90; it may be degrees "
                   "times 1000000: divide the columns by that, or multiply by 1e-6"},
        {"degrees times 1e7, as E7", "name,latE7,lonE7\na,523702160,48951680\n",
         .wanted = "x.csv:2: latitude 523702160 in column 2 is outside -90..90; it may be degrees "
                   "times 10000000: divide the columns by that, or multiply by 1e-7"},
        {"swapped", "name,lat,lon\nSydney,151.2,-33.9\n",
         .wanted = "x.csv:2: latitude 151.2 in column 2 is outside -90..90; are latitude and "
                   "longitude swapped? [load.lat=3 load.lon=2]"},
    };
    CHECK(snippets);
}

#define BOTH(header) "name \"name\", latitude and longitude \"" header "\""

static void both_in_one_column(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"48.85, 2.35", "name;place\nParis;48.8566, 2.3522\nRome;41.9028, 12.4964\n",
         .wanted = PARIS_ROME BOTH("place") ", ;, order assumed"},
        {"in quotes", "name,coordinates\nParis,\"48.8566, 2.3522\"\nRome,\"41.9028, 12.4964\"\n",
         .wanted = PARIS_ROME BOTH("coordinates") ", order assumed"},
        {"the header says the order", "name,\"lon, lat\"\nParis,\"2.3522, 48.8566\"\n",
         .wanted = "Paris 48.8566 2.3522 | " BOTH("lon, lat") ", longitude first"},
        {"a value says the order", "name,p\na,\"151.2, -33.9\"\nb,\"2.5, 48\"\n",
         .wanted = "a -33.9 151.2; b 48 2.5 | " BOTH("p") ", longitude first"},
        {"--latlon", "name,p\nParis,\"48.8566, 2.3522\"\n", .options = {.latlon = "p"},
         .wanted = "Paris 48.8566 2.3522 | " BOTH("p")},
        {"--lonlat", "name,p\nParis,\"2.3522, 48.8566\"\n", .options = {.lonlat = "p"},
         .wanted = "Paris 48.8566 2.3522 | " BOTH("p") ", longitude first"},
        {"POINT", "name,geom\nParis,POINT(2.3522 48.8566)\nRome,POINT (12.4964 41.9028)\n",
         .wanted = PARIS_ROME BOTH("geom")},
        {"POINT with its system", "name,geom\nParis,SRID=4326;POINT(2.3522 48.8566)\n",
         .wanted = "Paris 48.8566 2.3522 | " BOTH("geom")},
        {"letters", "name,p\nParis,N48.8566 E2.3522\nRome,41.9028N 12.4964E\n",
         .wanted = PARIS_ROME BOTH("p")},
        {"packed digits", "name,p\na,4230N 00131E\n", .wanted = "a 42.5 1.516666667 | " BOTH("p")},
        {"one row without the form", "name,p\nParis,\"48.8566, 2.3522\"\nRome,far away\n",
         .wanted = "x.csv:1: there are no columns of latitude and longitude among \"name\", \"p\"; "
                   "choose them by header or number [load.latlon=p load.skip_invalid=]"},
        {"one row without the form, but chosen",
         "name,p\nParis,\"48.8566, 2.3522\"\nRome,far away\n", .options = {.latlon = "p"},
         .wanted = "x.csv:3: latitude and longitude \"far away\" in column 2: the text is not two "
                   "coordinates; such rows can be left out [load.skip_invalid=]"},
        {"columns of their own come first", "lat,lon,geom\n48.8566,2.3522,POINT(1 2)\n",
         .wanted = "1 48.8566 2.3522 | no names" LAT_LON},
        {"without a header", "Paris;48.8566, 2.3522\nRome;41.9028, 12.4964\n",
         .wanted = PARIS_ROME "name 1, latitude and longitude 2, ;, no header, order assumed"},
        {"decimal commas", "name;p\nParis;48,8566 2,3522\nRome;41,9028 12,4964\n",
         .wanted = PARIS_ROME BOTH("p") ", ;, decimal commas, order assumed"},
    };
    CHECK(snippets);
}

/* ---- missing values ---- */

#define MISSING(text)                                                                              \
    {                                                                                              \
        "missing: " text, ONE(text ",2"),                                                          \
            .wanted = "x.csv:2: latitude \"" text "\" in column 2 is missing; such rows can be "   \
                      "left out [load.skip_invalid=]"                                              \
    }
#define CODED(text, shown)                                                                         \
    {                                                                                              \
        "code: " text, ONE(text "," text),                                                         \
            .wanted = "x.csv:2: latitude in column 2 is missing: " shown " is a code for that; "   \
                      "such rows can be left out [load.skip_invalid=]"                             \
    }

#define SEVEN "a,1,2\nb,2,3\nc,3,4\nd,4,5\ne,5,6\nf,6,7\ng,7,8\n"

static void missing_values(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"blank", ONE(" ,2"),
         .wanted = "x.csv:2: latitude in column 2 is missing; such rows can be left out "
                   "[load.skip_invalid=]"},
        MISSING("NA"),
        MISSING("NULL"),
        MISSING("-"),
        MISSING("."),
        MISSING("#N/A"),
        {"\\N", ONE("1,\\N"),
         .wanted = "x.csv:2: longitude \"\\N\" in column 3 is missing; such rows can be left out "
                   "[load.skip_invalid=]"},
        CODED("-99.9", "-99.9"),
        CODED("-999", "-999"),
        CODED("-9999", "-9999"),
        {"a code in the longitude only", ONE("1,-999"),
         .wanted = "x.csv:2: longitude in column 3 is missing: -999 is a code for that; such rows "
                   "can be left out [load.skip_invalid=]"},
        {"99 is no code among longitudes", "name,lat,lon\na,99,30\nb,95,31\nc,120,31\n",
         .wanted =
             "x.csv:2: latitude 99 in column 2 is outside -90..90; are latitude and longitude "
             "swapped? [load.lat=3 load.lon=2]"},
        {"-99.9 is a longitude", ONE("40,-99.9"), .wanted = IS("40 -99.9")},
        {"-99 is a longitude beside another latitude", ONE("40,-99"), .wanted = IS("40 -99")},
        {"99 and 9 are no codes", ONE("9,99"), .wanted = IS("9 99")},
        {"left out, and counted by kind",
         "name,lat,lon\na,1,2\nb,,3\nc,NA,3\nd,-999,-999\ne,north,3\nf,91,3\ng,3,4\n",
         .options = {.skip_invalid = true},
         .wanted = "a 1 2; g 3 4 | " BY_NAME ", skipped 5 (3 missing)"},
        {"numbers count rows that are left out", "lat,lon\n1,2\nNA,NA\n3,4\n",
         .options = {.skip_invalid = true},
         .wanted = "1 1 2; 3 3 4 | no names" LAT_LON ", skipped 1 (1 missing)"},
        {"the hint comes from the column: metres",
         "name,lat,lon\n" SEVEN "h,5411290.2,448251.8\n" SEVEN,
         .wanted = "x.csv:9: latitude 5411290.2 in column 2 is outside -90..90; such rows can be "
                   "left out "
                   "[load.skip_invalid=]"},
        {"the hint comes from the column: one wrong latitude",
         "name,lat,lon\n" SEVEN "h,151.2,-33.9\n" SEVEN,
         .wanted =
             "x.csv:9: latitude 151.2 in column 2 is outside -90..90; such rows can be left out "
             "[load.skip_invalid=]"},
    };
    CHECK(snippets);
}

/* ---- suspicions ---- */

static void suspicions(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"several at 0, 0", "name,lat,lon\na,0,0\nb,0,0\nc,48,2\n",
         .wanted = "a 0 0; b 0 0; c 48 2 | " BY_NAME ", zeros 2"},
        {"one at 0, 0", "name,lat,lon\na,0,0\nb,5,0\nc,48,2\n",
         .wanted = "a 0 0; b 5 0; c 48 2 | " BY_NAME},
        {"radians", "name,lat,lon\na,0.8527,0.0411\nb,0.7313,-2.5\n",
         .wanted = "a 0.8527 0.0411; b 0.7313 -2.5 | " BY_NAME ", radians"},
        {"whole degrees around 0, 0", "name,lat,lon\na,1,2\nb,0,3\nc,1,1\n",
         .wanted = "a 1 2; b 0 3; c 1 1 | " BY_NAME},
        {"latitudes equal to longitudes", "name,lat,lon\na,48.5,48.5\nb,2.5,2.5\n",
         .wanted = "a 48.5 48.5; b 2.5 2.5 | " BY_NAME ", equal"},
        {"partly negative, partly above 180", "name,lat,lon\na,1,-10\nb,2,-20\nc,3,350\n",
         .wanted = "a 1 -10; b 2 -20; c 3 -10 | " BY_NAME ", wrapped 1, turns"},
    };
    CHECK(snippets);
}

int main(int argc, char **argv)
{
    take_folder(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delimiters),
        cmocka_unit_test(decimal_commas),
        cmocka_unit_test(quotes),
        cmocka_unit_test(encodings),
        cmocka_unit_test(what_is_above_the_header),
        cmocka_unit_test(words_of_headers),
        cmocka_unit_test(names),
        cmocka_unit_test(notations),
        cmocka_unit_test(both_in_one_column),
        cmocka_unit_test(missing_values),
        cmocka_unit_test(suspicions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
