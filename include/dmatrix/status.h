/* status.h - error reporting of all functions.
 *
 * A function that can fail returns an enum dm_status and takes a struct dm_error that the caller
 * owns. On failure the error contains a message for the user and the out-parameters are unchanged;
 * on success the error is unchanged. Nothing in the library prints or exits. It calls abort() only
 * if one of its own locks or threads turns out to be corrupt.
 */
#ifndef DMATRIX_STATUS_H
#define DMATRIX_STATUS_H

#include <dmatrix/api.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DM_STATUS_MAP(X)                                                                           \
    X(DM_OK, "done")                                                                               \
    X(DM_USAGE, "the request is invalid or contradicts itself")                                    \
    X(DM_DATA, "the input is invalid")                                                             \
    X(DM_RANGE, "a number is too large")                                                           \
    X(DM_MEMORY, "out of memory")                                                                  \
    X(DM_IO, "reading or writing failed")                                                          \
    X(DM_SYSTEM, "the system refused a thread or another resource")                                \
    X(DM_DIFFERENT, "results that should be equal differ")                                         \
    X(DM_STOPPED, "stopped on request")                                                            \
    X(DM_CLOSED, "the reader closed the output") /* in a process that ignores SIGPIPE */

enum dm_status {
#define DM_STATUS_ENUM(name, text) name,
    DM_STATUS_MAP(DM_STATUS_ENUM)
#undef DM_STATUS_ENUM
};

/* The option fields that an error can refer to, with their names in struct dm_run_options and
 * struct dm_matrix_options. */
#define DM_FIELD_MAP(X)                                                                            \
    X(DM_FIELD_NONE, "")                                                                           \
    X(DM_FIELD_ORIGINS, "origins")                                                                 \
    X(DM_FIELD_DESTINATIONS, "destinations")                                                       \
    X(DM_FIELD_NAME, "load.name")                                                                  \
    X(DM_FIELD_LAT, "load.lat")                                                                    \
    X(DM_FIELD_LON, "load.lon")                                                                    \
    X(DM_FIELD_ENCODING, "load.encoding")                                                          \
    X(DM_FIELD_DELIMITER, "load.delimiter")                                                        \
    X(DM_FIELD_HEADER, "load.header")                                                              \
    X(DM_FIELD_QUOTE, "load.quote")                                                                \
    X(DM_FIELD_SKIP_ROWS, "load.skip_rows")                                                        \
    X(DM_FIELD_LATLON, "load.latlon")                                                              \
    X(DM_FIELD_TO_NAME, "load.to_name")                                                            \
    X(DM_FIELD_TO_LAT, "load.to_lat")                                                              \
    X(DM_FIELD_TO_LON, "load.to_lon")                                                              \
    X(DM_FIELD_LONLAT, "load.lonlat")                                                              \
    X(DM_FIELD_CRS, "load.crs")                                                                    \
    X(DM_FIELD_SKIP_INVALID, "load.skip_invalid")                                                  \
    X(DM_FIELD_SHAPE, "shape")                                                                     \
    X(DM_FIELD_METRIC, "metric")                                                                   \
    X(DM_FIELD_RADIUS, "metric_options.radius_m")                                                  \
    X(DM_FIELD_ELLIPSOID, "metric_options.ellipsoid")                                              \
    X(DM_FIELD_ISA, "metric_options.isa")                                                          \
    X(DM_FIELD_EXECUTOR, "executor")                                                               \
    X(DM_FIELD_THREADS, "executor_options.threads")                                                \
    X(DM_FIELD_GRAIN, "grain")                                                                     \
    X(DM_FIELD_MAX_MEMORY, "max_memory")                                                           \
    X(DM_FIELD_SHARD, "shard")                                                                     \
    X(DM_FIELD_FORMAT, "format")                                                                   \
    X(DM_FIELD_UNIT, "format_options.unit")                                                        \
    X(DM_FIELD_PRECISION, "format_options.precision")                                              \
    X(DM_FIELD_FORMAT_HEADER, "format_options.header")                                             \
    X(DM_FIELD_SAFE_CSV, "format_options.safe_csv")                                                \
    X(DM_FIELD_DTYPE, "format_options.dtype")                                                      \
    X(DM_FIELD_SCALE, "format_options.scale")                                                      \
    X(DM_FIELD_ROUND, "format_options.round")                                                      \
    X(DM_FIELD_SPEED, "format_options.speed_kmh")                                                  \
    X(DM_FIELD_OUTPUT, "output")                                                                   \
    X(DM_FIELD_FORMAT_DELIMITER, "format_options.delimiter")                                       \
    X(DM_FIELD_FORMAT_DECIMAL, "format_options.decimal")                                           \
    X(DM_FIELD_NEAREST, "search.nearest")                                                          \
    X(DM_FIELD_WITHIN, "search.within")                                                            \
    X(DM_FIELD_UNMATCHED, "search.unmatched")                                                      \
    X(DM_FIELD_NAMES, "names")                                                                     \
    X(DM_FIELD_BY, "load.by")                                                                      \
    X(DM_FIELD_PER, "load.per")                                                                    \
    X(DM_FIELD_SYMMETRIC, "search.symmetric")                                                      \
    X(DM_FIELD_RESUME, "resume")                                                                   \
    X(DM_FIELD_SERVER, "road.server")                                                              \
    X(DM_FIELD_PROFILE, "road.profile")                                                            \
    X(DM_FIELD_EXTRAS, "road.extras")                                                              \
    X(DM_FIELD_SERVER_HEADER, "road.header")                                                       \
    X(DM_FIELD_MAX_REQUESTS, "road.max_requests")                                                  \
    X(DM_FIELD_MAX_SNAP, "road.max_snap_m")                                                        \
    X(DM_FIELD_VERIFY, "road.verify")                                                              \
    X(DM_FIELD_QUANTITY, "road.quantity")                                                          \
    X(DM_FIELD_UNREACHABLE, "road.unreachable")                                                    \
    X(DM_FIELD_CROW, "road.crow")

