#include "base/nearby.h"

#include "base/text.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

enum { STEM_LENGTH = 256, ENTRIES_MAX = 10000 }; /* more entries are not searched */

struct name {
    char stem[STEM_LENGTH];
    const char *extension; /* with the dot, or "" */
};

static struct name split_name(const char *text)
{
    struct name name = {.extension = strrchr(text, '.')};
    if (!name.extension || name.extension == text)
        name.extension = text + strlen(text);
    size_t length = (size_t)(name.extension - text);
    dm_append(name.stem, length < STEM_LENGTH ? length + 1 : STEM_LENGTH, "%s", text);
    return name;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) != 0 || S_ISDIR(status.st_mode);
}

/* State of a search for a name in a folder. */
struct search {
    const char *folder; /* path prefix of its files, with the slash */
    struct name wanted;
    size_t distance;
    bool found, same_extension;
};

/* Return true if the candidate is better than the file found so far. Of equally similar names the
 * alphabetically first wins, whatever the order of the folder. */
static bool is_better(const struct search *search, bool same_extension, size_t distance,
                      const char *path, const char *found)
{
    if (!search->found || same_extension != search->same_extension)
        return !search->found || same_extension;
    if (distance != search->distance)
        return distance < search->distance;
    return strcmp(path, found) < 0;
}

static void consider(struct search *search, const char *known, char found[DM_NEARBY_LENGTH])
{
    char path[DM_NEARBY_LENGTH];
    struct name name = split_name(known);
    struct dm_nearest nearest = dm_nearest_to(search->wanted.stem);
    bool same = dm_same_word(name.extension, search->wanted.extension);
    dm_nearest_offer(&nearest, name.stem);
    bool fits = strlen(search->folder) + strlen(known) < sizeof path;
    if (*known == '.' || !nearest.best || !fits)
        return;
    dm_append(path, sizeof path, "%s%s", search->folder, known);
    if (!is_better(search, same, nearest.distance, path, found) || is_folder(path))
        return;
    memcpy(found, path, sizeof path);
    search->distance = nearest.distance;
    search->same_extension = same;
    search->found = true;
}

bool dm_nearby(const char *path, char found[DM_NEARBY_LENGTH])
{
    char folder[DM_NEARBY_LENGTH];
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    if ((size_t)(name - path) >= sizeof folder)
        return false;
    dm_append(folder, (size_t)(name - path) + 1, "%s", path);
    struct search search = {.folder = folder, .wanted = split_name(name)};
    DIR *entries = opendir(*folder ? folder : ".");
    if (!entries)
        return false;
    const struct dirent *entry;
    for (int i = 0; i < ENTRIES_MAX && (entry = readdir(entries)); i++)
        consider(&search, entry->d_name, found);
    closedir(entries);
    return search.found;
}

bool dm_nearby_by_extension(const char *folder, const char *extension, char found[DM_NEARBY_LENGTH])
{
    size_t length = strlen(folder);
    const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
    DIR *entries = opendir(folder);
    *found = '\0';
    if (!entries)
        return false;
    const struct dirent *entry;
    for (int i = 0; i < ENTRIES_MAX && (entry = readdir(entries)); i++) {
        char path[DM_NEARBY_LENGTH];
        struct name name = split_name(entry->d_name);
        bool fits = length + 1 + strlen(entry->d_name) < sizeof path;
        if (!fits || !dm_same_word(name.extension, extension))
            continue;
        dm_append(path, sizeof path, "%s%s%s", folder, slash, entry->d_name);
        if (!is_folder(path) && (!*found || strcmp(path, found) < 0))
            memcpy(found, path, sizeof path);
    }
    closedir(entries);
    return *found != '\0';
}
