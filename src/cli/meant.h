/* meant.h - guesses of what a user may have meant. */
#ifndef CLI_MEANT_H
#define CLI_MEANT_H

#include <stdbool.h>
#include <stddef.h>

enum { DM_MEANT_LENGTH = 160 };

/* Return the rest of a word after its leading dashes. *typographic is true if one of them is a dash
 * of a word processor instead of a hyphen. */
const char *dm_after_dashes(const char *word, bool *typographic);

/* Guess the option meant by a word with missing or wrong dashes, or by a value alone: "help",
 * "executor=pool", "pool" for --executor=pool. Return false if there is none. */
bool dm_option_meant(const char *word, char meant[DM_MEANT_LENGTH]);

/* Find the option that takes a value: --executor=pool for "pool". Return false if none does. */
bool dm_value_meant(const char *word, char meant[DM_MEANT_LENGTH]);

#endif
