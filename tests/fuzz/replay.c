/* replay FOLDER: feeds a target each file of its corpus, once, without a fuzzer. */
#include "fuzz/fuzz.h"
#include "testing/testing.h"

#include <dirent.h>

int main(int argc, char **argv)
{
    size_t count = 0;
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder)
        return 2;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (*entry->d_name == '.')
            continue;
        size_t length;
        char *path = path_in(argv[1], entry->d_name), *bytes = read_file(path, &length);
        LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
        free(bytes);
        free(path);
        count++;
    }
    closedir(folder);
    printf("%zu inputs\n", count);
    return count > 0 ? 0 : 1;
}
