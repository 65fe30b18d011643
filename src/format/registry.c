#include <dmatrix/format.h>

#include "base/registry.h"

DM_REGISTRY("format", struct dm_format, dm_formats, dm_format_find, &dm_format_csv,
            &dm_format_matrix, &dm_format_npy, &dm_format_npz, &dm_format_mtx, &dm_format_tsplib,
            &dm_format_phylip, &dm_format_json, &dm_format_append, &dm_format_geojson,
            &dm_format_summary, &dm_format_summary_destinations)
