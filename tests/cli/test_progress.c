/* Progress on a terminal: a pseudo-terminal whose other end is read here. What comes out is played
 * on a screen of one line and what has scrolled by, which is what a person would see. */
#define _DEFAULT_SOURCE /* TIOCSWINSZ, FIONREAD */
#define _XOPEN_SOURCE 700
#include "report/wrap.h"
#include "testing/testing.h"

#include "base/clock.h"
#include "base/text.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static const char *dmatrix;
static char *folder, *many; /* many.csv: locations for a run that would take minutes */

/* ---- a terminal ---- */

/* What a person sees, and saw. */
struct screen {
    char above[1 << 17]; /* lines that are complete */
    size_t used;
    char line[512]; /* the one the cursor is in */
    size_t column;
    size_t longest;       /* line with a share, a ^C after it included */
    unsigned shares[256]; /* shown one after the other */
    size_t count;
};

static void look(struct screen *screen)
{
    unsigned share;
    char sign;
    if (sscanf(screen->line, "%3u %c", &share, &sign) != 2 || sign != '%')
        return;
    size_t length = strlen(screen->line);
    screen->longest = length > screen->longest ? length : screen->longest;
    assert_true(screen->count < sizeof screen->shares / sizeof *screen->shares);
    screen->shares[screen->count++] = share;
}

static void put(struct screen *screen, char c)
{
    size_t length = strlen(screen->line);
    assert_true(screen->column <= length && screen->column + 1 < sizeof screen->line);
    screen->line[screen->column++] = c;
    if (screen->column > length)
        screen->line[screen->column] = '\0';
}

static void scroll(struct screen *screen)
{
    size_t length = strlen(screen->line);
    assert_true(screen->used + length + 2 < sizeof screen->above);
    screen->used += (size_t)sprintf(screen->above + screen->used, "%s\n", screen->line);
    screen->line[screen->column = 0] = '\0';
}

static void play(struct screen *screen, const char *bytes)
{
    memset(screen, 0, sizeof *screen);
    for (; *bytes; bytes++) {
        if (strncmp(bytes, "\r\n", 2) == 0) {
            scroll(screen);
            bytes++;
        } else if (*bytes == '\r') {
            look(screen);
            screen->column = 0;
        } else if (strncmp(bytes, "\033[K", 3) == 0) {
            screen->line[screen->column] = '\0';
            bytes += 2;
        } else {
            if ((unsigned char)*bytes < ' ')
                fail_msg("a terminal would obey: %s", bytes);
            put(screen, *bytes);
        }
    }
}

/* The end that is read. Nothing is lost when a ^C comes. */
static int open_terminal(unsigned short columns)
{
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    struct termios settings;
    int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(terminal >= 0);
    assert_int_equal(grantpt(terminal), 0);
    assert_int_equal(unlockpt(terminal), 0);
    assert_int_equal(ioctl(terminal, TIOCSWINSZ, &size), 0);
    assert_int_equal(tcgetattr(terminal, &settings), 0);
    settings.c_lflag |= NOFLSH;
    assert_int_equal(tcsetattr(terminal, TCSANOW, &settings), 0);
    return terminal;
}

/* ---- runs at it ---- */

/* A run, and how it is started. */
struct run {
    const char *arguments[8]; /* ended by NULL, without the program's name */
    int input, output;        /* descriptors; 0: nothing. Output 2 is the terminal, too */
    int error;                /* a descriptor; 0: the terminal */
    const char *term;         /* of the terminal; NULL: a usual one */
    bool background;          /* of the terminal */
    int terminal;
    pid_t child;
};

/* In the child: becomes what the run says. */
static void become(const struct run *run)
{
    char *arguments[10] = {"dmatrix"};
    setsid();
    int slave = open(ptsname(run->terminal), O_RDWR); /* and so it controls this session */
    int nowhere = open("/dev/null", O_RDWR);
    dup2(run->input > 0 ? run->input : nowhere, STDIN_FILENO);
    dup2(run->output > 0 ? run->output : nowhere, STDOUT_FILENO);
    dup2(run->error > 0 ? run->error : slave, STDERR_FILENO);
    if (run->output == STDERR_FILENO)
        dup2(slave, STDOUT_FILENO);
    close(slave);
    setenv("NO_COLOR", "1", 1);
    setenv("TERM", run->term ? run->term : "xterm", 1);
    unsetenv("COLUMNS");
    for (size_t i = 0; run->arguments[i]; i++)
        arguments[i + 1] = (char *)run->arguments[i];
    execv(dmatrix, arguments);
    _exit(127);
}

