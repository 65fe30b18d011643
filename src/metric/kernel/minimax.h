/* minimax.h - made by generate_minimax (tests/generate/minimax.c), which says how; not to be
 * changed by hand. Terms from low powers to high ones. */
#ifndef METRIC_KERNEL_MINIMAX_H
#define METRIC_KERNEL_MINIMAX_H

/* asin x = x + x^3 P(x^2) for x^2 <= 1/4: P, relative to asin x. Largest error: 1.5e-17. */
static const double asin_tail[12] = {
    0x1.555555555539p-3,   /* 0.1666666666666541 */
    0x1.333333336e7cep-4,  /* 0.07500000000337012 */
    0x1.6db6db427c79ap-5,  /* 0.04464285682833165 */
    0x1.f1c72c38618f1p-6,  /* 0.0303819591367977 */
    0x1.6e89f44cc7359p-6,  /* 0.02237175805486244 */
    0x1.1c6be0fb248cfp-6,  /* 0.01735970469287268 */
    0x1.c6fdcdaf31414p-7,  /* 0.01388523619824337 */
    0x1.8ec2b425db83cp-7,  /* 0.01216920658381692 */
    0x1.abd1a26048126p-8,  /* 0.00652799810657737 */
    0x1.3ff335c32944dp-6,  /* 0.01952820062856047 */
    -0x1.09d103679cef3p-6, /* -0.01622414906019194 */
    0x1.056cba97ea85bp-5,  /* 0.03191219753291882 */
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
