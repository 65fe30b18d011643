#include "cli/plot.h"

#include "base/text.h"
#include "base/try.h"
#include "run/choose.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool ends_well(const char *path)
{
    const char *name = strrchr(path, '/');
    const char *dot = strrchr(name ? name : path, '.');
    return dot && (dm_same_word(dot, ".svg") || dm_same_word(dot, ".png"));
}

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* Beside this program: where it really is, whatever link it was called by. */
static bool find_beside(char program[PATH_MAX])
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0)
        return false;
    self[length] = '\0';
    char *slash = strrchr(self, '/');
    if (!slash)
        return false;
    int wanted = snprintf(program, PATH_MAX, "%.*s/dmatrix-plot", (int)(slash - self), self);
    return wanted < PATH_MAX && is_program(program);
}

/* In whole paths only: what lies in the current folder may be anybody's. */
static bool find_on_path(char program[PATH_MAX])
{
    const char *folder = getenv("PATH");
    while (folder && *folder) {
        size_t length = strcspn(folder, ":");
        int wanted = snprintf(program, PATH_MAX, "%.*s/dmatrix-plot", (int)length, folder);
        if (*folder == '/' && wanted < PATH_MAX && is_program(program))
            return true;
        folder += length + (folder[length] == ':');
    }
    return false;
}

static enum dm_status find_program(char program[PATH_MAX], struct dm_error *error)
{
    if (!DMATRIX_PLOT)
        return dm_fail(error, DM_USAGE,
                       "--plot: this build has no dmatrix-plot, because cairo was not there "
                       "(Debian and Ubuntu: libcairo2-dev) or DMATRIX_PLOT was OFF; then configure "
                       "and build again");
    if (find_beside(program) || find_on_path(program))
        return DM_OK;
    return dm_fail(error, DM_SYSTEM,
                   "--plot: dmatrix-plot is neither beside dmatrix nor on the PATH (both are built "
                   "together, and should be installed together)");
}

enum dm_status dm_plot_check(const char *path, struct dm_error *error)
{
    char program[PATH_MAX];
    if (!ends_well(path))
        return dm_fail(error, DM_USAGE, "--plot=%s: can be drawn to .svg or .png only", path);
    DM_TRY(find_program(program, error));
    return dm_check_place(path, error);
}

/* Starts it with the reading end of a pipe as standard input. */
static enum dm_status start(const char *program, const char *path, int input, pid_t *child,
                            struct dm_error *error)
{
    char *const words[] = {"dmatrix-plot", "-o", (char *)path, "-", NULL};
    posix_spawn_file_actions_t actions;
    int reason = posix_spawn_file_actions_init(&actions);
    if (reason == 0) {
        reason = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        if (reason == 0)
            reason = posix_spawn(child, program, &actions, NULL, words, environ);
        posix_spawn_file_actions_destroy(&actions);
    }
    if (reason == 0)
        return DM_OK;
    return dm_fail(error, DM_SYSTEM, "--plot: cannot run %s: %s", program, strerror(reason));
}

/* Where the reader goes before the end, it says itself why; its exit status tells it too. */
static void hand_over(int file, const char *json, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, json, length);
        if (written < 0 && errno != EINTR)
            return;
        if (written > 0) {
            json += written;
            length -= (size_t)written;
        }
    }
}

static enum dm_status wait_for(pid_t child, const char *path, struct dm_error *error)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return dm_fail(error, DM_SYSTEM, "--plot: cannot wait for dmatrix-plot: %s",
                           strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return DM_OK;
    bool interrupted = WIFSIGNALED(status)
                           ? WTERMSIG(status) == SIGINT || WTERMSIG(status) == SIGTERM
                           : WEXITSTATUS(status) == 130;
    if (interrupted)
        return dm_fail(error, DM_STOPPED, "--plot=%s: interrupted", path);
    if (WIFSIGNALED(status))
        return dm_fail(error, DM_IO, "--plot=%s: dmatrix-plot was ended by signal %d, %s", path,
                       WTERMSIG(status), strsignal(WTERMSIG(status)));
    return dm_fail(error, DM_IO,
                   "--plot=%s: dmatrix-plot could not draw it (its exit status is %d)", path,
                   WEXITSTATUS(status));
}

enum dm_status dm_plot_draw(const char *path, const char *json, size_t length,
                            struct dm_error *error)
{
    char program[PATH_MAX];
    int ends[2];
    pid_t child = 0;
    DM_TRY(find_program(program, error));
    if (pipe(ends) != 0)
        return dm_fail(error, DM_SYSTEM, "--plot: cannot make a pipe: %s", strerror(errno));
    fcntl(ends[1], F_SETFD, FD_CLOEXEC); /* else its input would never end */
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    enum dm_status status = start(program, path, ends[0], &child, error);
    close(ends[0]);
    if (status == DM_OK)
        hand_over(ends[1], json, length);
    close(ends[1]);
    return status == DM_OK ? wait_for(child, path, error) : status;
}
