/* SPDX-License-Identifier: MIT */
/* Balanced power diagrams: each territory has a price, and a unit goes where squared distance less
 * price is least. The prices maximise the dual of the transportation problem, in which the minimum
 * over territories is made smooth; the smoothing of a unit follows the size of its territory, as
 * one for all would blur dense cities.
 * Source: the dual is textbook; Newton's method on it with damping after Levenberg 1944.
 */
#include "evenfield.h"

typedef struct {
    int32_t units, k;
    const double *x, *y, *load, *mass;
    double *center_x, *center_y, *price, *radius; /* radius: mean squared distance */
    double *share;                                /* [k] of one unit */
    double *width;                                /* [units]: smoothing in km^2 */
    int32_t *near;                                /* [k] territories with a share */
    double *slope, *curve;                        /* [k], [k * k] */
    double *old_price, *old_slope, *old_curve;    /* [k], [k], [k * k] */
    double *border_load, *border_width;           /* [k]: of the units that it shares */
    double *sum_mass, *sum_x, *sum_y, *sum_square;
    const double *low, *high;                     /* [k] */
    double bend, damping;
} Diagram;

/* Fills `share` with what the unit costs each territory; returns the cheapest. */
static int32_t cheapest(Diagram *d, int32_t unit) {
    double least = FAR, x = d->x[unit], y = d->y[unit];
    int32_t best = 0;
    for (int32_t t = 0; t < d->k; t++) {
        double dx = x - d->center_x[t], dy = y - d->center_y[t];
        double cost = dx * dx + dy * dy - d->price[t];
        d->share[t] = cost;
        if (cost < least) {
            least = cost;
            best = t;
        }
    }
    return best;
}

/* The shares of one unit, and the smooth minimum of its costs; returns how many territories have
 * one, listed in `near`, the cheapest territory first. */
static int32_t shares_of(Diagram *d, int32_t unit, double *minimum) {
    int32_t best = cheapest(d, unit), count = 0;
    double least = d->share[best], width = d->width[unit];
    double reach = least + 25.0 * width, sum = 0.0;
    d->near[count++] = best;
    for (int32_t t = 0; t < d->k; t++)
        if (d->share[t] < reach && t != best) d->near[count++] = t;
    *minimum = least;
    if (count == 1) {
        d->share[best] = 1.0;
        return 1;
    }
    for (int32_t p = 0; p < count; p++) {
        double part = exp_below((least - d->share[d->near[p]]) / width);
        d->share[d->near[p]] = part;
        sum += part;
    }
    for (int32_t p = 0; p < count; p++) d->share[d->near[p]] /= sum;
    *minimum = least - width * log_of(sum);
    return count;
}

/* What the dual gains by a territory's price: where it is high the load only has to reach the low
 * end of the corridor, where it is low it may reach the high end; in between, `bend` wide, a load
 * between. Adds the curvature. */
static double wanted_load(const Diagram *d, int32_t t, double *slope, double *curve) {
    double middle = 0.5 * (d->low[t] + d->high[t]), half = 0.5 * (d->high[t] - d->low[t]);
    double price = d->price[t], bend = d->bend, size = price < 0.0 ? -price : price;
    if (size >= bend) {
        *slope = price > 0.0 ? d->low[t] : d->high[t];
        return middle * price - half * (size - 0.5 * bend);
    }
    *slope = middle - half * price / bend;
    *curve += half / bend;
    return middle * price - half * price * price / (2.0 * bend);
}

