/* command.h - the command as a whole: words in, exit code out. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

/* What main() does. It catches signals and changes the order of the words, so a process calls it
 * once. */
int dm_command(int argc, char **argv);

#endif
