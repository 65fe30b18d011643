/* Distances on the ellipsoid, one strip of pairs after another. */
#include "metric/kernel/geodesic.h"

#include "metric/kernel/geodesic_refine.h"
#include "metric/kernel/geodesic_strip.h"

#include <stdint.h>
#include <string.h>

dm_geodesic_kernel DM_FOR_ISA(dm_geodesic);

/* cos sigma below which a guess of the shift is not accurate to 10 nm: 148.5 degrees. */
#define FAR_COSINE (-0.8526f)

/* cos sigma below which the nearest root may not give the shortest path, so that the scalar solver
 * is needed: 179.3 degrees. */
#define ANTIPODAL_COSINE (-0.9999254f)

enum { PASSES = 5, PENDING = 2 * STRIP };

/* Pairs that must be refined, with the data for it, which is copied while it is in the cache. */
struct pending {
    size_t count;
    ALIGNED double along[PENDING], across[PENDING];
    ALIGNED double sine[PENDING], cosine[PENDING], end[DM_END_TERMS][PENDING];
    float shift[PENDING];    /* the best so far */
    size_t there[PENDING];   /* indices of the other ends */
    uint8_t passes[PENDING]; /* done so far */
};

/* A run of pairs that share one end. */
struct run {
    const struct dm_geodesic_expansion *expansion;
    const struct dm_geodesic *solver;
    const struct dm_geodesic_points *points_here, *points_there;
    size_t index, first; /* index of the shared end, and of the first other end */
    struct end here;
    double *metres; /* distance of the first pair */
    struct strip strip;
    struct pending pending;
};

static struct end end_at(const struct dm_geodesic_points *points, size_t i)
{
    return (struct end){
        points->sine[i],
        points->cosine[i],
        points->sine_lon[i],
        points->cosine_lon[i],
        points->x[i],
        points->y[i],
        {points->end[0][i], points->end[1][i], points->end[2][i], points->end[3][i]}};
}

static struct lanes lanes_from(const struct dm_geodesic_points *points, size_t first)
{
    return (struct lanes){points->sine + first,
                          points->cosine + first,
                          points->sine_lon + first,
                          points->cosine_lon + first,
                          points->x + first,
                          points->y + first,
                          {points->end[0] + first, points->end[1] + first, points->end[2] + first,
                           points->end[3] + first}};
}

static size_t round_up_to_groups(size_t count)
{
    return (count + GROUP - 1) / GROUP * GROUP;
}

INLINE void solve_scalar(const struct run *run, size_t there, bool swapped)
{
    const struct dm_geodesic_points *here = run->points_here, *other = run->points_there;
    double lat = here->lat_deg[run->index], lon = here->lon_deg[run->index];
    double other_lat = other->lat_deg[there], other_lon = other->lon_deg[there];
    run->metres[there - run->first] =
        swapped ? dm_geodesic_inverse_m(run->solver, other_lat, other_lon, lat, lon)
                : dm_geodesic_inverse_m(run->solver, lat, lon, other_lat, other_lon);
}

/* ---- refining ---- */

/* Append pair `i` of the strip to the pending pairs. The other end of its first pair is `first`. */
INLINE void add_pending(struct run *run, size_t first, size_t i, bool swapped)
{
    const struct dm_geodesic_points *points = run->points_there;
    struct pending *pending = &run->pending;
    size_t there = first + i, to = pending->count++;
    pending->along[to] = run->strip.along[i];
    pending->across[to] = run->strip.across[i];
    pending->sine[to] = points->sine[there];
    if (swapped) /* otherwise unused, and reading it could miss the cache */
        pending->cosine[to] = points->cosine[there];
    for (size_t k = 0; k < DM_END_TERMS; k++)
        pending->end[k][to] = points->end[k][there];
    pending->shift[to] = run->strip.shift[i];
    pending->there[to] = there;
    pending->passes[to] = 0;
}

INLINE void copy_pending(struct pending *pending, size_t from, size_t to, bool swapped)
{
    pending->along[to] = pending->along[from];
    pending->across[to] = pending->across[from];
    pending->sine[to] = pending->sine[from];
    if (swapped)
        pending->cosine[to] = pending->cosine[from];
    for (size_t k = 0; k < DM_END_TERMS; k++)
        pending->end[k][to] = pending->end[k][from];
    pending->shift[to] = pending->shift[from];
    pending->there[to] = pending->there[from];
    pending->passes[to] = pending->passes[from];
}

/* Run all steps for the first `count` pending pairs. */
INLINE void refine(struct run *run, size_t count, double *restrict converged, bool swapped)
{
    struct strip *strip = &run->strip;
    struct pending *pending = &run->pending;
    const struct lanes there = {
        .sine = pending->sine,
        .cosine = swapped ? pending->cosine : pending->sine,
        .sine_lon = pending->sine, /* unused, like the next three */
        .cosine_lon = pending->sine,
        .x = pending->sine,
        .y = pending->sine,
        .end = {pending->end[0], pending->end[1], pending->end[2], pending->end[3]}};
    size_t lanes = round_up_to_groups(count);
    for (size_t i = pending->count; i < lanes; i++)
        copy_pending(pending, 0, i, swapped); /* fills the unused lanes */
    memcpy(strip->along, pending->along, lanes * sizeof *strip->along);
    memcpy(strip->across, pending->across, lanes * sizeof *strip->across);
    memcpy(strip->shift, pending->shift, lanes * sizeof *strip->shift);
    restore_triangles(run->here, &there, lanes, strip, swapped);
    rotate(run->here, &there, lanes, strip, swapped);
    compute_arcs(lanes, strip);
    compute_distances(run->expansion, run->here, &there, lanes, strip, strip->metres, swapped);
    improve(run->expansion, run->here, &there, lanes, strip, converged, swapped);
}

