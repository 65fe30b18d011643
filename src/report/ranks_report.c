#include "report/ranks_report.h"

#include "base/text.h"
#include "report/style.h"
#include "report/wrap.h"

#include <math.h>
#include <string.h>

enum { FEW = 16, CELL = 9, HOST = 24 };

/* Return true if no process before this one is on its machine. */
static bool is_new_host(const struct dm_report *report, uint64_t index)
{
    for (uint64_t i = 0; i < index; i++)
        if (strcmp(report->ranks[i].host, report->ranks[index].host) == 0)
            return false;
    return true;
}

uint64_t dm_ranks_hosts(const struct dm_report *report)
{
    uint64_t hosts = 0;
    for (uint64_t i = 0; i < report->rank_count; i++)
        hosts += is_new_host(report, i);
    return hosts;
}

/* Write a share of the process's time: "73 %". */
static const char *share_text(char text[CELL], uint64_t ns, uint64_t total_ns)
{
    double share = total_ns > 0 ? 100 * (double)ns / (double)total_ns : 0;
    snprintf(text, CELL, "%.0f %%", fmin(share, 100));
    return text;
}

static void print_rank(FILE *stream, uint64_t number, const struct dm_rank *rank, int host)
{
    char pairs[DM_COUNT_LENGTH], shares[4][CELL];
    const uint64_t times[] = {rank->compute_ns, rank->encode_ns, rank->write_ns, rank->wait_ns};
    fprintf(stream, "%*s%-6llu%-*.*s%8u%16s", DM_REPORT_INDENT, "", (unsigned long long)number,
            host, host, rank->host, rank->threads, dm_count_text(pairs, rank->pairs));
    for (int i = 0; i < 4; i++)
        fprintf(stream, "%*s", CELL, share_text(shares[i], times[i], rank->total_ns));
    fputc('\n', stream);
}

void dm_ranks_print(FILE *stream, const struct dm_report *report, bool details, size_t width)
{
    char text[128], ranks[DM_COUNT_LENGTH], hosts[DM_COUNT_LENGTH];
    uint64_t host_count = dm_ranks_hosts(report);
    size_t host = 4;
    if (report->rank_count == 0)
        return;
    dm_append(text, sizeof text,
              "%s process%s on %s machine%s; the times above are those of rank 0",
              dm_count_text(ranks, report->rank_count), report->rank_count == 1 ? "" : "es",
              dm_count_text(hosts, host_count), host_count == 1 ? "" : "s");
    dm_put_indented(stream, text, DM_REPORT_INDENT, width);
    if (report->rank_count > FEW && !details)
        return;
    for (uint64_t i = 0; i < report->rank_count; i++)
        host = (size_t)fmax((double)host, (double)strlen(report->ranks[i].host));
    host = (size_t)fmin((double)host, HOST);
    fprintf(stream, "\n%*s%-6s%-*s%8s%16s%*s%*s%*s%*s\n", DM_REPORT_INDENT, "", "rank", (int)host,
            "host", "threads", "distances", CELL, "compute", CELL, "encode", CELL, "write", CELL,
            "wait");
    for (uint64_t i = 0; i < report->rank_count; i++)
        print_rank(stream, i, &report->ranks[i], (int)host);
    dm_put_indented(stream,
                    "write: in write calls; wait: for other processes; both are a part of encode "
                    "or compute, and of finish",
                    DM_REPORT_INDENT, width);
}
