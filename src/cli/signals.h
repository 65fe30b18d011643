/* signals.h - signals that stop the run set a flag. */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <dmatrix/flag.h>

/* Make SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGXCPU set the flag that is returned. From then on
 * waiting system calls are interrupted repeatedly until the process ends. SIGPIPE and SIGXFSZ (a
 * file is too large) are ignored, so that the write fails instead. */
dm_flag *dm_signals_catch(void);

#endif