/* A shell of sorts, which keeps the terminal to itself. */
static void run_in_background(const struct run *run)
{
    int status;
    setsid();
    open(ptsname(run->terminal), O_RDWR);
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        become(run);
    }
    for (int file = 0; file < 100; file++)
        close(file); /* others wait for the ends of pipes */
    waitpid(child, &status, 0);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 126);
}

static void start(struct run *run, unsigned short columns)
{
    run->terminal = open_terminal(columns);
    run->child = fork();
    assert_true(run->child >= 0);
    if (run->child == 0 && run->background)
        run_in_background(run);
    if (run->child == 0)
        become(run);
}

/* Adds to `text` what comes next. At the end of it, false. */
static bool read_on(const struct run *run, char *text, size_t size)
{
    size_t used = strlen(text);
    assert_true(used + 1 < size);
    ssize_t count = read(run->terminal, text + used, size - used - 1);
    text[used + (count > 0 ? (size_t)count : 0)] = '\0';
    return count > 0;
}

static size_t count_of(const char *text, char c)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == c;
    return count;
}

/* To the end of the run, whose exit status it returns; `text` has what the terminal got. Once
 * `enough` shares have been shown, there is a ^C. */
static int finish(struct run *run, size_t enough, char *text, size_t size)
{
    int status;
    bool pressed = false;
    while (read_on(run, text, size)) {
        if (enough > 0 && !pressed && count_of(text, '%') >= enough) {
            assert_int_equal(write(run->terminal, "\003", 1), 1);
            pressed = true;
        }
    }
    assert_int_equal(waitpid(run->child, &status, 0), run->child);
    assert_int_equal(close(run->terminal), 0);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void assert_shares_grow(const struct screen *screen)
{
    for (size_t i = 1; i < screen->count; i++)
        assert_true(screen->shares[i] >= screen->shares[i - 1]);
}

/* ---- the tests ---- */

static void fits_any_width_and_gives_way_to_the_message(void **state)
{
    (void)state;
    static const unsigned short widths[] = {20, 40, 80, 200};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        static char text[1 << 16];
        static struct screen screen;
        struct run run = {.arguments = {many, "--executor=serial", "-o", "/dev/null"}};
        *text = '\0';
        start(&run, widths[i]);
        assert_int_equal(finish(&run, 4, text, sizeof text), 130);
        play(&screen, text);
        assert_string_equal(screen.above, "dmatrix: interrupted\n");
        assert_string_equal(screen.line, "");
        assert_true(screen.count >= 4);
        assert_true(screen.longest < widths[i]);
        assert_int_equal(strstr(text, " pairs/s") != NULL, widths[i] >= 40);
        assert_int_equal(strstr(text, " left") != NULL, widths[i] >= 40);
        assert_int_equal(strstr(text, " so far") != NULL, widths[i] >= 80);
        assert_int_equal(strstr(text, "  [") != NULL, widths[i] >= 80);
        assert_true(strstr(text, "^C\r\033[Kdmatrix: interrupted") != NULL);
        assert_shares_grow(&screen);
    }
}

/* Without a way to erase, blanks cover the line, and the ^C after it. */
static void gives_way_on_a_dumb_terminal_too(void **state)
{
    (void)state;
    static char text[1 << 16];
    static struct screen screen;
    struct run run = {.arguments = {many, "--executor=serial", "-o", "/dev/null"}, .term = "dumb"};
    start(&run, 80);
    assert_int_equal(finish(&run, 2, text, sizeof text), 130);
    assert_non_null(strstr(text, "^C"));
    assert_null(strchr(text, '\033')); /* which a dumb terminal would show */
    play(&screen, text);
    assert_ptr_equal(strstr(screen.above, "dmatrix: interrupted"), screen.above);
    assert_int_equal(strspn(screen.above + 20, " \n"), screen.used - 20);
    assert_true(screen.longest < 80);
}

/* A reader who takes his time: so the run takes longer than a second on any machine. */
static pid_t read_slowly(int ends[2])
{
    static char bytes[1 << 18];
    assert_int_equal(pipe(ends), 0);
    pid_t reader = fork();
    assert_true(reader >= 0);
    if (reader > 0)
        return reader;
    close(ends[1]);
    for (size_t got = 0;;) {
        ssize_t count = read(ends[0], bytes, sizeof bytes);
        if (count <= 0)
            _exit(0);
        got += (size_t)count;
        if (got >= sizeof bytes) {
            dm_sleep_ns(40000000);
            got = 0;
        }
    }
}

