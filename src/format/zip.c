#include "format/zip.h"

#include "format/little_endian.h"

#include <string.h>

/* In a field of 32 bits: that the number is in a ZIP64 record (4.4.1.4). */
#define ELSEWHERE_32 UINT32_MAX

enum {
    LOCAL_SIGNATURE = 0x04034b50,      /* 4.3.7 */
    DESCRIPTOR_SIGNATURE = 0x08074b50, /* 4.3.9.3 */
    CENTRAL_SIGNATURE = 0x02014b50,    /* 4.3.12 */
    END_64_SIGNATURE = 0x06064b50,     /* 4.3.14 */
    LOCATOR_SIGNATURE = 0x07064b50,    /* 4.3.15 */
    END_SIGNATURE = 0x06054b50,        /* 4.3.16 */
    LOCAL_BYTES = 30,
    EXTRA_64 = 1, /* tag of the ZIP64 extra field (4.5.3) */
    EXTRA_HEADER = 4,
    EXTRA_LOCAL = 16,        /* its bytes in a local header: two sizes */
    END_64_BYTES = 44,       /* of the ZIP64 end, without its first two fields */
    FLAG_STREAMED = 1 << 3,  /* 4.4.4 */
    VERSION = 20,            /* 2.0, for streamed members (4.4.3.2) */
    VERSION_64 = 45,         /* 4.5, for ZIP64 */
    DATE = 1 | 1 << 5,       /* 1 January 1980 (4.4.6): the same bytes whenever it is written */
    DESCRIPTOR_BYTES = 16,   /* signature, CRC and two sizes */
    DESCRIPTOR_BYTES_64 = 24 /* the same with sizes of 64 bits */
};

static bool is_large(uint64_t number)
{
    return number >= ELSEWHERE_32;
}

static uint32_t or_elsewhere(uint64_t number)
{
    return is_large(number) ? ELSEWHERE_32 : (uint32_t)number;
}

uint64_t dm_zip_place(struct dm_zip_member *members, size_t count)
{
    uint64_t offset = 0;
    for (size_t i = 0; i < count; i++) {
        struct dm_zip_member *member = &members[i];
        bool large = is_large(member->bytes);
        member->offset = offset;
        offset += LOCAL_BYTES + strlen(member->name) + member->bytes;
        offset += large ? EXTRA_HEADER + EXTRA_LOCAL : 0U;
        if (member->streamed)
            offset += large ? DESCRIPTOR_BYTES_64 : DESCRIPTOR_BYTES;
    }
    return offset;
}

/* Write the fields that local header and directory have in common, from "version needed" to "file
 * name length". */
static char *put_common(char *at, const struct dm_zip_member *member, unsigned version,
                        uint32_t crc, uint32_t bytes)
{
    at = dm_put_u16(at, (uint16_t)version);
    at = dm_put_u16(at, member->streamed ? FLAG_STREAMED : 0);
    at = dm_put_u16(at, 0); /* stored */
    at = dm_put_u16(at, 0); /* time */
    at = dm_put_u16(at, DATE);
    at = dm_put_u32(at, crc);
    at = dm_put_u32(at, bytes); /* compressed */
    at = dm_put_u32(at, bytes); /* uncompressed */
    return dm_put_u16(at, (uint16_t)strlen(member->name));
}

static char *put_name(char *at, const struct dm_zip_member *member)
{
    size_t length = strlen(member->name);
    memcpy(at, member->name, length);
    return at + length;
}

/* Sizes that are known are zero as well in the header of a streamed member (4.4.4), although no
 * reader that was tried minds them. A large member needs the ZIP64 field even so: it tells that the
 * sizes of the descriptor have 64 bits (4.3.9.2). */
char *dm_zip_put_local(char *at, const struct dm_zip_member *member)
{
    bool large = is_large(member->bytes);
    uint64_t bytes = member->streamed ? 0 : member->bytes;
    at = dm_put_u32(at, LOCAL_SIGNATURE);
    at = put_common(at, member, large ? VERSION_64 : VERSION, member->streamed ? 0 : member->crc,
                    large ? ELSEWHERE_32 : (uint32_t)bytes);
    at = dm_put_u16(at, large ? EXTRA_HEADER + EXTRA_LOCAL : 0);
    at = put_name(at, member);
    if (!large)
        return at;
    at = dm_put_u16(at, EXTRA_64);
    at = dm_put_u16(at, EXTRA_LOCAL);
    at = dm_put_u64(at, bytes); /* uncompressed */
    return dm_put_u64(at, bytes);
}

