/* help.h - what the program says about itself, on standard output. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

/* For somebody who has said nothing: on standard error. */
void dm_usage_print(void);

void dm_help_print(void);
void dm_version_print(void);

/* Everything there is to choose from, from the registries; `isa` is the instruction set asked for,
 * or NULL. */
void dm_list_print(const char *isa);

#endif
