#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "people/age.h"

static const struct
{
  HxDate birth, day;
  int age;
} ages[] = {
  { { 1938, 7, 15 }, { 2023, 7, 14 }, 84 },
  { { 1938, 7, 15 }, { 2023, 7, 15 }, 85 },
  { { 1938, 7, 15 }, { 2023, 12, 31 }, 85 },
  { { 1944, 2, 29 }, { 2023, 2, 27 }, 78 },
  { { 1944, 2, 29 }, { 2023, 2, 28 }, 79 },
  { { 1944, 2, 29 }, { 2024, 2, 28 }, 79 },
  { { 1944, 2, 29 }, { 2024, 2, 29 }, 80 },
  { { 1938, 7, 0 }, { 2023, 7, 30 }, 84 },
  { { 1938, 7, 0 }, { 2023, 7, 31 }, 85 },
  { { 1938, 0, 0 }, { 2023, 12, 30 }, 84 },
  { { 1938, 0, 0 }, { 2023, 12, 31 }, 85 },
  { { 2023, 5, 6 }, { 2023, 5, 6 }, 0 },
  { { 2023, 5, 6 }, { 2023, 5, 5 }, HX_AGE_UNKNOWN },
  { { 0, 0, 0 }, { 2023, 5, 5 }, HX_AGE_UNKNOWN },
};

static void
test_age_counts_completed_years (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    assert_int_equal (hx_age_on (ages[i].birth, ages[i].day), ages[i].age);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_age_counts_completed_years),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
