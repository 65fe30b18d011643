/* help.h - --help, --version and --list, on standard output. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

/* Print a short usage to standard error, for a call without arguments. */
void dm_usage_print(void);

void dm_help_print(void);
void dm_version_print(void);

/* Print everything in the registries; `isa` is the requested instruction set, or NULL. */
void dm_list_print(const char *isa);

#endif
