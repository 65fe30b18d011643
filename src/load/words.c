#include "load/words.h"

#include "load/letters.h"

#include <string.h>

/* ---- the vocabulary ---- */

/* Words in lower case and without accents, separated by blanks. */
struct vocabulary {
    const char *words;
    unsigned means;
};

/* One line for each meaning and language. */
static const struct vocabulary vocabulary[] = {
    {"lat latitude lati lattitude reclat", DM_MEANS_LAT},
    {"lon lng long longitude longtitude lgt longi reclong", DM_MEANS_LON},
    {"latitud latitudes", DM_MEANS_LAT},                                     /* Spanish */
    {"longitud longitudes", DM_MEANS_LON},                                   /* */
    {"breite breitengrad", DM_MEANS_LAT},                                    /* German */
    {"lange laenge langengrad laengengrad", DM_MEANS_LON},                   /* */
    {"latitudine", DM_MEANS_LAT},                                            /* Italian */
    {"longitudine", DM_MEANS_LON},                                           /* */
    {"breedte breedtegraad noorderbreedte", DM_MEANS_LAT},                   /* Dutch */
    {"lengte lengtegraad oosterlengte", DM_MEANS_LON},                       /* */
    {"bredde bredd breddegrad breddgrad", DM_MEANS_LAT},                     /* Nordic */
    {"langd langdgrad lengde lengdegrad laengde laengdegrad", DM_MEANS_LON}, /* */
    {"szerokosc", DM_MEANS_LAT},                                             /* Polish */
    {"dlugosc", DM_MEANS_LON},                                               /* */
    {"sirka szelesseg", DM_MEANS_LAT},                                       /* Czech, Hungarian */
    {"delka dlzka hosszusag", DM_MEANS_LON},                                 /* */
    {"leveysaste leveyspiiri enlem", DM_MEANS_LAT},                          /* Finnish, Turkish */
    {"pituusaste pituuspiiri boylam", DM_MEANS_LON},                         /* */
    {"широта шырата ширина", DM_MEANS_LAT},                                  /* Cyrillic */
    {"долгота довгота дължина дужина", DM_MEANS_LON},                        /* */
    {"緯度 纬度 위도", DM_MEANS_LAT}, /* Japanese, Chinese, Korean */
    {"経度 經度 经度 경도", DM_MEANS_LON},

    {"xy", DM_MEANS_X | DM_MEANS_Y}, /* in this order */
    {"x xcoord xcoordinate coordx posx", DM_MEANS_X},
    {"y ycoord ycoordinate coordy posy", DM_MEANS_Y},
    {"easting eastings east e", DM_MEANS_EASTING},
    {"northing northings north n", DM_MEANS_NORTHING},
    {"rechtswert ostwert", DM_MEANS_EASTING}, /* German */
    {"hochwert nordwert", DM_MEANS_NORTHING}, /* */
    {"este", DM_MEANS_EASTING},               /* Spanish, Portuguese */
    {"norte", DM_MEANS_NORTHING},             /* */

    {"coordinates coordinate coords coord point geom geometry wkt geo geopoint geopunkt gps",
     DM_MEANS_POINT},
    {"position location geolocation georeference", DM_MEANS_POINT},
    {"coordenadas coordonnees koordinaten coordinate coordinaten localizacion ubicacion posicion",
     DM_MEANS_POINT},

    {"deg degree degrees d g grad grados graus gradi graden degre degres", DM_MEANS_DEGREES},
    {"min mins minute minutes m minuten minutos minuti minuut", DM_MEANS_MINUTES},
    {"sec secs second s seconds sekunde sekunden seg segundos secondes secondi seconden",
     DM_MEANS_SECONDS},
    {"ns ew we sn ow wo hem hemi hemis hemisphere hemisferio quadrant", DM_MEANS_HEMISPHERE},
    {"dir direction cardinal ref", DM_MEANS_HEMISPHERE}, /* with the word of a coordinate */

    {"name names", DM_MEANS_NAME},
    {"bezeichnung", DM_MEANS_NAME},                 /* German */
    {"nombre", DM_MEANS_NAME},                      /* Spanish */
    {"nom libelle", DM_MEANS_NAME},                 /* French */
    {"nome denominazione", DM_MEANS_NAME},          /* Portuguese, Italian */
    {"naam navn namn", DM_MEANS_NAME},              /* Dutch, Nordic */
    {"nazwa nazev nazov nimi isim", DM_MEANS_NAME}, /* Polish, Czech, Slovak, Finnish, Turkish */
    {"название имя наименование назва име", DM_MEANS_NAME}, /* Cyrillic */
    {"名称 名前 名稱 施設名 이름", DM_MEANS_NAME},          /* Japanese, Chinese, Korean */
    {"city town village label site station stop place title address locality location airport "
     "municipality port depot store shop hospital school facility customer suburb settlement",
     DM_MEANS_PLACE},
    {"ort stadt standort haltestelle gemeinde adresse titel bahnhof filiale kunde", DM_MEANS_PLACE},
    {"ciudad municipio lugar sitio estacion direccion parada titulo localidad", DM_MEANS_PLACE},
    {"ville commune lieu gare arret adresse titre etablissement", DM_MEANS_PLACE},
    {"cidade municipio lugar estacao parada endereco titulo localidade", DM_MEANS_PLACE},
    {"citta comune luogo stazione fermata indirizzo titolo localita", DM_MEANS_PLACE},
    {"stad plaats gemeente halte station adres titel woonplaats", DM_MEANS_PLACE},
    {"id ids identifier code key iata icao faa zip zipcode postcode postalcode plz siret insee "
     "uid uuid guid no nr num number nummer numero kennung codigo codice fid oid objectid geoid "
     "fips osm gbifid",
     DM_MEANS_CODE},
    {"country state province region county district department continent admin departement pais "
     "land provincia departamento estado bundesland kreis stato paese pays provincie",
     DM_MEANS_REGION},

    {"start from origin orig begin source src pickup departure dep", DM_MEANS_START},
    {"end to dest destination finish target dst dropoff arrival arr", DM_MEANS_END},
    {"1 a o", DM_MEANS_START},
    {"2 b d", DM_MEANS_END},
    {"date time datetime timestamp year month day datum fecha heure jahr", DM_MEANS_DATE},

    {"dd dec decimal dms wgs wgs84 84 epsg 4326 gps geo geographic geografisch geografica "
     "geographische intpt centroid center centre pt point map coord coords coordinate coordinates "
     "m meter meters metre metres utm deg degree degrees val value loc location",
     DM_MEANS_DETAIL},
    {"error err uncertainty accuracy precision sd std stdev sigma max maximum minimum range delta "
     "diff qc qf co colat colatitude flag note notes description text quality method count zone",
     DM_MEANS_OTHER},
};

