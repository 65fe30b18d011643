/* command_line.h - the command line as one string. */
#ifndef CLI_COMMAND_LINE_H
#define CLI_COMMAND_LINE_H

/* The words joined by blanks, quoted as a shell would want them. The caller frees it; NULL: out of
 * memory. */
char *dm_command_line(int argc, char *const *argv);

#endif
