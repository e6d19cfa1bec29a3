/* Does a row hold what a condition asks of one of its own fields? */
#include "ledger/ledger_internal.h"

static gboolean
is_in (const HxCondition *condition, const HxValue *value)
{
  const GArray *integers = condition->integers;

  if (!hx_field_type_is_integer (condition->field->type))
    return value->text != NULL && condition->texts != NULL
           && g_strv_contains ((const char *const *)condition->texts,
                               value->text);
  for (guint i = 0; integers != NULL && i < integers->len; i++)
    if (g_array_index (integers, gint64, i) == value->integer)
      return TRUE;
  return FALSE;
}

gboolean
hx_condition_holds (const HxCondition *condition, const HxValue *value)
{
  switch (condition->test)
    {
    case HX_TEST_IN:
      return value->filled && is_in (condition, value);
    case HX_TEST_RANGE:
      return value->filled
             && (!condition->has_min || value->integer >= condition->min)
             && (!condition->has_max || value->integer <= condition->max);
    case HX_TEST_FILLED:
      return value->filled;
    case HX_TEST_EMPTY:
      return !value->filled;
    default:
      return FALSE;
    }
}
