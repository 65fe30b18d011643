/* Tables that a careless reader gets wrong: they are read as a careful person reads them, or
 * refused with the way out. Most were found by people who tried to deceive the program. */
#include "testing/snippets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Return a header and a row, that row after a thousand like the first, and another one. */
static char *after_the_sample(const char *header, const char *row, const char *last)
{
    size_t size = strlen(header) + 1001 * strlen(row) + strlen(last) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    size_t used = (size_t)snprintf(text, size, "%s", header);
    for (size_t i = 0; i < 1001; i++)
        used += (size_t)snprintf(text + used, size - used, "%s", row);
    snprintf(text + used, size - used, "%s", last);
    return text;
}

static void hemispheres(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"a column of its own, whose axis is clear", "id,lat,hemisphere,lon\na,48,N,2\nb,41,S,12\n",
         .wanted = "a 48 2; b -41 12 | name \"id\", latitude \"lat\" with \"hemisphere\", "
                   "longitude \"lon\""},
        {"the same, apart", "name,lat,lon,hemisphere\na,48,2,N\nb,41,12,S\n",
         .wanted = "x.csv:1: column 4, \"hemisphere\", may hold the hemisphere of the latitude in "
                   "column 2, or something else; choose the columns [load.lat=2,4 load.lon=3 | "
                   "load.lat=2 load.lon=3]"},
        {"in words", "name,lat,lon,hemisphere\na,48,2,Northern\nb,41,12,Southern\n",
         .wanted = "x.csv:1: column 4, \"hemisphere\", may say which places are in the south or "
                   "west; give these coordinates a minus sign or, if they are right as they are, "
                   "choose the columns [load.lat=2 load.lon=3]"},
        {"of both coordinates in one", "name,lat,lon,quadrant\na,48,2,NE\nb,41,12,SW\n",
         .wanted = "x.csv:1: column 4, \"quadrant\", may say which places are in the south or "
                   "west; give these coordinates a minus sign or, if they are right as they are, "
                   "choose the columns [load.lat=2 load.lon=3]"},
        {"as signs", "id,lat,lat_hemi,lon,lon_hemi\na,48,+,2,-\nb,41,-,12,+\n",
         .wanted = "x.csv:1: column 3, \"lat_hemi\", may say which places are in the south or "
                   "west; give these coordinates a minus sign or, if they are right as they are, "
                   "choose the columns [load.lat=2 load.lon=4]"},
        {"as columns of signs", "id,lat_sign,lat,lon_sign,lon\na,1,48,-1,2\nb,-1,41,1,12\n",
         .wanted = "x.csv:1: column 2, \"lat_sign\", may say which places are in the south or "
                   "west; give these coordinates a minus sign or, if they are right as they are, "
                   "choose the columns [load.lat=3 load.lon=5]"},
        {"one apart, the other beside its coordinate",
         "name,lat,N/S,lon,remarks,E/W\na,45,N,7,ok,E\nb,41,N,9,,W\n",
         .wanted = "a 45 7; b 41 -9 | name \"name\", latitude \"lat\" with \"N/S\", longitude "
                   "\"lon\" with \"E/W\""},
        {"two columns that could be",
         "deg;M;LatH;lon;LongH;side;lat\n0;5;N;1;W;E;2\n2;3;S;3;E;E;4\n",
         .wanted = "x.csv:1: column 3, \"LatH\", may hold the hemisphere of the latitude in column "
                   "7, or something else; choose the columns [load.lat=7,3 load.lon=4,5 | "
                   "load.lat=7 load.lon=4]"},
        {"only O, which is east or west", "id,lat,lat_dir,lon,lon_dir\na,40,N,2,O\nb,41,N,3,O\n",
         .wanted = "x.csv:1: column 5, \"lon_dir\", may say which places are in the south or west; "
                   "give these coordinates a minus sign or, if they are right as they are, choose "
                   "the columns [load.lat=2 load.lon=4]"},
        {"letters beside coordinates with signs",
         "name,lat,lon,dir,side\na,41.9,-87.6,N,W\nb,41.7,-87.5,S,W\n",
         .wanted =
             "a 41.9 -87.6; b 41.7 -87.5 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"letters beside coordinates with letters",
         "id,lat,side,lon\na,22.1N,E,3.1E\nb,22.1N,W,3.1W\n",
         .wanted = "a 22.1 3.1; b 22.1 -3.1 | name \"id\", latitude \"lat\", longitude \"lon\""},
        {"letters beside headers that say it",
         "name,lon E,dir,side,lat N\na,155,N,E,51\nb,55,S,W,28\n",
         .wanted = "a 51 155; b 28 55 | name \"name\", latitude \"lat N\", longitude \"lon E\""},
        {"German and Dutch adjectives",
         "name,S\xC3\xBC"
         "dliche Breite,westl. L\xC3\xA4nge\na,48,2\nb,41,12\n",
         .wanted = "a -48 -2; b -41 -12 | name \"name\", latitude \"S\xC3\xBC"
                   "dliche Breite\" in the south, longitude \"westl. L\xC3\xA4nge\" in the west"},
        {"a header that says which sign is west", "name,lat,longitude (-W)\na,48,2\nb,41,12\n",
         .wanted =
             "a 48 2; b 41 12 | name \"name\", latitude \"lat\", longitude \"longitude (-W)\""},
        {"the same in words", "name,lat,long (W is negative)\na,48,2\nb,41,12\n",
         .wanted = "a 48 2; b 41 12 | name \"name\", latitude \"lat\", longitude \"long (W is "
                   "negative)\""},
        {"a header that says west, and values of both signs",
         "name,lat,Longitude W\na,48,2\nb,41,-12\n",
         .wanted = "x.csv:1: by its header, all of \"Longitude W\" is in the west, but only some "
                   "of its values have a minus sign; if the signs are right, choose the columns "
                   "[load.lat=2 load.lon=3]"},
        {"a header that says west, and negative values",
         "name,lat,Longitude W\na,48,-2\nb,41,-12\n",
         .wanted =
             "a 48 -2; b 41 -12 | name \"name\", latitude \"lat\", longitude \"Longitude W\""},
        {"N/S in brackets is a column of hemispheres",
         "id,lat (deg),lat (min),lat (N/S),lon (deg),lon (min),lon "
         "(E/W)\na,40,30,N,3,30,E\nb,41,30,S,2,30,W\n",
         .wanted =
             "a 40.5 3.5; b -41.5 -2.5 | name \"id\", latitude \"lat (deg)\" with \"lat (min)\" "
             "with \"lat (N/S)\", longitude \"lon (deg)\" with \"lon (min)\" with \"lon (E/W)\""},
        {"a column that is chosen by its header brings its hemisphere",
         "id,lat,ns,lon,ew\na,40,N,3,E\nb,41,S,2,W\n", .options = {.lat = "lat", .lon = "lon"},
         .wanted = "a 40 3; b -41 -2 | name \"id\", latitude \"lat\" with \"ns\", longitude "
                   "\"lon\" with \"ew\""},
        {"one that is chosen by its number does not", "id,lat,ns,lon,ew\na,40,N,3,E\nb,41,S,2,W\n",
         .options = {.lat = "2", .lon = "4"},
         .wanted = "a 40 3; b 41 2 | name \"id\", latitude \"lat\", longitude \"lon\""},
        {"letters under other headers, elsewhere",
         "name,lat,lon,wind,class\na,41,87,W,N\nb,42,88,E,S\n",
         .wanted = "x.csv:1: column 5, \"class\", may hold the hemisphere of the latitude in "
                   "column 2, or something else; choose the columns [load.lat=2,5 load.lon=3,4 | "
                   "load.lat=2 load.lon=3]"},
        {"letters under other headers, before coordinates",
         "wind,lon,lat,class,id\nE,2,51,N,a\nW,21,52,S,b\n",
         .wanted = "x.csv:1: column 4, \"class\", may hold the hemisphere of the latitude in "
                   "column 3, or something else; choose the columns [load.lat=3,4 load.lon=2,1 | "
                   "load.lat=3 load.lon=2]"},
        {"sizes", "name,lat,lon,size\na,41,87,S\nb,42,88,S\n",
         .wanted = "a 41 87; b 42 88 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"flags in French", "nom,lat,lon,voyageurs,fret\na,48,2,O,N\nb,45,4,O,O\n",
         .wanted = "a 48 2; b 45 4 | name \"nom\", latitude \"lat\", longitude \"lon\""},
        {"flags in Spanish", "nombre,latitud,longitud,activo\na,40,3,S\nb,41,2,N\n",
         .wanted =
             "a 40 3; b 41 2 | name \"nombre\", latitude \"latitud\", longitude \"longitud\""},
        {"words of the north only", "city,lat,lon,hemisphere\na,48,2,Northern\nb,45,4,Northern\n",
         .wanted = "a 48 2; b 45 4 | name \"city\", latitude \"lat\", longitude \"lon\""},
        {"letters of something else that has one",
         "id,LAT_DEG,LAT_MIN,LAT_HEMIS,LON_DEG,LON_MIN,LON_HEMIS,VAR_HEMIS\na,48,30,N,2,30,W,E\nb,"
         "41,30,N,12,30,E,W\n",
         .wanted = "a 48.5 -2.5; b 41.5 12.5 | name \"id\", latitude \"LAT_DEG\" with \"LAT_MIN\" "
                   "with \"LAT_HEMIS\", longitude \"LON_DEG\" with \"LON_MIN\" with \"LON_HEMIS\""},
    };
    CHECK(snippets);
}

