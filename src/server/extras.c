#include "server/extras.h"

#include "base/memory_stream.h"
#include "base/text.h"
#include "server/secrets.h"
#include "server/write.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_LENGTH = 64 };

/* ---- checking ---- */

/* Return true if "KEY=VALUE" has this key. */
static bool has_key(const char *extra, const char *key)
{
    size_t length = strlen(key);
    return strncmp(extra, key, length) == 0 && extra[length] == '=';
}

static bool is_key(const char *extra)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
    size_t length = strspn(extra, letters);
    return length > 0 && length < KEY_LENGTH && extra[length] == '=';
}

/* Return true if all characters are UTF-8, which JSON needs. */
static bool is_text(const char *text)
{
    for (size_t rest = strlen(text), bytes; rest > 0; text += bytes, rest -= bytes) {
        bytes = dm_utf8_length(text, rest);
        if (bytes == 0)
            return false;
    }
    return true;
}

static json_t *parse(const char *value)
{
    const size_t flags = JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL;
    return json_loads(value, flags, NULL);
}

static bool is_json(const char *value)
{
    json_t *parsed = parse(value);
    json_decref(parsed);
    return parsed != NULL;
}

/* The value may be a key of the server's: messages have only the name. */
static enum dm_status check(const struct dm_dialect *dialect, const struct dm_road_options *options,
                            size_t index, char message[DM_ERROR_LENGTH])
{
    const char *extra = options->extras[index];
    char key[KEY_LENGTH], quoted[DM_QUOTED_LENGTH];
    if (!is_key(extra) || !is_text(extra)) {
        dm_quote(quoted, extra, strcspn(extra, "="));
        snprintf(message, DM_ERROR_LENGTH,
                 "extra parameter %s: KEY=VALUE is wanted, in UTF-8, where KEY has letters, digits "
                 "and _-. only",
                 quoted);
        return DM_USAGE;
    }
    snprintf(key, sizeof key, "%.*s", (int)strcspn(extra, "="), extra);
    for (size_t i = 0; dialect->own_keys[i]; i++) {
        if (strcmp(dialect->own_keys[i], key) == 0) {
            snprintf(message, DM_ERROR_LENGTH,
                     "extra parameter \"%s\": dmatrix itself writes this one", key);
            return DM_USAGE;
        }
    }
    const char *value = extra + strlen(key) + 1;
    if (dialect->write_body && (*value == '{' || *value == '[') && !is_json(value)) {
        snprintf(message, DM_ERROR_LENGTH,
                 "extra parameter \"%s\": the value begins like JSON, but is none", key);
        return DM_USAGE;
    }
    for (size_t i = 0; i < index; i++) {
        if (has_key(options->extras[i], key)) {
            snprintf(message, DM_ERROR_LENGTH, "extra parameter \"%s\" is given twice", key);
            return DM_USAGE;
        }
    }
    return DM_OK;
}

/* ---- writing ---- */

static void write_url_form(FILE *out, const char *key, const char *value)
{
    fputc('&', out);
    dm_write_escaped(out, key);
    fputc('=', out);
    dm_write_escaped(out, value);
}

static void write_json_form(FILE *out, const char *key, const char *value)
{
    json_t *parsed = parse(value);
    fprintf(out, ",\"%s\":", key);
    if (parsed)
        fputs(value, out); /* as given: numbers keep their digits */
    else
        dm_write_json(out, value);
    json_decref(parsed);
}

static void write_extra(FILE *out, const struct dm_dialect *dialect, const char *extra)
{
    char key[KEY_LENGTH];
    size_t length = strcspn(extra, "=");
    snprintf(key, sizeof key, "%.*s", (int)length, extra);
    if (dialect->write_body)
        write_json_form(out, key, extra + length + 1);
    else
        write_url_form(out, key, extra + length + 1);
}

enum dm_status dm_extras_write(const struct dm_dialect *dialect,
                               const struct dm_road_options *options, char **text,
                               char message[DM_ERROR_LENGTH])
{
    if (options->extra_count > DM_EXTRAS_MAX) {
        snprintf(message, DM_ERROR_LENGTH, "more than %d extra parameters", (int)DM_EXTRAS_MAX);
        return DM_USAGE;
    }
    for (size_t i = 0; i < options->extra_count; i++) {
        enum dm_status status = check(dialect, options, i, message);
        if (status != DM_OK)
            return status;
    }
    size_t size;
    FILE *out = open_memstream(text, &size);
    for (size_t i = 0; out && i < options->extra_count; i++)
        write_extra(out, dialect, options->extras[i]);
    if (out && dm_memory_stream_end(out, text))
        return DM_OK;
    *text = NULL;
    snprintf(message, DM_ERROR_LENGTH, "out of memory for extra parameters");
    return DM_MEMORY;
}
