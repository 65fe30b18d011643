#define _GNU_SOURCE /* O_NOFOLLOW, statfs() */
#include "output/shared.h"

#include "base/checked.h"
#include "base/crc.h"
#include "base/tally.h"
#include "base/try.h"
#include "output/file.h"
#include "output/resumable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { TOKEN_BYTES = 32 };

struct shared {
    struct dm_descriptor base; /* of this process alone */
    struct dm_team *team;
    struct dm_output *whole; /* on rank 0: appears when it is complete, with its journal */
    bool resumes;
    bool lost;   /* the disk has failed: what was written may not be there */
    bool closed; /* all that was written is on the disk, and this process's descriptor is closed */

    /* After the rounds whose meetings have ended. */
    uint64_t bytes;
    uint64_t paired; /* the same without what follows the last pairs, as a journal has it */
    struct dm_position position;

    struct dm_range range;  /* of this process, in the present round */
    uint64_t framed;        /* bytes written before and after the pairs of a pass, in this round */
    struct dm_text_buffer { /* encoded bytes of this round whose place is not known yet */
        char *text;
        size_t bytes, room;
        uint64_t round; /* of these bytes */
    } early;

    /* Rounds are numbered. Those before `ended` have ended here, those before `counted` everywhere,
     * and the bytes of those before `taken` are written. At most two are ended and not taken. */
    uint64_t ended, counted, taken;
    unsigned pass;  /* of the round that has ended last */
    uint64_t at[2]; /* places of the bytes of the last two rounds that are counted */

    /* With pairs of the same size, the place of each is known. */
    size_t pair_bytes;
    bool begun;             /* the pass has pairs in the output: */
    uint64_t pair, pair_at; /* place of one of them */

    /* Checkpoints: rank 0 asks for one in a meeting. All then bring that round to the disk, and say
     * so in a later meeting. When all have, rank 0 writes the journal. */
    uint64_t asked, synced, kept; /* numbers of checkpoints */
    uint64_t checkpoint_round, checkpoint_bytes;
    struct dm_position checkpoint;

    uint64_t own_bytes;
};

/* ---- writing ---- */

static uint64_t bytes_of(const struct dm_band *band)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < band->count; i++)
        bytes += band->bytes[i].iov_len;
    return bytes;
}

static enum dm_status write_at(struct shared *output, uint64_t at, struct iovec *bytes,
                               size_t count, struct dm_error *error)
{
    struct dm_band band = {.bytes = bytes, .count = count};
    uint64_t all = bytes_of(&band);
    if (lseek(output->base.file, (off_t)at, SEEK_SET) != (off_t)at)
        return dm_descriptor_failed(&output->base, "find a place in it", error);
    output->own_bytes += all;
    return dm_descriptor_write(&output->base, bytes, count, error);
}

/* Keep bytes whose place is not known yet: those of a range that is encoded in several parts, but
 * for the last one. */
static enum dm_status keep_early(struct shared *output, const struct dm_band *band,
                                 struct dm_error *error)
{
    struct dm_text_buffer *early = &output->early;
    early->round = output->ended;
    size_t needed = early->bytes + (size_t)bytes_of(band);
    if (needed > early->room) {
        size_t room = needed + needed / 2;
        char *text = realloc(early->text, room);
        if (!text)
            return dm_fail_memory(error, "text that cannot be written yet");
        early->text = text;
        early->room = room;
    }
    for (size_t i = 0; i < band->count; i++) {
        memcpy(early->text + early->bytes, band->bytes[i].iov_base, band->bytes[i].iov_len);
        early->bytes += band->bytes[i].iov_len;
    }
    return DM_OK;
}

/* ---- meetings ---- */

/* Write the journal, if all have brought the last checkpoint to the disk. */
static enum dm_status write_checkpoint(struct shared *output, struct dm_error *error)
{
    const struct dm_team *team = output->team;
    if (!output->whole || output->kept == output->asked)
        return DM_OK;
    for (unsigned rank = 0; rank < team->ranks; rank++)
        if (team->all[rank].synced < output->asked)
            return DM_OK;
    output->kept = output->asked;
    return dm_resumable_checkpoint(output->whole, &output->checkpoint, output->checkpoint_bytes,
                                   error);
}