static void minutes_and_seconds(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"under blank headers", "id,lat,,,lon,,\na,48,51,30,2,21,30\nb,41,54,30,12,30,30\n",
         .wanted = "x.csv:1: column 3, \"\", may hold the minutes of the latitude in column 2, or "
                   "something else; choose the columns [load.lat=2,3,4 load.lon=5,6,7 | load.lat=2 "
                   "load.lon=5]"},
        {"under unknown words",
         "id,lat_deg,lat_mm,lon_deg,lon_mm\na,40,25.1,3,42.2\nb,41,23.1,2,10.1\n",
         .wanted = "x.csv:1: column 3, \"lat_mm\", may hold the minutes of the latitude in column "
                   "2, or something else; choose the columns [load.lat=2,3 load.lon=4,5 | "
                   "load.lat=2 load.lon=4]"},
        {"under the names that pandas gives",
         "id,lat,Unnamed: 2,lon,Unnamed: 4\na,40,25,3,42\nb,41,23,2,10\n",
         .wanted = "x.csv:1: column 3, \"Unnamed: 2\", may hold the minutes of the latitude in "
                   "column 2, or something else; choose the columns [load.lat=2,3 load.lon=4,5 | "
                   "load.lat=2 load.lon=4]"},
        {"seconds that are not known",
         "id,lat_deg,lat_min,lat_x,lon_deg,lon_min,lon_x\na,40,25,12,3,42,9\nb,41,23,10,2,10,26\n",
         .wanted = "x.csv:1: \"lat_deg\" and \"lat_x\" could each be the latitude; choose one "
                   "[load.lat=lat_deg load.lon=lon_deg]"},
        {"Spanish words",
         "id,lat grados,lat min,lat seg,lon grados,lon min,lon "
         "seg\na,40,30,36,3,30,36\nb,41,30,36,2,30,36\n",
         .wanted =
             "a 40.51 3.51; b 41.51 2.51 | name \"id\", latitude \"lat grados\" with \"lat min\" "
             "with \"lat seg\", longitude \"lon grados\" with \"lon min\" with \"lon seg\""},
        {"letters",
         "id,LAT_G,LAT_M,LAT_S,LON_G,LON_M,LON_S\na,40,30,36,3,30,36\nb,41,30,36,2,30,36\n",
         .wanted = "a 40.51 3.51; b 41.51 2.51 | name \"id\", latitude \"LAT_G\" with \"LAT_M\" "
                   "with \"LAT_S\", longitude \"LON_G\" with \"LON_M\" with \"LON_S\""},
        {"letters without degrees",
         "id,LAT_H,LAT_M,LAT_S,LON_H,LON_M,LON_S\na,40,25,12,3,42,9\nb,41,23,10,2,10,26\n",
         .wanted = "x.csv:1: column 3, \"LAT_M\", may hold the minutes of the latitude in column "
                   "2, or something else; choose the columns [load.lat=2,3,4 load.lon=5,6,7 | "
                   "load.lat=2 load.lon=5]"},
        {"a glued letter", "id,latd,latm,longd,longm\na,40,30,3,30\nb,41,30,2,30\n",
         .wanted = "a 40.5 3.5; b 41.5 2.5 | name \"id\", latitude \"latd\" with \"latm\", "
                   "longitude \"longd\" with \"longm\""},
        {"decimal degrees beside them",
         "n,LAT_DEG,LAT_MIN,LAT_HEMIS,LAT_DECIMAL,LON_DEG,LON_MIN,LON_HEMIS,LON_DECIMAL\na,48,51,N,"
         "48.85,2,21,W,-2.35\n",
         .wanted = "a 48.85 -2.35 | name \"n\", latitude \"LAT_DECIMAL\" with \"LAT_HEMIS\", "
                   "longitude \"LON_DECIMAL\" with \"LON_HEMIS\""},
        {"columns between that say something else",
         "id,lat,code,lon,name\n1,48,5,2,A\n2,41,7,12,B\n",
         .wanted = "A 48 2; B 41 12 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"whole degrees with decimals after them",
         "id,lat,speed,lon,heading\na,48.5,5,2.5,7\nb,41,6,12,8\n",
         .wanted = "a 48.5 2.5; b 41 12 | name \"id\", latitude \"lat\", longitude \"lon\""},
        {"without a header", "a,48,51,24,2,21,8\nb,41,54,0,12,30,0\n",
         .wanted = "x.csv:1: there is no header, and latitude and longitude are not in columns 2 "
                   "and 3, where they are expected then: \"a\", \"48\", \"51\", \"24\", \"2\", "
                   "\"21\", \"8\"; choose the columns by number [load.lat= load.lon=]"},
        {"minutes after a stray blank", "name,lat,lon\na,48 .85,2.35\n",
         .wanted = "x.csv:2: latitude \"48 .85\" in column 2 is not a number"},
        {"packed, and others that lost their zeros",
         "name,lat,ns,lon,ew\na,4849.038,N,231.000,E\nb,4850.138,N,101.100,E\n",
         .wanted = "x.csv:1: numbers such as \"4849.038\" may be degrees and minutes without a "
                   "mark between, and others may not; write such as 48 49.038"},
        {"packed without hemispheres", "name,lat,lon\na,0049.038,0031.000\nb,0050.138,0101.100\n",
         .wanted = "x.csv:1: numbers such as \"0049.038\" may be degrees and minutes without a "
                   "mark between, and others may not; write such as 48 49.038"},
        {"quality flags and counts beside whole degrees",
         "lat,lat_qc,lon,lon_qc\n40,1,3,1\n41,2,2,1\n",
         .wanted = "1 40 3; 2 41 2 | no names, latitude \"lat\", longitude \"lon\""},
        {"counts beside whole degrees", "lat,n_obs,lon,cnt\n40,5,3,6\n41,7,2,8\n",
         .wanted = "1 40 3; 2 41 2 | no names, latitude \"lat\", longitude \"lon\""},
        {"one letter as header beside whole degrees",
         "id,lat,a,lon,b\n1,48,51.4,2,21.2\n2,41,54.1,12,30.8\n",
         .wanted = "x.csv:1: column 3, \"a\", may hold the minutes of the latitude in column 2, or "
                   "something else; choose the columns [load.lat=2,3 load.lon=4,5 | load.lat=2 "
                   "load.lon=4]"},
    };
    CHECK(snippets);
}

