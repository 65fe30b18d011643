#include "cli/command.h"

int main(int argc, char **argv)
{
    return dm_command(argc, argv, NULL);
}
