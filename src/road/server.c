#include "road/server.h"

#include "base/module.h"

enum dm_status dm_server_open(const struct dm_road_options *options, unsigned at_once,
                              const dm_flag *stop, const struct dm_server_module **module,
                              struct dm_server **server, struct dm_error *error)
{
    static const struct dm_module wanted = {
        .file = "server.so",
        .symbol = DM_SERVER_MODULE_SYMBOL,
        .version = DM_SERVER_MODULE_VERSION,
        .purpose = "routing servers",
        .needs = "libcurl (Debian and Ubuntu: libcurl4-openssl-dev)",
    };
    char message[DM_ERROR_LENGTH];
    const void *table;
    enum dm_status status = dm_module_load(&wanted, &table, error);
    if (status != DM_OK) {
        if (error)
            error->field = DM_FIELD_SERVER;
        return status;
    }
    *module = table;
    status = (*module)->open(options, at_once, stop, server, message);
    return status == DM_OK ? DM_OK : dm_fail_field(error, DM_FIELD_SERVER, status, "%s", message);
}
