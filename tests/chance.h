/* Chance that can be repeated: HX_TEST_SEED=NUMBER makes a random test take the
 * way of that number again. */
#ifndef HX_TEST_CHANCE_H
#define HX_TEST_CHANCE_H

#include <glib.h>

#include <stdio.h>

/* The number that was asked for, else `usual`. */
static inline guint32
chance_seed (guint32 usual)
{
  const char *asked = g_getenv ("HX_TEST_SEED");

  return asked != NULL ? (guint32)g_ascii_strtoull (asked, NULL, 10) : usual;
}

/* At the head of main: another way each time, by the functions g_random_….  The
 * number is said before anything can fail. */
static inline void
chance_begin (void)
{
  const guint32 seed = chance_seed (g_random_int ());

  g_random_set_seed (seed);
  fprintf (stderr, "HX_TEST_SEED=%u repeats this run\n", seed);
}

#endif
