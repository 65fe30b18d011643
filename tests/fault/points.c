#include "fault/points.h"
#include "testing/testing.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>
#include <jansson.h>
#include <zlib.h>

#include "fault/points_inside.h"
#include "fault/wrap.h"

const struct point_about points[POINT_COUNT] = {
#define POINT_ABOUT(name, reason, outcome) {#name, reason, outcome},
    POINT_KINDS(POINT_ABOUT)
#undef POINT_ABOUT
};

/* In shared memory, for worker processes to count with the others. */
struct chosen {
    enum point_kind kind;
    unsigned nth;
    atomic_uint calls[POINT_COUNT];
};

static struct chosen *chosen;
static atomic_bool armed; /* not shared: the test itself makes calls, too */

void points_make(void)
{
    chosen = make_shared(sizeof *chosen);
}

void points_free(void)
{
    free_shared(chosen, sizeof *chosen);
}

void points_choose(enum point_kind kind, unsigned nth)
{
    chosen->kind = kind;
    chosen->nth = nth;
    for (int i = 0; i < POINT_COUNT; i++)
        atomic_store(&chosen->calls[i], 0);
}

/* libcsv asks for less where it gets nothing, so that only what lasts makes it fail. */
static bool lasts(enum point_kind kind)
{
    return kind == POINT_csv_memory;
}

bool point_strikes(enum point_kind kind)
{
    if (!atomic_load_explicit(&armed, memory_order_relaxed))
        return false;
    unsigned number = atomic_fetch_add(&chosen->calls[kind], 1) + 1;
    if (kind != chosen->kind || number < chosen->nth || (number > chosen->nth && !lasts(kind)))
        return false;
    errno = points[kind].reason;
    return true;
}

unsigned points_calls(enum point_kind kind)
{
    return atomic_load(&chosen->calls[kind]);
}

bool points_happened(void)
{
    return chosen->kind < POINT_COUNT && points_calls(chosen->kind) >= chosen->nth;
}

/* ---- the libraries ---- */

static void *csv_realloc(void *memory, size_t size)
{
    return point_strikes(POINT_csv_memory) ? NULL : realloc(memory, size);
}

static void *json_allocate(size_t size)
{
    return point_strikes(POINT_json_memory) ? NULL : malloc(size);
}

WRAP(int, csv_init, (struct csv_parser * parser, unsigned char options))
{
    int result = __real_csv_init(parser, options);
    csv_set_realloc_func(parser, csv_realloc);
    return result;
}

static voidpf zlib_allocate(voidpf opaque, uInt count, uInt size)
{
    (void)opaque;
    return point_strikes(POINT_zlib_memory) ? Z_NULL : calloc(count, size);
}

static void zlib_free(voidpf opaque, voidpf memory)
{
    (void)opaque;
    free(memory);
}

WRAP(int, inflateInit2_, (z_streamp stream, int bits, const char *version, int size))
{
    stream->zalloc = zlib_allocate;
    stream->zfree = zlib_free;
    return __real_inflateInit2_(stream, bits, version, size);
}

void points_begin(void)
{
    json_set_alloc_funcs(json_allocate, free);
    atomic_store(&armed, true);
}

void points_end(void)
{
    atomic_store(&armed, false);
}
