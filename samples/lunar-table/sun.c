/* The Sun's apparent longitude: the planetary theory VSOP87 of P. Bretagnon
 * and G. Francou (1988) for the Earth, its terms of 25 units of 1e-8 and more
 * (J. Meeus, Astronomical Algorithms, chapter 25 and appendix III), turned
 * round, and seen from the moving Earth: aberration and nutation.  In the
 * years of the table no moment is 20 s from that of the whole theory. */
#include "astronomy.h"

#include <math.h>

#define UNIT 1e-8
#define DEGREES_IN_RADIAN (180.0 / G_PI)
#define DAYS_IN_YEAR 365.2422
#define ITERATIONS 8

/* amplitude × 1e-8 × cos (phase + frequency × t) × t^power, in radians, t in
 * thousands of years. */
typedef struct
{
  int power;
  double amplitude;
  double phase;
  double frequency;
} Term;

static const Term terms[] = {
  { 0, 175347046.0, 0.0, 0.0 },
  { 0, 3341656.0, 4.6692568, 6283.07585 },
  { 0, 34894.0, 4.6261, 12566.1517 },
  { 0, 3497.0, 2.7441, 5753.3849 },
  { 0, 3418.0, 2.8289, 3.5231 },
  { 0, 3136.0, 3.6277, 77713.7715 },
  { 0, 2676.0, 4.4181, 7860.4194 },
  { 0, 2343.0, 6.1352, 3930.2097 },
  { 0, 1324.0, 0.7425, 11506.7698 },
  { 0, 1273.0, 2.0371, 529.691 },
  { 0, 1199.0, 1.1096, 1577.3435 },
  { 0, 990.0, 5.233, 5884.927 },
  { 0, 902.0, 2.045, 26.298 },
  { 0, 857.0, 3.508, 398.149 },
  { 0, 780.0, 1.179, 5223.694 },
  { 0, 753.0, 2.533, 5507.553 },
  { 0, 505.0, 4.583, 18849.228 },
  { 0, 492.0, 4.205, 775.523 },
  { 0, 357.0, 2.92, 0.067 },
  { 0, 317.0, 5.849, 11790.629 },
  { 0, 284.0, 1.899, 796.298 },
  { 0, 271.0, 0.315, 10977.079 },
  { 0, 243.0, 0.345, 5486.778 },
  { 0, 206.0, 4.806, 2544.314 },
  { 0, 205.0, 1.869, 5573.143 },
  { 0, 202.0, 2.458, 6069.777 },
  { 0, 156.0, 0.833, 213.299 },
  { 0, 132.0, 3.411, 2942.463 },
  { 0, 126.0, 1.083, 20.775 },
  { 0, 115.0, 0.645, 0.98 },
  { 0, 103.0, 0.636, 4694.003 },
  { 0, 102.0, 0.976, 15720.839 },
  { 0, 102.0, 4.267, 7.114 },
  { 0, 99.0, 6.21, 2146.17 },
  { 0, 98.0, 0.68, 155.42 },
  { 0, 86.0, 5.98, 161000.69 },
  { 0, 85.0, 1.3, 6275.96 },
  { 0, 85.0, 3.67, 71430.7 },
  { 0, 80.0, 1.81, 17260.15 },
  { 0, 79.0, 3.04, 12036.46 },
  { 0, 75.0, 1.76, 5088.63 },
  { 0, 74.0, 3.5, 3154.69 },
  { 0, 74.0, 4.68, 801.82 },
  { 0, 70.0, 0.83, 9437.76 },
  { 0, 62.0, 3.98, 8827.39 },
  { 0, 61.0, 1.82, 7084.9 },
  { 0, 57.0, 2.78, 6286.6 },
  { 0, 56.0, 4.39, 14143.5 },
  { 0, 56.0, 3.47, 6279.55 },
  { 0, 52.0, 0.19, 12139.55 },
  { 0, 52.0, 1.33, 1748.02 },
  { 0, 51.0, 0.28, 5856.48 },
  { 0, 49.0, 0.49, 1194.45 },
  { 0, 41.0, 5.37, 8429.24 },
  { 0, 41.0, 2.4, 19651.05 },
  { 0, 39.0, 6.17, 10447.39 },
  { 0, 37.0, 6.04, 10213.29 },
  { 0, 37.0, 2.57, 1059.38 },
  { 0, 36.0, 1.71, 2352.87 },
  { 0, 36.0, 1.78, 6812.77 },
  { 0, 33.0, 0.59, 17789.85 },
  { 0, 30.0, 0.44, 83996.85 },
  { 0, 30.0, 2.74, 1349.87 },
  { 0, 25.0, 3.16, 4690.48 },
  { 1, 628331966747.0, 0.0, 0.0 },
  { 1, 206059.0, 2.678235, 6283.07585 },
  { 1, 4303.0, 2.6351, 12566.1517 },
  { 1, 425.0, 1.59, 3.523 },
  { 1, 119.0, 5.796, 26.298 },
  { 1, 109.0, 2.966, 1577.344 },
  { 1, 93.0, 2.59, 18849.23 },
  { 1, 72.0, 1.14, 529.69 },
  { 1, 68.0, 1.87, 398.15 },
  { 1, 67.0, 4.41, 5507.55 },
  { 1, 59.0, 2.89, 5223.69 },
  { 1, 56.0, 2.17, 155.42 },
  { 1, 45.0, 0.4, 796.3 },
  { 1, 36.0, 0.47, 775.52 },
  { 1, 29.0, 2.65, 7.11 },
  { 1, 21.0, 5.34, 0.98 },
  { 1, 19.0, 1.85, 5486.78 },
  { 1, 19.0, 4.97, 213.3 },
  { 2, 52919.0, 0.0, 0.0 },
  { 2, 8720.0, 1.0721, 6283.0758 },
  { 2, 309.0, 0.867, 12566.152 },
  { 2, 27.0, 0.05, 3.52 },
};