/* Add what all have said to the position. */
static void add_round(struct shared *output)
{
    const struct dm_team *team = output->team;
    struct dm_pass_sum *sum = &output->position.sums[output->pass];
    uint64_t *at = &output->at[output->counted++ % 2];
    *at = output->bytes;
    for (unsigned rank = 0; rank < team->ranks; rank++) {
        const struct dm_said *said = &team->all[rank];
        if (rank < team->rank)
            *at += said->bytes;
        output->bytes += said->bytes;
        output->position.next = dm_max_u64(output->position.next, said->next);
        dm_tally_add(&output->position.tally, &said->tally);
        if (said->next > 0) { /* the bytes of pairs */
            sum->crc = dm_crc_join(sum->crc, said->crc, said->bytes);
            sum->bytes += said->bytes;
            output->paired = output->bytes;
        }
    }
}

/* End the meeting, if one has begun. */
static enum dm_status end_meeting(struct shared *output, struct dm_error *error)
{
    bool meets = output->team->meets;
    DM_TRY(dm_team_end_meeting(output->team, error));
    if (!meets)
        return DM_OK;
    add_round(output);
    DM_TRY(write_checkpoint(output, error));
    if (output->team->all[0].asks_sync) {
        output->asked++;
        output->checkpoint = output->position;
        output->checkpoint_round = output->counted - 1;
        output->checkpoint_bytes = output->paired;
    }
    return DM_OK;
}

/* ---- the operations ---- */

static enum dm_status settle(struct dm_output *base, struct dm_position *position,
                             struct dm_error *error)
{
    struct shared *output = (struct shared *)base;
    DM_TRY(end_meeting(output, error));
    *position = output->position;
    return DM_OK;
}

static enum dm_status begin_range(struct dm_output *base, const struct dm_range *range,
                                  struct dm_error *error)
{
    struct shared *output = (struct shared *)base;
    output->range = *range;
    output->framed = 0;
    bool pairs = range->round_begin < range->round_end;
    if (!pairs)
        output->begun = false;
    if (!pairs || output->pair_bytes == 0 || output->begun)
        return DM_OK;
    DM_TRY(end_meeting(output, error));
    output->begun = true;
    output->pair = range->round_begin;
    output->pair_at = output->bytes;
    return DM_OK;
}

/* Bring the checkpoint that is asked for to the disk, when all of its bytes are written. */
static enum dm_status sync_checkpoint(struct shared *output, struct dm_error *error)
{
    if (output->synced == output->asked || output->taken <= output->checkpoint_round)
        return DM_OK;
    DM_TRY(dm_descriptor_sync(&output->base, &output->lost, error));
    output->synced = output->asked;
    return DM_OK;
}

/* Return the bytes of this process in the present round. */
static uint64_t bytes_of_round(const struct shared *output, const struct dm_band *last)
{
    uint64_t pairs = output->range.end - output->range.begin;
    uint64_t early = output->early.round == output->ended ? output->early.bytes : 0;
    if (output->pair_bytes > 0)
        return output->framed + pairs * output->pair_bytes;
    return output->framed + early + (last ? bytes_of(last) : 0);
}

static enum dm_status end_range(struct dm_output *base, const struct dm_position *own,
                                const struct dm_band *last, struct dm_error *error)
{
    struct shared *output = (struct shared *)base;
    DM_TRY(end_meeting(output, error));
    DM_TRY(sync_checkpoint(output, error));
    bool may_ask = output->resumes && output->whole && output->kept == output->asked;
    struct dm_said said = {
        .crc = own->sums[output->range.pass].crc,
        .bytes = bytes_of_round(output, last),
        .next = own->next,
        .tally = own->tally,
        .synced = output->synced,
        .asks_sync = may_ask && own->next > 0 && dm_resumable_is_due(output->whole),
    };
    output->pass = output->range.pass;
    output->ended++;
    if (!last)
        output->taken++;
    return dm_team_begin_meeting(output->team, &said, error);
}

/* The last band of a round that has ended. */
static enum dm_status take_last(struct shared *output, struct dm_band *band, struct dm_error *error)
{
    bool early = output->early.round == output->taken;
    struct iovec before = {output->early.text, early ? output->early.bytes : 0};
    uint64_t begin = before.iov_len;
    if (output->counted == output->taken)
        DM_TRY(end_meeting(output, error));
    uint64_t at = output->at[output->taken % 2];
    if (begin > 0)
        DM_TRY(write_at(output, at, &before, 1, error));
    DM_TRY(write_at(output, at + begin, band->bytes, band->count, error));
    if (early)
        output->early.bytes = 0;
    output->taken++;
    return DM_OK;
}

static enum dm_status take_at_once(struct shared *output, struct dm_band *band,
                                   struct dm_error *error)
{
    uint64_t at = output->pair_at + (band->begin - output->pair) * output->pair_bytes;
    DM_TRY(write_at(output, at, band->bytes, band->count, error));
    if (output->taken < output->ended)
        output->taken++;
    return DM_OK;
}

