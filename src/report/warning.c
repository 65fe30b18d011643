#include "report/warning.h"

#include "base/text.h"
#include "report/terminal.h"
#include "report/wrap.h"

#include <stdlib.h>
#include <unistd.h>

FILE *dm_warning_begin(struct dm_warning *warning, FILE *stream)
{
    *warning = (struct dm_warning){.stream = stream};
    warning->text = open_memstream(&warning->bytes, &warning->size);
    if (!warning->text)
        warning->text = stream; /* without memory it is not wrapped */
    fputs("dmatrix: warning: ", warning->text);
    return warning->text;
}

void dm_warning_end(struct dm_warning *warning)
{
    int file = fileno(warning->stream);
    if (warning->text == warning->stream) {
        fputc('\n', warning->stream);
        return;
    }
    if (fclose(warning->text) == 0 && isatty(file)) {
        dm_put_wrapped(warning->stream, warning->bytes, 0, dm_table_columns(file) - 1);
    } else if (warning->bytes) {
        fputs(warning->bytes, warning->stream);
        fputc('\n', warning->stream);
    }
    free(warning->bytes);
}
