#include "output/path.h"

#include "output/descriptor.h"

#include <unistd.h>

enum dm_status dm_output_open(const char *path, const dm_flag *stop, struct dm_output **output,
                              struct dm_error *error)
{
    struct dm_place place;
    struct dm_descriptor *opened = NULL;
    enum dm_status status = dm_place_find(path, &place, error);
    if (status != DM_OK)
        return status;
    status = place.kind == DM_PLACE_REPLACE ? dm_file_open(path, &place, stop, &opened, error)
                                            : dm_stream_open(path, &place, stop, &opened, error);
    dm_place_free(&place);
    if (status == DM_OK)
        *output = &opened->base;
    else if (opened)
        dm_output_close(&opened->base);
    return status;
}

bool dm_output_is_terminal(const struct dm_output *output)
{
    return isatty(((const struct dm_descriptor *)output)->file);
}

void dm_output_keep_on(struct dm_output *output)
{
    ((struct dm_descriptor *)output)->stop = NULL;
}
