#include "generate/generate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Return the first mark in the line, and set *at to where it begins; NULL: there is none. */
static const struct dm_mark *find_mark(const char *line, const struct dm_mark *marks,
                                       const char **at)
{
    const struct dm_mark *first = NULL;
    for (; marks->text; marks++) {
        const char *found = strstr(line, marks->text);
        if (found && (!first || found < *at)) {
            first = marks;
            *at = found;
        }
    }
    return first;
}

static void put_line(const char *line, const struct dm_mark *marks)
{
    const struct dm_mark *mark;
    const char *at = NULL;
    while ((mark = find_mark(line, marks, &at))) {
        fwrite(line, 1, (size_t)(at - line), stdout);
        mark->put();
        line = at + strlen(mark->text);
    }
    fputs(line, stdout);
}

enum dm_status dm_template_put(const char *path, const struct dm_mark *marks,
                               struct dm_error *error)
{
    enum { LINE_LENGTH = 1024 };
    char line[LINE_LENGTH];
    FILE *file = fopen(path, "r");
    if (!file)
        return dm_fail(error, DM_IO, "%s: %s", path, strerror(errno));
    while (fgets(line, sizeof line, file))
        put_line(line, marks);
    bool failed = ferror(file) != 0;
    fclose(file);
    return failed ? dm_fail(error, DM_IO, "%s: cannot be read", path) : DM_OK;
}

bool dm_has_choices(const struct dm_option *option)
{
    return dm_option_choice(option, 0).name != NULL;
}

void dm_put_choices(const struct dm_option *option, const char *separator)
{
    struct dm_choice choice;
    for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++)
        printf("%s%s", i > 0 ? separator : "", choice.name);
}
