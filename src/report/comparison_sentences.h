/* comparison_sentences.h - what a comparison comes to, in words. */
#ifndef REPORT_COMPARISON_SENTENCES_H
#define REPORT_COMPARISON_SENTENCES_H

#include <dmatrix/compare.h>

enum { DM_SENTENCE_LENGTH = 1024 };

/* Which trial was fastest, and by how much, or which were equally fast. `sorted`: all of them, the
 * fastest first. */
void dm_winner_sentence(char text[DM_SENTENCE_LENGTH], const struct dm_comparison *comparison,
                        const struct dm_trial *const *sorted);

/* Where the time of a trial went, and why it was not faster. */
void dm_causes_sentence(char text[DM_SENTENCE_LENGTH], const struct dm_comparison *comparison,
                        const struct dm_trial *trial);

#endif
