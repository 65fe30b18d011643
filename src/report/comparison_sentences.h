/* comparison_sentences.h - the conclusions of a comparison, as sentences. */
#ifndef REPORT_COMPARISON_SENTENCES_H
#define REPORT_COMPARISON_SENTENCES_H

#include <dmatrix/compare.h>

enum { DM_SENTENCE_LENGTH = 1024 };

/* Write which trial was the fastest, and by how much, or which were equally fast. `sorted` has all
 * trials, the fastest first. */
void dm_winner_sentence(char text[DM_SENTENCE_LENGTH], const struct dm_comparison *comparison,
                        const struct dm_trial *const *sorted);

/* Write where the time of a trial went, and why it was not faster. */
void dm_causes_sentence(char text[DM_SENTENCE_LENGTH], const struct dm_comparison *comparison,
                        const struct dm_trial *trial);

#endif
