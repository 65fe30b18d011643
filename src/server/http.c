/* The only file that uses libcurl (https://curl.se/libcurl/c/). */
#define _DEFAULT_SOURCE /* TCP_QUICKACK */
#include "server/http.h"

#include "base/room.h"

#include <dmatrix/version.h>

#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    CONNECT_MS = 10000,      /* for a connection */
    HEADER_LIMIT = 64 << 10, /* bytes of the headers of an answer */
    LATER_SECONDS = 3600     /* longest wait that a server may ask for */
};

_Static_assert(sizeof((struct dm_transfer *)NULL)->error >= CURL_ERROR_SIZE, "too short");

struct dm_http {
    const struct dm_http_settings *settings;
    CURLM *multi;
    struct dm_transfer *transfers; /* started and not forgotten */
    curl_socket_t *sockets;        /* of the connections */
    size_t socket_count, socket_room;
};

bool dm_http_begin_use(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

void dm_http_end_use(void)
{
    curl_global_cleanup();
}

struct dm_http *dm_http_new(const struct dm_http_settings *settings)
{
    struct dm_http *http = calloc(1, sizeof *http);
    if (!http)
        return NULL;
    http->settings = settings;
    http->multi = curl_multi_init();
    if (http->multi)
        return http;
    free(http);
    return NULL;
}

void dm_http_free(struct dm_http *http)
{
    if (!http)
        return;
    while (http->transfers)
        dm_http_forget(http->transfers);
    curl_multi_cleanup(http->multi);
    free(http->sockets);
    free(http);
}

void dm_http_forget(struct dm_transfer *transfer)
{
    struct dm_http *http = transfer->http;
    if (http) {
        struct dm_transfer **at = &http->transfers;
        while (*at != transfer)
            at = &(*at)->next;
        *at = transfer->next;
        if (transfer->handle)
            curl_multi_remove_handle(http->multi, transfer->handle);
    }
    curl_easy_cleanup(transfer->handle);
    curl_slist_free_all(transfer->headers);
    free(transfer->bytes);
    transfer->http = NULL;
    transfer->handle = transfer->headers = NULL;
    transfer->bytes = NULL;
}

/* ---- what comes ---- */

/* Make room for `more` bytes, up to the limit. What a server says of its answer's size is not
 * trusted: the block grows with what has come. */
static bool make_room(struct dm_transfer *transfer, size_t more)
{
    if (more > transfer->limit - transfer->length)
        return false;
    size_t wanted = transfer->length + more;
    if (wanted <= transfer->room)
        return true;
    size_t room = transfer->room < 4096 ? 4096 : 2 * transfer->room;
    room = room < wanted ? wanted : room;
    char *bytes = realloc(transfer->bytes, room);
    if (!bytes)
        return false;
    transfer->bytes = bytes;
    transfer->room = room;
    return true;
}

/* Called by libcurl with bytes of the answer, decompressed. A wrong result ends the transfer. */
static size_t take_bytes(char *bytes, size_t size, size_t count, void *data)
{
    struct dm_transfer *transfer = data;
    size_t length = size * count;
    if (!make_room(transfer, length)) {
        if (length > transfer->limit - transfer->length)
            snprintf(transfer->why, sizeof transfer->why,
                     "the answer is longer than %zu bytes, which no answer to this request is",
                     transfer->limit);
        else
            snprintf(transfer->why, sizeof transfer->why, "out of memory for the answer");
        return 0;
    }
    memcpy(transfer->bytes + transfer->length, bytes, length);
    transfer->length += length;
    return length;
}

/* Acknowledge at once what has come on any connection. */
static void acknowledge(const struct dm_http *http)
{
#ifdef TCP_QUICKACK
    for (size_t i = 0; i < http->socket_count; i++)
        (void)setsockopt(http->sockets[i], IPPROTO_TCP, TCP_QUICKACK, &(int){1}, sizeof(int));
#else
    (void)http;
#endif
}

/* Take a line of the headers, which are not kept, as take_bytes() takes a part of the body. */
static size_t take_header(char *bytes, size_t size, size_t count, void *data)
{
    struct dm_transfer *transfer = data;
    size_t length = size * count;
    (void)bytes;
    if (!transfer->reached)
        acknowledge(transfer->http);
    transfer->reached = true;
    transfer->header_bytes += length;
    if (transfer->header_bytes <= HEADER_LIMIT)
        return length;
    snprintf(transfer->why, sizeof transfer->why,
             "the headers of the answer are longer than %d bytes", (int)HEADER_LIMIT);
    return 0;
}

/* ---- connections ---- */

/* OSRM sends an answer in two parts, the second when the first is acknowledged. Systems delay that,
 * in the hope of sending something with it: then each request but the first of a connection takes
 * 40 ms longer. libcurl does not tell on which connection an answer comes, so that the sockets are
 * noted when they are opened. Without memory for one, its answers are late. */
static int note_opened(void *data, curl_socket_t socket, curlsocktype purpose)
{
    struct dm_http *http = data;
    (void)purpose;
    if (dm_grow(&http->sockets, &http->socket_room, http->socket_count + 1, sizeof socket))
        http->sockets[http->socket_count++] = socket;
    return CURL_SOCKOPT_OK;
}

static int close_noted(void *data, curl_socket_t socket)
{
    struct dm_http *http = data;
    for (size_t i = 0; i < http->socket_count; i++)
        if (http->sockets[i] == socket)
            http->sockets[i] = http->sockets[--http->socket_count];
    return close(socket);
}

/* ---- starting ---- */

static bool add_header(struct dm_transfer *transfer, const char *header)
{
    struct curl_slist *longer = curl_slist_append(transfer->headers, header);
    if (longer)
        transfer->headers = longer;
    return longer != NULL;
}

static bool add_headers(struct dm_transfer *transfer, const struct dm_http_settings *settings)
{
    bool added = add_header(transfer, "Accept: application/json");
    if (added && transfer->body)
        added = add_header(transfer, "Content-Type: application/json") &&
                add_header(transfer, "Expect:"); /* no wait for leave to send the body */
    return added && (!settings->header || add_header(transfer, settings->header));
}

/* Set one option and keep the first fault. */
#define SET(option, value)                                                                         \
    do {                                                                                           \
        if (code == CURLE_OK)                                                                      \
            code = curl_easy_setopt(easy, option, value);                                          \
    } while (0)

/* Trust what the user names, as OpenSSL's own programs do; libcurl does not look there. */
static CURLcode set_certificates(CURL *easy)
{
    CURLcode code = CURLE_OK;
    const char *file = getenv("SSL_CERT_FILE"), *folder = getenv("SSL_CERT_DIR");
    if (file && *file)
        SET(CURLOPT_CAINFO, file);
    if (folder && *folder)
        SET(CURLOPT_CAPATH, folder);
    return code;
}

/* Set what is the same for all requests. Redirects are not followed: headers with a key could go
 * elsewhere with them. The path is left as it is, so that a profile "../x" stays one. */
static CURLcode set_common(CURL *easy, const struct dm_http_settings *settings)
{
    CURLcode code = CURLE_OK;
    long timeout_ms = (long)((settings->timeout_ns + 999999) / 1000000);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_USERAGENT, "dmatrix/" DM_VERSION);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_TIMEOUT_MS, timeout_ms);
    SET(CURLOPT_CONNECTTIMEOUT_MS, timeout_ms < CONNECT_MS ? timeout_ms : (long)CONNECT_MS);
    SET(CURLOPT_QUICK_EXIT, 1L); /* no wait for a name that is being looked up */
    if (settings->user) {
        SET(CURLOPT_USERNAME, settings->user);
        SET(CURLOPT_PASSWORD, settings->password ? settings->password : "");
    }
    return code;
}

