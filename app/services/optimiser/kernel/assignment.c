/* SPDX-License-Identifier: MIT */
/* The assignment problem: shortest augmenting paths over a dense table of costs.
 * Source: Jonker, Volgenant 1987, "A shortest augmenting path algorithm for dense and sparse
 * linear assignment problems", without its starting heuristics.
 */
#include "evenfield.h"

typedef struct {
    int32_t rows, columns;
    const double *cost;
    double *row_price, *column_price, *distance;
    int32_t *row_of, *before; /* per column */
    uint8_t *is_done;
} Matching;

/* Extends the matching by one row along the cheapest path to a free column. */
static void match_row(Matching *m, int32_t start) {
    int32_t row = start, last = -1;
    for (int32_t j = 0; j < m->columns; j++) {
        m->distance[j] = FAR;
        m->before[j] = -1;
        m->is_done[j] = 0;
    }
    double reached = 0.0;
    for (;;) {
        const double *cost = m->cost + (int64_t)row * m->columns;
        double least = FAR;
        int32_t next = -1;
        for (int32_t j = 0; j < m->columns; j++) {
            if (m->is_done[j]) continue;
            double length = reached + cost[j] - m->row_price[row] - m->column_price[j];
            if (length < m->distance[j]) {
                m->distance[j] = length;
                m->before[j] = last;
            }
            if (m->distance[j] < least) {
                least = m->distance[j];
                next = j;
            }
        }
        reached = least;
        last = next;
        m->is_done[last] = 1;
        if (m->row_of[last] < 0) break;
        row = m->row_of[last];
    }
    m->row_price[start] += reached;
    for (int32_t j = 0; j < m->columns; j++) {
        if (!m->is_done[j] || j == last) continue;
        m->column_price[j] += m->distance[j] - reached;
        m->row_price[m->row_of[j]] += reached - m->distance[j];
    }
    while (m->before[last] >= 0) {
        m->row_of[last] = m->row_of[m->before[last]];
        last = m->before[last];
    }
    m->row_of[last] = start;
}

/* Matches every row with a column of its own at the least total cost; rows <= columns.
 * column_of: written, per row. Returns 0, or -1 without memory. */
EXPORT int32_t ev_assignment(int32_t rows, int32_t columns, const double *cost, int32_t *column_of) {
    double *room = calloc((size_t)rows + 2 * (size_t)columns, sizeof(double));
    int32_t *whole = calloc(2 * (size_t)columns, sizeof(int32_t));
    uint8_t *is_done = calloc((size_t)columns, 1);
    int32_t failed = !room || !whole || !is_done ? -1 : 0;
    if (!failed) {
        Matching m = {rows, columns, cost, room, room + rows, room + rows + columns,
                      whole, whole + columns, is_done};
        for (int32_t j = 0; j < columns; j++) m.row_of[j] = -1;
        for (int32_t i = 0; i < rows; i++) match_row(&m, i);
        for (int32_t j = 0; j < columns; j++)
            if (m.row_of[j] >= 0) column_of[m.row_of[j]] = j;
    }
    free(room);
    free(whole);
    free(is_done);
    return failed;
}
