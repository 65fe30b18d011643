/* meant.h - what somebody may have meant who is new here. */
#ifndef CLI_MEANT_H
#define CLI_MEANT_H

#include <stdbool.h>
#include <stddef.h>

enum { DM_MEANT_LENGTH = 160 };

/* The rest of a word after the hyphens that it begins with; those that a word processor made of
 * them count, and *typographic tells whether there are any. */
const char *dm_after_dashes(const char *word, bool *typographic);

/* The option that was meant by a word in which a dash is missing or wrong, or all dashes are:
 * "help", "executor=pool", "pool" for --executor=pool. False: none was. */
bool dm_option_meant(const char *word, char meant[DM_MEANT_LENGTH]);

/* The option that takes such a value: "pool" for --executor=pool. False: none does. */
bool dm_value_meant(const char *word, char meant[DM_MEANT_LENGTH]);

#endif