static void two_places(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"o_ and d_ in the plane", "id,o_x,o_y,d_x,d_y\n1,440000,4470000,440100,4470100\n",
         .options = {.coordinates = DM_PLANAR}, .two = true,
         .wanted = "1 440000 4470000 -> 1 440100 4470100 | name \"id\", x \"o_x\", y \"o_y\"; to "
                   "name \"id\", x \"d_x\", y \"d_y\""},
        {"a flag beside the second latitude",
         "pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,flag\n2,48,3,49,N\n2,"
         "48,3,49,N\n",
         .two = true,
         .wanted = "1 48 2; 2 48 2 -> 1 49 3; 2 49 3 | no names, latitude \"pickup_latitude\", "
                   "longitude \"pickup_longitude\"; to no names, latitude \"dropoff_latitude\", "
                   "longitude \"dropoff_longitude\""},
        {"start and end in letters", "id,lat_s,lon_s,lat_e,lon_e\n1,40,3,41,4\n", .two = true,
         .wanted = "x.csv:1: \"lat_s\" and \"lat_e\" could each be the latitude; choose one "
                   "[load.lat=lat_s load.lon=lon_s]"},
        {"o_ and d_", "id,o_lat,o_lon,d_lat,d_lon\n1,48,2,41,12\n2,52,13,40,-3\n", .two = true,
         .wanted = "1 48 2; 2 52 13 -> 1 41 12; 2 40 -3 | name \"id\", latitude \"o_lat\", "
                   "longitude \"o_lon\"; to name \"id\", latitude \"d_lat\", longitude \"d_lon\""},
        {"glued words", "fromname,toname,fromlat,fromlon,tolat,tolon\na,x,40,3,41,4\n", .two = true,
         .wanted = "a 40 3 -> x 41 4 | name \"fromname\", latitude \"fromlat\", longitude "
                   "\"fromlon\"; to name \"toname\", latitude \"tolat\", longitude \"tolon\""},
        {"glued letters", "oname,dname,oLat,oLng,dLat,dLng\na,x,40,3,41,4\n", .two = true,
         .wanted = "a 40 3 -> x 41 4 | name \"oname\", latitude \"oLat\", longitude \"oLng\"; to "
                   "name \"dname\", latitude \"dLat\", longitude \"dLng\""},
        {"different words for both names",
         "origin,origin_lat,origin_lon,dest_city,dest_lat,dest_lon\na,40,3,x,41,4\n", .two = true,
         .wanted = "a 40 3 -> x 41 4 | name \"origin\", latitude \"origin_lat\", longitude "
                   "\"origin_lon\"; to name \"dest_city\", latitude \"dest_lat\", longitude "
                   "\"dest_lon\""},
        {"hemispheres with numbers",
         "id,lat1,ns1,lon1,ew1,lat2,ns2,lon2,ew2\na,40,N,3,E,41,N,4,W\nb,41,S,2,W,42,N,5,E\n",
         .two = true,
         .wanted = "a 40 3; b -41 -2 -> a 41 -4; b 42 5 | name \"id\", latitude \"lat1\" with "
                   "\"ns1\", longitude \"lon1\" with \"ew1\"; to name \"id\", latitude \"lat2\" "
                   "with \"ns2\", longitude \"lon2\" with \"ew2\""},
        {"hemispheres under other headers",
         "start_lat,a,start_lon,b,end_lat,c,end_lon,d\n40,N,3,E,41,N,4,W\n41,S,2,W,42,N,5,E\n",
         .two = true,
         .wanted =
             "x.csv:1: column 2, \"a\", may hold the hemisphere of the latitude in column 1, or "
             "something else; choose the columns [load.lat=1,2 load.lon=3,4 load.to_lat=5,6 "
             "load.to_lon=7,8 | load.lat=1 load.lon=3 load.to_lat=5 load.to_lon=7]"},
        {"minutes under blank headers",
         "start_lat,,start_lon,,end_lat,,end_lon,\n40,5,3,6,41,7,4,8\n41,5,2,6,42,7,5,8\n",
         .two = true,
         .wanted = "x.csv:1: column 2, \"\", may hold the minutes of the latitude in column 1, or "
                   "something else; choose the columns [load.lat=1,2 load.lon=3,4 load.to_lat=5,6 "
                   "load.to_lon=7,8 | load.lat=1 load.lon=3 load.to_lat=5 load.to_lon=7]"},
        {"both coordinates in one column each",
         "origin,destination\n\"48, 2.5\",\"41, 12.5\"\n\"59, 10.5\",\"48, 2.5\"\n", .two = true,
         .wanted =
             "1 48 2.5; 2 59 10.5 -> 1 41 12.5; 2 48 2.5 | no names, latitude and longitude "
             "\"origin\"; to no names, latitude and longitude \"destination\", order assumed"},
        {"two such columns without the words of a trip",
         "p,q\n\"48, 2.5\",\"41, 12.5\"\n\"59, 10.5\",\"48, 2.5\"\n", .two = true,
         .wanted = "x.csv:1: there are no columns of latitude and longitude among \"p\", \"q\"; "
                   "choose them by header or number [load.latlon=p]"},
        {"a header twice, as pandas numbers it",
         "id,latitude,longitude,latitude.1,longitude.1\n1,48,2,41,12\n", .two = true,
         .wanted = "x.csv:1: \"latitude\" and \"latitude.1\" could each be the latitude; choose "
                   "one [load.lat=latitude load.lon=longitude | load.lat=2 load.lon=3 "
                   "load.to_lat=4 load.to_lon=5]"},
        {"the partner of a chosen column", "name,lat,lon,lat2,lon2\na,48,2,41,12\n",
         .options = {.lat = "lat2"},
         .wanted = "a 41 12 | name \"name\", latitude \"lat2\", longitude \"lon2\""},
        {"the partner of a chosen longitude",
         "name,lat_old,lon_old,lat_new,lon_new\na,48,2,41,12\n", .options = {.lon = "lon_new"},
         .wanted = "a 41 12 | name \"name\", latitude \"lat_new\", longitude \"lon_new\""},
    };
    CHECK(snippets);
}

