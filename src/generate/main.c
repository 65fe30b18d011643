/* dmatrix-generate: what is made of the table of options when dmatrix is built. It is not
 * installed. */
#include "base/ending.h"
#include "base/streams.h"
#include "generate/generate.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *shell;
    void (*generate)(void);
} shells[] = {
    {"bash", dm_generate_bash},
    {"zsh", dm_generate_zsh},
    {"fish", dm_generate_fish},
};

static enum dm_status generate(int argc, char **argv, struct dm_error *error)
{
    if (argc == 3 && strcmp(argv[1], "man") == 0)
        return dm_generate_man(argv[2], error);
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (argc == 2 && strcmp(argv[1], shells[i].shell) == 0) {
            shells[i].generate();
            return DM_OK;
        }
    }
    return dm_fail(error, DM_USAGE, "what is to be generated? bash, zsh, fish, or man TEMPLATE");
}

int main(int argc, char **argv)
{
    struct dm_error error;
    enum dm_status status = generate(argc, argv, &error);
    if (status == DM_OK)
        status = dm_stdout_finish(&error);
    return dm_ending("dmatrix-generate", status, &error);
}
