#define _GNU_SOURCE /* O_NOFOLLOW */
#include "output/resumable.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/fail_io.h"
#include "base/folder.h"
#include "base/own_file.h"
#include "base/same_file.h"
#include "base/try.h"
#include "output/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Between two journals. A journal costs up to a fiftieth of the time, but comes soon enough that at
 * most 5 s are lost, with the time of a band and of the disk. */
static const uint64_t shortest_ns = 20000000, longest_ns = 2000000000;
enum { COSTS = 50 };

struct resumable {
    struct dm_file file;
    char *journal_path;
    bool begun;
    struct dm_journal journal; /* of all that was taken: newer than the file */
    uint64_t written;          /* position.next of the last journal that was written */
    bool lost;                 /* the disk has failed: what was written may not be there */
    bool exists;               /* the target, with this mode */
    mode_t mode;
    int lock;         /* holds the lock of the unfinished file until the end; -1: none */
    uint64_t next_ns; /* when the journal is to be written again */
};

/* ---- checkpoints ---- */

/* Bring the data to the disk first: the journal must not promise what a crash can take away. */
static enum dm_status write_journal(struct resumable *output, struct dm_error *error)
{
    const struct dm_descriptor *base = &output->file.base;
    uint64_t begin = dm_clock_ns();
    if (base->file >= 0)
        DM_TRY(dm_descriptor_sync(base, &output->lost, error));
    DM_TRY(dm_journal_write(output->journal_path, &output->journal, error));
    output->written = output->journal.position.next;
    uint64_t end = dm_clock_ns();
    output->next_ns = end + dm_max_u64(shortest_ns, dm_min_u64(COSTS * (end - begin), longest_ns));
    output->file.base.base.write_ns += end - begin;
    return DM_OK;
}

bool dm_resumable_is_due(const struct dm_output *base)
{
    return dm_clock_ns() >= ((const struct resumable *)base)->next_ns;
}

static enum dm_status take(struct dm_output *base, struct dm_band *band, struct dm_error *error)
{
    struct resumable *output = (struct resumable *)base;
    DM_TRY(dm_file_write(&output->file, band->bytes, band->count, error));
    if (band->begin == band->end || !band->can_resume)
        return DM_OK;
    output->journal.position = band->position;
    output->journal.bytes = base->bytes;
    return dm_resumable_is_due(base) ? write_journal(output, error) : DM_OK;
}

enum dm_status dm_resumable_checkpoint(struct dm_output *base, const struct dm_position *position,
                                       uint64_t bytes, struct dm_error *error)
{
    struct resumable *output = (struct resumable *)base;
    bool is_complete = !output->file.temporary;
    if (output->lost || is_complete)
        return DM_OK;
    output->journal.position = *position;
    output->journal.bytes = bytes;
    return write_journal(output, error);
}

uint64_t dm_resumable_keep(struct dm_output *base)
{
    struct resumable *output = (struct resumable *)base;
    const struct dm_journal *journal = &output->journal;
    int file = output->file.base.file;
    if (!output->begun || !output->file.temporary || journal->bytes == 0)
        return 0;
    if (output->lost)
        return output->written;
    /* What follows the position may have filled the disk, and the journal needs a little of it. If
     * this fails, the last journal remains. */
    output->file.base.stop = NULL;
    if (file < 0 || ftruncate(file, (off_t)journal->bytes) == 0)
        (void)write_journal(output, NULL);
    return output->written;
}

/* ---- end ---- */

static enum dm_status finish(struct dm_output *base, struct dm_error *error)
{
    struct resumable *output = (struct resumable *)base;
    struct stat status;
    enum dm_status replaced = dm_file_replace(&output->file, error);
    output->lost = replaced == DM_IO && !output->file.synced;
    /* Without the unfinished file, the journal means nothing, unless another run has begun. One
     * that begins just now loses its first journal, and so its work up to the second. */
    if (replaced == DM_OK && lstat(output->journal.unfinished, &status) != 0)
        (void)unlink(output->journal_path);
    return replaced;
}