static void units(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"kilometres below the header", "name,x,y\n,km,km\na,10,20\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "x.csv:1: \"x\" and \"y\" seem to be in another unit than metres; convert them "
                   "or, if they are metres, choose the columns of x and y [load.lon=2 load.lat=3]"},
        {"metres below latitude and longitude", "name,lat,lon\n,m,m\na,10,20\n",
         .wanted = "x.csv:1: \"lat\" and \"lon\" seem to be in another unit than degrees; convert "
                   "them or, if they are degrees, choose the columns of latitude and longitude "
                   "[load.lat=2 load.lon=3]"},
        {"millimetres under words that also mean length and width",
         "part;L\xC3\xA4nge (mm);Breite (mm)\na;12.5;4.2\n",
         .wanted = "x.csv:1: \"Breite (mm)\" and \"L\xC3\xA4nge (mm)\" seem to be in another unit "
                   "than degrees; convert them or, if they are degrees, choose the columns of "
                   "latitude and longitude [load.lat=3 load.lon=2]"},
        {"metres under such words", "part;L\xC3\xA4nge (m);Breite (m)\na;12.5;4.2\n",
         .wanted = "x.csv:1: \"Breite (m)\" and \"L\xC3\xA4nge (m)\" seem to be in another unit "
                   "than degrees; convert them or, if they are degrees, choose the columns of "
                   "latitude and longitude [load.lat=3 load.lon=2]"},
        {"gon", "name,latitude (gon),longitude (gon)\na,54.3,2.6\n",
         .wanted = "x.csv:1: \"latitude (gon)\" and \"longitude (gon)\" seem to be in another unit "
                   "than degrees; convert them or, if they are degrees, choose the columns of "
                   "latitude and longitude [load.lat=2 load.lon=3]"},
        {"radians", "name,lat_radians,lon_radians\na,0.85,0.04\n",
         .wanted = "x.csv:1: \"lat_radians\" and \"lon_radians\" seem to be in another unit than "
                   "degrees; convert them or, if they are degrees, choose the columns of latitude "
                   "and longitude [load.lat=2 load.lon=3]"},
        {"feet, but chosen by number", "name,x_ft,y_ft\na,10,20\n",
         .options = {.coordinates = DM_PLANAR, .lat = "3", .lon = "2"},
         .wanted = "a 10 20 | name \"name\", x \"x_ft\", y \"y_ft\""},
        {"colatitude", "name,co-latitude,longitude\na,80,2\n",
         .wanted = "x.csv:1: there is no latitude column among \"name\", \"co-latitude\", "
                   "\"longitude\"; choose it by header or number [load.lat=]"},
        {"thousands with commas", "name\tx\ty\na\t600,000\t200,500\nb\t601,000\t201,250\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "x.csv:1: numbers such as \"600,000\" may have decimals or separators of "
                   "thousands; write thousands without separators or, if these are decimals, "
                   "choose the columns [load.lon=2 load.lat=3]"},
        {"thousands with points", "name;x;y\na;600.000;200.500\nb;601.000;201.250\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "x.csv:1: numbers such as \"600.000\" may have decimals or separators of "
                   "thousands; write thousands without separators or, if these are decimals, "
                   "choose the columns [load.lon=2 load.lat=3]"},
        {"three decimals of greater numbers", "name;x;y\na;651409.903;313177.270\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "a 651409.903 313177.27 | name \"name\", x \"x\", y \"y\", ;"},
        {"decimals that are cut, with blank columns at the end",
         "name,lat,lon,notes,url\na,48,85,2,35,,\nb,41,9,12,5,,\n",
         .wanted =
             "x.csv:1: the rows have more fields than this header, and latitude and longitude are "
             "whole numbers; if their commas are decimal commas, save the table with another "
             "delimiter or with quotes, else choose the columns [load.lat=2 load.lon=3]"},
        {"systems that differ",
         "name,easting,northing,utm_zone\na,450000,5400000,31\nb,300000,4600000,33\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "x.csv:1: column 4, \"utm_zone\", differs from row to row, but all places must "
                   "be in one coordinate system; split the table or, if they are, choose the "
                   "columns [load.lon=2 load.lat=3]"},
        {"zones of something else", "name,x,y,zone\na,530000,180000,1\nb,531000,181000,2\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "a 530000 180000; b 531000 181000 | name \"name\", x \"x\", y \"y\""},
        {"local coordinates with three decimals", "name;x;y\na;565.123;200.456\nb;601.001;201.25\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "a 565.123 200.456; b 601.001 201.25 | name \"name\", x \"x\", y \"y\", ;"},
        {"x and y beside E and N", "id,x,y,E,N\na,1,2,3,4\n", .options = {.coordinates = DM_PLANAR},
         .wanted = "a 1 2 | name \"id\", x \"x\", y \"y\""},
        {"one zone", "name,easting,northing,zone\na,450000,5400000,31\nb,300000,4600000,31\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted =
             "a 450000 5400000; b 300000 4600000 | name \"name\", x \"easting\", y \"northing\""},
        {"degrees beside metres in the plane",
         "id,X,Y,EASTING,NORTHING\na,-.1,51.5,530000,180000\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "a 530000 180000 | name \"id\", x \"EASTING\", y \"NORTHING\""},
        {"E and N", "name,E,N\na,2600000,1200000\n",
         .wanted =
             "x.csv:1: \"E\" and \"N\" are projected coordinates, not degrees; measure in the "
             "plane, or say in which coordinate system they are [metric=euclidean | load.crs=]"},
        {"E and N in the plane", "name,E,N\na,2600000,1200000\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "a 2600000 1200000 | name \"name\", x \"E\", y \"N\""},
        {"a turn and more", "name,lat,lon\na,48,361\n",
         .wanted = "x.csv:2: longitude 361 in column 3 is outside -180..180"},
    };
    CHECK(snippets);
}

