/* SPDX-License-Identifier: MIT */
/* Lower bounds on inertia; valid for any prices, as they come from Lagrangian relaxations. */
#include "evenfield.h"

/* No sharing out of the units among these centres, whole or in parts, has less inertia.
 * price: [k * m]; low, high: [k * m] corridors of the loads [n * m].
 * Source: duality of the transportation problem. */
EXPORT double ev_transport_bound(int32_t units, int32_t k, int32_t measures, const double *x,
                                 const double *y, const double *weight, const double *load,
                                 const double *center_x, const double *center_y,
                                 const double *price, const double *low, const double *high) {
    double bound = 0.0;
    for (int64_t at = 0; at < (int64_t)k * measures; at++)
        bound += price[at] * (price[at] > 0.0 ? low[at] : high[at]);
    for (int32_t i = 0; i < units; i++) {
        double least = FAR;
        for (int32_t t = 0; t < k; t++) {
            double dx = x[i] - center_x[t], dy = y[i] - center_y[t];
            double cost = weight[i] * (dx * dx + dy * dy);
            for (int32_t q = 0; q < measures; q++)
                cost -= load[(int64_t)i * measures + q] * price[(int64_t)t * measures + q];
            if (cost < least) least = cost;
        }
        bound += least;
    }
    return bound;
}

typedef struct {
    double ratio;
    int32_t unit;
} Item;

static int32_t is_less(Item a, Item b) {
    return a.ratio != b.ratio ? a.ratio < b.ratio : a.unit < b.unit;
}

static void sift(Item *heap, int32_t count, int32_t at) {
    Item item = heap[at];
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= count) break;
        if (child + 1 < count && is_less(heap[child + 1], heap[child])) child++;
        if (!is_less(heap[child], item)) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
}

/* The cheapest load between low and high around one unit as the centre, units whole or in parts:
 * the sum of load times (squared distance - worth). Adds the parts to `cover` unless it is NULL. */
static double center_value(int32_t units, const double *x, const double *y, const double *load,
                           const double *worth, double low, double high, int32_t center,
                           Item *heap, double *cover) {
    double cx = x[center], cy = y[center], gain = 0.0, taken = 0.0, value = 0.0;
    int32_t count = 0;
    for (int32_t i = 0; i < units; i++) {
        double dx = x[i] - cx, dy = y[i] - cy;
        double ratio = dx * dx + dy * dy - worth[i];
        if (ratio < 0.0) {
            Item item = {ratio, i};
            heap[count++] = item;
            gain += load[i] * ratio;
            taken += load[i];
        }
    }
    if (taken >= low && taken <= high) {
        for (int32_t p = 0; p < count && cover; p++) cover[heap[p].unit] += 1.0;
        return gain;
    }
    if (taken < low) {
        for (count = 0; count < units; count++) {
            double dx = x[count] - cx, dy = y[count] - cy;
            Item item = {dx * dx + dy * dy - worth[count], count};
            heap[count] = item;
        }
    }
    double wanted = taken < low ? low : high;
    for (int32_t at = count / 2 - 1; at >= 0; at--) sift(heap, count, at);
    taken = 0.0;
    while (count && taken < wanted) {
        Item item = heap[0];
        heap[0] = heap[--count];
        if (count) sift(heap, count, 0);
        double whole = load[item.unit], room = wanted - taken;
        double part = whole > room ? room / whole : 1.0;
        value += part * whole * item.ratio;
        taken += whole > room ? room : whole;
        if (cover) cover[item.unit] += part;
    }
    return value;
}

/* Values of the units from .. to - 1 as centres; `least` becomes, for each unit that a centre takes
 * by itself, the least value of such a centre. 0, or -1 without memory. */
EXPORT int32_t ev_center_values(int32_t units, const double *x, const double *y, const double *load,
                                const double *worth, double low, double high, int32_t from,
                                int32_t to, double *value, double *least) {
    Item *heap = malloc(sizeof(Item) * (size_t)units);
    if (!heap) return -1;
    for (int32_t j = from; j < to; j++) {
        value[j] = center_value(units, x, y, load, worth, low, high, j, heap, NULL);
        for (int32_t i = 0; i < units; i++) {
            double dx = x[i] - x[j], dy = y[i] - y[j];
            if (dx * dx + dy * dy < worth[i] && value[j] < least[i]) least[i] = value[j];
        }
    }
    free(heap);
    return 0;
}

/* How often each unit is taken by these centres. cover: [units], written. 0, or -1. */
EXPORT int32_t ev_center_cover(int32_t units, const double *x, const double *y, const double *load,
                               const double *worth, double low, double high, int32_t centers,
                               const int32_t *center, double *cover) {
    Item *heap = malloc(sizeof(Item) * (size_t)units);
    if (!heap) return -1;
    memset(cover, 0, sizeof(double) * (size_t)units);
    for (int32_t p = 0; p < centers; p++)
        center_value(units, x, y, load, worth, low, high, center[p], heap, cover);
    free(heap);
    return 0;
}
