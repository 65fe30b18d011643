/* testing.h - what several tests need. Failures end the test at hand. */
#ifndef TESTING_TESTING_H
#define TESTING_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dmatrix/dmatrix.h>

/* Sanitizers make runs several times as long, threads and processes more so, and take memory of
 * their own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* Asserts that the error concerns that field, and that a value for it is all that it suggests. */
void assert_suggests(const struct dm_error *error, enum dm_field field, const char *value);

/* A new empty folder; free() the path. */
char *make_folder(void);

/* Removes a folder with the files in it. */
void remove_folder(char *folder);

/* The files in a folder. */
size_t count_files(const char *folder);

/* folder/name; free() it. */
char *path_in(const char *folder, const char *name);

void write_file(const char *path, const void *bytes, size_t length);
void write_text(const char *path, const char *text);

/* The bytes of a file, terminated; free() them. *length may be NULL. */
char *read_file(const char *path, size_t *length);

/* A device like /dev/NAME ("null", "full") in the folder; free() its path. Who may replace the real
 * ones, root, should not put them at the mercy of the code under test; others get just those. */
char *make_device(const char *folder, const char *name);

/* data/NAME of the project; free() it. */
char *data_file(const char *name);

/* Zeroes that processes forked from now on share with this one; free_shared() them. */
void *make_shared(size_t bytes);
void free_shared(void *memory, size_t bytes);

/* The same numbers for the same seed, on every machine (splitmix64). */
struct random {
    uint64_t state;
};
uint64_t random_bits(struct random *random);
double random_between(struct random *random, double low, double high);
uint64_t random_below(struct random *random, uint64_t bound);

/* `count` points spread evenly over the sphere, called "L0", "L1", ... dm_locations_free() them. */
struct dm_locations random_locations(size_t count, uint64_t seed);

/* `count` points called so. dm_locations_free() them. */
struct dm_locations locations_called(const char *const *names, size_t count);

/* The points given as latitude, longitude, latitude, ... */
struct dm_locations locations_at(const double *degrees, size_t count);

/* The planar points given as x, y, x, ... */
struct dm_locations planar_at(const double *metres, size_t count);

#endif
