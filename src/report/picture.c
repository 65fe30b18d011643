#include "report/picture.h"

#include "base/text.h"
#include "base/try.h"
#include "report/gnuplot.h"
#include "report/picture_script.h"

#include <stdlib.h>
#include <string.h>

/* Return what the path's name ends in: "svg", "png", "pdf" or "gp"; NULL: something else. */
static const char *kind_of(const char *path)
{
    static const char *const kinds[] = {"svg", "png", "pdf", "gp"};
    const char *name = strrchr(path, '/');
    const char *dot = strrchr(name ? name : path, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (dm_same_word(dot + 1, kinds[i]))
            return kinds[i];
    return NULL;
}

enum dm_status dm_picture_check(const char *path, struct dm_error *error)
{
    const char *kind = kind_of(path);
    if (!kind)
        return dm_fail(error, DM_USAGE,
                       "--plot=%s: expected a name ending in .svg, .png or .pdf, or in .gp for "
                       "gnuplot's script",
                       path);
    if (strcmp(kind, "gp") == 0 || dm_gnuplot_is_there())
        return DM_OK;
    return dm_fail(error, DM_SYSTEM,
                   "--plot=%s: gnuplot is not on the PATH (Debian and Ubuntu: apt install "
                   "gnuplot-nox; --plot=%.*s.gp writes the script for drawing it elsewhere)",
                   path, (int)(strlen(path) - strlen(kind) - 1), path);
}

enum dm_status dm_picture_draw(const struct dm_results *results, const char *path,
                               const dm_flag *stop, char **picture, size_t *length,
                               struct dm_error *error)
{
    const char *kind = kind_of(path);
    char *script;
    struct dm_error why;
    bool raw = strcmp(kind, "gp") == 0;
    DM_TRY(dm_picture_script(results, raw ? "svg" : kind, &script, error));
    if (raw) {
        *picture = script;
        *length = strlen(script);
        return DM_OK;
    }
    enum dm_status status = dm_gnuplot_run(script, stop, picture, length, &why);
    free(script);
    return status == DM_OK ? DM_OK : dm_fail(error, status, "--plot=%s: %s", path, why.message);
}
