/* SPDX-License-Identifier: MIT */
/* Sums, edges and connections of a plan, kept while units move. */
#include "search.h"

/* Sum of mass times squared distance to the territory's centre, which lies at the given share of
 * the way from its centroid to its home; km^2.
 * Source: Steiner's parallel axis theorem. */
double territory_inertia(const Search *s, int32_t t, const Territory *of) {
    double cx = of->x / of->mass, cy = of->y / of->mass;
    double inertia = of->square - of->mass * (cx * cx + cy * cy);
    double share = s->in.home_share[t];
    if (share > 0.0) {
        double dx = s->in.home_x[t] - cx, dy = s->in.home_y[t] - cy;
        inertia += of->mass * share * share * (dx * dx + dy * dy);
    }
    return inertia > 0.0 ? inertia : 0.0;
}

/* How far the loads lie outside their corridors: per measure 0, or 0.003 + z + 10 z^2. The step
 * makes even a small excess worth removing, the square spreads a large one. */
double load_excess(const Search *s, int32_t t, const double *load) {
    double sum = 0.0;
    int32_t m = s->in.measures;
    for (int32_t q = 0; q < m; q++) {
        int64_t at = (int64_t)t * m + q;
        double over = load[q] > s->in.high[at]  ? load[q] - s->in.high[at]
                      : load[q] < s->in.low[at] ? s->in.low[at] - load[q]
                                                : 0.0;
        if (over > 0.0) {
            double z = over / s->in.scale[at];
            sum += 0.003 + z + 10.0 * z * z;
        }
    }
    return sum;
}

static void edge_add(Search *s, int32_t unit) {
    Territory *of = &s->of[s->territory[unit]];
    if (of->edge_count == of->edge_room) {
        of->edge_room = of->edge_room * 2 + 16;
        int32_t *larger = realloc(of->edge, (size_t)of->edge_room * sizeof(int32_t));
        if (!larger) abort();
        of->edge = larger;
    }
    s->place[unit] = of->edge_count;
    of->edge[of->edge_count++] = unit;
}

static void edge_remove(Search *s, int32_t unit) {
    Territory *of = &s->of[s->territory[unit]];
    int32_t last = of->edge[--of->edge_count];
    of->edge[s->place[unit]] = last;
    s->place[last] = s->place[unit];
    s->place[unit] = -1;
}

static void add_sums(Search *s, int32_t unit, int32_t t, double sign) {
    const SearchInput *in = &s->in;
    Territory *of = &s->of[t];
    double mass = sign * in->mass[unit], x = in->x_km[unit], y = in->y_km[unit];
    of->mass += mass;
    of->x += mass * x;
    of->y += mass * y;
    of->square += mass * (x * x + y * y);
    of->count += sign > 0.0 ? 1 : -1;
    for (int32_t q = 0; q < in->measures; q++)
        s->load[(int64_t)t * in->measures + q] += sign * in->load[(int64_t)unit * in->measures + q];
}

static void finish_territory(Search *s, int32_t t) {
    s->of[t].inertia = territory_inertia(s, t, &s->of[t]);
    s->of[t].excess = load_excess(s, t, s->load + (int64_t)t * s->in.measures);
}

/* All sums from the assignment alone; called now and then, since running sums drift. */
void recount(Search *s) {
    const SearchInput *in = &s->in;
    for (int32_t t = 0; t < in->territories; t++) {
        Territory *of = &s->of[t];
        of->mass = of->x = of->y = of->square = 0.0;
        of->count = of->edge_count = 0;
    }
    memset(s->load, 0, sizeof(double) * (size_t)in->territories * (size_t)in->measures);
    s->cut_km = s->left = 0.0;
    s->conflicts = 0;
    for (int32_t i = 0; i < in->units; i++) {
        int32_t t = s->territory[i];
        add_sums(s, i, t, 1.0);
        s->foreign[i] = 0;
        for (int32_t e = in->first[i]; e < in->first[i + 1]; e++) {
            int32_t j = in->neighbor[e];
            if (s->territory[j] == t) continue;
            s->foreign[i]++;
            if (j > i) s->cut_km += in->border_km[e];
        }
        for (int32_t e = 0; in->has_apart && e < in->apart_first[i + 1] - in->apart_first[i]; e++) {
            int32_t j = in->apart[in->apart_first[i] + e];
            s->conflicts += j > i && s->territory[j] == t;
        }
        s->place[i] = -1;
        if (s->foreign[i]) edge_add(s, i);
        if (in->today[i] >= 0 && in->today[i] != t) s->left += in->leave_cost[i];
    }
    for (int32_t t = 0; t < in->territories; t++) finish_territory(s, t);
}

