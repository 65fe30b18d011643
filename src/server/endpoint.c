#include "server/endpoint.h"

#include "base/text.h"
#include "base/try.h"
#include "server/extras.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum dm_status refuse(char message[DM_ERROR_LENGTH], const char *why)
{
    snprintf(message, DM_ERROR_LENGTH, "%s", why);
    return DM_USAGE;
}

/* Return true if the text is not empty and can stand in a message and in JSON. */
static bool is_printable(const char *text)
{
    size_t rest = strlen(text);
    if (rest == 0)
        return false;
    for (size_t bytes; rest > 0; text += bytes, rest -= bytes) {
        bytes = dm_printable(text, rest);
        if (bytes == 0)
            return false;
    }
    return true;
}

/* Return the value of "Name: value", or NULL if that is malformed. A line break in it would begin
 * another header. */
static const char *header_value(const char *header)
{
    static const char name[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";
    size_t length = strspn(header, name);
    if (length == 0 || header[length] != ':')
        return NULL;
    const char *value = header + length + 1;
    value += strspn(value, " \t");
    for (const char *at = value; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            return NULL;
    return *value ? value : NULL;
}

static const char *unless_short(const char *text)
{
    enum { SHORT = 4 };
    return text && strlen(text) > SHORT ? text : NULL;
}

/* Add what identifies the user: the value of the header and, of "Bearer KEY", the key alone; the
 * name and the password, each and together. A short value or name is no key, and would be found in
 * many words. */
static void add_secrets(struct dm_endpoint *endpoint, const char *value)
{
    const struct dm_address *address = &endpoint->address;
    struct dm_secrets *secrets = &endpoint->settings.secrets;
    const char *blank = value ? strrchr(value, ' ') : NULL;
    dm_secrets_add(secrets, unless_short(value));
    dm_secrets_add(secrets, unless_short(blank ? blank + 1 : NULL));
    dm_secrets_add(secrets, unless_short(address->user));
    dm_secrets_add(secrets, address->password);
    dm_secrets_add(secrets, endpoint->login);
}

/* Add the values of parameters that may be keys: those that are long. */
static void add_extras(struct dm_endpoint *endpoint, const struct dm_road_options *options)
{
    enum { SHORT_VALUE = 12 };
    for (size_t i = 0; i < options->extra_count; i++) {
        const char *equals = strchr(options->extras[i], '=');
        if (equals && strlen(equals + 1) > SHORT_VALUE)
            dm_secrets_add(&endpoint->settings.secrets, equals + 1);
    }
}

static void set_facts(struct dm_endpoint *endpoint)
{
    const struct dm_dialect *dialect = endpoint->settings.dialect;
    endpoint->facts = (struct dm_server_facts){
        .kind = dialect->name,
        .profile = endpoint->settings.query.profile,
        .cells = dialect->cells,
        .snaps = dialect->snaps,
        .ignores_profile = dialect->ignores_profile,
        .address = endpoint->address.base,
    };
}

enum dm_status dm_endpoint_open(const struct dm_road_options *options, const dm_flag *stop,
                                struct dm_endpoint *endpoint, char message[DM_ERROR_LENGTH])
{
    DM_TRY(dm_address_parse(options->server, &endpoint->address, message));
    const struct dm_dialect *dialect = dm_dialect_find(endpoint->address.kind, message);
    if (!dialect)
        return DM_USAGE;
    const char *profile = options->profile ? options->profile : dialect->profile;
    if (!is_printable(profile))
        return refuse(message, "the profile is empty or has characters that cannot be printed");
    const char *value = options->header ? header_value(options->header) : NULL;
    if (options->header && !value)
        return refuse(message, "the header is not \"Name: value\" on one line");
    DM_TRY(dm_extras_write(dialect, options, &endpoint->extras, message));
    endpoint->settings = (struct dm_line_settings){
        .dialect = dialect,
        .query = {.base = endpoint->address.base,
                  .profile = profile,
                  .extras = endpoint->extras,
                  .max_snap_m = dm_road_max_snap(options)},
        .http = {.header = options->header,
                 .user = endpoint->address.user,
                 .password = endpoint->address.password,
                 .timeout_ns = options->timeout_ns ? options->timeout_ns : DM_ROAD_TIMEOUT_NS},
        .stop = stop,
    };
    const struct dm_address *address = &endpoint->address;
    if (address->user) {
        endpoint->login =
            dm_secrets_login(address->user, address->password ? address->password : "");
        if (!endpoint->login) {
            snprintf(message, DM_ERROR_LENGTH, "out of memory for the server");
            return DM_MEMORY;
        }
    }
    add_secrets(endpoint, value);
    add_extras(endpoint, options);
    set_facts(endpoint);
    return DM_OK;
}

void dm_endpoint_free(struct dm_endpoint *endpoint)
{
    dm_address_free(&endpoint->address);
    free(endpoint->extras);
    free(endpoint->login);
    endpoint->extras = endpoint->login = NULL;
}
