/* SPDX-License-Identifier: MIT */
/* Annealing on connected plans: single units, exchanges and chains along the borders.
 * Source: Kirkpatrick, Gelatt, Vecchi 1983; the moves are those of the districting literature.
 */
#include "search.h"

/* A territory as it would be with one unit more or less, and what changes by that. */
typedef struct {
    double mass, x, y, square;
} Sums;

static double changed_inertia(const Search *s, int32_t t, const Sums *sums) {
    Territory trial;
    trial.mass = sums->mass;
    trial.x = sums->x;
    trial.y = sums->y;
    trial.square = sums->square;
    return territory_inertia(s, t, &trial);
}

static Sums sums_of(const Search *s, int32_t t) {
    const Territory *of = &s->of[t];
    Sums sums = {of->mass, of->x, of->y, of->square};
    return sums;
}

static void add_unit(const Search *s, Sums *sums, double *load, int32_t unit, double sign) {
    const SearchInput *in = &s->in;
    double mass = sign * in->mass[unit], x = in->x_km[unit], y = in->y_km[unit];
    sums->mass += mass;
    sums->x += mass * x;
    sums->y += mass * y;
    sums->square += mass * (x * x + y * y);
    for (int32_t q = 0; q < in->measures; q++)
        load[q] += sign * in->load[(int64_t)unit * in->measures + q];
}

static double border_change(const Search *s, int32_t unit, int32_t from, int32_t to) {
    const SearchInput *in = &s->in;
    double km = 0.0;
    for (int32_t e = in->first[unit]; e < in->first[unit + 1]; e++) {
        int32_t t = s->territory[in->neighbor[e]];
        if (t == from) km += in->border_km[e];
        if (t == to) km -= in->border_km[e];
    }
    return km * in->border_price;
}

static double leave_change(const Search *s, int32_t unit, int32_t from, int32_t to) {
    int32_t today = s->in.today[unit];
    return today < 0 || from == to ? 0.0
           : today == from         ? s->in.leave_cost[unit]
           : today == to           ? -s->in.leave_cost[unit]
                                   : 0.0;
}

/* How many units that must be apart come together, less those that part. */
static int32_t conflict_change(const Search *s, int32_t unit, int32_t from, int32_t to) {
    const SearchInput *in = &s->in;
    int32_t change = 0;
    if (!in->has_apart) return 0;
    for (int32_t e = in->apart_first[unit]; e < in->apart_first[unit + 1]; e++) {
        int32_t t = s->territory[in->apart[e]];
        change += (t == to) - (t == from);
    }
    return change;
}

/* What a step of one or two moved units changes. The second leaves the territory that the first
 * enters, for a third one or for the first's. */
typedef struct {
    int32_t unit, from, to;     /* the first */
    int32_t second, last;       /* -1 for none, and where it goes */
} Step;

static double step_change(Search *s, const Step *step) {
    int32_t m = s->in.measures;
    int32_t three[3] = {step->from, step->to, step->last};
    int32_t count = step->second < 0 || step->last == step->from ? 2 : 3;
    Sums sums[3];
    double *load = s->trial_load;
    for (int32_t p = 0; p < count; p++) {
        sums[p] = sums_of(s, three[p]);
        memcpy(load + p * m, s->load + (int64_t)three[p] * m, sizeof(double) * (size_t)m);
    }
    add_unit(s, &sums[0], load, step->unit, -1.0);
    add_unit(s, &sums[1], load + m, step->unit, 1.0);
    double change = border_change(s, step->unit, step->from, step->to);
    change += leave_change(s, step->unit, step->from, step->to);
    int32_t conflicts = conflict_change(s, step->unit, step->from, step->to);
    if (step->second >= 0) {
        int32_t end = count - 1 == 2 ? 2 : 0;
        add_unit(s, &sums[1], load + m, step->second, -1.0);
        add_unit(s, &sums[end], load + end * m, step->second, 1.0);
        s->territory[step->unit] = step->to; /* borders between the two as they will be */
        change += border_change(s, step->second, step->to, step->last);
        conflicts += conflict_change(s, step->second, step->to, step->last);
        s->territory[step->unit] = step->from;
        change += leave_change(s, step->second, step->to, step->last);
    }
    for (int32_t p = 0; p < count; p++) {
        const Territory *of = &s->of[three[p]];
        change += changed_inertia(s, three[p], &sums[p]) - of->inertia;
        change += s->in.penalty * (load_excess(s, three[p], load + p * m) - of->excess);
    }
    return change + s->in.penalty * CONFLICT * conflicts;
}

