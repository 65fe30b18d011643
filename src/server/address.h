/* address.h - where a server is: "osrm:http://user:password@host:5000/prefix". */
#ifndef SERVER_ADDRESS_H
#define SERVER_ADDRESS_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

enum { DM_KIND_LENGTH = 24 };

struct dm_address {
    char kind[DM_KIND_LENGTH]; /* "osrm" */
    char *base;                /* "http://host:5000/prefix": no user, no slash at its end */
    char *user, *password;     /* decoded; NULL: none */
};

/* Parse an address into *address, to be freed with dm_address_free(). The kind is not looked up.
 * On failure *address is unchanged and the reason, which contains no user and no password, is in
 * `message`. DM_USAGE: malformed. DM_MEMORY. */
enum dm_status dm_address_parse(const char *text, struct dm_address *address,
                                char message[DM_ERROR_LENGTH]);

void dm_address_free(struct dm_address *address);

#endif
