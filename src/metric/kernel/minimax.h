/* minimax.h - made by generate_minimax (tests/generate/minimax.c), which says how; not to be
 * changed by hand. Terms from low powers to high ones. */
#ifndef METRIC_KERNEL_MINIMAX_H
#define METRIC_KERNEL_MINIMAX_H

/* asin x = x + x^3 P(x^2) for x^2 <= 1/4: P, relative to asin x. Largest error: 2.3e-16. */
static const double asin_tail[11] = {
    0x1.5555555556dp-3,    /* 0.1666666666668348 */
    0x1.3333333091685p-4,  /* 0.07499999996169933 */
    0x1.6db6dd0de2e09p-5,  /* 0.04464286017090664 */
    0x1.f1c69c90e762ep-6,  /* 0.03038182534839089 */
    0x1.6e97028a8bd5fp-6,  /* 0.02237487075961775 */
    0x1.1bacce89c006cp-6,  /* 0.01731414956793779 */
    0x1.d54ed95922d5ap-7,  /* 0.01432214367584688 */
    0x1.336c8139c325bp-7,  /* 0.009381831263021547 */
    0x1.2b0873b31b203p-6,  /* 0.01825152682106258 */
    -0x1.7f689e3afec5cp-7, /* -0.01170070386978333 */
    0x1.0234a2057f036p-5,  /* 0.03151923794573046 */
};

/* acos(c) / sqrt(1 - c^2) = P(c) / Q(c) for 0 <= c <= 1. Largest error: 1.8e-16. */
static const double arc_over_sine_p[7] = {
    0x1.921fb54442d17p+0,   /* 1.570796326794896 */
    0x1.ae9dc4696d0dap+1,   /* 3.364189673879179 */
    0x1.3ba4edabb7332p+1,   /* 2.465970715375442 */
    0x1.6e8e7f4fdc03cp-1,   /* 0.7159309182152422 */
    0x1.19e54dde24aabp-4,   /* 0.06882219712341946 */
    0x1.3b4bd8c31650ep-11,  /* 0.0006013799214869291 */
    -0x1.537e9d04be858p-17, /* -1.011772702374043e-05 */
};
static const double arc_over_sine_q[6] = {
    0x1p+0,               /* 1 */
    0x1.63a04c8a2f98p+1,  /* 2.778329436753836 */
    0x1.6b5811cd67047p+1, /* 2.838625169080874 */
    0x1.4c5380b192ecep+0, /* 1.29814915023137 */
    0x1.0535cca67e9b6p-2, /* 0.2550880409832205 */
    0x1.07ef49716ce97p-6, /* 0.01610929653334256 */
};

/* The same as a polynomial, in single precision. Largest error: 2.7e-06. */
static const float rough_arc_over_sine[7] = {
    0x1.921f6ep+0f,  /* 1.570792 */
    -0x1.ffc796p-1f, /* -0.9995696 */
    0x1.8e595cp-1f,  /* 0.7780255 */
    -0x1.3c0fc4p-1f, /* -0.6173078 */
    0x1.ae5a68p-2f,  /* 0.4202667 */
    -0x1.8e6232p-3f, /* -0.1945232 */
    0x1.5aad5p-5f,   /* 0.04231897 */
};

#endif
