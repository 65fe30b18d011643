#include "server/answer.h"

#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum {
    QUOTED_LENGTH = 240, /* of what a server says, in a message */
    BEGIN_LENGTH = 64    /* of the bytes of an answer that is no JSON */
};

size_t dm_answer_limit(const struct dm_ask *ask)
{
    /* Names of roads and lists of nodes come with each place; in Valhalla's old form a cell is an
     * object of some 70 bytes. */
    const size_t whole = (size_t)64 << 10, place = (size_t)4 << 10, cell = 256;
    return whole + place * dm_ask_places(ask) + cell * ask->origin_count * ask->destination_count;
}

void dm_answer_set(struct dm_ask *ask, enum dm_answer_kind kind, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(ask->message, sizeof ask->message, format, arguments);
    va_end(arguments);
    if (wanted >= (int)sizeof ask->message)
        ask->message[dm_whole_characters(ask->message, sizeof ask->message - 1)] = '\0';
    ask->kind = kind;
}

/* ---- the JSON ---- */

/* Say why the bytes are no JSON object. */
static void refuse_bytes(const struct dm_secrets *secrets, const struct dm_reply *reply,
                         const json_error_t *fault, struct dm_ask *ask)
{
    char text[QUOTED_LENGTH];
    size_t blank = 0;
    while (blank < reply->length && strchr(" \t\r\n", reply->bytes[blank]) && reply->bytes[blank])
        blank++;
    if (blank == reply->length) {
        dm_answer_set(ask, DM_ANSWER_REFUSED, "the answer is empty");
    } else if (reply->bytes[blank] != '{') {
        dm_secrets_quote(secrets, reply->bytes, reply->length, text, BEGIN_LENGTH);
        dm_answer_set(ask, DM_ANSWER_REFUSED, "the answer is not JSON but begins with \"%s\"",
                      text);
    } else {
        dm_secrets_quote(secrets, fault->text, strlen(fault->text), text, sizeof text);
        dm_answer_set(ask, DM_ANSWER_REFUSED, "the answer is malformed JSON: byte %d of %zu: %s",
                      fault->position, reply->length, text);
    }
}

/* Return true if the bytes are more parts of JSON than a table has, each of which takes memory: a
 * small compressed answer can be some million empty objects. */
static bool is_crowded(const struct dm_reply *reply, const struct dm_ask *ask)
{
    const size_t cells = ask->origin_count * ask->destination_count, places = dm_ask_places(ask);
    const size_t most_groups = 1024 + 16 * places + 2 * cells;   /* objects and arrays */
    const size_t most_commas = 4096 + 512 * places + 16 * cells; /* also those in texts */
    size_t groups = 0, commas = 0;
    for (size_t i = 0; i < reply->length; i++) {
        groups += reply->bytes[i] == '{' || reply->bytes[i] == '[';
        commas += reply->bytes[i] == ',';
    }
    return groups > most_groups || commas > most_commas;
}

/* Return the object, to be released with json_decref(), or NULL. All numbers become doubles, so
 * that none is too large for an integer. A name that comes twice would leave open which counts. */
static json_t *parse(const struct dm_reply *reply, json_error_t *fault)
{
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL;
    *fault = (json_error_t){.position = 0};
    json_t *answer = json_loadb(reply->bytes ? reply->bytes : "", reply->length, flags, fault);
    if (json_is_object(answer))
        return answer;
    json_decref(answer);
    return NULL;
}

/* ---- complaints ---- */

/* Write what the server complains of: "TooBig: Too many table coordinates". Return `text`, which
 * is empty if the server has no words. */
static const char *words_of(const struct dm_complaint *complaint, const struct dm_secrets *secrets,
                            char text[QUOTED_LENGTH])
{
    size_t used = 0;
    *text = '\0';
    if (complaint->code) {
        dm_secrets_quote(secrets, complaint->code, strlen(complaint->code), text, 64);
        used = strlen(text);
    }
    if (used > 0 && complaint->message)
        used += dm_append(text + used, QUOTED_LENGTH - used, ": ");
    if (complaint->message)
        dm_secrets_quote(secrets, complaint->message, strlen(complaint->message), text + used,
                         QUOTED_LENGTH - used);
    return text;
}

/* What a status of HTTP means, whatever comes with it. 500 is missing: these servers answer so
 * when a request meets a fault of theirs, as the same request would again. */
