/* json_names.h - location names as JSON strings. */
#ifndef FORMAT_JSON_NAMES_H
#define FORMAT_JSON_NAMES_H

#include "format/labels.h"

/* A string in quotes (RFC 8259, section 7), and a comma. Bytes that are not UTF-8, which JSON must
 * be, become U+FFFD, the replacement character. */
extern const struct dm_label_style dm_label_json;

#endif
