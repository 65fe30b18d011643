#include "report/export_text.h"

#include <stdlib.h>

void dm_export_text_begin(struct dm_export_text *made)
{
    *made = (struct dm_export_text){0};
    made->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!made->plain)
        return;
    made->before = uselocale(made->plain);
    made->stream = open_memstream(&made->text, &made->size);
}

enum dm_status dm_export_text_end(struct dm_export_text *made, bool written, char **text,
                                  struct dm_error *error)
{
    bool good = made->stream && written && !ferror(made->stream);
    if (made->stream)
        good = fclose(made->stream) == 0 && good;
    if (made->plain) {
        uselocale(made->before);
        freelocale(made->plain);
    }
    if (good) {
        *text = made->text;
        return DM_OK;
    }
    free(made->text);
    return dm_fail_memory(error, "the timings");
}
