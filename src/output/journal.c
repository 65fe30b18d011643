#define _GNU_SOURCE /* O_NOFOLLOW, open_memstream() */
#include "output/journal.h"

#include "base/crc.h"
#include "base/fail_io.h"
#include "base/folder.h"
#include "base/memory_stream.h"
#include "base/own_file.h"
#include "base/retry.h"
#include "base/try.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_LINE "dmatrix-journal=1\n"
#define END_LINE "crc=%08" PRIx32 "\n"

enum { BYTES_MAX = 1 << 16, END_BYTES = 13 };

void dm_journal_free(struct dm_journal *journal)
{
    free(journal->unfinished);
    free(journal->identity);
    *journal = (struct dm_journal){0};
}

/* ---- text ---- */

static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static double number_of(uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static void put_lines(FILE *stream, const struct dm_journal *journal)
{
    const struct dm_position *position = &journal->position;
    const struct dm_tally *tally = &position->tally;
    fprintf(stream, FIRST_LINE "%snext=%" PRIu64 "\nbytes=%" PRIu64 "\n", journal->identity,
            position->next, journal->bytes);
    for (size_t i = 0; i < DM_PASSES_MAX; i++)
        fprintf(stream, "pass=%" PRIu64 " %08" PRIx32 "\n", position->sums[i].bytes,
                position->sums[i].crc);
    fprintf(stream, "tally=%" PRIu64 " %016" PRIx64 " %" PRIu64 "\n", tally->zeros,
            bits_of(tally->shortest), tally->greatest);
}

/* Return the text of the journal and set its length; NULL: out of memory. */
static char *text_of(const struct dm_journal *journal, size_t *length)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, length);
    if (!stream)
        return NULL;
    put_lines(stream, journal);
    bool flushed = fflush(stream) == 0;
    fprintf(stream, END_LINE, flushed ? dm_crc(0, text, *length) : 0);
    text = dm_memory_stream_end(stream, &text);
    if (!flushed) {
        free(text);
        return NULL;
    }
    return text;
}

/* Read a number after the text `before`, and go on behind it; false: there is none. */
static bool read_number(const char **text, const char *before, int base, uint64_t *number)
{
    size_t length = strlen(before);
    char *end;
    if (strncmp(*text, before, length) != 0)
        return false;
    errno = 0;
    *number = strtoull(*text + length, &end, base);
    bool good = errno == 0 && end != *text + length;
    *text = end;
    return good;
}

/* Read the numbers from the line of `next` on. */
static bool read_position(const char *text, struct dm_journal *journal)
{
    struct dm_position *position = &journal->position;
    struct dm_tally *tally = &position->tally;
    uint64_t crc = 0, shortest = 0;
    bool good = read_number(&text, "next=", 10, &position->next) &&
                read_number(&text, "\nbytes=", 10, &journal->bytes);
    for (size_t i = 0; good && i < DM_PASSES_MAX; i++) {
        good = read_number(&text, "\npass=", 10, &position->sums[i].bytes) &&
               read_number(&text, " ", 16, &crc);
        position->sums[i].crc = (uint32_t)crc;
    }
    good = good && read_number(&text, "\ntally=", 10, &tally->zeros) &&
           read_number(&text, " ", 16, &shortest) && read_number(&text, " ", 10, &tally->greatest);
    tally->shortest = number_of(shortest);
    return good;
}

/* Parse a journal; false: it is damaged. The text is terminated and may be changed. */
static bool parse(char *text, size_t length, struct dm_journal *journal)
{
    size_t head = strlen(FIRST_LINE);
    char end[END_BYTES + 1];
    if (length < head + END_BYTES || strlen(text) != length || strncmp(text, FIRST_LINE, head) != 0)
        return false;
    size_t lines = length - END_BYTES;
    snprintf(end, sizeof end, END_LINE, dm_crc(0, text, lines));
    char *numbers = strstr(text, "\nnext=");
    if (strcmp(text + lines, end) != 0 || !numbers || !read_position(numbers + 1, journal))
        return false;
    numbers[1] = '\0';
    journal->identity = strdup(text + head);
    return true;
}

/* ---- file ---- */

static enum dm_status read_open(int file, const char *path, struct dm_journal *journal,
                                struct dm_error *error)
{
    DM_TRY(dm_own_file_check(file, path, error));
    char *text = malloc(BYTES_MAX + 1);
    if (!text)
        return dm_fail_memory(error, "the journal");
    enum dm_status status = DM_OK;
    struct dm_journal found = {0};
    ssize_t length = dm_retry_read(file, text, BYTES_MAX);
    if (length < 0) {
        status = dm_fail_io(path, "read it", error);
    } else {
        text[length] = '\0';
        if (!parse(text, (size_t)length, &found))
            status = dm_fail(error, DM_IO,
                             "%s: is damaged, so the unfinished file cannot be used; remove it "
                             "to start anew",
                             path);
        else if (!found.identity)
            status = dm_fail_memory(error, "the journal");
    }
    free(text);
    if (status != DM_OK)
        return status;
    found.unfinished = journal->unfinished;
    *journal = found;
    return DM_OK;
}

enum dm_status dm_journal_read(const char *path, struct dm_journal *journal, struct dm_error *error)
{
    int file = dm_retry_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0 && errno == ENOENT)
        return DM_OK;
    if (file < 0)
        return dm_fail_io(path, "open it", error);
    enum dm_status status = read_open(file, path, journal, error);
    close(file);
    return status;
}

static bool sync_data(int file)
{
    int result;
    do
        result = fdatasync(file);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

/* Write a new file, which is on the disk then. The name was free, unless somebody else used it. */
static bool write_new(const char *path, const char *text, size_t length)
{
    if (unlink(path) != 0 && errno != ENOENT)
        return false;
    int file = dm_retry_open(path, O_WRONLY | O_CREAT | O_EXCL);
    if (file < 0)
        return false;
    bool written = dm_retry_write(file, text, length) && sync_data(file);
    int reason = errno;
    if (close(file) != 0 && errno != EINTR && written) {
        reason = errno;
        written = false;
    }
    if (!written)
        unlink(path);
    errno = reason;
    return written;
}

enum dm_status dm_journal_write(const char *path, const struct dm_journal *journal,
                                struct dm_error *error)
{
    size_t length;
    enum dm_status status = DM_OK;
    char *text = text_of(journal, &length);
    char *next = dm_path_with(path, "-new");
    if (!text || !next) {
        status = dm_fail_memory(error, "the journal");
    } else if (!write_new(next, text, length)) {
        status = dm_fail_io(next, "write it", error);
    } else if (rename(next, path) != 0) {
        status = dm_fail_io(path, "write it", error);
        unlink(next);
    }
    free(next);
    free(text);
    return status;
}
