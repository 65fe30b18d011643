/* forecast.h - what a run would take, once it is planned. */
#ifndef RUN_FORECAST_H
#define RUN_FORECAST_H

#include "run/steps.h"

/* DM_MEMORY, DM_STOPPED. */
enum dm_status dm_forecast_make(const struct dm_run_state *run, struct dm_forecast *forecast);

#endif