/* Gives a unit to another territory; connection and permission are the caller's business. */
void move_unit(Search *s, int32_t unit, int32_t to) {
    const SearchInput *in = &s->in;
    int32_t from = s->territory[unit];
    if (s->place[unit] >= 0) edge_remove(s, unit);
    add_sums(s, unit, from, -1.0);
    add_sums(s, unit, to, 1.0);
    s->territory[unit] = to;
    int32_t foreign = 0;
    for (int32_t e = in->first[unit]; e < in->first[unit + 1]; e++) {
        int32_t j = in->neighbor[e], t = s->territory[j];
        foreign += t != to;
        if (t == from) {
            s->cut_km += in->border_km[e];
            if (s->foreign[j]++ == 0) edge_add(s, j);
        } else if (t == to) {
            s->cut_km -= in->border_km[e];
            if (--s->foreign[j] == 0) edge_remove(s, j);
        }
    }
    for (int32_t e = 0; in->has_apart && e < in->apart_first[unit + 1] - in->apart_first[unit]; e++) {
        int32_t t = s->territory[in->apart[in->apart_first[unit] + e]];
        s->conflicts += (t == to) - (t == from);
    }
    s->foreign[unit] = foreign;
    if (foreign) edge_add(s, unit);
    if (in->today[unit] == from) s->left += in->leave_cost[unit];
    if (in->today[unit] == to) s->left -= in->leave_cost[unit];
    finish_territory(s, from);
    finish_territory(s, to);
}

/* Whether a walk inside the territory, past `without`, leads from one unit to another. Both ends
 * walk in turn, so that the answer no costs twice the smaller side only. */
static int32_t is_joined(Search *s, int32_t from, int32_t to, int32_t without) {
    const SearchInput *in = &s->in;
    int32_t t = s->territory[from];
    int32_t *queue[2] = {s->queue_a, s->queue_b};
    int32_t head[2] = {0, 0}, tail[2] = {1, 1};
    if (s->stamp > 2000000000) {
        memset(s->seen, 0, sizeof(int32_t) * (size_t)in->units);
        s->stamp = 0;
    }
    int32_t mark[2] = {s->stamp + 1, s->stamp + 2};
    s->stamp += 2;
    queue[0][0] = from;
    queue[1][0] = to;
    s->seen[from] = mark[0];
    s->seen[to] = mark[1];
    for (int32_t side = 0;; side ^= 1) {
        if (head[side] == tail[side]) return 0;
        int32_t u = queue[side][head[side]++];
        for (int32_t e = in->first[u]; e < in->first[u + 1]; e++) {
            int32_t j = in->neighbor[e];
            if (s->territory[j] != t || j == without || s->seen[j] == mark[side]) continue;
            if (s->seen[j] == mark[side ^ 1]) return 1;
            s->seen[j] = mark[side];
            queue[side][tail[side]++] = j;
        }
    }
}

static int32_t touches(const SearchInput *in, int32_t a, int32_t b) {
    for (int32_t e = in->first[a]; e < in->first[a + 1]; e++)
        if (in->neighbor[e] == b) return 1;
    return 0;
}

/* Whether the unit's territory stays connected, and is not empty, without it. */
int32_t may_leave(Search *s, int32_t unit) {
    const SearchInput *in = &s->in;
    int32_t t = s->territory[unit];
    if (in->is_locked[unit] || s->of[t].count < 2) return 0;
    if (in->is_loose[t]) return 1;
    int32_t near[32], count = 0;
    int32_t before = -1; /* many neighbours: each must be joined to the one before */
    for (int32_t e = in->first[unit]; e < in->first[unit + 1]; e++) {
        int32_t j = in->neighbor[e];
        if (s->territory[j] != t) continue;
        if (count < 32) {
            near[count++] = j;
        } else {
            if (!is_joined(s, near[0], j, unit)) return 0;
        }
        before = j;
    }
    if (before < 0) return 0;
    /* The ring of neighbours first: nearly always they touch one another. */
    uint32_t reached = 1, open = 1;
    while (open) {
        int32_t at = 0;
        while (!(open >> at & 1)) at++;
        open &= open - 1;
        for (int32_t other = 0; other < count; other++) {
            if (reached >> other & 1 || !touches(in, near[at], near[other])) continue;
            reached |= 1u << other;
            open |= 1u << other;
        }
    }
    for (int32_t other = 1; other < count; other++)
        if (!(reached >> other & 1) && !is_joined(s, near[0], near[other], unit)) return 0;
    return 1;
}

/* Whether the regions allow it; that it touches is the caller's business. */
int32_t may_enter(const Search *s, int32_t unit, int32_t to) {
    return s->in.region[unit] == s->in.region_of[to];
}

double total_excess(const Search *s) {
    double sum = CONFLICT * (double)s->conflicts;
    for (int32_t t = 0; t < s->in.territories; t++) sum += s->of[t].excess;
    return sum;
}

/* Without the penalty for loads outside their corridors. */
double total_cost(const Search *s) {
    double sum = s->in.border_price * s->cut_km + s->left;
    for (int32_t t = 0; t < s->in.territories; t++) sum += s->of[t].inertia;
    return sum;
}

/* Remembers the plan if it is the best so far: the least excess first, then the least cost. */
void keep_best(Search *s) {
    double excess = total_excess(s), cost = total_cost(s);
    double rounding = 1e-12 * (1.0 + s->best_excess);
    if (excess > s->best_excess + rounding) return;
    if (excess > s->best_excess - rounding && cost >= s->best_cost) return;
    s->best_excess = excess;
    s->best_cost = cost;
    memcpy(s->best, s->territory, sizeof(int32_t) * (size_t)s->in.units);
}