static void close_output(struct dm_output *base)
{
    struct resumable *output = (struct resumable *)base;
    const struct dm_file *file = &output->file;
    struct stat status;
    bool is_left = file->temporary && output->journal.bytes == 0 && file->base.file >= 0;
    if (is_left && output->begun)
        unlink(output->journal_path);
    if (is_left && (output->begun || (fstat(file->base.file, &status) == 0 && status.st_size == 0)))
        unlink(file->temporary);
    dm_file_close(&output->file);
    if (output->lock >= 0)
        close(output->lock);
    free(output->journal_path);
    dm_journal_free(&output->journal);
    free(output);
}

static const struct dm_output_ops ops = {.take = take, .finish = finish, .close = close_output};

/* ---- opening ---- */

static enum dm_status find_place(const char *path, struct dm_place *place, struct dm_error *error)
{
    DM_TRY(dm_place_find(path, place, error));
    if (place->kind == DM_PLACE_REPLACE)
        return DM_OK;
    dm_place_free(place);
    return dm_fail_field(error, DM_FIELD_RESUME, DM_USAGE,
                         "%s is not a file that appears when it is complete; only such a file can "
                         "be written in several runs",
                         dm_place_shown(path));
}

static char *journal_path_of(const char *target)
{
    return dm_path_with(target, DM_JOURNAL);
}

static char *unfinished_path_of(const char *target)
{
    return dm_path_with(target, DM_UNFINISHED);
}

/* Read the journal of journal->unfinished. Without that file there is nothing to go on from. */
static enum dm_status read_journal(const char *path, struct dm_journal *journal,
                                   struct dm_error *error)
{
    struct stat status;
    if (lstat(journal->unfinished, &status) != 0 || status.st_size == 0)
        return DM_OK;
    DM_TRY(dm_journal_read(path, journal, error));
    if (!journal->identity || (uint64_t)status.st_size >= journal->bytes)
        return DM_OK;
    return dm_fail(error, DM_IO,
                   "%s: is shorter than its journal says, so it cannot be used; remove it to start "
                   "anew",
                   journal->unfinished);
}

enum dm_status dm_resumable_look(const char *path, struct dm_journal *journal,
                                 struct dm_error *error)
{
    struct dm_place place;
    *journal = (struct dm_journal){0};
    DM_TRY(find_place(path, &place, error));
    char *journal_path = journal_path_of(place.target);
    journal->unfinished = unfinished_path_of(place.target);
    enum dm_status status = journal->unfinished && journal_path
                                ? read_journal(journal_path, journal, error)
                                : dm_fail_memory(error, "a file name");
    free(journal_path);
    dm_place_free(&place);
    return status;
}

/* Lock the unfinished file against other runs, if its file system can do that: some of those that
 * clusters have cannot. Return DM_OK with *locked false if the file has been moved away meanwhile,
 * because another run has completed it. */
static enum dm_status lock(const struct dm_file *file, bool *locked, struct dm_error *error)
{
    struct stat opened, named;
    int descriptor = file->base.file;
    DM_TRY(dm_own_file_check(descriptor, file->temporary, error));
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return dm_fail(error, DM_IO, "%s: another run is writing this file", file->temporary);
    *locked = fstat(descriptor, &opened) == 0 && lstat(file->temporary, &named) == 0 &&
              dm_same_file(&opened, &named);
    return DM_OK;
}

static enum dm_status open_unfinished(struct dm_file *file, mode_t mode, struct dm_error *error)
{
    enum { ATTEMPTS = 100 };
    bool locked = false;
    for (int attempt = 0; attempt < ATTEMPTS && !locked; attempt++) {
        file->base.file =
            open(file->temporary, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode);
        if (file->base.file < 0 && dm_descriptor_may_retry(&file->base))
            continue;
        if (file->base.file < 0)
            return dm_fail_io(file->temporary, "open it", error);
        enum dm_status status = lock(file, &locked, error);
        if (status != DM_OK || !locked) {
            close(file->base.file);
            file->base.file = -1; /* so that it is not removed: it is another run's */
        }
        DM_TRY(status);
    }
    return locked ? DM_OK
                  : dm_fail(error, DM_IO, "%s: other runs create and complete it all the time",
                            file->temporary);
}