static void grows_to_the_end_and_gives_way_to_the_report(void **state)
{
    (void)state;
    static char text[1 << 16];
    static struct screen screen;
    int ends[2];
    char *cities = data_file("cities.csv");
    pid_t reader = read_slowly(ends);
    struct run run = {.arguments = {cities, "--max-memory=1M", "--metric=equirectangular"},
                      .output = ends[1]};
    start(&run, 80);
    close(ends[0]);
    close(ends[1]);
    assert_int_equal(finish(&run, 0, text, sizeof text), 0);
    play(&screen, text);
    assert_shares_grow(&screen);
    assert_true(screen.count >= 5);
    assert_true(screen.shares[screen.count - 1] == 100);
    assert_true(screen.shares[screen.count / 2] > screen.shares[0]);
    assert_true(screen.longest < 80);
    assert_ptr_equal(strstr(screen.above, "dmatrix: warning: 4 locations have"), screen.above);
    assert_non_null(strstr(screen.above, "\ndmatrix: warning: the locations may"));
    assert_non_null(strstr(screen.above, "\n1,000 locations, 499,500 distances"));
    assert_null(strstr(screen.above, " so far"));
    assert_int_equal(waitpid(reader, NULL, 0), reader);
    free(cities);
}

/* A run that reads its locations from here, which lets it wait for more than a second. */
static void start_and_let_wait(struct run *run, int *input)
{
    static const char header[] = "name,lat,lon\n";
    int ends[2], unread;
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    assert_int_equal(write(ends[1], header, strlen(header)), strlen(header));
    run->input = ends[0];
    start(run, 80);
    do { /* once it reads, it has begun to count the time */
        dm_sleep_ns(1000000);
        assert_int_equal(ioctl(ends[0], FIONREAD, &unread), 0);
    } while (unread > 0);
    close(ends[0]);
    *input = ends[1];
}

static void feed(int input)
{
    for (int i = 0; i < 40; i++)
        assert_true(dprintf(input, "p%d,%d,%d\n", i, i, 2 * i) > 0);
    close(input);
}

/* Several at once, so that they wait together. */
static void finish_all(struct run *runs, size_t count, char (*texts)[1 << 17])
{
    int inputs[16];
    assert_true(count <= 16);
    for (size_t i = 0; i < count; i++)
        start_and_let_wait(&runs[i], &inputs[i]);
    dm_sleep_ns(1200000000);
    for (size_t i = 0; i < count; i++) {
        feed(inputs[i]);
        texts[i][0] = '\0';
        assert_int_equal(finish(&runs[i], 0, texts[i], sizeof texts[i]), 0);
    }
}

static int new_file(const char *name)
{
    char *path = path_in(folder, name);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    free(path);
    return file;
}

static char *text_of(const char *name)
{
    char *path = path_in(folder, name), *text = read_file(path, NULL);
    free(path);
    return text;
}

static void is_not_shown_where_it_is_not_wanted(void **state)
{
    (void)state;
    enum { RUNS = 7, SHOWN = 0 };
    static char texts[RUNS][1 << 17];
    int file = new_file("stderr");
    struct run runs[RUNS] = {
        {.arguments = {"-"}}, /* this one has it, to compare */
        {.arguments = {"-", "--progress=never"}},
        {.arguments = {"-", "-q"}},
        {.arguments = {"-"}, .error = file},
        {.arguments = {"-", "--format=csv"}, .output = STDERR_FILENO},
        {.arguments = {"-", "-o", "/dev/stderr"}},
        {.arguments = {"-"}, .background = true},
    };
    finish_all(runs, RUNS, texts);
    close(file);
    for (size_t i = 0; i < RUNS; i++)
        assert_int_equal(strchr(texts[i], '%') != NULL, i == SHOWN);
    assert_string_equal(texts[2], "");
    assert_string_equal(texts[3], "");
    char *text = text_of("stderr");
    assert_null(strchr(text, '%'));
    assert_null(strchr(text, '\r'));
    assert_non_null(strstr(text, "40 locations"));
    free(text);
}

static void always_means_always(void **state)
{
    (void)state;
    enum { RUNS = 4 };
    static char texts[RUNS][1 << 17];
    static struct screen screen;
    int file = new_file("stderr");
    struct run runs[RUNS] = {
        {.arguments = {"-", "-q", "--progress=always"}},
        {.arguments = {"-", "--progress=always"}, .error = file},
        {.arguments = {"-", "-q", "--progress=always"}, .term = "dumb"},
        {.arguments = {"-", "-q", "--progress=always", "--format=csv"}, .output = STDERR_FILENO},
    };
    finish_all(runs, RUNS, texts);
    close(file);
    for (size_t i = 0; i < RUNS; i++)
        assert_int_equal(strchr(texts[i], '%') != NULL, i != 1);

    play(&screen, texts[0]);
    assert_string_equal(screen.above, "");
    assert_string_equal(screen.line, "");

    char *text = text_of("stderr"); /* whole lines, without a bar */
    assert_ptr_equal(strstr(text, "dmatrix:   0 %"), text);
    assert_non_null(strstr(text, "\ndmatrix: 100 %"));
    assert_non_null(strstr(text, " so far\n40 locations"));
    assert_null(strpbrk(text, "\r\033["));
    free(text);

    assert_null(strchr(texts[2], '\033'));
    play(&screen, texts[2]);
    assert_string_equal(screen.above, "");
    assert_int_equal(strspn(screen.line, " "), strlen(screen.line));
    assert_int_equal(screen.column, 0);
}

