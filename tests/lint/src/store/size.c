/* Planted faults: script/lint wants each of its tools to name them.
 *
 * expect format: clang-format-violations
 * expect size: hx_planted_long: 61 lines
 * expect size: hx_planted_wide: 6 parameters
 * expect size: hx_planted_wide: complexity 16
 * expect size: hx_planted_deep: nesting 4
 * expect size: 101 columns
 */
#include "base/base.h"

/* 这一行太宽这一行太宽这一行太宽这一行太宽这一行太宽这一行太宽这一行太宽这一行太宽这一行太宽01234 */
int
hx_planted_long (int number)
{
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  number++;
  return number;
}

int
hx_planted_wide (int a, int b, int c, int d, int e, int f)
{
  if (a && b && c && d && e && f)
    return 1;
  if (a || b || c || d || e || f)
    return 2;
  return a > b ? c : d > e ? e : c > d ? d : c;
}

int
hx_planted_deep (int number)
{
  for (int i = 0; i < number; i++)
    for (int j = 0; j < number; j++)
      for (int k = 0; k < number; k++)
        if (i + j == k)
          return k;
  return  0;
}
