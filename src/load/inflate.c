#include "load/inflate.h"

#include "base/try.h"

#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST /* the input of zlib is const */
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16 }; /* for inflateInit2(): the largest window, and gzip's header only */

struct inflate {
    struct dm_step step;
    z_stream stream;
    bool in_member;  /* a member has begun and not ended */
    bool in_padding; /* the last member has ended, and NUL bytes follow */
    char bytes[DM_CHUNK_BYTES];
};

bool dm_is_gzip(const struct dm_chunk *start)
{
    return start->length >= 2 && memcmp(start->bytes, "\x1F\x8B", 2) == 0;
}

static enum dm_status feed(struct dm_step *step, const struct dm_chunk *chunk,
                           struct dm_error *error)
{
    struct inflate *self = (struct inflate *)step;
    (void)error;
    self->stream.next_in = (const Bytef *)chunk->bytes;
    self->stream.avail_in = (uInt)chunk->length;
    step->ended = chunk->length == 0;
    return DM_OK;
}

static enum dm_status fail_trailing(const struct inflate *self, struct dm_error *error)
{
    dm_fail(error, DM_DATA,
            "%s: the compressed data are followed by other bytes, which gzip would ignore",
            self->step.shown);
    dm_suggest(error, DM_FIELD_ORIGINS, "gzip -dc");
    return DM_DATA;
}

/* Begin the next member, if there is one in the input. */
static enum dm_status begin_member(struct inflate *self, struct dm_error *error)
{
    z_stream *stream = &self->stream;
    for (; stream->avail_in > 0 && *stream->next_in == 0; stream->next_in++, stream->avail_in--)
        self->in_padding = true;
    if (stream->avail_in == 0)
        return DM_OK;
    if (self->in_padding || *stream->next_in != 0x1F)
        return fail_trailing(self, error);
    inflateReset(stream); /* cannot fail for an open stream */
    self->in_member = true;
    return DM_OK;
}

/* Report that zlib returned `result`. */
static enum dm_status fail_inflate(const struct inflate *self, int result, struct dm_error *error)
{
    if (result == Z_MEM_ERROR)
        return dm_fail_memory(error, "decompressing");
    return dm_fail(error, DM_DATA,
                   "%s: the compressed data are damaged (%s); fetch or compress the file again",
                   self->step.shown, self->stream.msg ? self->stream.msg : "unknown format");
}

/* Decompress the members in the input until the chunk is full or the input used up. */
static enum dm_status fill(struct inflate *self, struct dm_error *error)
{
    while (self->stream.avail_out > 0) {
        if (!self->in_member)
            DM_TRY(begin_member(self, error));
        if (!self->in_member)
            return DM_OK;
        int result = inflate(&self->stream, Z_NO_FLUSH);
        if (result == Z_BUF_ERROR)
            return DM_OK; /* it needs more input */
        if (result != Z_OK && result != Z_STREAM_END)
            return fail_inflate(self, result, error);
        self->in_member = result == Z_OK;
    }
    return DM_OK;
}

static enum dm_status take(struct dm_step *step, struct dm_chunk *chunk, struct dm_error *error)
{
    struct inflate *self = (struct inflate *)step;
    self->stream.next_out = (Bytef *)self->bytes;
    self->stream.avail_out = DM_CHUNK_BYTES;
    DM_TRY(fill(self, error));
    size_t length = DM_CHUNK_BYTES - self->stream.avail_out;
    if (length == 0 && step->ended && self->in_member)
        return dm_fail(error, DM_DATA,
                       "%s: the compressed data are cut off; fetch or compress the file again",
                       step->shown);
    *chunk = (struct dm_chunk){self->bytes, length};
    return DM_OK;
}

static void close_inflate(struct dm_step *step)
{
    struct inflate *self = (struct inflate *)step;
    inflateEnd(&self->stream);
    free(self);
}

static const struct dm_step_ops ops = {.feed = feed, .take = take, .close = close_inflate};

enum dm_status dm_inflate_open(const char *shown, struct dm_step **step, struct dm_error *error)
{
    struct inflate *self = malloc(sizeof *self);
    if (!self)
        return dm_fail_memory(error, "decompressing");
    self->step = (struct dm_step){.ops = &ops, .shown = shown};
    self->stream = (z_stream){.next_in = NULL};
    self->in_member = true;
    self->in_padding = false;
    if (inflateInit2(&self->stream, GZIP_WINDOW) != Z_OK) {
        free(self);
        return dm_fail_memory(error, "decompressing");
    }
    *step = &self->step;
    return DM_OK;
}