static double
longitude_of_earth (double t)
{
  static const double cubic[] = { 289.0, 5.844, 6283.076 };
  double sum = cubic[0] * cos (cubic[1] + cubic[2] * t) * t * t * t;

  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    sum += terms[i].amplitude * cos (terms[i].phase + terms[i].frequency * t)
           * pow (t, terms[i].power);
  return sum * UNIT * DEGREES_IN_RADIAN;
}

/* In degrees, as all below. */
static double
nutation (double centuries)
{
  double node = (125.04452 - 1934.136261 * centuries) / DEGREES_IN_RADIAN;
  double sun = (280.4665 + 36000.7698 * centuries) / DEGREES_IN_RADIAN;
  double moon = (218.3165 + 481267.8813 * centuries) / DEGREES_IN_RADIAN;
  double anomaly = (357.52772 + 35999.050340 * centuries) / DEGREES_IN_RADIAN;
  double seconds = -17.20 * sin (node) - 1.32 * sin (2 * sun)
                   - 0.23 * sin (2 * moon) + 0.21 * sin (2 * node)
                   + 0.14 * sin (anomaly);

  return seconds / 3600.0;
}

/* 20.4898″ over the distance, and the reduction to the axes of the FK5. */
static double
aberration (double centuries)
{
  double anomaly = (357.52772 + 35999.050340 * centuries) / DEGREES_IN_RADIAN;
  double distance = 1.00014 - 0.01671 * cos (anomaly);

  return (-20.4898 / distance - 0.0903) / 3600.0;
}

static double
longitude_of_sun (double moment)
{
  double centuries = moment / DAYS_IN_CENTURY;

  return longitude_of_earth (centuries / 10.0) + 180.0 + nutation (centuries)
         + aberration (centuries);
}

double
lunar_table_sun_reaches (double degrees, double guess)
{
  double moment = guess;

  for (int i = 0; i < ITERATIONS; i++)
    moment += remainder (degrees - longitude_of_sun (moment), 360.0)
              * DAYS_IN_YEAR / 360.0;
  return moment;
}
