/* points_inside.h - what the parts of points.h know of each other. */
#ifndef FAULT_POINTS_INSIDE_H
#define FAULT_POINTS_INSIDE_H

#include "fault/points.h"

/* Counts a call of the kind. True: it is the one to fail, and errno says why. */
bool point_strikes(enum point_kind kind);

#endif
