/* generate.h - texts that are made of the table of options, so that they say what the command does:
 * completions for shells, and its manual page. All go to standard output. */
#ifndef GENERATE_GENERATE_H
#define GENERATE_GENERATE_H

#include "cli/options.h"

#include <dmatrix/status.h>

void dm_generate_bash(void);
void dm_generate_zsh(void);
void dm_generate_fish(void);

/* The page that the file `template` is, in which the line @OPTIONS@ stands for the options, and
 * @VERSION@ for the version. DM_IO: it cannot be read. */
enum dm_status dm_generate_man(const char *template, struct dm_error *error);

#endif