enum dm_field {
#define DM_FIELD_ENUM(name, text) name,
    DM_FIELD_MAP(DM_FIELD_ENUM)
#undef DM_FIELD_ENUM
        DM_FIELD_COUNT
};

/* Bit of a field in a 64-bit set of fields. */
#define DM_FIELD_BIT(field) (UINT64_C(1) << (field))

enum { DM_ERROR_LENGTH = 1024, DM_SUGGESTION_LENGTH = 96, DM_SUGGESTIONS_MAX = 8 };

/* A field, and a value for it that would avoid this error, as text: a name, a number, a character;
 * "" if the field is a boolean that would be true, or if only the caller knows the value. For
 * origins and destinations the value is a command for a shell, such as "tr , .", that converts the
 * file from standard input to a readable one on standard output. If it contains "{}", it does not
 * read standard input but the file whose path, quoted for the shell, takes the place of "{}":
 * "unzip -p {}". */
struct dm_suggestion {
    enum dm_field field;
    bool instead; /* it begins another way out, which replaces the suggestions before it */
    char value[DM_SUGGESTION_LENGTH];
};

/* An error. */
struct dm_error {
    enum dm_status status;
    enum dm_field field;           /* option field that it refers to, or DM_FIELD_NONE */
    char message[DM_ERROR_LENGTH]; /* for the user, in lower case, beginning with the place or, if
                                    * a field had no effect, with the field's name; terminated,
                                    * cut between characters if too long */
    struct dm_suggestion
        suggestions[DM_SUGGESTIONS_MAX]; /* to be applied together, up to `instead` */
    unsigned suggestion_count;
    uint64_t reserved[4];
};

#if defined(__GNUC__)
#define DM_PRINTF(string, first) __attribute__((format(printf, string, first)))
#else
#define DM_PRINTF(string, first)
#endif

/* Fill `error` (which may be NULL) and return `status`, so that a failure is one line:
 *     return dm_fail(error, DM_RANGE, "%zu locations are too many", count); */
DM_API enum dm_status dm_fail(struct dm_error *error, enum dm_status status, const char *format,
                              ...) DM_PRINTF(3, 4);

/* Same for an error that refers to that field of the options. */
DM_API enum dm_status dm_fail_field(struct dm_error *error, enum dm_field field,
                                    enum dm_status status, const char *format, ...) DM_PRINTF(4, 5);

/* Add a suggestion to an error (which may be NULL) that was filled before. If there is no space
 * left or the value is too long, nothing is added. */
DM_API void dm_suggest(struct dm_error *error, enum dm_field field, const char *format, ...)
    DM_PRINTF(3, 4);

/* Same for the first suggestion of another way out. */
DM_API void dm_suggest_instead(struct dm_error *error, enum dm_field field, const char *format, ...)
    DM_PRINTF(3, 4);

/* Return the name of a field, a constant string: "metric_options.radius_m". */
DM_API const char *dm_field_name(enum dm_field field);

/* Report that allocating memory for `what` failed. Always returns DM_MEMORY; the function is inline
 * so that compilers and analysers know that. */
static inline enum dm_status dm_fail_memory(struct dm_error *error, const char *what)
{
    (void)dm_fail(error, DM_MEMORY, "out of memory for %s", what);
    return DM_MEMORY;
}

/* Return a short description of a status, a constant string. */
DM_API const char *dm_status_text(enum dm_status status);

#ifdef __cplusplus
}
#endif

#endif
