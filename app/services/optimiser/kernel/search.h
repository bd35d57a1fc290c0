/* SPDX-License-Identifier: MIT */
/* The state of a search: a plan whose territories are connected, at every moment. */
#ifndef SEARCH_H
#define SEARCH_H

#include "evenfield.h"

/* A pair that should be apart counts like a load this many scales outside its corridor. */
#define CONFLICT 0.1

/* What is asked; the arrays belong to the caller. Field by field the same as `SearchInput` in
 * kernel_search.py. Lengths in brackets; territories are k, measures m, neighbours e. */
typedef struct {
    int32_t units, territories, measures;
    int32_t has_apart;
    const int32_t *first, *neighbor; /* [n + 1], [e]: who touches whom */
    const double *border_km;         /* [e] */
    const double *x_km, *y_km;       /* [n] */
    const double *mass;              /* [n]: weight of the squared distance, above 0 */
    const double *load;              /* [n * m] */
    const double *low, *high;        /* [k * m]: the corridor of each load */
    const double *scale;             /* [k * m]: what a load's distance to its corridor is divided by */
    const double *home_x, *home_y;   /* [k] */
    const double *home_share;        /* [k]: 0 the centre is the centroid, 1 the home */
    const int32_t *today;            /* [n]: territory, or -1 */
    const double *leave_cost;        /* [n]: cost of not being in today's territory */
    const uint8_t *is_locked;        /* [n] */
    const int32_t *region;           /* [n]: may only be in a territory of the same region */
    const int32_t *region_of;        /* [k] */
    const uint8_t *is_loose;         /* [k]: need not be connected */
    const int32_t *apart_first, *apart; /* [n + 1], pairs that must not share a territory */
    double border_price;             /* cost of a km of border between territories */
    double penalty;                  /* cost of a load one scale outside its corridor */
} SearchInput;

typedef struct {
    double mass, x, y, square; /* sums over the units: m, m x, m y, m (x^2 + y^2) */
    double inertia, excess;    /* cost without and with borders; see territory_inertia, load_excess */
    int32_t count;
    int32_t *edge; /* its units that touch another territory, in no order */
    int32_t edge_count, edge_room;
} Territory;

typedef struct {
    SearchInput in;
    Random random;
    int32_t *territory; /* [n] */
    Territory *of;      /* [k] */
    double *load;       /* [k * m] */
    double cut_km, left; /* border km; sum of leave costs */
    int64_t conflicts;   /* pairs that should be apart and are not */
    int32_t *foreign;   /* [n]: neighbours in other territories */
    int32_t *place;     /* [n]: where it stands in its territory's edge list, or -1 */
    int32_t *active;    /* territories that may change */
    int32_t active_count;
    uint8_t *is_active; /* [k] */
    int32_t *queue_a, *queue_b, *seen; /* [n] each, for walks */
    int32_t stamp;
    double *trial_load; /* [4 * m] */
    int32_t *best;      /* [n] */
    double best_cost, best_excess;
    int64_t accepted;
} Search;

double territory_inertia(const Search *s, int32_t t, const Territory *of);
double load_excess(const Search *s, int32_t t, const double *load);
void recount(Search *s);
void move_unit(Search *s, int32_t unit, int32_t to);
int32_t may_leave(Search *s, int32_t unit);
int32_t may_enter(const Search *s, int32_t unit, int32_t to);
double total_cost(const Search *s);
double total_excess(const Search *s);
void keep_best(Search *s);

#endif
