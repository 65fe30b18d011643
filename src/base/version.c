#include <dmatrix/version.h>

const char *dm_version(void)
{
    return DM_VERSION;
}
