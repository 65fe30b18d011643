#include "stub_answer.h"

#include "stub_dialects.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define JSON_TYPE "application/json; charset=UTF-8"

const char *const dialect_names[DIALECTS] = {"osrm", "valhalla", "ors"};

static void (*const errors[DIALECTS])(struct answer *answer, int status, const char *code,
                                      const char *message) = {osrm_error, valhalla_error,
                                                              ors_error};

void answer_code(struct answer *answer, int status, const char *code)
{
    answer->status = status;
    answer->type = JSON_TYPE;
    answer->body.length = 0;
    snprintf(answer->code, sizeof answer->code, "%d:%s", status, code);
}

void answer_html(struct answer *answer, int status)
{
    answer_code(answer, status, "html");
    answer->type = "text/html";
    text_add(&answer->body,
             "<html>\r\n<head><title>%d %s</title></head>\r\n<body>\r\n<center><h1>%d %s</h1>"
             "</center>\r\n</body>\r\n</html>\r\n",
             status, http_reason(status), status, http_reason(status));
}

void answer_too_often(struct answer *answer, unsigned long long seconds)
{
    answer_code(answer, 429, "rate");
    text_add(&answer->headers, "Retry-After: %llu\r\n", seconds);
    text_add(&answer->body, "{\"message\":\"Too Many Requests\"}");
}

static void answer_too_often_until(struct answer *answer, unsigned long long seconds)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t until = time(NULL) + (time_t)seconds;
    struct tm date;
    if (!gmtime_r(&until, &date))
        return;
    answer_html(answer, 429);
    text_add(&answer->headers, "Retry-After: %s, %02d %s %d %02d:%02d:%02d GMT\r\n",
             days[date.tm_wday], date.tm_mday, months[date.tm_mon], 1900 + date.tm_year,
             date.tm_hour, date.tm_min, date.tm_sec);
}

static void answer_big_error(struct answer *answer, enum dialect dialect, size_t length)
{
    char *message = must_allocate(length + 1, 1);
    memset(message, 'x', length);
    errors[dialect](answer, 400, dialect == DIALECT_OSRM ? "InvalidValue" : "100", message);
    free(message);
}

/* Replace the answer, or a part of it, as the fault requires. */
static void apply_fault(struct answer *answer, enum dialect dialect, const struct fault *fault)
{
    switch (fault->kind) {
    case FAULT_429:
        answer_too_often(answer, fault->value);
        break;
    case FAULT_429_HTML:
        answer_html(answer, 429);
        break;
    case FAULT_429_DATE:
        answer_too_often_until(answer, fault->value);
        break;
    case FAULT_500:
        errors[dialect](answer, 500, dialect == DIALECT_OSRM ? "InternalError" : "199",
                        "Internal error");
        break;
    case FAULT_502:
        answer_html(answer, 502);
        break;
    case FAULT_503:
        answer_html(answer, 503);
        break;
    case FAULT_EMPTY:
        answer_code(answer, 200, "empty");
        break;
    case FAULT_HTML:
        answer_html(answer, 200);
        break;
    case FAULT_REDIRECT:
        answer_html(answer, 302);
        text_add(&answer->headers, "Location: http://localhost:1/\r\n");
        break;
    case FAULT_BIG_ERROR:
        answer_big_error(answer, dialect, (size_t)fault->value);
        break;
    case FAULT_TRUNCATED_JSON:
        answer->body.length /= 2;
        break;
    default: /* already in the table, or left to the connection */
        break;
    }
    snprintf(answer->code, sizeof answer->code, "fault:%s", fault->name);
}

static enum dialect dialect_of(const struct request *request)
{
    size_t path_length = strcspn(request->target, "?");
    if (strcmp(request->method, "GET") == 0)
        return DIALECT_OSRM;
    static const char valhalla[] = "/sources_to_targets", ors[] = "/v2/matrix/";
    if (path_length >= sizeof valhalla - 1 &&
        strncmp(request->target + path_length - (sizeof valhalla - 1), valhalla,
                sizeof valhalla - 1) == 0)
        return DIALECT_VALHALLA;
    return strstr(request->target, ors) ? DIALECT_ORS : DIALECTS;
}

static void answer_recorded(const json_t *exchange, struct answer *answer)
{
    answer_code(answer, (int)json_integer_value(json_object_get(exchange, "status")), "recorded");
    const json_t *recorded = json_object_get(exchange, "body");
    const json_t *durations = json_object_get(recorded, "durations");
    answer->origins = json_array_size(durations);
    answer->destinations = json_array_size(json_array_get(durations, 0));
    char *body = json_dumps(recorded, JSON_COMPACT | JSON_REAL_PRECISION(15));
    if (body)
        text_add_bytes(&answer->body, body, strlen(body));
    free(body);
}

static void answer_posted(const struct rules *rules, const struct request *request,
                          enum dialect dialect, const struct fault *fault, struct answer *answer)
{
    json_t *body = json_loadb(request->body, request->body_length, 0, NULL);
    if (dialect == DIALECT_VALHALLA)
        valhalla_answer(rules, body, fault, answer);
    else
        ors_answer(rules, body, fault, answer);
    json_decref(body);
}

void answer_request(const struct rules *rules, const struct request *request,
                    const struct fault *fault, struct answer *answer)
{
    enum dialect dialect = dialect_of(request);
    bool as_recorded = dialect == DIALECT_OSRM && !fault && !rules->different;
    const json_t *exchange = as_recorded ? table_exchange(&rules->table, request->target) : NULL;
    if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "POST") != 0)
        answer_html(answer, 405);
    else if (dialect == DIALECTS || !rules->serves[dialect])
        answer_html(answer, 404);
    else if (exchange)
        answer_recorded(exchange, answer);
    else if (dialect == DIALECT_OSRM)
        osrm_answer(rules, request->target, fault, answer);
    else
        answer_posted(rules, request, dialect, fault, answer);
    if (fault)
        apply_fault(answer, dialect == DIALECTS ? DIALECT_OSRM : dialect, fault);
}

void answer_free(struct answer *answer)
{
    text_free(&answer->headers);
    text_free(&answer->body);
}