static int32_t borders_on(const Search *s, int32_t unit, int32_t t) {
    for (int32_t e = s->in.first[unit]; e < s->in.first[unit + 1]; e++)
        if (s->territory[s->in.neighbor[e]] == t) return 1;
    return 0;
}

/* A territory next to the unit, not its own; one with a long border to it is drawn more often. */
static int32_t draw_other(Search *s, int32_t unit) {
    const SearchInput *in = &s->in;
    int32_t degree = in->first[unit + 1] - in->first[unit];
    int32_t start = random_below(&s->random, degree);
    for (int32_t step = 0; step < degree; step++) {
        int32_t at = start + step < degree ? start + step : start + step - degree;
        int32_t t = s->territory[in->neighbor[in->first[unit] + at]];
        if (t != s->territory[unit]) return t;
    }
    return -1;
}

/* A unit on the edge of `from`, and where it could go: `to` for an exchange, or anywhere else. */
static int32_t draw_second(Search *s, Step *step, int32_t is_exchange) {
    const Territory *of = &s->of[step->to];
    for (int32_t attempt = 0; attempt < 6 && of->edge_count; attempt++) {
        int32_t unit = of->edge[random_below(&s->random, of->edge_count)];
        if (s->in.is_locked[unit]) continue;
        int32_t to = step->from;
        if (is_exchange) {
            if (!borders_on(s, unit, to)) continue;
        } else {
            to = draw_other(s, unit);
            if (to < 0 || to == step->from || !s->is_active[to]) continue;
        }
        step->second = unit;
        step->last = to;
        return 1;
    }
    return 0;
}

/* Carries a step out if connections, regions and pairs allow it; otherwise changes nothing. */
static int32_t carry_out(Search *s, const Step *step) {
    if (!may_enter(s, step->unit, step->to) || !may_leave(s, step->unit)) return 0;
    move_unit(s, step->unit, step->to);
    if (step->second < 0) return 1;
    if (borders_on(s, step->second, step->last) && may_enter(s, step->second, step->last) &&
        may_leave(s, step->second)) {
        move_unit(s, step->second, step->last);
        return 1;
    }
    move_unit(s, step->unit, step->from);
    return 0;
}

static void propose(Search *s, double temperature) {
    int32_t from = s->active[random_below(&s->random, s->active_count)];
    const Territory *of = &s->of[from];
    if (!of->edge_count) return;
    int32_t unit = of->edge[random_below(&s->random, of->edge_count)];
    if (s->in.is_locked[unit]) return;
    int32_t to = draw_other(s, unit);
    if (to < 0 || !s->is_active[to]) return;
    Step step = {unit, from, to, -1, to};
    int32_t kind = random_below(&s->random, 8);
    if (kind >= 4 && !draw_second(s, &step, kind >= 6)) return;
    double change = step_change(s, &step);
    if (change > 0.0) {
        double exponent = -change / temperature;
        if (!(exponent > -40.0) || random_unit(&s->random) >= exp_below(exponent)) return;
    }
    s->accepted += carry_out(s, &step);
}

/* Proposes `count` steps, numbers `done` and after of `all`, while the temperature falls from
 * `hot` to `cold` in equal ratios. */
EXPORT void ev_search_run(Search *s, int64_t done, int64_t count, int64_t all, double hot,
                          double cold) {
    const int64_t stride = 256;
    int64_t round = (s->in.units > 4096 ? s->in.units : 4096) / stride;
    double fall = log_of(hot / cold);
    int64_t at = done, stop = s->active_count ? done + count : done;
    while (at < stop) {
        int64_t level = at / stride;
        if (at > done && level % round == 0) {
            recount(s);
            keep_best(s);
        }
        double temperature = hot * exp_below(-fall * (double)(level * stride) / (double)all);
        int64_t end = (level + 1) * stride < stop ? (level + 1) * stride : stop;
        for (; at < end; at++) propose(s, temperature);
    }
    recount(s);
    keep_best(s);
}
