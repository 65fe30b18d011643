/* What a run leaves for a later one: the journal of an unfinished output, and the manifest of a
 * part. The first byte selects which. The end of a journal, its CRC, is made right if the second
 * byte is odd. What can be read is written and read again, and must be the same. */
#include "base/crc.h"
#include "fuzz/fuzz.h"
#include "output/journal.h"
#include "report/manifest.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/dmatrix-fuzz-XXXXXX";

static void remove_file(void)
{
    unlink(path);
}

static void write_file(const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    CLAIM(file && fwrite(bytes, 1, size, file) == size);
    CLAIM(fclose(file) == 0);
}

static void claim_message(const struct dm_error *error)
{
    CLAIM(memchr(error->message, '\0', sizeof error->message) && *error->message);
}

/* Replace the last bytes by the line that ends a journal. */
static void mend(char *text, size_t size)
{
    char end[32];
    size_t length = (size_t)snprintf(end, sizeof end, "crc=%08" PRIx32 "\n", 0U);
    if (size < length)
        return;
    size_t lines = size - length;
    snprintf(end, sizeof end, "crc=%08" PRIx32 "\n", dm_crc(0, text, lines));
    memcpy(text + lines, end, length);
}

static bool read_journal(struct dm_journal *journal)
{
    struct dm_error error = {0};
    enum dm_status status = dm_journal_read(path, journal, &error);
    CLAIM((status == DM_OK) == (journal->identity != NULL));
    if (status != DM_OK)
        claim_message(&error);
    return status == DM_OK;
}

static void claim_same_position(const struct dm_position *one, const struct dm_position *other)
{
    CLAIM(one->next == other->next);
    for (size_t i = 0; i < DM_PASSES_MAX; i++)
        CLAIM(one->sums[i].bytes == other->sums[i].bytes && one->sums[i].crc == other->sums[i].crc);
    const struct dm_tally *tally = &one->tally, *its = &other->tally;
    CLAIM(tally->zeros == its->zeros && tally->greatest == its->greatest);
    CLAIM(tally->shortest == its->shortest || (isnan(tally->shortest) && isnan(its->shortest)));
}

static void try_journal(void)
{
    struct dm_journal first = {0}, again = {0};
    struct dm_error error;
    if (read_journal(&first)) {
        CLAIM(dm_journal_write(path, &first, &error) == DM_OK);
        CLAIM(read_journal(&again));
        CLAIM(strcmp(first.identity, again.identity) == 0);
        CLAIM(first.bytes == again.bytes);
        claim_same_position(&first.position, &again.position);
    }
    dm_journal_free(&first);
    dm_journal_free(&again);
}

static bool read_manifest(struct dm_manifest *manifest)
{
    struct dm_error error = {0};
    enum dm_status status = dm_manifest_read(path, manifest, &error);
    if (status != DM_OK) {
        CLAIM(!manifest->run);
        claim_message(&error);
        return false;
    }
    size_t length = strlen(manifest->run);
    CLAIM(length > 0 && manifest->run[length - 1] == '\n');
    CLAIM(manifest->shard.shard >= 1 && manifest->shard.shard <= manifest->shard.shards);
    CLAIM(manifest->shard.shards <= DM_SHARDS_MAX);
    return true;
}

static void try_manifest(void)
{
    struct dm_manifest first = {0}, again = {0};
    if (read_manifest(&first)) {
        char *text = dm_manifest_text(&first);
        CLAIM(text);
        write_file(text, strlen(text));
        free(text);
        CLAIM(read_manifest(&again));
        CLAIM(strcmp(first.run, again.run) == 0);
        CLAIM(first.shard.shard == again.shard.shard && first.shard.shards == again.shard.shards);
        CLAIM(first.bytes == again.bytes && first.crc == again.crc);
    }
    dm_manifest_free(&first);
    dm_manifest_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool made;
    if (!made) {
        int file = mkstemp(path);
        CLAIM(file >= 0 && close(file) == 0 && atexit(remove_file) == 0);
        made = true;
    }
    struct input input = {data, size};
    bool journal = take(&input) % 2 == 0, mends = take(&input) % 2 == 1;
    char *text = malloc(input.left + 1);
    CLAIM(text);
    memcpy(text, input.at, input.left);
    if (journal && mends)
        mend(text, input.left);
    write_file(text, input.left);
    free(text);
    if (journal)
        try_journal();
    else
        try_manifest();
    return 0;
}
