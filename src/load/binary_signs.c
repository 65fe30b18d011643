#include "load/binary_signs.h"

#include <string.h>

/* Return true if the file has these bytes at that offset. */
static bool has_at(const struct dm_chunk *start, size_t offset, const char *bytes, size_t length)
{
    return offset <= start->length && length <= start->length - offset &&
           memcmp(start->bytes + offset, bytes, length) == 0;
}

static unsigned byte_at(const struct dm_chunk *start, size_t offset)
{
    return offset < start->length ? (unsigned char)start->bytes[offset] : 0;
}

/* Return the little-endian number in two bytes. */
static unsigned u16_at(const struct dm_chunk *start, size_t offset)
{
    return byte_at(start, offset) + 256 * byte_at(start, offset + 1);
}

/* ---- compression ---- */

/* A block, or the end of a file without any, follows the four bytes of the header. */
bool dm_is_bzip2(const struct dm_chunk *start)
{
    return byte_at(start, 3) >= '1' && byte_at(start, 3) <= '9' &&
           (has_at(start, 4, "\x31\x41\x59\x26\x53\x59", 6) ||
            has_at(start, 4, "\x17\x72\x45\x38\x50\x90", 6));
}

/* ---- archives ---- */

/* Name of a file in a ZIP archive. */
struct entry {
    size_t offset, length; /* of the name in the archive, in bytes */
};

/* Find the next header of a file from `offset` on. */
static bool next_entry(const struct dm_chunk *start, size_t offset, struct entry *entry)
{
    enum { HEADER = 30, NAME_LENGTH = 26 };
    for (; offset + HEADER <= start->length; offset++) {
        const char *found = memchr(start->bytes + offset, 'P', start->length - HEADER - offset + 1);
        if (!found)
            return false;
        offset = (size_t)(found - start->bytes);
        if (!has_at(start, offset, "PK\x03\x04", 4))
            continue;
        entry->offset = offset + HEADER;
        entry->length = u16_at(start, offset + NAME_LENGTH);
        return true;
    }
    return false;
}

/* Return true if the archive has a file whose name begins, or with `whole` is, so. */
static bool has_entry(const struct dm_chunk *start, const char *name, bool whole)
{
    struct entry entry = {0, 0};
    size_t length = strlen(name);
    while (next_entry(start, entry.offset, &entry))
        if (has_at(start, entry.offset, name, length) && (!whole || entry.length == length))
            return true;
    return false;
}

bool dm_is_xlsx(const struct dm_chunk *start)
{
    return has_entry(start, "xl/", false);
}

/* The first file of an OpenDocument has its type, not compressed. */
bool dm_is_ods(const struct dm_chunk *start)
{
    static const char type[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    return has_at(start, 30, type, sizeof type - 1);
}

bool dm_is_office(const struct dm_chunk *start)
{
    return has_entry(start, "[Content_Types].xml", true);
}

bool dm_is_kmz(const struct dm_chunk *start)
{
    struct entry first;
    return has_entry(start, "doc.kml", true) ||
           (next_entry(start, 0, &first) && first.length > 4 &&
            has_at(start, first.offset + first.length - 4, ".kml", 4));
}

bool dm_is_gtfs(const struct dm_chunk *start)
{
    return has_entry(start, "stops.txt", true);
}

bool dm_is_tar(const struct dm_chunk *start)
{
    enum { MAGIC_OFFSET = 257 };
    return has_at(start, MAGIC_OFFSET, "ustar", 5) &&
           (byte_at(start, MAGIC_OFFSET + 5) == 0 || byte_at(start, MAGIC_OFFSET + 5) == ' ');
}

/* ---- databases ---- */

/* The application's identifier is GPKG, or GP10 and GP11 in old versions. */
bool dm_is_geopackage(const struct dm_chunk *start)
{
    return has_at(start, 68, "GP", 2);
}

/* Return true if the header of a dBase file, of so many bytes, ends with its mark. In files of
 * Visual FoxPro, a path of 263 bytes follows the mark. */
static bool has_end_mark(const struct dm_chunk *start, unsigned header)
{
    enum { HEADER_MIN = 65, MARK = 0x0D, PATH = 263 };
    return header >= HEADER_MIN &&
           (byte_at(start, header - 1) == MARK ||
            (header >= HEADER_MIN + PATH && byte_at(start, header - 1 - PATH) == MARK));
}

/* dBase has no magic bytes: check its version, the date of the last change, and the header. */
bool dm_is_dbf(const struct dm_chunk *start)
{
    static const unsigned char versions[] = {0x02, 0x03, 0x04, 0x05, 0x30,
                                             0x31, 0x43, 0x83, 0x8B, 0xF5};
    unsigned month = byte_at(start, 2), day = byte_at(start, 3);
    return memchr(versions, (int)byte_at(start, 0), sizeof versions) && month >= 1 && month <= 12 &&
           day >= 1 && day <= 31 && has_end_mark(start, u16_at(start, 8));
}

bool dm_has_control_bytes(const struct dm_chunk *start)
{
    enum { LOOKED_AT = 64 };
    for (size_t i = 0; i < start->length && i < LOOKED_AT; i++) {
        unsigned byte = byte_at(start, i);
        if (byte < '\t' || (byte > '\r' && byte < ' '))
            return true;
    }
    return false;
}
