/* Prints the coefficients of src/metric/kernel/minimax.h: the polynomials, and one quotient of
 * polynomials, with the smallest largest relative error on an interval, found by Remez' exchange
 * algorithm in quadruple precision.
 *
 *     build/release/generate_minimax >src/metric/kernel/minimax.h
 *
 * The test unit.minimax sees that the header is what this prints. The largest errors it states are
 * those before the coefficients are rounded to the numbers printed.
 *
 * Whatever is as good as it can be has an error that reaches its largest size, with changing sign,
 * at one point more than there are coefficients (Chebyshev). So in turn the coefficients are found
 * for which the error is +E, -E, +E, ... at such points, and the points are moved to where that
 * error is largest; it converges quadratically.
 */
#include <quadmath.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

typedef __float128 quad;

enum { TERMS_MAX = 12, POINTS_MAX = 2 * TERMS_MAX, FINE = 60, ROUNDS = 40, LINEAR_ROUNDS = 8 };

/* What is approximated: value(x) on [0, end] by p(x) / q(x) with q(0) = 1. An error counts relative
 * to scale(x). */
struct problem {
    const char *name, *comment;
    quad (*value)(quad x);
    quad (*scale)(quad x);
    quad end;
    int p_terms, q_terms; /* q_terms 1: a polynomial */
    bool single;          /* the coefficients are floats */
};

struct solution {
    quad p[TERMS_MAX], q[TERMS_MAX];
    quad error; /* E */
};

static quad polynomial(const quad *term, int terms, quad x)
{
    quad sum = 0;
    for (int i = terms - 1; i >= 0; i--)
        sum = sum * x + term[i];
    return sum;
}

static quad error_at(const struct problem *problem, const struct solution *solution, quad x)
{
    quad p = polynomial(solution->p, problem->p_terms, x);
    quad q = polynomial(solution->q, problem->q_terms, x);
    return (p / q - problem->value(x)) / problem->scale(x);
}

/* Solves a x = b by elimination; the last column of `a` is b, where x then stands. */
static void solve(int n, quad a[POINTS_MAX][POINTS_MAX + 1])
{
    for (int column = 0; column < n; column++) {
        int pivot = column;
        for (int row = column; row < n; row++)
            if (fabsq(a[row][column]) > fabsq(a[pivot][column]))
                pivot = row;
        for (int k = 0; k <= n; k++) {
            quad swap = a[column][k];
            a[column][k] = a[pivot][k];
            a[pivot][k] = swap;
        }
        for (int row = 0; row < n; row++) {
            quad factor = row == column ? 0 : a[row][column] / a[column][column];
            for (int k = column; factor != 0 && k <= n; k++)
                a[row][k] -= factor * a[column][k];
        }
    }
    for (int row = 0; row < n; row++)
        a[row][n] /= a[row][row];
}

/* p - value q -+ E scale q = 0 at each point. That is not linear in E and q together: E is
 * multiplied by the q of the round before, again and again. */
static void level(const struct problem *problem, const quad *points, struct solution *solution)
{
    int n = problem->p_terms + problem->q_terms;
    for (int round = 0; round < (problem->q_terms > 1 ? LINEAR_ROUNDS : 1); round++) {
        static quad a[POINTS_MAX][POINTS_MAX + 1];
        for (int i = 0; i < n; i++) {
            quad x = points[i], value = problem->value(x), power = 1;
            for (int k = 0; k < problem->p_terms; k++, power *= x)
                a[i][k] = power;
            power = x;
            for (int k = 1; k < problem->q_terms; k++, power *= x)
                a[i][problem->p_terms + k - 1] = -value * power;
            quad q = polynomial(solution->q, problem->q_terms, x);
            a[i][n - 1] = (i % 2 ? 1 : -1) * problem->scale(x) * q;
            a[i][n] = value;
        }
        solve(n, a);
        for (int k = 0; k < problem->p_terms; k++)
            solution->p[k] = a[k][n];
        for (int k = 1; k < problem->q_terms; k++)
            solution->q[k] = a[problem->p_terms + k - 1][n];
        solution->error = a[n - 1][n];
    }
}

/* The i-th of n points that crowd towards the ends as extrema do. */
static quad crowded(const struct problem *problem, int i, int n)
{
    return problem->end * (1 - cosq(M_PIq * i / n)) / 2;
}

/* Moves the points to the extrema of the error, one between any two changes of its sign. Returns
 * the largest error. */
