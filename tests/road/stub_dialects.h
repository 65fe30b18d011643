/* The three dialects. Each function reads a request and writes a table or an error. */
#ifndef STUB_DIALECTS_H
#define STUB_DIALECTS_H

#include "stub_block.h"

void osrm_answer(const struct rules *rules, const char *target, const struct fault *fault,
                 struct answer *answer);
void valhalla_answer(const struct rules *rules, const json_t *request, const struct fault *fault,
                     struct answer *answer);
void ors_answer(const struct rules *rules, const json_t *request, const struct fault *fault,
                struct answer *answer);

/* Write an error. `code` is a name (OSRM) or a number in digits (the others). */
void osrm_error(struct answer *answer, int status, const char *code, const char *message);
void valhalla_error(struct answer *answer, int status, const char *code, const char *message);
void ors_error(struct answer *answer, int status, const char *code, const char *message);

/* Begin a JSON answer: set the status, the type and the log's code, and empty the body. */
void answer_code(struct answer *answer, int status, const char *code);

#endif
