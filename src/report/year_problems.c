/* The problems of a year and what is done about them, for a template. */
#include "report/year_facts.h"

gboolean
hx_year_problems (HxYearFacts *facts, GError **error)
{
  (void)error;
  json_object_set_new (facts->context, "problems", json_array ());
  json_object_set_new (facts->context, "last_problems", json_array ());
  return TRUE;
}
