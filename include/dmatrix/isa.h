/* isa.h - the instruction sets that the hot loops are compiled for. */
#ifndef DMATRIX_ISA_H
#define DMATRIX_ISA_H

#include <dmatrix/api.h>
#include <dmatrix/status.h>

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One const object an instruction set. */
struct dm_isa {
    const char *name, *summary;
    bool (*here)(void); /* whether this machine and its system have it */
};

/* Those that the library was compiled for, the best first, ended by NULL. The last is on every
 * machine that can run the library at all. */
DM_API const struct dm_isa *const *dm_isas(void);

/* The instruction set of that name; NULL: the best that is here. DM_USAGE: it is not known, or not
 * on this machine; the message names those that are. */
DM_API enum dm_status dm_isa_choose(const char *name, const struct dm_isa **isa,
                                    struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
