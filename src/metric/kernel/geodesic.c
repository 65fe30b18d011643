/* Distances on the ellipsoid, a strip of pairs after another. */
#include "metric/kernel/geodesic.h"

#include "metric/kernel/geodesic_refine.h"
#include "metric/kernel/geodesic_strip.h"

#include <stdint.h>
#include <string.h>

dm_geodesic_kernel DM_FOR_ISA(dm_geodesic);

/* cos sigma beyond which a guess of the shift is not good enough for 10 nm: 148.5 degrees. */
#define FAR_COSINE (-0.8526f)

/* ... and beyond which, at 179.3 degrees, the shortest way may be another than that of the nearest
 * root: the scalar solver knows which. */
#define ANTIPODAL_COSINE (-0.9999254f)

enum { PASSES = 5, PENDING = 2 * STRIP };

/* A run of pairs with one end in common, and of them those that are still to be refined. */
struct run {
    const struct dm_geodesic_expansion *expansion;
    const struct dm_geodesic *solver;
    const struct dm_geodesic_points *points_here, *points_there;
    size_t number, first; /* of the end in common, and of the first of the others */
    struct end here;
    double *metres; /* of the first pair */
    struct strip strip;

    size_t pending;
    size_t there[PENDING]; /* numbers of the other ends */
    float shift[PENDING];  /* the best so far */
    uint8_t passes[PENDING];
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

static size_t whole_groups(size_t count)
{
    return (count + GROUP - 1) / GROUP * GROUP;
}

INLINE void solve_alone(const struct run *run, size_t there, bool swapped)
{
    const struct dm_geodesic_points *here = run->points_here, *other = run->points_there;
    double lat = here->lat_deg[run->number], lon = here->lon_deg[run->number];
    double other_lat = other->lat_deg[there], other_lon = other->lon_deg[there];
    run->metres[there - run->first] =
        swapped ? dm_geodesic_inverse_m(run->solver, other_lat, other_lon, lat, lon)
                : dm_geodesic_inverse_m(run->solver, lat, lon, other_lat, other_lon);
}

/* ---- refining ---- */

/* The other ends of pending pairs, side by side: of their columns, those that ends_of() is asked
 * for. */
struct gathered {
    ALIGNED double sine[STRIP], other[3][STRIP], end[DM_END_TERMS][STRIP];
};

INLINE void gather_column(const double *from, const size_t *numbers, size_t count,
                          double *restrict to)
{
    for (size_t i = 0; i < count; i++)
        to[i] = from[numbers[i]];
}

INLINE struct lanes gather(const struct dm_geodesic_points *from, const size_t *numbers,
                           size_t count, struct gathered *restrict to, bool swapped)
{
    gather_column(from->sine, numbers, count, to->sine);
    gather_column(swapped ? from->cosine : from->x, numbers, count, to->other[0]);
    gather_column(swapped ? from->sine_lon : from->y, numbers, count, to->other[1]);
    if (swapped)
        gather_column(from->cosine_lon, numbers, count, to->other[2]);
    for (size_t k = 0; k < DM_END_TERMS; k++)
        gather_column(from->end[k], numbers, count, to->end[k]);
    struct lanes lanes = {.sine = to->sine,
                          .end = {to->end[0], to->end[1], to->end[2], to->end[3]}};
    lanes.cosine = swapped ? to->other[0] : to->sine; /* anything, if it is not looked at */
    lanes.sine_lon = swapped ? to->other[1] : to->sine;
    lanes.cosine_lon = swapped ? to->other[2] : to->sine;
    lanes.x = swapped ? to->sine : to->other[0];
    lanes.y = swapped ? to->sine : to->other[1];
    return lanes;
}

/* Brings pending pair `i` to place `to`. */
static void move(struct run *run, size_t i, size_t to)
{
    run->there[to] = run->there[i];
    run->shift[to] = run->shift[i];
    run->passes[to] = run->passes[i];
}

/* One pass over the first `count` pending pairs, up to STRIP; those that are good then, or
 * hopeless, are finished. */
INLINE void refine(struct run *run, size_t count, bool swapped)
{
    struct strip *strip = &run->strip;
    struct gathered gathered;
    double good[STRIP];
    size_t lanes = whole_groups(count), left = 0;
    for (size_t i = run->pending; i < lanes; i++)
        move(run, 0, i); /* something for the lanes that would be idle */
    struct lanes there = gather(run->points_there, run->there, lanes, &gathered, swapped);
    memcpy(strip->shift, run->shift, lanes * sizeof *run->shift);
    see(run->here, &there, lanes, strip, swapped);
    turn(run->here, &there, lanes, strip, swapped);
    solve(lanes, strip);
    measure(run->expansion, run->here, &there, lanes, strip, strip->metres, swapped);
    improve(run->expansion, run->here, &there, lanes, strip, good, swapped);

    for (size_t i = 0; i < count; i++) {
        if (good[i] != 0) {
            run->metres[run->there[i] - run->first] = strip->metres[i];
        } else if (++run->passes[i] == PASSES) {
            solve_alone(run, run->there[i], swapped);
        } else {
            run->shift[i] = strip->shift[i];
            move(run, i, left++);
        }
    }
    for (size_t i = count; i < run->pending; i++)
        move(run, i, left++);
    run->pending = left;
}

/* ---- strips ---- */

/* A bit for each pair of a strip: it is far. */
static uint64_t far_pairs(const float *cosine, size_t count)
{
    uint8_t flags[STRIP] = {0};
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i++)
        flags[i] = cosine[i] < FAR_COSINE;
    for (size_t i = 0; i < STRIP / 8; i++) {
        uint64_t eight;
        memcpy(&eight, flags + 8 * i, sizeof eight);
        /* the product has byte k, which is 0 or 1, as bit 56 + k */
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

/* Adds the far ones of the strip to those pending. */
INLINE void set_aside(struct run *run, size_t first, size_t count, bool swapped)
{
    const struct strip *strip = &run->strip;
    if (!any_far(strip->cosine_f32, whole_groups(count)))
        return;
    for (uint64_t far = far_pairs(strip->cosine_f32, count); far; far &= far - 1) {
        size_t i = (size_t)__builtin_ctzll(far);
        if (strip->cosine_f32[i] < ANTIPODAL_COSINE) {
            solve_alone(run, first + i, swapped);
            continue;
        }
        run->there[run->pending] = first + i;
        run->shift[run->pending] = strip->shift[i];
        run->passes[run->pending++] = 0;
    }
}

INLINE void fill_strip(struct run *run, size_t first, size_t count, bool swapped)
{
    struct strip *strip = &run->strip;
    struct lanes there = lanes_from(run->points_there, first);
    size_t lanes = whole_groups(count);
    see(run->here, &there, lanes, strip, swapped);
    guess_arc(lanes, strip);
    guess_shift(run->expansion, run->here, &there, run->points_here->guess_end[run->number],
                run->points_there->guess_end + first, lanes, strip, swapped);
    turn(run->here, &there, lanes, strip, swapped);
    solve(lanes, strip);
    double *metres = run->metres + (first - run->first);
    double *to = count == lanes ? metres : strip->metres; /* which has room for all lanes */
    measure(run->expansion, run->here, &there, lanes, strip, to, swapped);
    if (to != metres)
        memcpy(metres, to, count * sizeof *metres);
}

INLINE void fill_run(struct run *run, size_t first, size_t count, double *metres, bool swapped)
{
    run->first = first;
    run->metres = metres;
    run->pending = 0;
    for (size_t done = 0; done < count; done += STRIP) {
        size_t pairs = count - done < STRIP ? count - done : STRIP;
        fill_strip(run, first + done, pairs, swapped);
        set_aside(run, first + done, pairs, swapped);
        size_t enough = done + pairs < count ? STRIP : 1;
        while (run->pending >= enough)
            refine(run, run->pending < STRIP ? run->pending : STRIP, swapped);
    }
}

/* Once for each direction. */
static __attribute__((noinline)) void fill_forth(struct run *run, size_t first, size_t count,
                                                 double *metres)
{
    fill_run(run, first, count, metres, false);
}

static __attribute__((noinline)) void fill_back(struct run *run, size_t first, size_t count,
                                                double *metres)
{
    fill_run(run, first, count, metres, true);
}

void DM_FOR_ISA(dm_geodesic)(const struct dm_geodesic_expansion *expansion,
                             const struct dm_geodesic *solver,
                             const struct dm_geodesic_points *origins,
                             const struct dm_geodesic_points *destinations, size_t origin,
                             size_t first, size_t count, double *restrict metres)
{
    struct run run;
    run.expansion = expansion;
    run.solver = solver;
    run.points_here = origins;
    run.points_there = destinations;
    run.number = origin;
    run.here = end_at(origins, origin);
    size_t back = 0;
    if (origins == destinations && first < origin)
        back = origin - first < count ? origin - first : count;
    fill_back(&run, first, back, metres);
    fill_forth(&run, first + back, count - back, metres + back);
}
