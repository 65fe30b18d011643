/* isa.h - the instruction sets that the hot loops are compiled for. */
#ifndef DMATRIX_ISA_H
#define DMATRIX_ISA_H

#include <dmatrix/api.h>
#include <dmatrix/status.h>

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An instruction set; one const object for each. */
struct dm_isa {
    const char *name, *summary;
    bool (*here)(void); /* return true if this machine and its system support it */
    bool fused; /* it adds to a product without rounding that first: distances may differ in their
                 * last bits from those of a set that does not */
};

/* Return the instruction sets that the library was compiled for, best first, ended by NULL. Every
 * machine that can run the library supports the last. */
DM_API const struct dm_isa *const *dm_isas(void);

/* Find an instruction set by name; NULL: the best available. DM_USAGE: it is unknown, or not
 * available on this machine; the message lists those that are. */
DM_API enum dm_status dm_isa_choose(const char *name, const struct dm_isa **isa,
                                    struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
