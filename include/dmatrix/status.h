/* status.h - how every function of the library says what became of it.
 *
 * A function that can fail returns an enum dm_status and takes a struct dm_error that the caller
 * owns. On failure the error holds a message for a person and the out-parameters are untouched;
 * on success the error is untouched. Nothing in the library prints or exits; only where a lock or
 * a thread of its own turns out to be corrupt does it abort().
 */
#ifndef DMATRIX_STATUS_H
#define DMATRIX_STATUS_H

#include <dmatrix/api.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DM_STATUS_MAP(X)                                                                           \
    X(DM_OK, "done")                                                                               \
    X(DM_USAGE, "the request does not make sense or does not fit together")                        \
    X(DM_DATA, "the input is not what it should be")                                               \
    X(DM_RANGE, "a number is too large to be handled")                                             \
    X(DM_MEMORY, "out of memory")                                                                  \
    X(DM_IO, "reading or writing failed")                                                          \
    X(DM_SYSTEM, "the system refused a thread or another resource")                                \
    X(DM_DIFFERENT, "results that should be the same are not")                                     \
    X(DM_STOPPED, "stopped before the end, as asked")                                              \
    X(DM_CLOSED, "the reader of the output has gone") /* to a process that ignores SIGPIPE */

enum dm_status {
#define DM_STATUS_ENUM(name, text) name,
    DM_STATUS_MAP(DM_STATUS_ENUM)
#undef DM_STATUS_ENUM
};

/* The fields of the options that an error can concern, with their names in struct dm_run_options
 * and struct dm_matrix_options. */
#define DM_FIELD_MAP(X)                                                                            \
    X(DM_FIELD_NONE, "")                                                                           \
    X(DM_FIELD_ORIGINS, "origins")                                                                 \
    X(DM_FIELD_DESTINATIONS, "destinations")                                                       \
    X(DM_FIELD_NAME, "load.name")                                                                  \
    X(DM_FIELD_LAT, "load.lat")                                                                    \
    X(DM_FIELD_LON, "load.lon")                                                                    \
    X(DM_FIELD_DELIMITER, "load.delimiter")                                                        \
    X(DM_FIELD_HEADER, "load.header")                                                              \
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
    X(DM_FIELD_OUTPUT, "output")

enum dm_field {
#define DM_FIELD_ENUM(name, text) name,
    DM_FIELD_MAP(DM_FIELD_ENUM)
#undef DM_FIELD_ENUM
        DM_FIELD_COUNT
};

/* A set of fields, in 64 bits, is made of these. */
#define DM_FIELD_BIT(field) (UINT64_C(1) << (field))

enum { DM_ERROR_LENGTH = 1024, DM_SUGGESTION_LENGTH = 96, DM_SUGGESTIONS_MAX = 4 };

/* A field that could be set otherwise, and a value for it that would get past this error, as text:
 * a name, a number, a character; "" where the field is true or false and would be true, or where
 * only the caller knows the value. Of origins and destinations it is a command that turns the file,
 * from standard input to standard output, into one that can be read: "tr , .". */
struct dm_suggestion {
    enum dm_field field;
    char value[DM_SUGGESTION_LENGTH];
};

/* What went wrong. */
struct dm_error {
    enum dm_status status;
    enum dm_field field; /* of the options, that the error concerns; DM_FIELD_NONE: none */
    char message[DM_ERROR_LENGTH]; /* for a person, place first, in lower case; where the error is
                                    * of a field that was set for nothing, the field's name first.
                                    * Terminated, cut at a character where it is too long */
    struct dm_suggestion suggestions[DM_SUGGESTIONS_MAX]; /* that belong together */
    unsigned suggestion_count;
    uint64_t reserved[4];
};

#if defined(__GNUC__)
#define DM_PRINTF(string, first) __attribute__((format(printf, string, first)))
#else
#define DM_PRINTF(string, first)
#endif

/* Fills `error` (which may be NULL) and returns `status`, so that a failure is one line:
 * return dm_fail(error, DM_RANGE, "%zu locations are too many", count); */
DM_API enum dm_status dm_fail(struct dm_error *error, enum dm_status status, const char *format,
                              ...) DM_PRINTF(3, 4);

/* The same, of an error that concerns that field of the options. */
DM_API enum dm_status dm_fail_field(struct dm_error *error, enum dm_field field,
                                    enum dm_status status, const char *format, ...) DM_PRINTF(4, 5);

/* Adds a suggestion to an error (which may be NULL) that was filled before; one for which there is
 * no room is left out, and so is one whose value is too long. */
DM_API void dm_suggest(struct dm_error *error, enum dm_field field, const char *format, ...)
    DM_PRINTF(3, 4);

/* The name of a field, a constant string: "metric_options.radius_m". */
DM_API const char *dm_field_name(enum dm_field field);

/* The same for a failed allocation of what `what` names: DM_MEMORY, always, which is here for
 * whoever reasons about callers, compilers and analysers among them. */
static inline enum dm_status dm_fail_memory(struct dm_error *error, const char *what)
{
    (void)dm_fail(error, DM_MEMORY, "out of memory for %s", what);
    return DM_MEMORY;
}

/* A few words for a status, a constant string. */
DM_API const char *dm_status_text(enum dm_status status);

#ifdef __cplusplus
}
#endif

#endif
