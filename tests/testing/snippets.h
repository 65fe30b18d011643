/* snippets.h - small tables, and what loading them gives, as a compact text: the places, the
 * columns and whatever notes are set, or the message with its suggestions. Notes that a snippet
 * does not mention must not be set. */
#ifndef TESTING_SNIPPETS_H
#define TESTING_SNIPPETS_H

#include "testing/testing.h"

struct snippet {
    const char *what; /* shown if the snippet fails */
    const char *text; /* of the file x.csv */
    struct dm_load_options options;
    const char *wanted;
    size_t length; /* of a text that contains NUL; 0: up to the first NUL */
    bool two;      /* a row may have two places */
};

#define BYTES(string) .text = (string), .length = sizeof(string) - 1

/* Load all snippets, print those with another outcome, and fail if there are any. */
void check_snippets(const struct snippet *snippets, size_t count);

#define CHECK(snippets) check_snippets(snippets, sizeof(snippets) / sizeof *(snippets))

/* Write snippets to the folder that the first argument names, if there is one, instead of loading
 * them, for tests/cli/suggestions.sh. */
void take_folder(int argc, char **argv);

/* What most snippets have. */
#define PARIS_ROME "Paris 48.8566 2.3522; Rome 41.9028 12.4964 | "
#define BY_NAME "name \"name\", latitude \"lat\", longitude \"lon\""

#endif