static CURLcode set_request(CURL *easy, struct dm_transfer *transfer)
{
    CURLcode code = CURLE_OK;
    SET(CURLOPT_URL, transfer->url);
    SET(CURLOPT_HTTPHEADER, (struct curl_slist *)transfer->headers);
    SET(CURLOPT_PRIVATE, transfer);
    SET(CURLOPT_WRITEFUNCTION, take_bytes);
    SET(CURLOPT_WRITEDATA, transfer);
    SET(CURLOPT_HEADERFUNCTION, take_header);
    SET(CURLOPT_HEADERDATA, transfer);
    SET(CURLOPT_ERRORBUFFER, transfer->error);
    SET(CURLOPT_SOCKOPTFUNCTION, note_opened);
    SET(CURLOPT_SOCKOPTDATA, transfer->http);
    SET(CURLOPT_CLOSESOCKETFUNCTION, close_noted);
    SET(CURLOPT_CLOSESOCKETDATA, transfer->http);
    if (transfer->body) {
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(transfer->body));
        SET(CURLOPT_POSTFIELDS, transfer->body);
    }
    return code;
}

static void fail(struct dm_transfer *transfer, const char *why)
{
    transfer->end = DM_HTTP_FAILED;
    snprintf(transfer->why, sizeof transfer->why, "%s", why);
}

void dm_http_start(struct dm_http *http, struct dm_transfer *transfer)
{
    CURL *easy = curl_easy_init();
    transfer->http = http;
    transfer->next = http->transfers;
    http->transfers = transfer;
    transfer->handle = easy;
    if (!easy || !add_headers(transfer, http->settings)) {
        fail(transfer, "out of memory for a request");
        return;
    }
    CURLcode code = set_common(easy, http->settings);
    if (code == CURLE_OK)
        code = set_certificates(easy);
    if (code == CURLE_OK)
        code = set_request(easy, transfer);
    if (code != CURLE_OK)
        fail(transfer, curl_easy_strerror(code));
    else if (curl_multi_add_handle(http->multi, easy) != CURLM_OK)
        fail(transfer, "libcurl refuses the request");
}

/* ---- ending ---- */