static const struct {
    long status;
    enum dm_answer_kind kind;
    const char *meaning;
} meanings[] = {
    {401, DM_ANSWER_REFUSED, "the server refuses the key or needs one"},
    {403, DM_ANSWER_REFUSED, "the server refuses the key or needs one"},
    {404, DM_ANSWER_REFUSED, "there is no such service at this address"},
    {407, DM_ANSWER_REFUSED, "the proxy wants a password"},
    {408, DM_ANSWER_LATER, "the server waited too long for the request"},
    {413, DM_ANSWER_TOO_BIG, "the request is too large"},
    {414, DM_ANSWER_TOO_BIG, "the address of the request is too long"},
    {425, DM_ANSWER_LATER, "the server wants the request again"},
    {429, DM_ANSWER_LATER, "too many requests"},
    {431, DM_ANSWER_TOO_BIG, "the address of the request is too long"},
    {502, DM_ANSWER_LATER, "the server is not reached by what stands before it"},
    {503, DM_ANSWER_LATER, "the server is busy or being restarted"},
    {504, DM_ANSWER_LATER, "the server is not reached in time by what stands before it"},
};

static enum dm_answer_kind kind_of_status(const struct dm_reply *reply, const char **meaning)
{
    *meaning = NULL;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (meanings[i].status == reply->status) {
            *meaning = meanings[i].meaning;
            return meanings[i].kind;
        }
    }
    bool temporary = reply->status >= 500 && reply->later_ns > 0;
    return temporary ? DM_ANSWER_LATER : DM_ANSWER_REFUSED;
}

/* Answer by the status. `words` are the server's, or "". */
static void judge_status(const struct dm_reply *reply, const char *words, struct dm_ask *ask)
{
    const char *meaning;
    enum dm_answer_kind kind = kind_of_status(reply, &meaning);
    dm_answer_set(ask, kind, "status %ld%s%s%s%s", reply->status, meaning ? ", " : "",
                  meaning ? meaning : "", *words ? ": " : "", words);
}

static void refuse_redirect(const struct dm_secrets *secrets, const struct dm_reply *reply,
                            struct dm_ask *ask)
{
    char text[QUOTED_LENGTH];
    const char *location = reply->location ? reply->location : "";
    dm_secrets_quote(secrets, location, strlen(location), text, sizeof text);
    dm_answer_set(ask, DM_ANSWER_REFUSED, "status %ld, a redirect to %s, which is not followed",
                  reply->status, *text ? text : "nowhere");
}

static void set_no_routes(struct dm_ask *ask)
{
    for (size_t k = 0; k < ask->origin_count * ask->destination_count; k++)
        ask->cells[k] = (struct dm_road_cell){NAN, NAN};
}

/* ---- all of it ---- */

/* Read a JSON object that came with any status. */
static void read_object(const struct dm_dialect *dialect, const struct dm_secrets *secrets,
                        const struct dm_reply *reply, const json_t *answer, struct dm_ask *ask)
{
    char words[QUOTED_LENGTH];
    const char *meaning;
    struct dm_complaint complaint = dialect->find_complaint(answer, ask);
    words_of(&complaint, secrets, words);
    ask->own = complaint.own;
    bool later = kind_of_status(reply, &meaning) == DM_ANSWER_LATER;
    if (!later && complaint.kind == DM_ANSWER_NONE && reply->status == 200) {
        ask->kind = dialect->read_table(answer, ask) ? DM_ANSWER_TABLE : DM_ANSWER_REFUSED;
    } else if (!later && complaint.kind == DM_ANSWER_TABLE) {
        set_no_routes(ask);
        ask->kind = DM_ANSWER_TABLE;
    } else if (!later &&
               (complaint.kind == DM_ANSWER_TOO_BIG || complaint.kind == DM_ANSWER_SPLIT ||
                complaint.kind == DM_ANSWER_OFF_ROAD)) {
        dm_answer_set(ask, complaint.kind, "status %ld: %s", reply->status, words);
    } else {
        judge_status(reply, words, ask);
    }
}

void dm_answer_read(const struct dm_dialect *dialect, const struct dm_secrets *secrets,
                    const struct dm_reply *reply, struct dm_ask *ask)
{
    json_error_t fault;
    for (size_t i = 0; i < dm_ask_places(ask); i++)
        ask->snaps_m[i] = NAN;
    ask->message[0] = '\0';
    ask->later_ns = 0;
    if (reply->status >= 300 && reply->status < 400) {
        refuse_redirect(secrets, reply, ask);
        return;
    }
    bool crowded = is_crowded(reply, ask);
    json_t *answer = crowded ? NULL : parse(reply, &fault);
    if (answer)
        read_object(dialect, secrets, reply, answer, ask);
    else if (reply->status == 200 && crowded)
        dm_answer_set(ask, DM_ANSWER_REFUSED,
                      "the answer has far more parts than a table of %zu x %zu places",
                      ask->origin_count, ask->destination_count);
    else if (reply->status == 200)
        refuse_bytes(secrets, reply, &fault, ask);
    else
        judge_status(reply, "", ask);
    json_decref(answer);
    if (ask->kind == DM_ANSWER_LATER)
        ask->later_ns = reply->later_ns;
}
