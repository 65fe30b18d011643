/* zip.h - the frame around the members of a ZIP archive, which are stored as they are, without
 * compression. The archive is written from its beginning to its end. The size of each member is
 * known in advance; its CRC may become known only after it. Section numbers are those of PKWARE's
 * APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. */
#ifndef FORMAT_ZIP_H
#define FORMAT_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dm_zip_member {
    const char *name; /* up to DM_ZIP_NAME_MAX ASCII characters */
    uint64_t bytes;
    uint64_t offset; /* of its local header in the archive, set by dm_zip_place() */
    uint32_t crc;
    bool streamed; /* a data descriptor after it has its CRC, not the local header before it */
};

/* Maximum bytes of what is written around a member, and after the last of `count`. */
enum { DM_ZIP_NAME_MAX = 32, DM_ZIP_LOCAL_MAX = 50 + DM_ZIP_NAME_MAX, DM_ZIP_DESCRIPTOR_MAX = 24 };
#define DM_ZIP_DIRECTORY_MAX(count) ((count) * (74 + DM_ZIP_NAME_MAX) + 98)

/* Set the offset of each member. Return the offset of the directory. */
uint64_t dm_zip_place(struct dm_zip_member *members, size_t count);

/* Write the local header of a member, and its data descriptor if it has one. Return the end. */
char *dm_zip_put_local(char *at, const struct dm_zip_member *member);
char *dm_zip_put_descriptor(char *at, const struct dm_zip_member *member);

/* Write the directory of all members, which begins at `offset`, and the end of the archive. Return
 * the end. */
char *dm_zip_put_directory(char *at, const struct dm_zip_member *members, size_t count,
                           uint64_t offset);

#endif
