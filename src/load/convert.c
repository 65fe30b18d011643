#include "load/convert.h"

#include "base/room.h"
#include "base/text.h"
#include "base/try.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct convert {
    struct dm_step step;
    const char *encoding;
    bool is_marked;
    iconv_t handle;
    char *input;                   /* bytes that were fed */
    size_t used, length, capacity; /* of them: converted so far, all, and those with space */
    uint64_t line;                 /* of the text converted so far, from 1 */
    bool after_return;             /* it ends with a carriage return */
    char text[DM_CHUNK_BYTES];
};

/* ---- byte order marks ---- */

const char *dm_marked_encoding(const struct dm_chunk *start, size_t *length)
{
    /* The mark of UTF-16LE is the start of that of UTF-32LE, so it comes after it. */
    static const struct {
        const char *encoding, *mark;
        size_t length;
    } marks[] = {
        {"UTF-8", "\xEF\xBB\xBF", 3},    {"UTF-32LE", "\xFF\xFE\0\0", 4},
        {"UTF-32BE", "\0\0\xFE\xFF", 4}, {"UTF-16LE", "\xFF\xFE", 2},
        {"UTF-16BE", "\xFE\xFF", 2},
    };
    *length = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (start->length >= marks[i].length &&
            memcmp(start->bytes, marks[i].mark, marks[i].length) == 0) {
            *length = marks[i].length;
            return marks[i].encoding;
        }
    return NULL;
}

/* ---- converting ---- */

/* Keep the bytes that are not converted yet, the start of a character, and add the chunk. */
static enum dm_status feed(struct dm_step *step, const struct dm_chunk *chunk,
                           struct dm_error *error)
{
    struct convert *self = (struct convert *)step;
    size_t kept = self->length - self->used;
    size_t wanted = kept + chunk->length + 1; /* more than 0, so that there is a block */
    if (!dm_grow(&self->input, &self->capacity, wanted, 1))
        return dm_fail_memory(error, "converting to UTF-8");
    memmove(self->input, self->input + self->used, kept);
    memcpy(self->input + kept, chunk->bytes, chunk->length);
    self->used = 0;
    self->length = kept + chunk->length;
    step->ended = chunk->length == 0;
    return DM_OK;
}

/* Count the line ends in a text: LF, CR, and CR LF as one, also if it is cut. */
static void count_lines(struct convert *self, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool second_of_pair = text[i] == '\n' && self->after_return;
        self->line += (text[i] == '\n' || text[i] == '\r') && !second_of_pair;
        self->after_return = text[i] == '\r';
    }
}

/* Report the first bytes that are not converted, which cannot be. */
static enum dm_status fail_invalid(const struct convert *self, struct dm_error *error)
{
    char bytes[16] = "";
    size_t shown = 0, left = self->length - self->used, used = 0;
    for (; shown < left && shown < 4; shown++)
        used += dm_append(bytes + used, sizeof bytes - used, " %02X",
                          (unsigned)(unsigned char)self->input[self->used + shown]);
    const char *what = self->step.ended ? "ends with" : "has";
    dm_fail(error, DM_DATA, "%s:%llu: the text %s the byte%s%s, which %s not valid %s",
            self->step.shown, (unsigned long long)self->line, what, shown == 1 ? "" : "s", bytes,
            shown == 1 ? "is" : "are", self->encoding);
    if (!self->is_marked)
        dm_suggest(error, DM_FIELD_ENCODING, "%s", "");
    return DM_DATA;
}

static enum dm_status take(struct dm_step *step, struct dm_chunk *chunk, struct dm_error *error)
{
    struct convert *self = (struct convert *)step;
    char *input = self->input + self->used, *output = self->text;
    size_t input_left = self->length - self->used, output_left = sizeof self->text;
    int why = 0;
    if (iconv(self->handle, &input, &input_left, &output, &output_left) == (size_t)-1)
        why = errno;
    else if (step->ended) /* give what some encodings hold back until the next character */
        iconv(self->handle, NULL, NULL, &output, &output_left);
    self->used = self->length - input_left;
    size_t length = (size_t)(output - self->text);
    count_lines(self, self->text, length);
    if (why == EILSEQ || (why == EINVAL && step->ended && length == 0))
        return fail_invalid(self, error);
    *chunk = (struct dm_chunk){self->text, length};
    return DM_OK;
}

static void close_convert(struct dm_step *step)
{
    struct convert *self = (struct convert *)step;
    iconv_close(self->handle);
    free(self->input);
    free(self);
}

static const struct dm_step_ops ops = {.feed = feed, .take = take, .close = close_convert};

/* ---- opening ---- */

static enum dm_status fail_unknown(const char *encoding, struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    return dm_fail_field(error, DM_FIELD_ENCODING, DM_USAGE,
                         "no encoding is called %s; iconv -l lists the names",
                         dm_quote(quoted, encoding, strlen(encoding)));
}

/* Report why iconv does not open. */
static enum dm_status fail_open(const char *shown, const char *encoding, int why,
                                struct dm_error *error)
{
    if (why == EINVAL)
        return fail_unknown(encoding, error);
    if (why == ENOMEM)
        return dm_fail_memory(error, "converting to UTF-8");
    return dm_fail(error, DM_SYSTEM, "%s: cannot convert from %s: %s", shown, encoding,
                   strerror(why));
}

/* Return true if the name asks iconv to drop or replace characters: "ASCII//IGNORE". Slashes at the
 * end are allowed, as iconv -l prints them. */
static bool has_suffix(const char *encoding)
{
    const char *slashes = strstr(encoding, "//");
    return slashes && slashes[strspn(slashes, "/")] != '\0';
}

enum dm_status dm_convert_open(const char *shown, const char *encoding, bool is_marked,
                               struct dm_step **step, struct dm_error *error)
{
    if (*encoding == '\0' || has_suffix(encoding))
        return fail_unknown(encoding, error);
    struct convert *self = malloc(sizeof *self);
    if (!self)
        return dm_fail_memory(error, "converting to UTF-8");
    self->handle = iconv_open("UTF-8", encoding);
    if ((intptr_t)self->handle == -1) {
        int why = errno;
        free(self);
        return fail_open(shown, encoding, why, error);
    }
    self->step = (struct dm_step){.ops = &ops, .shown = shown};
    self->encoding = encoding;
    self->is_marked = is_marked;
    self->input = NULL;
    self->used = self->length = self->capacity = 0;
    self->line = 1;
    self->after_return = false;
    *step = &self->step;
    return DM_OK;
}