static void rows(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"empty rows of a spreadsheet", "name,lat,lon\na,48,2\n,,\nb,41,12\n,,\n",
         .wanted = "a 48 2; b 41 12 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"a footnote", "name,lat,lon\na,48,2\nSource: INSEE\n",
         .wanted = "x.csv:3: the row ends after 1 field, but latitude is in column 2; such rows "
                   "can be left out [load.skip_invalid=]"},
        {"a comment at the end", "name,lat,lon\na,48,2\n# end, of, file\n",
         .wanted = "x.csv:3: latitude \"of\" in column 2 is not a number; such rows can be left "
                   "out [load.skip_invalid=]"},
        {"a delimiter in a name, and an empty last column",
         "address,lat,lon,note\na 3,45,7,\nb, 12,41,12,\n",
         .wanted = "x.csv:3: the row has 5 fields and others have 4; the last is empty, so one "
                   "before it may hold the delimiter: quote that, or remove the empty field"},
        {"all rows end with a delimiter", "name,lat,lon\na,45,7,\nb,41,12,\n",
         .wanted = "a 45 7; b 41 12 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"a quote in the last column that takes rows",
         "name,lat,lon,note\na,48,2,\"abc\nb,41,12,x\nc,52,13,def\"\nd,51,0,z\n",
         .wanted = "x.csv:2: column 4, \"abc\\x0Ab,41,12,x\\x0Ac,52,13,def\", is in quotes and "
                   "seems to hold whole rows; say whether quotes are characters like any other or "
                   "enclose fields [load.quote=no | load.quote=yes]"},
        {"a note of several lines",
         "name,lat,lon,note\na,48,2,\"one, two\nthree, four, five, six\nseven\"\nd,51,0,z\n",
         .wanted = "a 48 2; d 51 0 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"a file that is cut off", "name,lat,lon,alt\na,48,2,10\nb,41,1",
         .wanted = "x.csv:3: the row has 3 fields and others have 4, and the file ends within it, "
                   "as if it were cut off; such rows can be left out [load.skip_invalid=]"},
        {"a short last row with a line end", "name,lat,lon,alt\na,48,2,10\nb,41,1\n",
         .wanted = "a 48 2; b 41 1 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"blanks as delimiter, and a value is missing", "name lat lon alt\na 48 2 35\nb 12 20\n",
         .options = {.delimiter = ' '},
         .wanted = "x.csv:3: the row has 3 fields and others have 4; such rows can be left out "
                   "[load.skip_invalid=]"},
        {"a last delimiter in one row", "name,lat,lon,note\na,45,7,x,\nb,41,12,y\n",
         .wanted = "a 45 7; b 41 12 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"a short last row whose coordinates are there",
         "name,lat,lon,alt,note\na,48,2,10,x\nb,41,12,9",
         .wanted = "a 48 2; b 41 12 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"all rows are short, without a last line end", "name,lat,lon,alt\na,48,2\nb,41,1",
         .wanted = "a 48 2; b 41 1 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"JSON of several lines",
         "name,lat,lon,json\na,48,2,\"{\n \"\"a\"\": 1,\n \"\"b\"\": [1, 2, 3, "
         "4]\n}\"\nb,41,12,x\n",
         .wanted = "a 48 2; b 41 12 | name \"name\", latitude \"lat\", longitude \"lon\""},
        {"whole degrees and two empty columns", "name,lat,lon\na,48,2,,\nb,45,4,,\n",
         .wanted = "a 48 2; b 45 4 | name \"name\", latitude \"lat\", longitude \"lon\""},
    };
    CHECK(snippets);
}

