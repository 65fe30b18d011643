/* dmatrix-plot: timings in, a picture out. */
#include "base/ending.h"
#include "base/streams.h"
#include "output/path.h"
#include "plot/measurements.h"
#include "plot/picture.h"

#include <dmatrix/version.h>

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "Usage: dmatrix-plot [TIMINGS.json] -o FILE.svg|FILE.png\n"
    "\n"
    "Draws timings: those that dmatrix --export-json wrote, of a run or a comparison,\n"
    "or those of hyperfine --export-json. Without TIMINGS.json, or where that is -,\n"
    "they are read from standard input.\n"
    "\n"
    "Every result is a bar, the fastest first, with its mean time and the standard\n"
    "deviation. Times that are far apart have a logarithmic axis, which says so.\n"
    "Where a comparison tells what the time of the threads went to, bars are split by\n"
    "it. Where it has several numbers of threads, speedups are drawn against them.\n"
    "\n"
    "Options:\n"
    "  -o, --output=FILE       where to: a picture of the kind that its name ends in,\n"
    "                          .svg or .png, which appears when it is complete\n"
    "  -h, --help              show this help\n"
    "      --version           show the version\n"
    "\n"
    "Examples:\n"
    "  dmatrix cities.csv --compare --threads=1,2,4 --export-json=timings.json\n"
    "  dmatrix-plot timings.json -o timings.svg\n"
    "  hyperfine --export-json=/dev/stdout --style=none 'sleep 0.1' 'sleep 0.2' |\n"
    "      dmatrix-plot -o sleep.png\n"
    "\n"
    "Exit status: 0 done; 1 bad data or failed input or output; 2 wrong usage; 130\n"
    "interrupted. Unless it is 0, no file is left or changed.\n";

struct words {
    const char *timings, *output;
    enum dm_picture_kind kind;
    bool help, version;
};

static dm_flag stop;

static void on_signal(int signal)
{
    (void)signal;
    atomic_store(&stop, true);
}

/* From where a file is begun: before, there is nothing to be cleaned up. */
static void catch_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action, before;
    memset(&action, 0, sizeof action); /* no SA_RESTART: waiting calls end with EINTR */
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_signal;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

/* `word` is the one at hand, or where it has several letters the one before. */
static enum dm_status fail_option(int code, const char *word, struct dm_error *error)
{
    char option[64] = {'-', (char)optopt, '\0'};
    if (strncmp(word, "--", 2) == 0)
        snprintf(option, sizeof option, "%.*s", (int)strcspn(word, "="), word);
    if (code == ':')
        return dm_fail(error, DM_USAGE, "%s needs a value: -o FILE.svg or -o FILE.png", option);
    return dm_fail(error, DM_USAGE, "unknown option %s (dmatrix-plot --help lists them)", option);
}

static enum dm_status check_words(int count, char **names, struct words *words,
                                  struct dm_error *error)
{
    if (count > 1)
        return dm_fail(error, DM_USAGE, "%d files are too many: one, or standard input", count);
    words->timings = count == 1 ? names[0] : "-";
    if (!words->output)
        return dm_fail(error, DM_USAGE, "where to? -o FILE.svg or -o FILE.png");
    if (!dm_picture_kind_of(words->output, &words->kind))
        return dm_fail(error, DM_USAGE, "-o %s: can be drawn to .svg or .png only", words->output);
    if (count == 0 && isatty(STDIN_FILENO))
        return dm_fail(error, DM_USAGE,
                       "which timings? dmatrix-plot TIMINGS.json (dmatrix --compare "
                       "--export-json=TIMINGS.json writes them; - is standard input)");
    return DM_OK;
}

static enum dm_status read_words(int argc, char **argv, struct words *words, struct dm_error *error)
{
    static const struct option longs[] = {{"output", required_argument, NULL, 'o'},
                                          {"help", no_argument, NULL, 'h'},
                                          {"version", no_argument, NULL, 'v'},
                                          {NULL, 0, NULL, 0}};
    int code;
    opterr = 0;
    while ((code = getopt_long(argc, argv, ":o:h", longs, NULL)) != -1) {
        switch (code) {
        case 'o':
            words->output = optarg;
            break;
        case 'h':
            words->help = true;
            break;
        case 'v':
            words->version = true;
            break;
        default:
            return fail_option(code, argv[optind - 1], error);
        }
    }
    if (words->help || words->version)
        return DM_OK;
    return check_words(argc - optind, argv + optind, words, error);
}

static enum dm_status write_picture(const char *path, struct dm_buffer *bytes,
                                    struct dm_error *error)
{
    struct dm_output *output;
    struct iovec piece = {bytes->data, bytes->length};
    catch_signals();
    enum dm_status status = dm_output_open(path, &stop, &output, error);
    if (status != DM_OK)
        return status;
    status = dm_output_write(output, &piece, 1, error);
    if (status == DM_OK)
        status = dm_output_finish(output, error);
    dm_output_close(output);
    return status;
}

static enum dm_status plot(const struct words *words, struct dm_error *error)
{
    struct dm_measurements measurements;
    struct dm_buffer bytes = {0};
    enum dm_status status = dm_measurements_read(words->timings, &measurements, error);
    if (status != DM_OK)
        return status;
    status = dm_picture_draw(&measurements, words->kind, &bytes, error);
    dm_measurements_free(&measurements);
    if (status == DM_OK)
        status = write_picture(words->output, &bytes, error);
    dm_buffer_free(&bytes);
    return status;
}

int main(int argc, char **argv)
{
    struct words words = {0};
    struct dm_error error;
    dm_streams_guard();
    signal(SIGPIPE, SIG_IGN); /* both: write() fails instead, and says why */
    signal(SIGXFSZ, SIG_IGN);
    enum dm_status status = read_words(argc, argv, &words, &error);
    if (status == DM_OK && (words.help || words.version)) {
        if (words.help)
            fputs(help, stdout);
        else
            printf("dmatrix-plot %s\n", DM_VERSION);
        status = dm_stdout_finish(&error);
    } else if (status == DM_OK) {
        status = plot(&words, &error);
    }
    return dm_ending("dmatrix-plot", status, &error);
}