/* What a fault of libcurl means. */
static const struct {
    CURLcode code;
    enum dm_http_end end;
    const char *why; /* NULL: libcurl's own words */
} meanings[] = {
    {CURLE_COULDNT_RESOLVE_HOST, DM_HTTP_LOST, "the name of the server is not known"},
    {CURLE_COULDNT_RESOLVE_PROXY, DM_HTTP_LOST, "the name of the proxy is not known"},
    {CURLE_COULDNT_CONNECT, DM_HTTP_LOST, "the server cannot be connected to"},
    {CURLE_OPERATION_TIMEDOUT, DM_HTTP_LOST, "the server did not answer in time"},
    {CURLE_GOT_NOTHING, DM_HTTP_LOST, "the server closed the connection without an answer"},
    {CURLE_PARTIAL_FILE, DM_HTTP_LOST, "the connection was closed in the middle of the answer"},
    {CURLE_SEND_ERROR, DM_HTTP_LOST, "the connection was lost while sending"},
    {CURLE_RECV_ERROR, DM_HTTP_LOST, "the connection was lost while receiving"},
    {CURLE_HTTP2, DM_HTTP_LOST, "the connection was lost (HTTP/2)"},
    {CURLE_HTTP2_STREAM, DM_HTTP_LOST, "the server broke off the answer (HTTP/2)"},
    {CURLE_PEER_FAILED_VERIFICATION, DM_HTTP_FAILED, NULL},
    {CURLE_SSL_CACERT_BADFILE, DM_HTTP_FAILED, NULL},
    {CURLE_SSL_CONNECT_ERROR, DM_HTTP_LOST, NULL}, /* a reset while connecting, for one */
    {CURLE_UNSUPPORTED_PROTOCOL, DM_HTTP_FAILED, "what answers there does not speak HTTP"},
    {CURLE_WEIRD_SERVER_REPLY, DM_HTTP_FAILED, "what answers there does not speak HTTP"},
    {CURLE_BAD_CONTENT_ENCODING, DM_HTTP_FAILED, "the answer cannot be decompressed"},
    {CURLE_OUT_OF_MEMORY, DM_HTTP_FAILED, "out of memory for a request"},
};

/* Say what else helps the user, or "". */
static const char *hint(CURLcode code)
{
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return "; SSL_CERT_FILE names a file with certificates to trust";
    case CURLE_SSL_CONNECT_ERROR:
        return "; does the server speak https at this address?";
    default:
        return "";
    }
}

static void describe_fault(struct dm_transfer *transfer, CURLcode code)
{
    const char *words = *transfer->error ? transfer->error : curl_easy_strerror(code);
    transfer->end = DM_HTTP_FAILED;
    if (*transfer->why)
        return; /* ours, of take_bytes() or take_header() */
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (meanings[i].code == code) {
            transfer->end = meanings[i].end;
            words = meanings[i].why ? meanings[i].why : words;
        }
    }
    snprintf(transfer->why, sizeof transfer->why, "%.180s%s", words, hint(code));
}

static void read_answer(struct dm_transfer *transfer)
{
    curl_off_t later_s = 0;
    const char *location = NULL;
    curl_easy_getinfo(transfer->handle, CURLINFO_RESPONSE_CODE, &transfer->status);
    curl_easy_getinfo(transfer->handle, CURLINFO_REDIRECT_URL, &location);
    curl_easy_getinfo(transfer->handle, CURLINFO_RETRY_AFTER, &later_s); /* also for dates */
    later_s = later_s < 0 ? 0 : later_s > LATER_SECONDS ? LATER_SECONDS : later_s;
    transfer->later_ns = (uint64_t)later_s * 1000000000u;
    snprintf(transfer->location, sizeof transfer->location, "%s", location ? location : "");
    transfer->end = DM_HTTP_ANSWERED;
}

/* Return a transfer that has ended, or NULL. */
static struct dm_transfer *next_ended(struct dm_http *http)
{
    int left;
    for (const CURLMsg *message; (message = curl_multi_info_read(http->multi, &left));) {
        void *data = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &data);
        struct dm_transfer *transfer = data;
        if (code == CURLE_OK)
            read_answer(transfer);
        else
            describe_fault(transfer, code);
        return transfer;
    }
    return NULL;
}

/* Return a transfer that could not be started, or NULL. */
static struct dm_transfer *next_unstarted(const struct dm_http *http)
{
    struct dm_transfer *transfer = http->transfers;
    while (transfer && transfer->end == DM_HTTP_OPEN)
        transfer = transfer->next;
    return transfer;
}

struct dm_transfer *dm_http_wait(struct dm_http *http, int timeout_ms)
{
    int running;
    struct dm_transfer *ended = next_unstarted(http);
    CURLMcode code = ended ? CURLM_OK : curl_multi_perform(http->multi, &running);
    if (!ended)
        ended = next_ended(http);
    if (!ended && code == CURLM_OK)
        code = curl_multi_poll(http->multi, NULL, 0, timeout_ms, NULL);
    if (!ended && code == CURLM_OK) {
        code = curl_multi_perform(http->multi, &running);
        ended = next_ended(http);
    }
    if (!ended && code != CURLM_OK && http->transfers) { /* or they would never end */
        ended = http->transfers;
        fail(ended, curl_multi_strerror(code));
    }
    return ended;
}