/* Bytes before or after the pairs of a pass, which only rank 0 has. */
static enum dm_status take_frame(struct shared *output, struct dm_band *band,
                                 struct dm_error *error)
{
    uint64_t bytes = bytes_of(band);
    DM_TRY(end_meeting(output, error));
    DM_TRY(write_at(output, output->bytes + output->framed, band->bytes, band->count, error));
    output->framed += bytes;
    return DM_OK;
}

static enum dm_status take(struct dm_output *base, struct dm_band *band, struct dm_error *error)
{
    struct shared *output = (struct shared *)base;
    if (band->begin == band->end)
        return take_frame(output, band, error);
    if (output->pair_bytes > 0)
        return take_at_once(output, band, error);
    return output->taken < output->ended ? take_last(output, band, error)
                                         : keep_early(output, band, error);
}

static enum dm_status close_own(struct shared *output, struct dm_error *error)
{
    DM_TRY(dm_descriptor_sync(&output->base, &output->lost, error));
    int result = close(output->base.file);
    output->base.file = -1;
    output->closed = result == 0 || errno == EINTR;
    return output->closed ? DM_OK : dm_descriptor_failed(&output->base, "close it", error);
}

/* The file may be longer than what was written, if an earlier run was interrupted. */
static enum dm_status finish_whole(struct shared *output, struct dm_error *error)
{
    struct dm_descriptor *whole = (struct dm_descriptor *)output->whole;
    struct stat status;
    if (!whole)
        return DM_OK;
    if (fstat(whole->file, &status) != 0 || (uint64_t)status.st_size < output->bytes)
        return dm_fail(error, DM_IO, "%s: the unfinished file is shorter than what was written",
                       whole->shown);
    if (ftruncate(whole->file, (off_t)output->bytes) != 0)
        return dm_descriptor_failed(whole, "set its length", error);
    whole->base.bytes = output->bytes;
    return whole->base.ops->finish(&whole->base, error);
}

static enum dm_status finish(struct dm_output *base, struct dm_error *error)
{
    struct shared *output = (struct shared *)base;
    output->team->limit_ns = 0; /* the disk may take long */
    DM_TRY(dm_team_agree(output->team, close_own(output, error), error));
    base->bytes = output->bytes;
    DM_TRY(dm_team_agree(output->team, finish_whole(output, error), error));
    output->team->limit_ns = output->team->patience_ns;
    return DM_OK;
}

static void close_output(struct dm_output *base)
{
    struct shared *output = (struct shared *)base;
    if (output->base.file >= 0)
        close(output->base.file);
    dm_output_close(output->whole);
    free(output->early.text);
    free(output->base.shown);
    free(output);
}

static const struct dm_output_ops ops = {
    .take = take,
    .begin_range = begin_range,
    .end_range = end_range,
    .settle = settle,
    .finish = finish,
    .close = close_output,
};

uint64_t dm_shared_own_bytes(const struct dm_output *base)
{
    return ((const struct shared *)base)->own_bytes;
}

/* Meet once more, and return true if all have written all of the same rounds. */
static bool all_is_written(struct shared *output)
{
    struct dm_team *team = output->team;
    struct dm_error why;
    bool written = !output->lost && output->taken >= output->counted;
    bool synced = written && (output->closed ||
                              dm_descriptor_sync(&output->base, &output->lost, &why) == DM_OK);
    struct dm_said said = {.next = output->position.next, .synced = synced};
    if (!dm_team_go_on(team) || dm_team_begin_meeting(team, &said, &why) != DM_OK ||
        dm_team_end_meeting(team, &why) != DM_OK)
        return false;
    for (unsigned rank = 0; rank < team->ranks; rank++)
        if (!team->all[rank].synced || team->all[rank].next != said.next)
            return false;
    return true;
}

uint64_t dm_shared_keep(struct dm_output *base)
{
    struct shared *output = (struct shared *)base;
    struct dm_error why;
    output->base.stop = output->team->stop = NULL; /* the disks of the others may take long */
    output->team->limit_ns = output->team->patience_ns;
    if (all_is_written(output) && output->whole && output->position.next > 0)
        (void)dm_resumable_checkpoint(output->whole, &output->position, output->paired, &why);
    return output->whole ? dm_resumable_keep(output->whole) : 0;
}

/* ---- opening ---- */

