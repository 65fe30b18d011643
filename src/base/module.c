#define _GNU_SOURCE /* dl_iterate_phdr() */
#include "base/module.h"

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Defined by the build: the library folder of modules, and the way to it from that of programs. */
#ifndef DM_MODULES_FOLDER
#define DM_MODULES_FOLDER "/usr/local/lib/dmatrix"
#define DM_MODULES_FROM_PROGRAMS "../lib/dmatrix"
#endif

/* Where a module is looked for, in this order. */
static const struct {
    bool from_own; /* the folder is below that of the program or the shared library */
    const char *folder;
} places[] = {
    {true, "/"},
    {true, "/dmatrix/"}, /* where the shared library is installed */
    {true, "/" DM_MODULES_FROM_PROGRAMS "/"},
    {false, DM_MODULES_FOLDER "/"},
};

/* ---- the folder that this code was loaded from ---- */

struct search {
    uintptr_t address; /* of some code */
    char *path;        /* PATH_MAX bytes: the file that has it; "" if it is the program */
};

/* Return 1, which ends the search, if the object contains the address. */
static int look_into(struct dl_phdr_info *object, size_t size, void *data)
{
    struct search *search = data;
    (void)size;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type != PT_LOAD ||
            search->address - (object->dlpi_addr + part->p_vaddr) >= part->p_memsz)
            continue;
        snprintf(search->path, PATH_MAX, "%s", object->dlpi_name ? object->dlpi_name : "");
        return 1;
    }
    return 0;
}

/* Write the folder of the program, or of the shared library that has this function. Return false if
 * it is not known. */
static bool find_own_folder(char folder[PATH_MAX])
{
    struct search search = {(uintptr_t)&find_own_folder, folder};
    folder[0] = '\0';
    if (dl_iterate_phdr(look_into, &search) == 0)
        return false;
    if (!*folder) {
        ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
        folder[length > 0 ? length : 0] = '\0';
    }
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    return slash != NULL;
}

/* ---- statically linked programs ---- */

/* Called for the program, which is the first object: return 1 if it has a dynamic linker, else -1.
 */
static int has_linker(struct dl_phdr_info *program, size_t size, void *data)
{
    (void)size;
    (void)data;
    for (int i = 0; i < program->dlpi_phnum; i++)
        if (program->dlpi_phdr[i].p_type == PT_INTERP)
            return 1;
    return -1;
}

/* Return dlopen(), or NULL in a statically linked program, where it would load a second C library.
 * It is looked up by name because a reference to it makes the linker warn about every such program,
 * although they never call it. */
static void *(*find_dlopen(void))(const char *, int)
{
    void *(*found)(const char *, int) = NULL;
    if (dl_iterate_phdr(has_linker, NULL) == 1)
        *(void **)&found = dlsym(RTLD_DEFAULT, "dlopen");
    return found;
}

/* ---- loading ---- */

/* Write the path of the module: the first one that exists, else the last. Return true if it exists.
 */
static bool find(const char *file, char path[PATH_MAX])
{
    char own[PATH_MAX];
    bool known = find_own_folder(own);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *from = places[i].from_own ? own : "";
        if (places[i].from_own && !known)
            continue;
        if (snprintf(path, PATH_MAX, "%s%s%s", from, places[i].folder, file) < PATH_MAX &&
            access(path, F_OK) == 0)
            return true;
    }
    return false;
}

static enum dm_status fail_other_version(const char *path, struct dm_error *error)
{
    return dm_fail(error, DM_SYSTEM, "%s belongs to another version of dmatrix", path);
}

enum dm_status dm_module_load(const struct dm_module *module, const void **table,
                              struct dm_error *error)
{
    char path[PATH_MAX];
    void *(*load)(const char *, int) = find_dlopen();
    if (!load)
        return dm_fail(error, DM_SYSTEM, "%s are not available in a statically linked program",
                       module->purpose);
    if (!find(module->file, path))
        return dm_fail(error, DM_SYSTEM,
                       "%s need the module %s, which is neither beside this program nor at %s; "
                       "install %s and build dmatrix again",
                       module->purpose, module->file, path, module->needs);
    void *loaded = load(path, RTLD_NOW | RTLD_LOCAL);
    if (!loaded) {
        const char *why = dlerror();
        return dm_fail(error, DM_SYSTEM, "%s need %s, which cannot be loaded: %s; install %s",
                       module->purpose, path, why ? why : "reason unknown", module->needs);
    }
    const unsigned *version = dlsym(loaded, module->symbol);
    if (!version || *version != module->version)
        return fail_other_version(path, error);
    *table = version;
    return DM_OK;
}
