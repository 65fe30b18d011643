#include "stub_fault.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct kind {
    const char *name;
    enum fault_kind kind;
    unsigned long long value; /* default */
    const char *about;
};

static const struct kind kinds[] = {
    {"429", FAULT_429, 1, "too many requests, Retry-After: VALUE seconds (1)"},
    {"429-html", FAULT_429_HTML, 0, "too many requests, as HTML, without Retry-After"},
    {"429-date", FAULT_429_DATE, 2,
     "too many requests, Retry-After: the date in VALUE seconds (2)"},
    {"500", FAULT_500, 0, "internal server error"},
    {"502", FAULT_502, 0, "bad gateway, as HTML"},
    {"503", FAULT_503, 0, "service unavailable, as HTML"},
    {"slow", FAULT_SLOW, 5000, "answer after VALUE milliseconds (5000)"},
    {"cut", FAULT_CUT, 0, "close in the middle of the body"},
    {"close", FAULT_CLOSE, 0, "close without an answer"},
    {"reset", FAULT_RESET, 0, "reset the connection (RST)"},
    {"empty", FAULT_EMPTY, 0, "status 200 and no body"},
    {"html", FAULT_HTML, 0, "status 200 and a page of HTML"},
    {"redirect", FAULT_REDIRECT, 0, "status 302 to http://localhost:1/"},
    {"big-error", FAULT_BIG_ERROR, 1 << 20, "status 400 with a message of VALUE bytes (1 MiB)"},
    {"huge", FAULT_HUGE, 10000000000, "VALUE bytes (10 GB) of spaces, of no announced length"},
    {"huge-length", FAULT_HUGE_LENGTH, 10000000000, "VALUE digits (10 GB) of announced length"},
    {"truncated-json", FAULT_TRUNCATED_JSON, 0, "the first half of the answer, as if it were all"},
    {"fewer-cells", FAULT_FEWER_CELLS, 0, "the last row lacks its last cell"},
    {"fewer-rows", FAULT_FEWER_ROWS, 0, "the last row is missing"},
    {"more-rows", FAULT_MORE_ROWS, 0, "the last row is there twice"},
    {"nan", FAULT_NAN, 0, "the last cell of the first row is the token NaN"},
    {"negative", FAULT_NEGATIVE, 0, "the last cell of the first row is negative"},
    {"string", FAULT_STRING, 0, "the last cell of the first row is a string"},
    {"one-null", FAULT_ONE_NULL, 0, "the last cell of the first row is null"},
    {"off-road", FAULT_OFF_ROAD, 0, "the first place of the request has no road near"},
    {"no-snaps", FAULT_NO_SNAPS, 0, "OSRM: places lack the distance to their road"},
    {"different", FAULT_DIFFERENT, 16,
     "10 m more in requests of fewer than VALUE cells (16), at one of N pairs"},
};

#define KINDS (sizeof kinds / sizeof *kinds)

/* Read a whole number and advance *text past it. Return false if there is none. */
static bool read_number(const char **text, unsigned long long *number)
{
    char *end;
    if (!isdigit((unsigned char)**text))
        return false;
    *number = strtoull(*text, &end, 10);
    *text = end;
    return true;
}

static bool read_when(const char *text, struct fault *fault)
{
    static const char every[] = ":every=";
    if (!*text)
        return true;
    if (strncmp(text, every, sizeof every - 1) == 0) {
        text += sizeof every - 1;
        return read_number(&text, &fault->every) && fault->every > 0 && !*text;
    }
    if (*text++ != ':')
        return false;
    return read_number(&text, &fault->left) && !*text;
}

bool fault_add(struct faults *faults, const char *text)
{
    size_t length = strcspn(text, "=:");
    size_t i = 0;
    while (i < KINDS &&
           (strlen(kinds[i].name) != length || strncmp(kinds[i].name, text, length) != 0))
        i++;
    if (i == KINDS || faults->count == sizeof faults->list / sizeof *faults->list)
        return false;
    struct fault fault = {
        .kind = kinds[i].kind, .name = kinds[i].name, .value = kinds[i].value, .left = ULLONG_MAX};
    text += length;
    if (*text == '=' && (text++, !read_number(&text, &fault.value)))
        return false;
    if (!read_when(text, &fault))
        return false;
    faults->list[faults->count++] = fault;
    return true;
}

const struct fault *fault_next(struct faults *faults)
{
    faults->requests++;
    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->list[i];
        if (fault->kind == FAULT_DIFFERENT)
            continue; /* applies to pairs, in every request */
        if (fault->every) {
            if (faults->requests % fault->every == 0)
                return fault;
        } else if (fault->left) {
            if (fault->left != ULLONG_MAX)
                fault->left--;
            return fault;
        }
    }
    return NULL;
}

const struct fault *fault_of_kind(const struct faults *faults, enum fault_kind kind)
{
    for (size_t i = 0; i < faults->count; i++)
        if (faults->list[i].kind == kind)
            return &faults->list[i];
    return NULL;
}

void fault_usage(FILE *file)
{
    for (size_t i = 0; i < KINDS; i++)
        fprintf(file, "  %-15s %s\n", kinds[i].name, kinds[i].about);
}