/* The dual's value; its slope and curvature, and the sums for new centres, are left in `d`. */
static double gather(Diagram *d) {
    int32_t k = d->k;
    double dual = 0.0;
    memset(d->curve, 0, sizeof(double) * (size_t)k * (size_t)k);
    for (int32_t t = 0; t < k; t++) {
        dual += wanted_load(d, t, &d->slope[t], d->curve + (int64_t)t * k + t);
        d->border_load[t] = d->border_width[t] = 0.0;
        d->sum_mass[t] = d->sum_x[t] = d->sum_y[t] = d->sum_square[t] = 0.0;
    }
    for (int32_t i = 0; i < d->units; i++) {
        double minimum, load = d->load[i];
        int32_t count = shares_of(d, i, &minimum);
        dual += load * minimum;
        for (int32_t p = 0; p < count; p++) {
            int32_t t = d->near[p];
            double part = d->share[t], mass = part * d->mass[i];
            d->slope[t] -= load * part;
            d->sum_mass[t] += mass;
            d->sum_x[t] += mass * d->x[i];
            d->sum_y[t] += mass * d->y[i];
            d->sum_square[t] += mass * (d->x[i] * d->x[i] + d->y[i] * d->y[i]);
            if (count == 1) continue;
            double shared = load * part * (1.0 - part);
            d->border_load[t] += shared;
            d->border_width[t] += shared * d->width[i];
            double *row = d->curve + (int64_t)t * k, bend = load * part / d->width[i];
            for (int32_t q = 0; q < count; q++) row[d->near[q]] -= bend * d->share[d->near[q]];
            row[t] += bend;
        }
    }
    return dual;
}

