#include "report/workers.h"

#include "base/text.h"
#include "report/style.h"
#include "report/wrap.h"

enum { CELLS = 4 };

static void print_cells(const struct dm_workers_table *table, const char *label,
                        const char *const cells[CELLS])
{
    enum { LABEL = 9, CELL = 11 };
    fprintf(table->stream, "%*s%-*s", DM_REPORT_INDENT, "", LABEL, label);
    for (size_t i = 0; i < CELLS; i++)
        fprintf(table->stream, "%*s", CELL + (i > 0), cells[i]);
    fputc('\n', table->stream);
}

void dm_workers_print(const struct dm_workers_table *table, const char *label,
                      const struct dm_worker_stats *workers, unsigned count, uint64_t runs)
{
    print_cells(table, label, (const char *const[CELLS]){"tasks", "busy", "waiting", "creating"});
    for (unsigned i = 0; i < count; i++) {
        const struct dm_worker_stats *worker = &workers[i];
        char name[32], tasks[DM_COUNT_LENGTH], busy[DM_CELL_LENGTH], waiting[DM_CELL_LENGTH],
            creating[DM_CELL_LENGTH];
        snprintf(name, sizeof name, "worker %-2u", i);
        print_cells(
            table, name,
            (const char *const[CELLS]){dm_count_text(tasks, (worker->tasks + runs / 2) / runs),
                                       dm_time_text(busy, worker->busy_ns / runs),
                                       dm_time_text(waiting, worker->waiting_ns / runs),
                                       dm_time_text(creating, worker->creating_ns / runs)});
    }
}

void dm_workers_explain(const struct dm_workers_table *table)
{
    dm_put_indented(table->stream,
                    "worker 0 is the calling thread; busy: running tasks, claiming them and "
                    "writing; waiting: idle; creating: starting threads",
                    DM_REPORT_INDENT, table->width);
}