static enum dm_status put_token(struct dm_descriptor *whole, off_t at, const char *token,
                                struct dm_error *error)
{
    ssize_t written = pwrite(whole->file, token, TOKEN_BYTES, at);
    if (written >= 0 && written < TOKEN_BYTES)
        errno = ENOSPC;
    if (written != TOKEN_BYTES || fsync(whole->file) != 0)
        return dm_descriptor_failed(whole, "write", error);
    return DM_OK;
}

/* Return true if the file is on a server whose clients write whole pages, parts of which others may
 * write at the same time. With O_DSYNC, they write just the bytes that have changed, at once. */
static bool caches_pages(const char *path)
{
    static const uint32_t systems[] = {0x6969 /* NFS */, 0xFF534D42 /* CIFS */,
                                       0xFE534D42 /* SMB2 */};
    struct statfs found;
    bool known = statfs(path, &found) == 0;
    for (size_t i = 0; known && i < sizeof systems / sizeof *systems; i++)
        if ((uint32_t)found.f_type == systems[i])
            return true;
    return false;
}

/* Open the file, and see that it is the one of rank 0: on other machines, another file can have the
 * same path. */
static enum dm_status open_own(struct shared *output, const char *path, off_t at, const char *token,
                               struct dm_error *error)
{
    char found[TOKEN_BYTES];
    int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | (caches_pages(path) ? O_DSYNC : 0);
    output->base.file = open(path, flags);
    if (output->base.file < 0 && errno != ENOENT)
        return dm_fail(error, DM_IO, "%s: cannot open it: %s", path, strerror(errno));
    if (output->base.file < 0 || pread(output->base.file, found, TOKEN_BYTES, at) != TOKEN_BYTES ||
        memcmp(found, token, TOKEN_BYTES) != 0)
        return dm_fail(error, DM_IO,
                       "%s: this process does not see the file that rank 0 has created; name an "
                       "output in a folder that all machines share, with its whole path if the "
                       "processes start in different folders",
                       path);
    return DM_OK;
}

static enum dm_status open_all(struct shared *output, char **path, struct dm_error *error)
{
    struct dm_team *team = output->team;
    struct dm_file *whole = (struct dm_file *)output->whole;
    struct {
        uint64_t bytes;
        struct dm_position position;
        char token[TOKEN_BYTES];
    } start = {.bytes = whole ? whole->base.base.bytes : 0, .position = output->position};
    enum dm_status status = DM_OK;
    if (whole && getrandom(start.token, TOKEN_BYTES, 0) != TOKEN_BYTES)
        status = dm_fail(error, DM_SYSTEM, "the system has no random numbers");
    if (whole && status == DM_OK && !(*path = strdup(whole->temporary)))
        status = dm_fail_memory(error, "a file name");
    if (whole && status == DM_OK)
        status = put_token(&whole->base, (off_t)start.bytes, start.token, error);
    DM_TRY(dm_team_agree(team, status, error));
    DM_TRY(dm_team_share(team, &start, sizeof start, error));
    DM_TRY(dm_team_share_text(team, path, error));
    output->bytes = output->paired = start.bytes;
    output->position = start.position;
    team->limit_ns = team->patience_ns; /* a round takes little time */
    status = open_own(output, *path, (off_t)start.bytes, start.token, error);
    return dm_team_agree(team, status, error);
}

static struct shared *make(struct dm_team *team, struct dm_output *whole,
                           const struct dm_shared_options *options)
{
    struct shared *output = calloc(1, sizeof *output);
    char *shown = strdup(options->path);
    if (!output || !shown) {
        free(output);
        free(shown);
        return NULL;
    }
    *output = (struct shared){
        .base = {.base.ops = &ops,
                 .file = -1,
                 .stop = options->stop,
                 .shown = shown,
                 .message_end = options->resumes ? "" : " (nothing was written there)"},
        .team = team,
        .whole = whole,
        .resumes = options->resumes,
        .position = options->position,
        .pair_bytes = options->pair_bytes,
    };
    return output;
}

enum dm_status dm_shared_open(struct dm_team *team, struct dm_output *whole,
                              struct dm_shared_options *options, struct dm_output **opened,
                              struct dm_error *error)
{
    struct shared *output = make(team, whole, options);
    char *path = NULL;
    if (output)
        *opened = &output->base.base;
    else
        dm_output_close(whole);
    enum dm_status status = output ? DM_OK : dm_fail_memory(error, "the output");
    status = dm_team_agree(team, status, error);
    if (status == DM_OK)
        status = open_all(output, &path, error);
    if (status == DM_OK)
        options->position = output->position;
    free(path);
    return status;
}
