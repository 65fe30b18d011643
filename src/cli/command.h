/* command.h - the whole command: arguments in, exit status out. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/team.h"

/* Run the command and return its exit status. It installs signal handlers and reorders argv, so a
 * process calls it only once. The processes of a team share the run, and rank 0 alone prints; NULL:
 * this process alone. */
int dm_command(int argc, char **argv, struct dm_team *team);

#endif
