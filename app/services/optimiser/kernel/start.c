/* SPDX-License-Identifier: MIT */
/* First plans: cuts at random angles, then balanced power diagrams.
 * Source: Aurenhammer, Hoffmann, Aronov 1998 (least-squares partitions are power diagrams);
 * Cohen-Addad, Klein, Young 2018 (balanced centroidal power diagrams). The smoothing is ours.
 */
#include "evenfield.h"

/* Orders positions by key, equal keys by position; a merge sort of our own, since the order of
 * qsort differs from system to system. */
static void sort_by_key(int32_t *order, int32_t count, const double *key, int32_t *room) {
    for (int32_t width = 1; width < count; width *= 2) {
        for (int32_t left = 0; left < count; left += 2 * width) {
            int32_t middle = left + width < count ? left + width : count;
            int32_t right = middle + width < count ? middle + width : count;
            int32_t a = left, b = middle;
            for (int32_t to = left; to < right; to++) {
                int32_t take_b = a >= middle || (b < right && (key[order[b]] < key[order[a]] ||
                    (key[order[b]] == key[order[a]] && order[b] < order[a])));
                room[to] = take_b ? order[b++] : order[a++];
            }
        }
        memcpy(order, room, sizeof(int32_t) * (size_t)count);
    }
}

static void random_direction(Random *random, double *dx, double *dy) {
    double square;
    do {
        *dx = 2.0 * random_unit(random) - 1.0;
        *dy = 2.0 * random_unit(random) - 1.0;
        square = *dx * *dx + *dy * *dy;
    } while (square > 1.0 || square < 0.01);
}

/* Inertia of units order[from .. to - 1] around their centroid. */
static double inertia_of(const int32_t *order, int32_t from, int32_t to, const double *x,
                         const double *y, const double *w) {
    double sw = 0.0, sx = 0.0, sy = 0.0, sq = 0.0;
    for (int32_t p = from; p < to; p++) {
        int32_t i = order[p];
        sw += w[i];
        sx += w[i] * x[i];
        sy += w[i] * y[i];
        sq += w[i] * (x[i] * x[i] + y[i] * y[i]);
    }
    return sw > 0.0 ? sq - (sx * sx + sy * sy) / sw : 0.0;
}

typedef struct {
    int32_t units;
    const double *x, *y, *w;
    const double *target;
    double *key;
    int32_t *order, *trial, *room;
} Cutter;

/* Where the ordered units from .. to - 1 are cut so that the first part has this share of w, and
 * at least `left` and `right` units lie on either side. */
static int32_t cut_place(const Cutter *c, const int32_t *order, int32_t from, int32_t to,
                         double share, int32_t left, int32_t right) {
    double all = 0.0, sum = 0.0;
    for (int32_t p = from; p < to; p++) all += c->w[order[p]];
    int32_t place = from;
    while (place < to && sum + 0.5 * c->w[order[place]] < share * all) sum += c->w[order[place++]];
    if (place < from + left) place = from + left;
    if (place > to - right) place = to - right;
    return place;
}

/* Cuts order[from .. to - 1] in two, along the best of four random directions. */
static int32_t cut_once(Cutter *c, Random *random, int32_t from, int32_t to, double share,
                        int32_t left, int32_t right) {
    double least = FAR;
    int32_t best_place = from, count = to - from;
    for (int32_t attempt = 0; attempt < 4; attempt++) {
        double dx, dy;
        random_direction(random, &dx, &dy);
        for (int32_t p = 0; p < count; p++) {
            int32_t i = c->trial[p] = c->order[from + p];
            c->key[i] = dx * c->x[i] + dy * c->y[i];
        }
        sort_by_key(c->trial, count, c->key, c->room);
        int32_t place = cut_place(c, c->trial, 0, count, share, left, right);
        double inertia = inertia_of(c->trial, 0, place, c->x, c->y, c->w) +
                         inertia_of(c->trial, place, count, c->x, c->y, c->w);
        if (inertia < least) {
            least = inertia;
            best_place = place;
            memcpy(c->order + from, c->trial, sizeof(int32_t) * (size_t)count);
        }
    }
    return from + best_place;
}