/* The preview writes in the end alone, to the terminal that the progress is on. */
static void gives_way_to_the_preview(void **state)
{
    (void)state;
    static char texts[1][1 << 17];
    static struct screen screen;
    struct run runs[] = {{.arguments = {"-"}, .output = STDERR_FILENO}};
    finish_all(runs, 1, texts);
    play(&screen, texts[0]);
    assert_true(screen.count >= 1);
    assert_null(strchr(screen.above, '%'));
    assert_int_equal(strspn(screen.above, " "), 28); /* of the table's head: nothing is before it */
    assert_non_null(strstr(screen.above, "\nnearest "));
    assert_non_null(strstr(screen.above, "\n40 locations"));
}

/* A comparison names what it measures, and then shows a table that fits. */
static void a_comparison_tells_what_it_is_at(void **state)
{
    (void)state;
    static const unsigned short widths[] = {60, 80, 200};
    static const char *const terms[] = {NULL, "dumb", NULL};
    char *cities = data_file("cities.csv");
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        static char text[1 << 16];
        static struct screen screen;
        struct run run = {.arguments = {cities, "--compare=pool", "--threads=1,2", "--runs=1"},
                          .output = STDERR_FILENO,
                          .term = terms[i]};
        *text = '\0';
        start(&run, widths[i]);
        assert_int_equal(finish(&run, 0, text, sizeof text), 0);
        assert_non_null(strstr(text, "\rtrying serial at grain auto ..."));
        assert_non_null(strstr(text, "\rround 1 of 1: pool with 2 threads"));
        play(&screen, text);
        assert_null(strstr(screen.above, "round 1 of"));
        assert_non_null(strstr(screen.above, "\nWhere the time went\n"));
        assert_int_equal(strstr(screen.above, "efficiency") != NULL, widths[i] >= 200);
        const char *report = strstr(screen.above, "1,000 locations");
        assert_non_null(report);
        for (; *report; report += strcspn(report, "\n") + 1)
            assert_true(dm_columns(report, strcspn(report, "\n")) < widths[i]);
    }
    free(cities);
}

static void a_short_run_shows_none(void **state)
{
    (void)state;
    static char text[1 << 16];
    char *cities = data_file("cities.csv");
    struct run run = {.arguments = {cities}};
    uint64_t begin = dm_clock_ns();
    start(&run, 80);
    assert_int_equal(finish(&run, 0, text, sizeof text), 0);
    if (dm_clock_ns() - begin < 1000000000) /* on a busy machine it may not have been short */
        assert_null(strchr(text, '%'));
    assert_non_null(strstr(text, "1,000 locations"));
    free(cities);
}

/* ---- all of them ---- */

static int make(void **state)
{
    (void)state;
    struct random random = {23};
    folder = make_folder();
    many = path_in(folder, "many.csv");
    FILE *file = fopen(many, "w");
    assert_non_null(file);
    for (size_t i = 0; i < 171000; i++)
        fprintf(file, "place %zu,%.6f,%.6f\n", i, random_between(&random, -90, 90),
                random_between(&random, -180, 180));
    return fclose(file);
}

static int clean(void **state)
{
    (void)state;
    free(many);
    remove_folder(folder);
    return 0;
}

/* If a run hangs. */
static int limit(void **state)
{
    (void)state;
    alarm(60);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(fits_any_width_and_gives_way_to_the_message, limit),
        cmocka_unit_test_setup(gives_way_on_a_dumb_terminal_too, limit),
        cmocka_unit_test_setup(grows_to_the_end_and_gives_way_to_the_report, limit),
        cmocka_unit_test_setup(is_not_shown_where_it_is_not_wanted, limit),
        cmocka_unit_test_setup(always_means_always, limit),
        cmocka_unit_test_setup(gives_way_to_the_preview, limit),
        cmocka_unit_test_setup(a_comparison_tells_what_it_is_at, limit),
        cmocka_unit_test_setup(a_short_run_shows_none, limit),
    };
    if (argc != 2)
        return 2;
    dmatrix = argv[1];
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0) {
        puts("skipped: there is no pseudo-terminal (/dev/ptmx, /dev/pts)");
        return 77;
    }
    close(terminal);
    return cmocka_run_group_tests(tests, make, clean);
}
