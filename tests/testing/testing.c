#define _DEFAULT_SOURCE /* mkdtemp(), mknod(), MAP_ANONYMOUS */
#include "testing/testing.h"

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void assert_suggests(const struct dm_error *error, enum dm_field field, const char *value)
{
    assert_int_equal(error->field, field);
    assert_int_equal(error->suggestion_count, 1);
    assert_int_equal(error->suggestions[0].field, field);
    assert_string_equal(error->suggestions[0].value, value);
}

char *make_folder(void)
{
    const char *base = getenv("TMPDIR");
    char *folder = path_in(base && *base ? base : "/tmp", "dmatrix-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return folder;
}

/* Calls `each`, which may be NULL, for every file. */
static size_t for_files(const char *folder, void (*each)(const char *path))
{
    size_t files = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        files++;
        char *path = path_in(folder, entry->d_name);
        if (each)
            each(path);
        free(path);
    }
    closedir(directory);
    return files;
}

static void remove_file(const char *path)
{
    assert_int_equal(unlink(path), 0);
}

void remove_folder(char *folder)
{
    for_files(folder, remove_file);
    assert_int_equal(rmdir(folder), 0);
    free(folder);
}

size_t count_files(const char *folder)
{
    return for_files(folder, NULL);
}

char *path_in(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    assert_non_null(path);
    snprintf(path, size, "%s/%s", folder, name);
    return path;
}

void write_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

void write_text(const char *path, const char *text)
{
    write_file(path, text, strlen(text));
}

char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, file), size);
    bytes[size] = '\0';
    fclose(file);
    if (length)
        *length = (size_t)size;
    return bytes;
}

char *make_device(const char *folder, const char *name)
{
    char *real = path_in("/dev", name), *copy = path_in(folder, name);
    struct stat status;
    assert_int_equal(stat(real, &status), 0);
    assert_true(S_ISCHR(status.st_mode));
    int file = -1;
    if (mknod(copy, S_IFCHR | 0600, status.st_rdev) == 0)
        file = open(copy, O_WRONLY); /* a file system may be mounted without devices */
    if (file >= 0) {
        close(file);
        free(real);
        return copy;
    }
    unlink(copy);
    free(copy);
    return real;
}

char *data_file(const char *name)
{
    return path_in(DATA_FOLDER, name);
}

void *make_shared(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    return memory;
}

void free_shared(void *memory, size_t bytes)
{
    assert_int_equal(munmap(memory, bytes), 0);
}

uint64_t random_bits(struct random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

double random_between(struct random *random, double low, double high)
{
    return low + (high - low) * ((double)(random_bits(random) >> 11) * 0x1p-53);
}

uint64_t random_below(struct random *random, uint64_t bound)
{
    return random_bits(random) % bound;
}

static struct dm_locations allocate(size_t count)
{
    struct dm_locations locations = {.count = count, .coordinates = DM_GEOGRAPHIC};
    locations.lat_deg = malloc((count + 1) * sizeof(double));
    locations.lon_deg = malloc((count + 1) * sizeof(double));
    locations.name_begin = malloc((count + 1) * sizeof(size_t));
    locations.names = malloc(count * 24 + 1);
    assert_true(locations.lat_deg && locations.lon_deg && locations.name_begin && locations.names);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        locations.name_begin[i] = used;
        used += (size_t)sprintf(locations.names + used, "L%zu", i);
    }
    locations.name_begin[count] = used;
    return locations;
}

struct dm_locations random_locations(size_t count, uint64_t seed)
{
    struct random random = {seed};
    struct dm_locations locations = allocate(count);
    for (size_t i = 0; i < count; i++) {
        locations.lat_deg[i] = asin(random_between(&random, -1, 1)) * (180 / 3.141592653589793);
        locations.lon_deg[i] = random_between(&random, -180, 180);
    }
    return locations;
}

struct dm_locations locations_called(const char *const *names, size_t count)
{
    struct dm_locations locations = random_locations(count, 9);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        used += strlen(names[i]);
    locations.names = realloc(locations.names, used + 1);
    assert_non_null(locations.names);
    used = 0;
    for (size_t i = 0; i < count; i++) {
        locations.name_begin[i] = used;
        memcpy(locations.names + used, names[i], strlen(names[i]));
        used += strlen(names[i]);
    }
    locations.name_begin[count] = used;
    return locations;
}

struct dm_locations locations_at(const double *degrees, size_t count)
{
    struct dm_locations locations = allocate(count);
    for (size_t i = 0; i < count; i++) {
        locations.lat_deg[i] = degrees[2 * i];
        locations.lon_deg[i] = degrees[2 * i + 1];
    }
    return locations;
}

struct dm_locations planar_at(const double *metres, size_t count)
{
    struct dm_locations locations = allocate(count);
    locations.coordinates = DM_PLANAR;
    for (size_t i = 0; i < count; i++) {
        locations.x_m[i] = metres[2 * i];
        locations.y_m[i] = metres[2 * i + 1];
    }
    return locations;
}