/* Refine the first `count` pending pairs, up to STRIP. Remove those that have converged and those
 * that the scalar solver computes after PASSES. */
INLINE void refine_pending(struct run *run, size_t count, bool swapped)
{
    struct pending *pending = &run->pending;
    double converged[STRIP];
    size_t left = 0;
    refine(run, count, converged, swapped);
    for (size_t i = 0; i < count; i++) {
        /* refine() sets it. NOLINTNEXTLINE(clang-analyzer-core*) */
        if (converged[i] != 0) {
            run->metres[pending->there[i] - run->first] = run->strip.metres[i];
        } else if (++pending->passes[i] == PASSES) {
            solve_scalar(run, pending->there[i], swapped);
        } else {
            pending->shift[i] = run->strip.shift[i];
            copy_pending(pending, i, left++, swapped);
        }
    }
    for (size_t i = count; i < pending->count; i++)
        copy_pending(pending, i, left++, swapped);
    pending->count = left;
}

/* ---- strips ---- */

/* Return a bit mask of the far pairs of a strip. */
static uint64_t far_pairs(const float *cosine, size_t count)
{
    uint8_t flags[STRIP] = {0};
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i++)
        /* Callers set it. NOLINTNEXTLINE(clang-analyzer-core*) */
        flags[i] = cosine[i] < FAR_COSINE;
    for (size_t i = 0; i < STRIP / 8; i++) {
        uint64_t eight;
        memcpy(&eight, flags + 8 * i, sizeof eight);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        eight = __builtin_bswap64(eight);
#endif
        /* bit 56 + k of the product is byte k, which is 0 or 1 */
        bits |= eight * 0x0102040810204080 >> 56 << 8 * i;
    }
    return bits;
}

static bool any_far(const float *cosine, size_t count)
{
    int any = 0;
    for (size_t i = 0; i < count; i++)
        any |= cosine[i] < FAR_COSINE;
    return any != 0;
}

/* Add the far pairs of the strip to the pending ones. */
INLINE void defer_far_pairs(struct run *run, size_t first, size_t count, bool swapped)
{
    const struct strip *strip = &run->strip;
    if (!any_far(strip->cosine_f32, round_up_to_groups(count)))
        return;
    for (uint64_t far = far_pairs(strip->cosine_f32, count); far; far &= far - 1) {
        size_t i = (size_t)__builtin_ctzll(far);
        if (strip->cosine_f32[i] < ANTIPODAL_COSINE)
            solve_scalar(run, first + i, swapped);
        else
            add_pending(run, first, i, swapped);
    }
}

INLINE void fill_strip(struct run *run, size_t first, size_t count, bool swapped)
{
    struct strip *strip = &run->strip;
    struct lanes there = lanes_from(run->points_there, first);
    size_t lanes = round_up_to_groups(count);
    compute_triangles(run->here, &there, lanes, strip, swapped);
    guess_arc(lanes, strip);
    guess_shift(run->expansion, run->here, &there, run->points_here->guess_end[run->index],
                run->points_there->guess_end + first, lanes, strip, swapped);
    rotate(run->here, &there, lanes, strip, swapped);
    compute_arcs(lanes, strip);
    double *metres = run->metres + (first - run->first);
    double *to = count == lanes ? metres : strip->metres; /* the latter has room for all lanes */
    compute_distances(run->expansion, run->here, &there, lanes, strip, to, swapped);
    if (to != metres)
        memcpy(metres, to, count * sizeof *metres);
}

INLINE void fill_run(struct run *run, size_t first, size_t count, double *metres, bool swapped)
{
    run->first = first;
    run->metres = metres;
    run->pending.count = 0;
    for (size_t done = 0; done < count; done += STRIP) {
        size_t pairs = count - done < STRIP ? count - done : STRIP;
        fill_strip(run, first + done, pairs, swapped);
        defer_far_pairs(run, first + done, pairs, swapped);
        size_t enough = done + pairs < count ? STRIP : 1;
        while (run->pending.count >= enough)
            refine_pending(run, run->pending.count < STRIP ? run->pending.count : STRIP, swapped);
    }
}

/* Compiled once per direction. */
static __attribute__((noinline)) void fill_forward(struct run *run, size_t first, size_t count,
                                                   double *metres)
{
    fill_run(run, first, count, metres, false);
}

static __attribute__((noinline)) void fill_reversed(struct run *run, size_t first, size_t count,
                                                    double *metres)
{
    fill_run(run, first, count, metres, true);
}

void DM_FOR_ISA(dm_geodesic)(const struct dm_geodesic_expansion *expansion,
                             const struct dm_geodesic *solver,
                             const struct dm_geodesic_points *origins,
                             const struct dm_geodesic_points *destinations, size_t origin,
                             size_t first, size_t count, size_t reversed, double *restrict metres)
{
    struct run run;
    run.expansion = expansion;
    run.solver = solver;
    run.points_here = origins;
    run.points_there = destinations;
    run.index = origin;
    run.here = end_at(origins, origin);
    fill_reversed(&run, first, reversed, metres);
    fill_forward(&run, first + reversed, count - reversed, metres + reversed);
}