/* Open and lock the unfinished file. */
static enum dm_status open_and_lock(struct resumable *output, struct dm_error *error)
{
    struct dm_file *file = &output->file;
    /* nobody may read the new file who could not read the old one */
    DM_TRY(open_unfinished(file, output->exists ? 0600 : 0666, error));
    output->lock = fcntl(file->base.file, F_DUPFD_CLOEXEC, 0);
    return output->lock >= 0 ? DM_OK : dm_descriptor_failed(&file->base, "keep its lock", error);
}

/* Begin anew with another file: processes of a team whose first one, with the lock, was killed may
 * still write to the old one. */
static enum dm_status begin_anew(struct resumable *output, struct dm_error *error)
{
    struct dm_file *file = &output->file;
    if (unlink(file->temporary) != 0 && errno != ENOENT)
        return dm_fail_io(file->temporary, "remove it", error);
    close(file->base.file);
    close(output->lock);
    file->base.file = output->lock = -1;
    return open_and_lock(output, error);
}

static enum dm_status open_all(struct resumable *output, const struct dm_place *place,
                               struct dm_journal *journal, struct dm_error *error)
{
    struct dm_file *file = &output->file;
    file->temporary = unfinished_path_of(file->target);
    output->journal_path = journal_path_of(file->target);
    journal->unfinished = unfinished_path_of(file->target);
    if (!file->temporary || !output->journal_path || !journal->unfinished)
        return dm_fail_memory(error, "a file name");
    output->exists = place->exists;
    output->mode = place->mode;
    DM_TRY(open_and_lock(output, error));
    return read_journal(output->journal_path, journal, error);
}

enum dm_status dm_resumable_open(const char *path, const dm_flag *stop, struct dm_output **opened,
                                 struct dm_journal *journal, struct dm_error *error)
{
    struct dm_place place;
    *journal = (struct dm_journal){0};
    DM_TRY(find_place(path, &place, error));
    struct resumable *output = calloc(1, sizeof *output);
    if (!output) {
        dm_place_free(&place);
        return dm_fail_memory(error, "the output");
    }
    output->file.base.base.ops = &ops;
    output->file.base.message_end = "";
    output->lock = -1;
    enum dm_status status = dm_file_begin(&output->file, path, &place, stop, error);
    if (status == DM_OK)
        status = open_all(output, &place, journal, error);
    dm_place_free(&place);
    if (status == DM_OK)
        *opened = &output->file.base.base;
    else
        close_output(&output->file.base.base);
    return status;
}

enum dm_status dm_resumable_begin(struct dm_output *base, const struct dm_journal *journal,
                                  const char *identity, struct dm_error *error)
{
    struct resumable *output = (struct resumable *)base;
    if (journal->identity) {
        output->journal.position = journal->position;
        output->journal.bytes = journal->bytes;
    }
    output->journal.identity = strdup(identity);
    output->journal.unfinished = strdup(output->file.temporary);
    if (!output->journal.identity || !output->journal.unfinished)
        return dm_fail_memory(error, "the journal");
    if (output->journal.bytes == 0)
        DM_TRY(begin_anew(output, error));
    int file = output->file.base.file;
    DM_TRY(dm_file_take_mode(&output->file, output->exists, output->mode, error));
    output->written = output->journal.position.next;
    base->bytes = output->file.write_back = output->journal.bytes;
    if (ftruncate(file, (off_t)base->bytes) != 0 ||
        lseek(file, (off_t)base->bytes, SEEK_SET) != (off_t)base->bytes)
        return dm_descriptor_failed(&output->file.base, "go on where the earlier run ended", error);
    output->begun = true;
    return write_journal(output, error);
}
