/* dmatrix-generate: writes completions and manual pages while dmatrix is built. It is not
 * installed. */
#include "base/ending.h"
#include "base/streams.h"
#include "generate/generate.h"

#include <string.h>

static const struct {
    const char *kind;
    const struct dm_mark *marks;
} kinds[] = {
    {"bash", dm_bash_marks},
    {"zsh", dm_zsh_marks},
    {"fish", dm_fish_marks},
    {"man", dm_man_marks},
};

static enum dm_status generate(int argc, char **argv, struct dm_error *error)
{
    for (size_t i = 0; argc == 3 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(argv[1], kinds[i].kind) == 0)
            return dm_template_put(argv[2], kinds[i].marks, error);
    return dm_fail(error, DM_USAGE, "usage: dmatrix-generate bash|zsh|fish|man TEMPLATE");
}

int main(int argc, char **argv)
{
    struct dm_error error;
    enum dm_status status = generate(argc, argv, &error);
    if (status == DM_OK)
        status = dm_stdout_finish(&error);
    return dm_ending("dmatrix-generate", status, &error);
}
