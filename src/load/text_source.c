#include "load/text_source.h"

#include "base/stop.h"
#include "base/try.h"
#include "load/convert.h"
#include "load/inflate.h"
#include "load/kinds.h"

#include <string.h>

static enum dm_status read_block(struct dm_text_source *source, struct dm_chunk *chunk,
                                 struct dm_error *error)
{
    DM_TRY(dm_input_read(&source->input, error));
    *chunk = (struct dm_chunk){source->input.block, source->input.length};
    return DM_OK;
}

/* Take the next chunk from the last step, and feed those before it as needed. It is empty at the
 * end. */
static enum dm_status read_chunk(struct dm_text_source *source, struct dm_chunk *chunk,
                                 struct dm_error *error)
{
    size_t passed = source->step_count; /* number of steps that the next chunk comes through */
    for (;;) {
        struct dm_step *last = passed > 0 ? source->steps[passed - 1] : NULL;
        if (source->step_count > 0 && dm_stop_asked(source->input.stop))
            return dm_fail(error, DM_STOPPED, "%s: stopped while reading", source->shown);
        DM_TRY(last ? last->ops->take(last, chunk, error) : read_block(source, chunk, error));
        if (last && chunk->length == 0 && !last->ended) {
            passed--;
            continue;
        }
        if (passed == source->step_count)
            return DM_OK;
        struct dm_step *next = source->steps[passed];
        DM_TRY(next->ops->feed(next, chunk, error));
        passed++;
    }
}

/* Add a step after the others, which continues from the chunk. */
static enum dm_status add_step(struct dm_text_source *source, struct dm_step *step,
                               struct dm_chunk *chunk, struct dm_error *error)
{
    source->steps[source->step_count++] = step;
    DM_TRY(step->ops->feed(step, chunk, error));
    return read_chunk(source, chunk, error);
}

static enum dm_status decompress(struct dm_text_source *source, struct dm_chunk *chunk,
                                 struct dm_error *error)
{
    struct dm_step *step;
    if (!dm_is_gzip(chunk))
        return DM_OK;
    source->compressed = true;
    DM_TRY(dm_inflate_open(source->shown, &step, error));
    return add_step(source, step, chunk, error);
}

/* Convert from the encoding of a byte order mark, which is removed. */
static enum dm_status decode_marked(struct dm_text_source *source, const char *encoding,
                                    size_t mark, struct dm_chunk *chunk, struct dm_error *error)
{
    struct dm_step *step;
    chunk->bytes += mark;
    chunk->length -= mark;
    source->encoding = encoding;
    if (strcmp(encoding, "UTF-8") == 0)
        return DM_OK;
    DM_TRY(dm_convert_open(source->shown, encoding, true, &step, error));
    return add_step(source, step, chunk, error);
}

/* Convert to UTF-8. Without a mark and a name, the text is UTF-8 that is passed on unchecked. */
static enum dm_status decode(struct dm_text_source *source, struct dm_chunk *chunk,
                             struct dm_error *error)
{
    size_t mark;
    const char *marked = dm_marked_encoding(chunk, &mark);
    if (marked)
        return decode_marked(source, marked, mark, chunk, error);
    DM_TRY(dm_kind_check_bytes(source->shown, chunk, source->compressed, error));
    struct dm_step *named = source->named;
    source->named = NULL;
    return named ? add_step(source, named, chunk, error) : DM_OK;
}

static enum dm_status read_first(struct dm_text_source *source, struct dm_chunk *chunk,
                                 struct dm_error *error)
{
    source->begun = true;
    DM_TRY(read_chunk(source, chunk, error));
    DM_TRY(decompress(source, chunk, error));
    DM_TRY(decode(source, chunk, error));
    return dm_kind_check_text(source->shown, chunk, source->compressed, error);
}

enum dm_status dm_text_source_read(struct dm_text_source *source, struct dm_error *error)
{
    struct dm_chunk chunk = {NULL, 0};
    DM_TRY(source->begun ? read_chunk(source, &chunk, error) : read_first(source, &chunk, error));
    source->text = chunk.bytes;
    source->length = chunk.length;
    return DM_OK;
}

enum dm_status dm_text_source_open(const char *path, const char *encoding, const dm_flag *stop,
                                   struct dm_text_source *source, struct dm_error *error)
{
    struct dm_text_source new = {.encoding = encoding ? encoding : "UTF-8"};
    DM_TRY(dm_input_open(path, stop, &new.input, error));
    new.shown = new.input.shown;
    enum dm_status status =
        encoding ? dm_convert_open(new.shown, encoding, false, &new.named, error) : DM_OK;
    if (status == DM_OK)
        *source = new;
    else
        dm_text_source_close(&new);
    return status;
}

void dm_text_source_close(struct dm_text_source *source)
{
    for (size_t i = 0; i < source->step_count; i++)
        source->steps[i]->ops->close(source->steps[i]);
    if (source->named)
        source->named->ops->close(source->named);
    dm_input_close(&source->input);
    *source = (struct dm_text_source){.input = {.file = -1}};
}