static void headers(void **state)
{
    (void)state;
    static const struct snippet snippets[] = {
        {"E and N as values, without a header", "E,48.85,2.35,N\nB,41.9,12.5,Y\n",
         .wanted = "E 48.85 2.35; B 41.9 12.5 | name 1, latitude 2, longitude 3, no header"},
        {"German width and length beside degrees",
         "Schiff,lat,lon,Breite (m),L\xC3\xA4nge (m)\na,54,10,20,120\n",
         .wanted = "a 54 10 | name \"Schiff\", latitude \"lat\", longitude \"lon\""},
        {"a comment with the words in the usual order", "# lat lon of stations\na,48,2\nb,41,12\n",
         .wanted = "a 48 2; b 41 12 | name 1, latitude 2, longitude 3, no header, 1 above"},
        {"Polish", "NAZWA;SZEROKO\xC5\x9A\xC4\x86;D\xC5\x81UGO\xC5\x9A\xC4\x86\na;51;19\n",
         .wanted = "a 51 19 | name \"NAZWA\", latitude \"SZEROKO\xC5\x9A\xC4\x86\", longitude "
                   "\"D\xC5\x81UGO\xC5\x9A\xC4\x86\", ;"},
        {"Czech",
         "N\xC3\xA1zev,Zem\xC4\x9Bpisn\xC3\xA1 \xC5\xA1\xC3\xAD\xC5\x99ka,Zem\xC4\x9Bpisn\xC3\xA1 "
         "d\xC3\xA9lka\na,49,16\n",
         .wanted =
             "a 49 16 | name \"N\xC3\xA1zev\", latitude \"Zem\xC4\x9Bpisn\xC3\xA1 "
             "\xC5\xA1\xC3\xAD\xC5\x99ka\", longitude \"Zem\xC4\x9Bpisn\xC3\xA1 d\xC3\xA9lka\""},
        {"Cyrillic",
         "\xD0\x9D\xD0\xB0\xD0\xB7\xD0\xB2\xD0\xB0\xD0\xBD\xD0\xB8\xD0\xB5,"
         "\xD0\xA8\xD0\xB8\xD1\x80\xD0\xBE\xD1\x82\xD0\xB0,"
         "\xD0\x94\xD0\x9E\xD0\x9B\xD0\x93\xD0\x9E\xD0\xA2\xD0\x90\na,55,37\n",
         .wanted =
             "a 55 37 | name \"\xD0\x9D\xD0\xB0\xD0\xB7\xD0\xB2\xD0\xB0\xD0\xBD\xD0\xB8\xD0\xB5\", "
             "latitude \"\xD0\xA8\xD0\xB8\xD1\x80\xD0\xBE\xD1\x82\xD0\xB0\", longitude "
             "\"\xD0\x94\xD0\x9E\xD0\x9B\xD0\x93\xD0\x9E\xD0\xA2\xD0\x90\""},
        {"Japanese",
         "\xE6\x96\xBD\xE8\xA8\xAD\xE5\x90\x8D,\xE7\xB7\xAF\xE5\xBA\xA6,"
         "\xE7\xB5\x8C\xE5\xBA\xA6\na,35,139\n",
         .wanted = "a 35 139 | name \"\xE6\x96\xBD\xE8\xA8\xAD\xE5\x90\x8D\", latitude "
                   "\"\xE7\xB7\xAF\xE5\xBA\xA6\", longitude \"\xE7\xB5\x8C\xE5\xBA\xA6\""},
        {"with signs of East Asia",
         "\xE6\x96\xBD\xE8\xA8\xAD\xE5\x90\x8D,"
         "\xE7\xB7\xAF\xE5\xBA\xA6\xEF\xBC\x88\xE5\xBA\xA6\xEF\xBC\x89,"
         "\xE7\xB5\x8C\xE5\xBA\xA6\xEF\xBC\x88\xE5\xBA\xA6\xEF\xBC\x89\na,35,139\n",
         .wanted = "a 35 139 | name \"\xE6\x96\xBD\xE8\xA8\xAD\xE5\x90\x8D\", latitude "
                   "\"\xE7\xB7\xAF\xE5\xBA\xA6\xEF\xBC\x88\xE5\xBA\xA6\xEF\xBC\x89\", longitude "
                   "\"\xE7\xB5\x8C\xE5\xBA\xA6\xEF\xBC\x88\xE5\xBA\xA6\xEF\xBC\x89\""},
        {"reclat", "name,reclat,reclong\na,50,6\n",
         .wanted = "a 50 6 | name \"name\", latitude \"reclat\", longitude \"reclong\""},
        {"a title with a year", "Stations, 2024\nname,lat,lon,z\na,48,2,1\nb,41,12,1\n",
         .wanted = "a 48 2; b 41 12 | name \"name\", latitude \"lat\", longitude \"lon\", header "
                   "in line 2, 1 above"},
        {"a header with another delimiter", "name,lon,lat\na;2,35;48,85\nb;12,5;41,9\n",
         .wanted = "x.csv:2: longitude \"35;48\" in column 2 is not a number; is the delimiter "
                   "another one? [load.delimiter=;]"},
        {"a header between blanks", "Name Longitude Latitude\na,2,48\nb,12,41\n",
         .wanted = "x.csv:1: the header, \"Name Longitude Latitude\"..., is split in another way "
                   "than the rows; write it with their delimiter, or choose the columns by number "
                   "[load.lat= load.lon=]"},
        {"a title in many words",
         "Stations with latitude and longitude in degrees\na,48,2\nb,41,12\n",
         .wanted = "a 48 2; b 41 12 | name 1, latitude 2, longitude 3, no header, 1 above"},
        {"a table on its side", "lat,48,41\nlon,2,12\n",
         .wanted = "x.csv:1: the first column has the names of latitude and longitude, so the "
                   "table lies on its side; transpose it, so that each place is a row"},
        {"coordinates first, without a header", "48.85,2.35,7.5\n41.9,12.5,8.1\n",
         .wanted = "x.csv:1: there is no header, and latitude and longitude are not in columns 2 "
                   "and 3, where they are expected then: \"48.85\", \"2.35\", \"7.5\"; choose the "
                   "columns by number [load.lat= load.lon=]"},
        {"two columns with decimal commas, without a header", "48,85;2,35\n41,9;12,5\n",
         .wanted = "x.csv:1: there is no header, and latitude and longitude are not in columns 2 "
                   "and 3, where they are expected then: \"48,85\", \"2,35\"; choose the columns "
                   "by number [load.lat=1 load.lon=2 | load.lat=2 load.lon=1]"},
        {"row names of R", "lat\tlon\nParis\t48\t2\nRome\t41\t12\n",
         .wanted = "Paris 48 2; Rome 41 12 | name 1, latitude \"lat\", longitude \"lon\", tab, row "
                   "names"},
        {"row names that are numbers",
         "\"name\" \"lat\" \"lon\"\n\"1\" \"Paris\" 48 2\n\"2\" \"Rome\" 41 12\n",
         .options = {.delimiter = ' '},
         .wanted = "Paris 48 2; Rome 41 12 | name \"name\", latitude \"lat\", longitude \"lon\", "
                   "blanks, row names"},
        {"a pair beside its shape",
         "Geo Point;Geo "
         "Shape;nom\n48.85,2.35;\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[2.35,48.85]}\";"
         "Paris\n",
         .wanted = "Paris 48.85 2.35 | name \"nom\", latitude and longitude \"Geo Shape\", ;"},
        {"pairs that differ", "Geo Point;Position;nom\n48.85,2.35;45.5,4.5;Paris\n",
         .wanted =
             "x.csv:1: there are no columns of latitude and longitude among \"Geo Point\", "
             "\"Position\", \"nom\"; choose them by header or number [load.latlon=Geo Point]"},
        {"northing first in a pair", "id,\"northing, easting\"\na,\"180000, 530000\"\n",
         .options = {.coordinates = DM_PLANAR},
         .wanted = "a 530000 180000 | name \"id\", x and y \"northing, easting\""},
        {"a text between tabs with a comma",
         "id\tlon\tclass\tlat\nz\t08006,00W\tN\t4312,00N\nb\t11618,00W\tS\t4103,00N\n",
         .wanted = "z 43.2 -80.1; b 41.05 -116.3 | name \"id\", latitude \"lat\", longitude "
                   "\"lon\", tab, decimal commas"},
    };
    CHECK(snippets);
}

