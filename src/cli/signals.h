/* signals.h - Ctrl-C and the like, turned into a flag. */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <dmatrix/flag.h>

/* Makes SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGXCPU raise the flag that is returned. A system call
 * that waits is interrupted, again and again, until the process ends. Ignores SIGPIPE and SIGXFSZ
 * (a file too large): the write fails. */
dm_flag *dm_signals_catch(void);

#endif