/* Territories 0 .. k - 1 by repeated cuts; k <= units. plan: written. 0, or -1 without memory. */
EXPORT int32_t ev_bisect(int32_t units, int32_t k, const double *x, const double *y,
                         const double *w, const double *target, uint64_t seed, int32_t *plan) {
    Random random = random_from(seed);
    double *key = calloc((size_t)units, sizeof(double));
    int32_t *room = calloc(3 * (size_t)units + 4 * (size_t)k + 4, sizeof(int32_t));
    int32_t failed = !key || !room ? -1 : 0;
    if (!failed) {
        Cutter c = {units, x, y, w, target, key, room, room + units, room + 2 * (int64_t)units};
        int32_t *open = room + 3 * (int64_t)units, count = 1;
        int32_t whole[4] = {0, units, 0, k};
        memcpy(open, whole, sizeof whole);
        for (int32_t i = 0; i < units; i++) c.order[i] = i;
        while (count) {
            int32_t *top = open + 4 * --count;
            int32_t from = top[0], to = top[1], first = top[2], last = top[3];
            if (last - first == 1) {
                for (int32_t p = from; p < to; p++) plan[c.order[p]] = first;
                continue;
            }
            int32_t middle = (first + last + (int32_t)(random_bits(&random) & 1)) / 2;
            double part = 0.0, all = 0.0;
            for (int32_t t = first; t < last; t++) all += target[t];
            for (int32_t t = first; t < middle; t++) part += target[t];
            int32_t place =
                cut_once(&c, &random, from, to, part / all, middle - first, last - middle);
            int32_t sides[8] = {from, place, first, middle, place, to, middle, last};
            memcpy(open + 4 * count, sides, sizeof sides);
            count += 2;
        }
    }
    free(key);
    free(room);
    return failed;
}

/* Groups units into `groups` compact ones of about equal weight, by cuts across the longer side.
 * group: written. 0, or -1 without memory. */
EXPORT int32_t ev_coarsen(int32_t units, int32_t groups, const double *x, const double *y,
                          const double *w, int32_t *group) {
    double *key = calloc((size_t)units, sizeof(double));
    int32_t *room = calloc(3 * (size_t)units + 4 * (size_t)groups + 4, sizeof(int32_t));
    int32_t failed = !key || !room ? -1 : 0;
    if (!failed) {
        Cutter c = {units, x, y, w, NULL, key, room, room + units, room + 2 * (int64_t)units};
        int32_t *open = room + 3 * (int64_t)units, count = 1;
        int32_t whole[4] = {0, units, 0, groups};
        memcpy(open, whole, sizeof whole);
        for (int32_t i = 0; i < units; i++) c.order[i] = i;
        while (count) {
            int32_t *top = open + 4 * --count;
            int32_t from = top[0], to = top[1], first = top[2], last = top[3];
            double low_x = FAR, high_x = -FAR, low_y = FAR, high_y = -FAR;
            for (int32_t p = from; p < to; p++) {
                int32_t i = c.order[p];
                if (last - first == 1) group[i] = first;
                if (x[i] < low_x) low_x = x[i];
                if (x[i] > high_x) high_x = x[i];
                if (y[i] < low_y) low_y = y[i];
                if (y[i] > high_y) high_y = y[i];
            }
            if (last - first == 1) continue;
            const double *by = high_x - low_x >= high_y - low_y ? x : y;
            sort_by_key(c.order + from, to - from, by, c.room);
            int32_t middle = (first + last) / 2;
            double share = (double)(middle - first) / (double)(last - first);
            int32_t place = cut_place(&c, c.order, from, to, share, middle - first, last - middle);
            int32_t sides[8] = {from, place, first, middle, place, to, middle, last};
            memcpy(open + 4 * count, sides, sizeof sides);
            count += 2;
        }
    }
    free(key);
    free(room);
    return failed;
}