/* In four sums, so that the processor need not wait for each; the order is part of the result. */
static double product(const double *a, const double *b, int32_t count) {
    double sum[4] = {0.0, 0.0, 0.0, 0.0};
    int32_t q = 0;
    for (; q + 4 <= count; q += 4)
        for (int32_t lane = 0; lane < 4; lane++) sum[lane] += a[q + lane] * b[q + lane];
    for (; q < count; q++) sum[0] += a[q] * b[q];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Solves (curve + damping) step = slope by Cholesky's method, in place; slope becomes the step. */
static void newton_step(double *a, double *b, int32_t k, double damping) {
    double largest = 0.0;
    for (int32_t t = 0; t < k; t++)
        if (a[(int64_t)t * k + t] > largest) largest = a[(int64_t)t * k + t];
    for (int32_t t = 0; t < k; t++) {
        double *diagonal = a + (int64_t)t * k + t;
        *diagonal += damping * *diagonal + 1e-9 * largest + 1e-300;
    }
    for (int32_t r = 0; r < k; r++) {
        double *row = a + (int64_t)r * k;
        for (int32_t c = 0; c <= r; c++) {
            const double *other = a + (int64_t)c * k;
            double sum = row[c] - product(row, other, c);
            if (c < r) {
                row[c] = sum / other[c];
            } else {
                row[r] = __builtin_sqrt(sum > 1e-15 * largest ? sum : 1e-15 * largest + 1e-300);
            }
        }
        b[r] = (b[r] - product(row, b, r)) / row[r];
    }
    for (int32_t r = k - 1; r >= 0; r--) {
        double sum = b[r];
        for (int32_t q = r + 1; q < k; q++) sum -= a[(int64_t)q * k + r] * b[q];
        b[r] = sum / a[(int64_t)r * k + r];
    }
}

static int32_t is_balanced(const Diagram *d) {
    for (int32_t t = 0; t < d->k; t++)
        if (d->slope[t] > 0.01 * d->high[t] || d->slope[t] < -0.01 * d->high[t]) return 0;
    return 1;
}

/* Up to `steps` evaluations of Newton's method. A step that lowers the dual is taken back and tried
 * shorter, each territory by its own curvature, since a dense one feels a price far sooner. */
static void move_prices(Diagram *d, int32_t steps) {
    size_t row = sizeof(double) * (size_t)d->k, table = row * (size_t)d->k;
    double dual = gather(d);
    for (int32_t step = 0; step < steps && !is_balanced(d); step++) {
        memcpy(d->old_curve, d->curve, table);
        memcpy(d->old_slope, d->slope, row);
        memcpy(d->old_price, d->price, row);
        newton_step(d->curve, d->slope, d->k, d->damping);
        for (int32_t t = 0; t < d->k; t++) {
            double most = d->border_load[t] > 0.0 ? 2.0 * d->border_width[t] / d->border_load[t]
                                                  : d->radius[t];
            double move = d->slope[t];
            d->price[t] += move > most ? most : move < -most ? -most : move;
        }
        double now = gather(d);
        if (now >= dual) {
            dual = now;
            d->damping = d->damping > 5e-4 ? d->damping / 5.0 : 1e-4;
            continue;
        }
        d->damping = d->damping > 1e-2 ? d->damping * 6.0 : 6e-2;
        memcpy(d->curve, d->old_curve, table);
        memcpy(d->slope, d->old_slope, row);
        memcpy(d->price, d->old_price, row);
    }
    gather(d);
}

static void move_centers(Diagram *d, const double *home_x, const double *home_y,
                         const double *home_share) {
    for (int32_t t = 0; t < d->k; t++) {
        double mass = d->sum_mass[t];
        if (!(mass > 0.0)) continue;
        double x = d->sum_x[t] / mass, y = d->sum_y[t] / mass, b = home_share[t];
        double radius = d->sum_square[t] / mass - (x * x + y * y);
        if (radius > 1e-9) d->radius[t] = radius;
        d->center_x[t] = b > 0.0 ? (1.0 - b) * x + b * home_x[t] : x;
        d->center_y[t] = b > 0.0 ? (1.0 - b) * y + b * home_y[t] : y;
    }
}

/* Moves the prices for these centres, up to `steps` times, then the centres once; a share of 1
 * keeps a centre at its home. Called with a smoothing that falls from about 0.5 to 0.05.
 * center_x, center_y, price, radius: [k], damping: [1]; read and written. plan: [units], written:
 * the cheapest territory of each unit. Returns the inertia of the shared units around the centres,
 * plus about what it would cost to balance what is still out of balance; or -1 without memory. */
EXPORT double ev_diagram(int32_t units, int32_t k, const double *x, const double *y,
                         const double *load, const double *mass, const double *low,
                         const double *high, const double *home_x, const double *home_y,
                         const double *home_share,
                         double *center_x, double *center_y, double *price, double *radius,
                         double *damping, int32_t steps, double smoothing, int32_t *plan) {
    size_t side = (size_t)k;
    double *room = calloc(2 * side * side + 10 * side + (size_t)units, sizeof(double));
    int32_t *near = calloc(side, sizeof(int32_t));
    double inertia = -1.0;
    if (room && near) {
        double *p = room + 2 * side * side;
        Diagram d = {units, k, x, y, load, mass, center_x, center_y, price, radius, p,
                     p + 10 * side, near, p + side, room, p + 2 * side, p + 3 * side,
                     room + side * side, p + 8 * side, p + 9 * side,
                     p + 4 * side, p + 5 * side, p + 6 * side, p + 7 * side, low, high, 0.0,
                     *damping};
        for (int32_t t = 0; t < k; t++) d.bend += smoothing * radius[t] / k;
        for (int32_t i = 0; i < units; i++) {
            int32_t t = cheapest(&d, i);
            d.width[i] = smoothing * (d.share[t] + price[t] + 1e-2 * radius[t]);
        }
        move_prices(&d, steps);
        move_centers(&d, home_x, home_y, home_share);
        *damping = d.damping;
        double least = price[0], most = price[0];
        for (int32_t t = 0; t < k; t++) {
            if (price[t] < least) least = price[t];
            if (price[t] > most) most = price[t];
        }
        inertia = 0.0;
        for (int32_t t = 0; t < k; t++) {
            double off = d.slope[t] < 0.0 ? -d.slope[t] : d.slope[t];
            if (off > 0.02 * high[t]) inertia += 0.5 * off * (most - least);
        }
        for (int32_t i = 0; i < units; i++) {
            double minimum;
            int32_t count = shares_of(&d, i, &minimum);
            plan[i] = d.near[0];
            for (int32_t q = 0; q < count; q++) {
                int32_t t = d.near[q];
                double dx = x[i] - center_x[t], dy = y[i] - center_y[t];
                inertia += mass[i] * d.share[t] * (dx * dx + dy * dy);
            }
        }
    }
    free(room);
    free(near);
    return inertia;
}
