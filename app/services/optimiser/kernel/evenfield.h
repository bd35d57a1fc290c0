/* SPDX-License-Identifier: MIT */
/* What the kernel's files share.
 *
 * The same input gives the same bytes on every machine: doubles are added in the order that is
 * written, nothing but + - * / and sqrt touches them, random numbers are counted, and effort is
 * measured in steps, never in seconds. Do not use exp, log, pow, threads or a clock here.
 */
#ifndef EVENFIELD_H
#define EVENFIELD_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

/* Larger than any cost; finite, so that sums of a few of it stay finite. */
#define FAR 1e300

/* A counted generator: its n-th number depends on the seed and n alone.
 * Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix64).
 */
typedef struct {
    uint64_t state;
} Random;

static inline uint64_t random_bits(Random *random) {
    uint64_t z = (random->state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/* Seeds next to one another begin far apart in the generator's cycle. */
static inline Random random_from(uint64_t seed) {
    Random random = {seed ^ 0x632BE59BD9B4E019ULL};
    random.state = random_bits(&random);
    random.state ^= random_bits(&random) << 1;
    return random;
}

/* In [0, 1). */
static inline double random_unit(Random *random) {
    return (double)(random_bits(random) >> 11) * (1.0 / 9007199254740992.0);
}

/* In 0 .. bound - 1, bound below 2^31; off an even distribution by less than bound / 2^32. */
static inline int32_t random_below(Random *random, int32_t bound) {
    return (int32_t)(((random_bits(random) >> 32) * (uint64_t)bound) >> 32);
}

/* e to the x for x <= 0, to a relative 1e-13, of products and sums alone; 0 below -700. */
static inline double exp_below(double x) {
    if (x < -700.0) return 0.0;
    double scaled = x * 1.4426950408889634;
    int64_t whole = (int64_t)(scaled - 0.5);
    double r = (x - (double)whole * 0.693147180369123816490) - (double)whole * 1.90821492927058770002e-10;
    double sum = 1.0;
    for (int power = 12; power >= 1; power--) sum = 1.0 + sum * r / power;
    union {
        uint64_t bits;
        double value;
    } two = {(uint64_t)(whole + 1023) << 52};
    return sum * two.value;
}

/* The natural logarithm of a positive normal number, to about 1e-13. */
static inline double log_of(double x) {
    union {
        double value;
        uint64_t bits;
    } cut = {x};
    int64_t power = (int64_t)(cut.bits >> 52) - 1023;
    cut.bits = (cut.bits & 0xFFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL;
    double m = cut.value;
    if (m > 1.4142135623730951) {
        m *= 0.5;
        power++;
    }
    double z = (m - 1.0) / (m + 1.0), zz = z * z, sum = 0.0;
    for (int odd = 21; odd >= 1; odd -= 2) sum = sum * zz + 1.0 / odd;
    return 2.0 * z * sum + (double)power * 0.69314718055994530942;
}

#endif
