/* help.h - what the program says about itself, on standard output. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

void dm_help_print(void);
void dm_version_print(void);
void dm_list_print(void); /* everything there is to choose from, from the registries */

#endif
