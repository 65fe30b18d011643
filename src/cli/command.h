/* command.h - the whole command: arguments in, exit status out. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

/* Run the command and return its exit status. It installs signal handlers and reorders argv, so a
 * process calls it only once. */
int dm_command(int argc, char **argv);

#endif
