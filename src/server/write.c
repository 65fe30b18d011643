#include "server/write.h"

#include "server/decimal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void dm_write_escaped(FILE *out, const char *text)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *text; text++) {
        if (strchr(plain, *text))
            fputc(*text, out);
        else
            fprintf(out, "%%%02X", (unsigned)(unsigned char)*text);
    }
}

void dm_write_json(FILE *out, const char *text)
{
    json_t *string = json_string(text);
    if (string)
        json_dumpf(string, out, JSON_ENCODE_ANY);
    json_decref(string);
}

void dm_write_lon_lat(FILE *out, const struct dm_lat_lon *place)
{
    char lon[DM_DECIMAL_LENGTH], lat[DM_DECIMAL_LENGTH];
    fprintf(out, "%s,%s", dm_decimal(lon, place->lon_deg), dm_decimal(lat, place->lat_deg));
}

void dm_write_indices(FILE *out, size_t begin, size_t end, char separator, const char *quote)
{
    for (size_t i = begin; i < end; i++) {
        if (i > begin)
            fputc(separator, out);
        fprintf(out, "%s%zu%s", quote, i, quote);
    }
}