bool dm_word_is_listed(const char *list, const char *word, size_t length)
{
    for (const char *at = list; (at = strchr(at, *word)); at++)
        if ((at == list || at[-1] == ' ') && strncmp(at, word, length) == 0 &&
            (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* Return the meanings of a word. */
static unsigned look_up(const char *word, size_t length)
{
    unsigned means = 0;
    for (size_t i = 0; i < sizeof vocabulary / sizeof *vocabulary; i++)
        if (dm_word_is_listed(vocabulary[i].words, word, length))
            means |= vocabulary[i].means;
    return means;
}

/* ---- splitting ---- */

/* Return true if a word ends between two letters: latDD, DDLat, lat1. */
static bool is_boundary(enum dm_letter_kind before, enum dm_letter_kind kind,
                        enum dm_letter_kind after)
{
    if (before == DM_PUNCTUATION)
        return false;
    return (before == DM_LOWER && kind == DM_UPPER) || (before == DM_DIGIT) != (kind == DM_DIGIT) ||
           (before == DM_UPPER && kind == DM_UPPER && after == DM_LOWER);
}

static void add_word(struct dm_words *words, const char *word, size_t length)
{
    if (length == 0 || words->count == DM_WORDS_MAX)
        return;
    size_t kept = length < DM_WORD_LENGTH ? length : DM_WORD_LENGTH - 1;
    memcpy(words->word[words->count], word, kept);
    words->word[words->count][kept] = '\0';
    words->means[words->count] = look_up(word, length);
    words->all |= words->means[words->count++];
}

/* Return true if the word may be a part of one: a coordinate, or what goes with one. Of letters
 * only those of degrees, minutes and seconds are: "latd", or of sides: "oname". */
static bool is_part(const char *word, size_t length, unsigned *means)
{
    enum {
        COORDINATE = DM_MEANS_LAT | DM_MEANS_LON | DM_MEANS_X | DM_MEANS_Y,
        PARTS = COORDINATE | DM_MEANS_DETAIL | DM_MEANS_DEGREES | DM_MEANS_MINUTES |
                DM_MEANS_SECONDS | DM_MEANS_HEMISPHERE | DM_MEANS_START | DM_MEANS_END |
                DM_MEANS_NAME | DM_MEANS_PLACE | DM_MEANS_CODE | DM_MEANS_OTHER
    };
    bool known = length > 1 || strchr("dmsoab", *word);
    *means = known ? look_up(word, length) & PARTS : 0;
    return *means != 0;
}

/* Add a word or, if it is unknown but is made of a coordinate and another known word, or of a side
 * and a name, both: "latdd", "startlat", "toname". */
static void add_words(struct dm_words *words, const char *word, size_t length)
{
    enum {
        COORDINATE = DM_MEANS_LAT | DM_MEANS_LON,
        SIDE = DM_MEANS_START | DM_MEANS_END,
        NAME = DM_MEANS_NAME | DM_MEANS_PLACE | DM_MEANS_CODE
    };
    if (length == 0)
        return; /* of which there are no bytes to look up */
    bool known = look_up(word, length) != 0 || words->count == DM_WORDS_MAX;
    for (size_t split = 1; !known && split < length; split++) {
        unsigned first, second;
        if (split == 1 && (length < 5 || !strchr("oadb", *word)))
            continue;
        if (is_part(word, split, &first) && is_part(word + split, length - split, &second) &&
            (((first | second) & COORDINATE) || ((first & SIDE) && (second & NAME)))) {
            add_word(words, word, split);
            add_word(words, word + split, length - split);
            return;
        }
    }
    add_word(words, word, length);
}

struct dm_words dm_words_split(const char *text, size_t length)
{
    struct dm_words words = {0};
    char word[64];
    size_t used = 0;
    enum dm_letter_kind before = DM_PUNCTUATION;
    for (size_t at = 0; at < length;) {
        struct dm_letter letter = dm_letter_at(text + at, length - at);
        size_t next = at + letter.bytes, bytes = strlen(letter.plain);
        enum dm_letter_kind after =
            next < length ? dm_letter_at(text + next, length - next).kind : DM_PUNCTUATION;
        if (letter.kind == DM_PUNCTUATION || is_boundary(before, letter.kind, after)) {
            add_words(&words, word, used);
            used = 0;
        }
        if (letter.kind != DM_PUNCTUATION && used + bytes <= sizeof word) {
            memcpy(word + used, letter.plain, bytes);
            used += bytes;
        }
        before = letter.kind;
        at = next;
    }
    add_words(&words, word, used);
    return words;
}

bool dm_words_have(const struct dm_words *words, const char *list)
{
    for (size_t i = 0; i < words->count; i++)
        if (dm_word_is_listed(list, words->word[i], strlen(words->word[i])))
            return true;
    return false;
}