/* What shows only in a row after the sample of a thousand. */
static void later_rows(void **state)
{
    (void)state;
    static const struct {
        const char *what, *header, *row, *last, *wanted;
    } cases[] = {
        {"minutes that were blank in the sample", "id,lat,lat_min,lon,lon_min\n", "r,40,,2,\n",
         "x,40,30,2,30\n",
         "x.csv:1003: \"30\" in column 3, the first such value, may belong to the coordinate in "
         "column 2; choose the columns [load.lat=2,3 load.lon=4,5 | load.lat=2 load.lon=4]"},
        {"a hemisphere that was blank in the sample", "id,lat,x,lon\n", "r,40,,2\n", "x,40,S,2\n",
         "x.csv:1003: \"S\" in column 3, the first such value, may belong to the coordinate in "
         "column 2; choose the columns [load.lat=2,3 load.lon=4 | load.lat=2 load.lon=4]"},
        {"a hemisphere that was N in the sample", "id,lat,x,lon\n", "r,40,N,2\n", "x,40,S,2\n",
         "x.csv:1003: \"S\" in column 3, the first such value, may belong to the coordinate in "
         "column 2; choose the columns [load.lat=2,3 load.lon=4 | load.lat=2 load.lon=4]"},
        {"a sign under west after the sample", "id,lat,Longitude W\n", "r,40,2\n", "x,40,-2\n",
         "x.csv:1003: longitude -2 in column 3 has a minus sign, but its header says that all are "
         "in the west, and those before have no sign; choose the columns if the signs are right "
         "[load.lat=2 load.lon=3]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = after_the_sample(cases[i].header, cases[i].row, cases[i].last);
        const struct snippet snippet = {
            .what = cases[i].what, .text = text, .wanted = cases[i].wanted};
        check_snippets(&snippet, 1);
        free(text);
    }
}

int main(int argc, char **argv)
{
    take_folder(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hemispheres), cmocka_unit_test(minutes_and_seconds),
        cmocka_unit_test(two_places),  cmocka_unit_test(units),
        cmocka_unit_test(rows),        cmocka_unit_test(headers),
        cmocka_unit_test(later_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
