#include "format/moments.h"

#include <math.h>

void dm_moments_merge(struct dm_moments *moments, const struct dm_moments *part)
{
    if (part->count == 0)
        return;
    if (moments->count == 0) {
        *moments = *part;
        return;
    }
    double count = (double)(moments->count + part->count);
    double share = (double)part->count / count;
    double between = (part->base - moments->base) + (part->offset - moments->offset);
    moments->offset += between * share;
    moments->squares += part->squares + between * between * ((double)moments->count * share);
    moments->count += part->count;
}

double dm_moments_mean(const struct dm_moments *moments)
{
    return moments->base + moments->offset;
}

double dm_moments_deviation(const struct dm_moments *moments)
{
    return sqrt(moments->squares / (double)(moments->count - 1));
}