static quad exchange(const struct problem *problem, const struct solution *solution, quad *points)
{
    int n = problem->p_terms + problem->q_terms, found = 0;
    quad largest = 0, best = 0, before = 0;
    for (int i = 1; i <= FINE * n; i++) {
        quad x = crowded(problem, i, FINE * n), error = error_at(problem, solution, x);
        if (i > 1 && error * before < 0) {
            found++;
            best = 0;
        }
        if (found < n && fabsq(error) >= best) {
            best = fabsq(error);
            points[found] = x;
        }
        largest = fmaxq(largest, fabsq(error));
        before = error;
    }
    if (found + 1 != n) {
        fprintf(stderr, "%s: %d extrema instead of %d\n", problem->name, found + 1, n);
        exit(1);
    }
    return largest;
}

static struct solution remez(const struct problem *problem)
{
    struct solution solution = {.q = {1}};
    quad points[POINTS_MAX], largest;
    int n = problem->p_terms + problem->q_terms;
    for (int i = 0; i < n; i++)
        points[i] = crowded(problem, 2 * i + 1, 2 * n);
    for (int round = 0; round < ROUNDS; round++) {
        level(problem, points, &solution);
        largest = exchange(problem, &solution, points);
        if (largest < fabsq(solution.error) * 1.0001Q) {
            solution.error = largest;
            return solution;
        }
    }
    fprintf(stderr, "%s: not level after %d rounds\n", problem->name, ROUNDS);
    exit(1);
}

/* ---- output ---- */

/* A coefficient to all its digits, and in decimal for people. The comments also keep one a line. */
static void print_terms(const char *name, const char *part, const quad *term, int terms,
                        bool single)
{
    printf("static const %s %s%s[%d] = {\n", single ? "float" : "double", name, part, terms);
    char literal[TERMS_MAX][32];
    int width = 0;
    for (int i = 0; i < terms; i++) {
        double value = single ? (double)(float)term[i] : (double)term[i];
        int length = snprintf(literal[i], sizeof *literal, "%a%s,", value, single ? "f" : "");
        width = length > width ? length : width;
    }
    for (int i = 0; i < terms; i++)
        printf("    %-*s /* %.*g */\n", width, literal[i], single ? 7 : 16, (double)term[i]);
    puts("};");
}

static void print_solution(const struct problem *problem)
{
    struct solution solution = remez(problem);
    printf("\n/* %s Largest error: %.1e. */\n", problem->comment, (double)solution.error);
    const char *part = problem->q_terms > 1 ? "_p" : "";
    print_terms(problem->name, part, solution.p, problem->p_terms, problem->single);
    if (problem->q_terms > 1)
        print_terms(problem->name, "_q", solution.q, problem->q_terms, problem->single);
}

/* ---- the functions ---- */

static quad asin_tail(quad t)
{
    if (t < 1e-12Q)
        return 1 / 6.0Q + t * (3 / 40.0Q);
    quad x = sqrtq(t);
    return (asinq(x) / x - 1) / t;
}

static quad asin_tail_scale(quad t)
{
    return (1 + t * asin_tail(t)) / t; /* an error of the tail counts relative to asin(x) */
}

static quad arc_over_sine(quad c)
{
    return 1 - c < 1e-20Q ? 1 + (1 - c) / 3 : acosq(c) / sqrtq(1 - c * c);
}

static const struct problem problems[] = {
    {"asin_tail", "asin x = x + x^3 P(x^2) for x^2 <= 1/4: P, relative to asin x.", asin_tail,
     asin_tail_scale, 0.25Q, 12, 1, false},
    {"arc_over_sine", "acos(c) / sqrt(1 - c^2) = P(c) / Q(c) for 0 <= c <= 1.", arc_over_sine,
     arc_over_sine, 1, 7, 6, false},
    {"rough_arc_over_sine", "The same as a polynomial, in single precision.", arc_over_sine,
     arc_over_sine, 1, 7, 1, true},
};

int main(void)
{
    puts("/* minimax.h - made by generate_minimax (tests/generate/minimax.c), which says how; not "
         "to be\n"
         " * changed by hand. Terms from low powers to high ones. */\n"
         "#ifndef METRIC_KERNEL_MINIMAX_H\n"
         "#define METRIC_KERNEL_MINIMAX_H");
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
        print_solution(&problems[i]);
    puts("\n#endif");
    return 0;
}
