/* New moons: J. Meeus, Astronomical Algorithms (2nd edition), chapter 49.
 *
 * A mean new moon, moved by the largest of the periodic terms of the Moon's
 * and the Sun's motion and by fourteen of the planets'.  Between 1980 and 2020
 * the result is 4 s off in the mean and 17 s at most. */
#include "astronomy.h"

#include <math.h>

/* Amplitude in days; multiples of the Sun's and the Moon's mean anomaly and
 * of the Moon's argument of latitude; power of the eccentricity's decline. */
typedef struct
{
  double days;
  int sun;
  int moon;
  int latitude;
  int eccentricity;
} Term;

static const Term terms[] = {
  { -0.40720, 0, 1, 0, 0 }, { 0.17241, 1, 0, 0, 1 },
  { 0.01608, 0, 2, 0, 0 },  { 0.01039, 0, 0, 2, 0 },
  { 0.00739, -1, 1, 0, 1 }, { -0.00514, 1, 1, 0, 1 },
  { 0.00208, 2, 0, 0, 2 },  { -0.00111, 0, 1, -2, 0 },
  { -0.00057, 0, 1, 2, 0 }, { 0.00056, 1, 2, 0, 1 },
  { -0.00042, 0, 3, 0, 0 }, { 0.00042, 1, 0, 2, 1 },
  { 0.00038, 1, 0, -2, 1 }, { -0.00024, -1, 2, 0, 1 },
  { -0.00007, 2, 1, 0, 0 }, { 0.00004, 0, 2, -2, 0 },
  { 0.00004, 3, 0, 0, 0 },  { 0.00003, 1, 1, -2, 0 },
  { 0.00003, 0, 2, 2, 0 },  { -0.00003, 1, 1, 2, 0 },
  { 0.00003, -1, 1, 2, 0 }, { -0.00002, -1, 1, -2, 0 },
  { -0.00002, 1, 3, 0, 0 }, { 0.00002, 0, 4, 0, 0 },
};

/* Amplitude in days; phase and step for each new moon in degrees. */
typedef struct
{
  double days;
  double phase;
  double step;
} PlanetTerm;

static const PlanetTerm planet_terms[] = {
  { 0.000325, 299.77, 0.107408 },  { 0.000165, 251.88, 0.016321 },
  { 0.000164, 251.83, 26.651886 }, { 0.000126, 349.42, 36.412478 },
  { 0.000110, 84.66, 18.206239 },  { 0.000062, 141.74, 53.303771 },
  { 0.000060, 207.14, 2.453732 },  { 0.000056, 154.84, 7.306860 },
  { 0.000047, 34.52, 27.261239 },  { 0.000042, 207.19, 0.121824 },
  { 0.000040, 291.34, 1.844379 },  { 0.000037, 161.72, 24.198154 },
  { 0.000035, 239.56, 25.513099 }, { 0.000023, 331.55, 3.592518 },
};

static double
sine (double degrees)
{
  return sin (fmod (degrees, 360.0) * G_PI / 180.0);
}

static double
periodic_terms (double k, double t)
{
  double eccentricity = 1.0 - 0.002516 * t - 0.0000074 * t * t;
  double sun = 2.5534 + 29.10535670 * k - 0.0000014 * t * t;
  double moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
                + 0.00001238 * t * t * t;
  double latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
                    - 0.00000227 * t * t * t;
  double node = 124.7746 - 1.56375588 * k + 0.0020672 * t * t;
  double days = -0.00017 * sine (node);

  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    days += terms[i].days * pow (eccentricity, terms[i].eccentricity)
            * sine (terms[i].sun * sun + terms[i].moon * moon
                    + terms[i].latitude * latitude);
  return days;
}

double
lunar_table_new_moon (int count)
{
  double k = count;
  double t = k / 1236.85;
  /* Counted from 2000-01-06 in place of the Julian day 0. */
  double moment = 5.09766 + 29.530588861 * k + 0.00015437 * t * t
                  - 0.000000150 * t * t * t;

  moment += periodic_terms (k, t);
  for (gsize i = 0; i < G_N_ELEMENTS (planet_terms); i++)
    {
      const PlanetTerm *term = &planet_terms[i];
      double bend = i == 0 ? -0.009173 * t * t : 0.0;

      moment += term->days * sine (term->phase + term->step * k + bend);
    }
  return moment;
}
