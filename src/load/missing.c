#include "load/missing.h"

#include "base/text.h"

#include <string.h>

bool dm_is_missing(const char *text, size_t length)
{
    static const char *const
        words[] = {"NA",      "N/A",      "#N/A",      "n.a.",         "NULL",  "None",   "nil",
                   "NaN",     "\\N",      "-",         "--",           "?",     ".",      "..",
                   "#VALUE!", "#REF!",    "#NAME?",    "#DIV/0!",      "#NUM!", "<NA>",   "(null)",
                   "missing", "unknown",  "undefined", "NaT",          "TBD",   "*",      "----",
                   "n/d",     "s/d",      "k.A.",      "n.v.t.",       "#NV",   "#WERT!", "#BEZUG!",
                   "#N/D",    "#VALEUR!", "#NOME?",    "not available"}; /* of several languages */
    char word[16];
    size_t begin = strspn(text, " \t");
    while (length > begin && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    if (length <= begin)
        return true;
    if (length - begin >= sizeof word)
        return false;
    memcpy(word, text + begin, length - begin);
    word[length - begin] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dm_same_word(word, words[i]))
            return true;
    return false;
}

bool dm_is_missing_code(const char *text, size_t length)
{
    size_t begin = strspn(text, " \t");
    begin += text[begin] == '-' || text[begin] == '+';
    size_t nines = strspn(text + begin, "9"), at = begin + nines;
    if (nines < 2)
        return false;
    if (text[at] == '.' || text[at] == ',') {
        at += 1 + strspn(text + at + 1, "9");
        at += strspn(text + at, "0");
    }
    return at + strspn(text + at, " \t") == length;
}
