/* SPDX-License-Identifier: MIT */
/* Begin, look at and end a search. */
#include "search.h"

EXPORT void ev_search_free(Search *s) {
    if (!s) return;
    if (s->of)
        for (int32_t t = 0; t < s->in.territories; t++) free(s->of[t].edge);
    free(s->of);
    free(s->territory);
    free(s->load);
    free(s->foreign);
    free(s->place);
    free(s->active);
    free(s->is_active);
    free(s->queue_a);
    free(s->queue_b);
    free(s->seen);
    free(s->trial_load);
    free(s->best);
    free(s);
}

static int32_t *numbers(int32_t count) { return calloc((size_t)count, sizeof(int32_t)); }

/* A search from a plan whose territories are connected and not empty; NULL without memory. */
EXPORT Search *ev_search_new(const SearchInput *input, const int32_t *plan, uint64_t seed) {
    Search *s = calloc(1, sizeof(Search));
    if (!s) return NULL;
    s->in = *input;
    int32_t n = input->units, k = input->territories, m = input->measures;
    s->random = random_from(seed);
    s->of = calloc((size_t)k, sizeof(Territory));
    s->territory = numbers(n);
    s->load = calloc((size_t)k * (size_t)m, sizeof(double));
    s->foreign = numbers(n);
    s->place = numbers(n);
    s->active = numbers(k);
    s->is_active = calloc((size_t)k, 1);
    s->queue_a = numbers(n);
    s->queue_b = numbers(n);
    s->seen = numbers(n);
    s->trial_load = calloc(4 * (size_t)m, sizeof(double));
    s->best = numbers(n);
    if (!s->of || !s->territory || !s->load || !s->foreign || !s->place || !s->active ||
        !s->is_active || !s->queue_a || !s->queue_b || !s->seen || !s->trial_load || !s->best) {
        ev_search_free(s);
        return NULL;
    }
    memcpy(s->territory, plan, sizeof(int32_t) * (size_t)n);
    for (int32_t t = 0; t < k; t++) {
        s->active[t] = t;
        s->is_active[t] = 1;
    }
    s->active_count = k;
    s->best_excess = s->best_cost = FAR;
    recount(s);
    keep_best(s);
    return s;
}

/* Goes on from another plan; the best so far stays. */
EXPORT void ev_search_set_plan(Search *s, const int32_t *plan) {
    memcpy(s->territory, plan, sizeof(int32_t) * (size_t)s->in.units);
    recount(s);
    keep_best(s);
}

/* Only these territories change from now on. */
EXPORT void ev_search_set_active(Search *s, const int32_t *active, int32_t count) {
    memset(s->is_active, 0, (size_t)s->in.territories);
    for (int32_t p = 0; p < count; p++) {
        s->active[p] = active[p];
        s->is_active[active[p]] = 1;
    }
    s->active_count = count;
}

/* The prices from now on; the best so far is forgotten, as it was best by others. */
EXPORT void ev_search_set_prices(Search *s, double border_price, double penalty) {
    s->in.border_price = border_price;
    s->in.penalty = penalty;
    s->best_excess = s->best_cost = FAR;
    keep_best(s);
}

/* The plan it stands at; returns its cost without penalties, and its excess and accepted steps. */
EXPORT double ev_search_plan(const Search *s, int32_t *plan, double *excess, int64_t *accepted) {
    memcpy(plan, s->territory, sizeof(int32_t) * (size_t)s->in.units);
    *excess = total_excess(s);
    *accepted = s->accepted;
    return total_cost(s);
}

/* The best plan so far; returns its cost without penalties, and its excess. */
EXPORT double ev_search_best(const Search *s, int32_t *plan, double *excess) {
    memcpy(plan, s->best, sizeof(int32_t) * (size_t)s->in.units);
    *excess = s->best_excess;
    return s->best_cost;
}
