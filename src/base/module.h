/* module.h - parts of dmatrix that are loaded only when they are used, because of the libraries
 * that they need. Each is a file that exports one object, a table of functions. */
#ifndef BASE_MODULE_H
#define BASE_MODULE_H

#include <dmatrix/status.h>

struct dm_module {
    const char *file;    /* "crs.so" */
    const char *symbol;  /* name of the table in it, which begins with an unsigned, the version */
    unsigned version;    /* wanted */
    const char *purpose; /* for messages: what needs the module, in the plural */
    const char *needs;   /* ... and what to install for it */
};

/* Load the module and store the address of its table in *table. The module is looked for
 *   - in the folder of this program, or of the shared library libdmatrix, as in a build folder
 *   - in the library folder below the same prefix, so that an installed tree can be moved
 *   - in the library folder of the installation.
 * It stays loaded until the program ends. DM_SYSTEM: it is missing, cannot be loaded, or belongs to
 * another version of dmatrix; or the program is statically linked. */
enum dm_status dm_module_load(const struct dm_module *module, const void **table,
                              struct dm_error *error);

#endif
