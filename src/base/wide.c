#include "base/wide.h"

HxWide
hx_wide_divisor (HxWide a, HxWide b)
{
  a = a < 0 ? -a : a;
  b = b < 0 ? -b : b;
  while (b != 0)
    {
      const HxWide rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}
