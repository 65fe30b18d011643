#include "stub_http.h"

#include "stub_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Return the length of the head including its empty line, or 0 if the head is incomplete. */
static size_t head_length(const char *bytes, size_t length)
{
    for (size_t i = 3; i < length; i++)
        if (bytes[i] == '\n' && memcmp(bytes + i - 3, "\r\n\r\n", 4) == 0)
            return i + 1;
    return 0;
}

static int hex_digit(char digit)
{
    return isdigit((unsigned char)digit)    ? digit - '0'
           : isxdigit((unsigned char)digit) ? tolower((unsigned char)digit) - 'a' + 10
                                            : -1;
}

static char *decoded(const char *text, size_t length)
{
    char *result = must_allocate(length + 1, 1), *end = result;
    for (size_t i = 0; i < length; i++) {
        int high = text[i] == '%' && i + 2 < length ? hex_digit(text[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low >= 0 && high + low > 0) {
            *end++ = (char)(high * 16 + low);
            i += 2;
        } else {
            *end++ = text[i];
        }
    }
    return result;
}

/* Read "METHOD TARGET HTTP/1.x". */
static bool parse_first_line(const char *line, size_t length, struct request *request)
{
    const char *space = memchr(line, ' ', length);
    size_t method_length = space ? (size_t)(space - line) : 0;
    if (!method_length || method_length >= sizeof request->method)
        return false;
    const char *target = space + 1, *end = line + length;
    const char *target_end = memchr(target, ' ', (size_t)(end - target));
    if (*target != '/' || !target_end || end - target_end != 9 ||
        memcmp(target_end + 1, "HTTP/1.", 7) != 0)
        return false;
    memcpy(request->method, line, method_length);
    request->method[method_length] = '\0';
    request->target = decoded(target, (size_t)(target_end - target));
    request->keep_alive = end[-1] != '0';
    return true;
}

/* Return the value if this line is the header `name`, else NULL. */
static const char *value_of(const char *line, size_t length, const char *name, size_t *value_length)
{
    size_t name_length = strlen(name);
    if (length <= name_length || line[name_length] != ':' ||
        strncasecmp(line, name, name_length) != 0)
        return NULL;
    const char *value = line + name_length + 1, *end = line + length;
    while (value < end && isspace((unsigned char)*value))
        value++;
    while (value < end && isspace((unsigned char)end[-1]))
        end--;
    *value_length = (size_t)(end - value);
    return value;
}

static bool is_word(const char *value, size_t length, const char *word)
{
    return length == strlen(word) && strncasecmp(value, word, length) == 0;
}

/* Return 0, or the HTTP status of the error. */
static int parse_length(const char *value, size_t length, size_t *result)
{
    *result = 0;
    if (!length)
        return 400;
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)value[i]))
            return 400;
        *result = *result * 10 + (size_t)(value[i] - '0');
        if (*result > LONGEST_BODY)
            return 413;
    }
    return 0;
}

static int parse_header(const char *line, size_t length, struct request *request)
{
    size_t value_length;
    const char *value;
    if ((value = value_of(line, length, "Content-Length", &value_length)))
        return parse_length(value, value_length, &request->body_length);
    if (value_of(line, length, "Transfer-Encoding", &value_length))
        return 411; /* chunked bodies are not supported */
    if ((value = value_of(line, length, "Connection", &value_length))) {
        if (is_word(value, value_length, "close"))
            request->keep_alive = false;
        if (is_word(value, value_length, "keep-alive"))
            request->keep_alive = true;
    }
    if ((value = value_of(line, length, "Expect", &value_length)))
        request->expects_continue = is_word(value, value_length, "100-continue");
    if (value_of(line, length, "Authorization", &value_length))
        request->has_authorization = true;
    return 0;
}

static int parse_head(const char *head, size_t length, struct request *request)
{
    const char *line = head, *end = head + length - 2; /* without the empty line */
    while (line < end) {
        const char *line_end = memchr(line, '\n', (size_t)(end - line));
        if (!line_end || line_end == line || line_end[-1] != '\r')
            return 400;
        size_t line_length = (size_t)(line_end - 1 - line);
        int refused = 0;
        if (line == head)
            refused = parse_first_line(line, line_length, request) ? 0 : 400;
        else
            refused = parse_header(line, line_length, request);
        if (refused)
            return refused;
        line = line_end + 1;
    }
    return 0;
}

enum http_state http_parse(const char *bytes, size_t length, struct request *request, int *status)
{
    *request = (struct request){0};
    size_t head = head_length(bytes, length < LONGEST_HEAD ? length : LONGEST_HEAD);
    if (!head) {
        *status = 431;
        return length < LONGEST_HEAD ? HTTP_INCOMPLETE : HTTP_BAD;
    }
    *status = parse_head(bytes, head, request);
    if (*status)
        return HTTP_BAD;
    request->body = bytes + head;
    request->length = head + request->body_length;
    return length < request->length ? HTTP_INCOMPLETE : HTTP_COMPLETE;
}

const char *http_reason(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},
        {302, "Found"},
        {400, "Bad Request"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Unknown";
}
