#include "server/address.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static enum dm_status refuse(char message[DM_ERROR_LENGTH], const char *why)
{
    snprintf(message, DM_ERROR_LENGTH,
             "the address of a server is KIND:URL, such as osrm:http://localhost:5000, but %s",
             why);
    return DM_USAGE;
}

static enum dm_status fail_memory(char message[DM_ERROR_LENGTH])
{
    snprintf(message, DM_ERROR_LENGTH, "out of memory for the address of the server");
    return DM_MEMORY;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Return a copy with %41 replaced by A, to be freed; NULL without memory. */
static char *decode(const char *text, size_t length)
{
    char *decoded = strndup(text, length), *to = decoded;
    for (const char *from = decoded; from && *from; to++) {
        bool coded = *from == '%' && hex_digit(from[1]) >= 0 && hex_digit(from[2]) >= 0;
        *to = coded ? (char)(hex_digit(from[1]) * 16 + hex_digit(from[2])) : *from;
        from += coded ? 3 : 1;
    }
    if (to)
        *to = '\0';
    return decoded;
}

/* Return the length of "http://" or "https://" that the text begins with, else 0. */
static size_t scheme_length(const char *text)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncasecmp(text, schemes[i], strlen(schemes[i])) == 0)
            return strlen(schemes[i]);
    return 0;
}

/* Return what is wrong with the characters of a URL, or NULL. Spaces and control characters could
 * end the line of the request; a query or fragment would come before what is appended. */
static const char *unusable(const char *url)
{
    for (; *url; url++) {
        if ((unsigned char)*url <= ' ' || (unsigned char)*url >= 0x7f)
            return "the URL has a space or another character that must be written as %XX";
        if (*url == '?' || *url == '#')
            return "the URL has a query; parameters are given apart from it";
    }
    return NULL;
}

/* Return false if a port follows the host, as in "host:5000/x" or "[::1]:5000", that is none. */
static bool is_port_usable(const char *host, size_t length)
{
    char *end;
    const char *bracket = memchr(host, ']', length);
    const char *from = bracket ? bracket : host;
    const char *colon = memchr(from, ':', length - (size_t)(from - host));
    if (!colon)
        return true;
    unsigned long port = strtoul(colon + 1, &end, 10);
    return isdigit((unsigned char)colon[1]) && end == host + length && port >= 1 && port <= 65535;
}

/* Set the base URL from a scheme and what follows the user. */
static bool set_base(struct dm_address *address, const char *scheme, size_t length,
                     const char *rest)
{
    size_t rest_length = strlen(rest);
    while (rest_length > 0 && rest[rest_length - 1] == '/')
        rest_length--;
    address->base = malloc(length + rest_length + 1);
    if (!address->base)
        return false;
    memcpy(address->base, scheme, length);
    memcpy(address->base + length, rest, rest_length);
    address->base[length + rest_length] = '\0';
    return true;
}

/* Set user and password from "user:password", of so many bytes. */
static bool set_user(struct dm_address *address, const char *text, size_t length)
{
    const char *colon = memchr(text, ':', length);
    size_t user_length = colon ? (size_t)(colon - text) : length;
    address->user = decode(text, user_length);
    if (colon)
        address->password = decode(colon + 1, length - user_length - 1);
    return address->user && (!colon || address->password);
}

enum dm_status dm_address_parse(const char *text, struct dm_address *address,
                                char message[DM_ERROR_LENGTH])
{
    struct dm_address new = {.base = NULL};
    const char *url = strchr(text, ':');
    if (!url || url == text || scheme_length(text) > 0)
        return refuse(message, "the kind is missing");
    snprintf(new.kind, sizeof new.kind, "%.*s", (int)(url - text), text);
    url++;
    size_t scheme = scheme_length(url);
    if (scheme == 0)
        return refuse(message, "the URL does not begin with http:// or https://");
    const char *why = unusable(url);
    if (why)
        return refuse(message, why);
    const char *host = url + scheme;
    size_t authority = strcspn(host, "/");
    const char *at = NULL; /* the last one: a password may contain others */
    for (size_t i = 0; i < authority; i++)
        if (host[i] == '@')
            at = host + i;
    if (strchr(host + authority, '@')) /* or a password would be a part of the path, and be shown */
        return refuse(message, "the URL has an @ behind a /: in a password, write / as %2F");
    if (authority == 0 || (at && at + 1 == host + authority))
        return refuse(message, "the URL has no host");
    const char *name = at ? at + 1 : host; /* without user and password */
    if (!is_port_usable(name, (size_t)(host + authority - name)))
        return refuse(message, "the port in the URL is not a number from 1 to 65535");
    if ((at && !set_user(&new, host, (size_t)(at - host))) || !set_base(&new, url, scheme, name)) {
        dm_address_free(&new);
        return fail_memory(message);
    }
    *address = new;
    return DM_OK;
}

void dm_address_free(struct dm_address *address)
{
    free(address->base);
    free(address->user);
    free(address->password);
    *address = (struct dm_address){.base = NULL};
}