char *dm_zip_put_descriptor(char *at, const struct dm_zip_member *member)
{
    if (!member->streamed)
        return at;
    at = dm_put_u32(at, DESCRIPTOR_SIGNATURE);
    at = dm_put_u32(at, member->crc);
    for (int i = 0; i < 2; i++) /* compressed, uncompressed */
        at = is_large(member->bytes) ? dm_put_u64(at, member->bytes)
                                     : dm_put_u32(at, (uint32_t)member->bytes);
    return at;
}

/* Write the ZIP64 extra field of an entry of the directory, with the numbers that do not fit into
 * 32 bits, if there are any. */
static char *put_central_extra(char *at, const struct dm_zip_member *member, size_t count)
{
    if (count == 0)
        return at;
    at = dm_put_u16(at, EXTRA_64);
    at = dm_put_u16(at, (uint16_t)(count * sizeof(uint64_t)));
    for (int i = 0; i < 2; i++) /* uncompressed, compressed */
        if (is_large(member->bytes))
            at = dm_put_u64(at, member->bytes);
    return is_large(member->offset) ? dm_put_u64(at, member->offset) : at;
}

static char *put_entry(char *at, const struct dm_zip_member *member)
{
    size_t larges = (is_large(member->bytes) ? 2U : 0U) + is_large(member->offset);
    unsigned version = larges > 0 ? VERSION_64 : VERSION;
    at = dm_put_u32(at, CENTRAL_SIGNATURE);
    at = dm_put_u16(at, (uint16_t)version); /* made by; its upper byte: files without modes */
    at = put_common(at, member, version, member->crc, or_elsewhere(member->bytes));
    at = dm_put_u16(at, larges > 0 ? (uint16_t)(EXTRA_HEADER + larges * sizeof(uint64_t)) : 0);
    at = dm_put_u16(at, 0); /* comment */
    at = dm_put_u16(at, 0); /* disk */
    at = dm_put_u16(at, 0); /* internal attributes */
    at = dm_put_u32(at, 0); /* external attributes */
    at = dm_put_u32(at, or_elsewhere(member->offset));
    return put_central_extra(put_name(at, member), member, larges);
}

/* Write the ZIP64 end of the directory, and the locator of that, which is at `end`. */
static char *put_end_64(char *at, size_t count, uint64_t bytes, uint64_t offset)
{
    at = dm_put_u32(at, END_64_SIGNATURE);
    at = dm_put_u64(at, END_64_BYTES);
    at = dm_put_u16(at, VERSION_64);
    at = dm_put_u16(at, VERSION_64);
    at = dm_put_u32(at, 0); /* this disk, and that of the directory */
    at = dm_put_u32(at, 0);
    at = dm_put_u64(at, count);
    at = dm_put_u64(at, count);
    at = dm_put_u64(at, bytes);
    at = dm_put_u64(at, offset);
    at = dm_put_u32(at, LOCATOR_SIGNATURE);
    at = dm_put_u32(at, 0);
    at = dm_put_u64(at, offset + bytes);
    return dm_put_u32(at, 1); /* number of disks */
}

char *dm_zip_put_directory(char *at, const struct dm_zip_member *members, size_t count,
                           uint64_t offset)
{
    const char *begin = at;
    for (size_t i = 0; i < count; i++)
        at = put_entry(at, &members[i]);
    size_t bytes = (size_t)(at - begin);
    if (is_large(offset))
        at = put_end_64(at, count, bytes, offset);
    at = dm_put_u32(at, END_SIGNATURE);
    at = dm_put_u16(at, 0); /* this disk, and that of the directory */
    at = dm_put_u16(at, 0);
    at = dm_put_u16(at, (uint16_t)count);
    at = dm_put_u16(at, (uint16_t)count);
    at = dm_put_u32(at, (uint32_t)bytes);
    at = dm_put_u32(at, or_elsewhere(offset));
    return dm_put_u16(at, 0); /* comment */
}
