/* SPDX-License-Identifier: MIT */
/* Makes a plan's territories connected and not empty, moving as little as needed. */
#include "evenfield.h"

typedef struct {
    double key;
    int32_t unit, territory;
} Offer;

typedef struct {
    int32_t units, k;
    const int32_t *first, *neighbor;
    const double *x, *y, *mass, *center_x, *center_y, *price;
    const int32_t *region, *region_of;
    const uint8_t *is_fixed, *is_loose;
    int32_t *plan;
    int32_t *part, *queue;
    Offer *heap;
    int32_t heap_count, heap_room;
} Mender;

static int32_t is_before(const Offer *a, const Offer *b) {
    if (a->key != b->key) return a->key < b->key;
    return a->unit != b->unit ? a->unit < b->unit : a->territory < b->territory;
}

static int32_t push(Mender *m, Offer offer) {
    if (m->heap_count == m->heap_room) {
        m->heap_room = m->heap_room * 2 + 64;
        Offer *larger = realloc(m->heap, (size_t)m->heap_room * sizeof(Offer));
        if (!larger) return -1;
        m->heap = larger;
    }
    int32_t at = m->heap_count++;
    while (at && is_before(&offer, &m->heap[(at - 1) / 2])) {
        m->heap[at] = m->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    m->heap[at] = offer;
    return 0;
}

static Offer pop(Mender *m) {
    Offer top = m->heap[0], last = m->heap[--m->heap_count];
    int32_t at = 0;
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= m->heap_count) break;
        if (child + 1 < m->heap_count && is_before(&m->heap[child + 1], &m->heap[child])) child++;
        if (!is_before(&m->heap[child], &last)) break;
        m->heap[at] = m->heap[child];
        at = child;
    }
    m->heap[at] = last;
    return top;
}

static double power(const Mender *m, int32_t unit, int32_t t) {
    double dx = m->x[unit] - m->center_x[t], dy = m->y[unit] - m->center_y[t];
    return dx * dx + dy * dy - m->price[t];
}

/* Gives every territory without a unit the nearest one of a territory that has several. */
static void seed_empty(Mender *m, int32_t *count) {
    memset(count, 0, sizeof(int32_t) * (size_t)m->k);
    for (int32_t i = 0; i < m->units; i++)
        if (m->plan[i] >= 0) count[m->plan[i]]++;
    for (int32_t t = 0; t < m->k; t++) {
        int32_t best = -1;
        if (count[t]) continue;
        for (int32_t i = 0; i < m->units; i++) {
            if (m->is_fixed[i] || m->region[i] != m->region_of[t]) continue;
            if (m->plan[i] >= 0 && count[m->plan[i]] < 2) continue;
            if (best < 0 || power(m, i, t) < power(m, best, t)) best = i;
        }
        if (best < 0) continue;
        if (m->plan[best] >= 0) count[m->plan[best]]--;
        m->plan[best] = t;
        count[t] = 1;
    }
}

/* Frees what is not joined to the main part of its territory, the one with the most mass. Fixed
 * units stay. */
static int32_t free_strays(Mender *m) {
    int32_t parts = 0, n = m->units;
    for (int32_t i = 0; i < n; i++) m->part[i] = -1;
    double *weight = calloc((size_t)n, sizeof(double));
    int32_t *main_part = calloc((size_t)m->k, sizeof(int32_t));
    if (!weight || !main_part) {
        free(weight);
        free(main_part);
        return -1;
    }
    for (int32_t t = 0; t < m->k; t++) main_part[t] = -1;
    for (int32_t i = 0; i < n; i++) {
        int32_t t = m->plan[i], head = 0, tail = 0;
        if (t < 0 || m->part[i] >= 0) continue;
        m->part[i] = parts;
        m->queue[tail++] = i;
        while (head < tail) {
            int32_t u = m->queue[head++];
            weight[parts] += m->mass[u];
            for (int32_t e = m->first[u]; e < m->first[u + 1]; e++) {
                int32_t j = m->neighbor[e];
                if (m->plan[j] != t || m->part[j] >= 0) continue;
                m->part[j] = parts;
                m->queue[tail++] = j;
            }
        }
        int32_t now = main_part[t];
        if (now < 0 || weight[parts] > weight[now]) main_part[t] = parts;
        parts++;
    }
    for (int32_t i = 0; i < n; i++) {
        int32_t t = m->plan[i];
        if (t >= 0 && m->part[i] != main_part[t] && !m->is_fixed[i] && !m->is_loose[t])
            m->plan[i] = -1;
    }
    free(weight);
    free(main_part);
    return 0;
}

static int32_t offer_around(Mender *m, int32_t unit) {
    int32_t t = m->plan[unit];
    for (int32_t e = m->first[unit]; e < m->first[unit + 1]; e++) {
        int32_t j = m->neighbor[e];
        if (m->plan[j] >= 0 || m->region[j] != m->region_of[t]) continue;
        Offer offer = {power(m, j, t), j, t};
        if (push(m, offer)) return -1;
    }
    return 0;
}

/* Connects the territories of a plan; units with -1 are given out too.
 * is_fixed: units that keep their territory. center, price: as for ev_diagram.
 * Returns how many units no territory of their region reaches, or -1 without memory. */
EXPORT int32_t ev_connect(int32_t units, int32_t k, const int32_t *first, const int32_t *neighbor,
                          const double *x, const double *y, const double *mass,
                          const double *center_x, const double *center_y, const double *price,
                          const int32_t *region, const int32_t *region_of,
                          const uint8_t *is_fixed, const uint8_t *is_loose, int32_t *plan) {
    int32_t *room = calloc(2 * (size_t)units + (size_t)k, sizeof(int32_t));
    if (!room) return -1;
    Mender m = {units, k, first, neighbor, x, y, mass, center_x, center_y, price, region, region_of,
                is_fixed, is_loose, plan, room, room + units, NULL, 0, 0};
    seed_empty(&m, room + 2 * (int64_t)units);
    int32_t left = free_strays(&m);
    for (int32_t i = 0; i < units && !left; i++)
        if (plan[i] >= 0) left = offer_around(&m, i);
    while (m.heap_count && !left) {
        Offer offer = pop(&m);
        if (plan[offer.unit] >= 0) continue;
        plan[offer.unit] = offer.territory;
        left = offer_around(&m, offer.unit);
    }
    for (int32_t i = 0; i < units && left >= 0; i++) left += plan[i] < 0;
    free(m.heap);
    free(room);
    return left;
}

/* Numbers the connected parts of units with the same label, in the order of their first units.
 * part: written. Returns how many parts there are, or -1 without memory. */
EXPORT int32_t ev_parts(int32_t units, const int32_t *first, const int32_t *neighbor,
                        const int32_t *label, int32_t *part) {
    int32_t *queue = calloc((size_t)units + 1, sizeof(int32_t));
    int32_t parts = 0;
    if (!queue) return -1;
    for (int32_t i = 0; i < units; i++) part[i] = -1;
    for (int32_t i = 0; i < units; i++) {
        int32_t head = 0, tail = 0;
        if (part[i] >= 0) continue;
        part[i] = parts;
        queue[tail++] = i;
        while (head < tail) {
            int32_t u = queue[head++];
            for (int32_t e = first[u]; e < first[u + 1]; e++) {
                int32_t j = neighbor[e];
                if (part[j] >= 0 || label[j] != label[u]) continue;
                part[j] = parts;
                queue[tail++] = j;
            }
        }
        parts++;
    }
    free(queue);
    return parts;
}
