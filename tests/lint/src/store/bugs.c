/* Planted faults: script/lint wants each of its tools to name them.
 *
 * expect rooms: store includes the higher room ledger
 * expect rooms: store includes base/base_internal.h, private to base
 * expect banned: printf: below cli/
 * expect banned: goto: return early
 * expect banned: double: floating point
 * expect cppcheck: nullPointer
 * expect cppcheck: arrayIndexOutOfBounds
 * expect tidy: clang-analyzer-core.NullDereference
 * expect tidy: bugprone-infinite-loop
 * expect tidy: readability-non-const-parameter
 */
#include "base/base.h"
#include "base/base_internal.h"
#include "ledger/ledger.h"

#include <stdio.h>

int
hx_planted_null (const int *given)
{
  g_autofree char *text = g_strdup (_ ("甲"));
  const int *place = NULL;

  if (given != NULL)
    place = given;
  return *place + text[0];
}

int
hx_planted_index (void)
{
  int numbers[3] = { 0, 0, 0 };

  numbers[3] = 1;
  return numbers[0];
}

int
hx_planted_loop (int *number)
{
  int i = 0;

  while (i < 10)
    printf ("%d", *number);
  return i;
}

int
hx_planted_words (int number)
{
  double half = number;

  if (number > 3)
    goto end;
  half = half / 2;
end:
  return (int)half;
}
