#include "check/check.h"

#include "check/group.h"
#include "check/warn.h"

static const char *const kind_keys[HX_CLAIM_KINDS] = {
  "sum", "ratio", "growth", "difference", "product", "repeat", "direction"
};
static const char *const verdict_keys[HX_VERDICTS]
    = { "ok", "rounding", "error", "unknown" };
static const char *const severity_keys[HX_SEVERITIES]
    = { "", "last_digit", "material" };
static const char *const warning_keys[HX_WARNINGS]
    = { "template_leftover", "missing_unit", "two_names", "stale_year" };

const char *
hx_claim_kind_key (HxClaimKind kind)
{
  return kind_keys[kind];
}

const char *
hx_verdict_key (HxVerdict verdict)
{
  return verdict_keys[verdict];
}

const char *
hx_severity_key (HxSeverity severity)
{
  return severity_keys[severity];
}

const char *
hx_check_warning_key (HxCheckWarningCode code)
{
  return warning_keys[code];
}

void
hx_check_result_free (HxCheckResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->claims);
  g_ptr_array_unref (result->warnings);
  g_free (result);
}

static int
compare_offsets (gsize a, gsize b)
{
  return a < b ? -1 : a > b;
}

static int
compare_operands (const HxClaim *a, const HxClaim *b)
{
  for (guint i = 0; i < a->operands->len && i < b->operands->len; i++)
    {
      const HxClaimFigure *one = g_ptr_array_index (a->operands, i);
      const HxClaimFigure *other = g_ptr_array_index (b->operands, i);
      const int order = compare_offsets (one->offset, other->offset);

      if (order != 0)
        return order;
    }
  return compare_offsets (a->operands->len, b->operands->len);
}

/* By the place of what is stated, then of the operands. */
static int
compare_claims (gconstpointer a, gconstpointer b)
{
  const HxClaim *one = *(HxClaim *const *)a;
  const HxClaim *other = *(HxClaim *const *)b;
  int order = compare_offsets (one->stated->offset, other->stated->offset);

  if (order == 0)
    order = compare_operands (one, other);
  return order != 0 ? order : (int)one->kind - (int)other->kind;
}

/* Two finders may have seen the same claim: it is told once. */
static void
settle (HxCheckResult *result)
{
  GPtrArray *claims
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_claim_free);

  g_ptr_array_sort (result->claims, compare_claims);
  for (guint i = 0; i < result->claims->len; i++)
    {
      gpointer *claim = &g_ptr_array_index (result->claims, i);

      if (claims->len > 0
          && compare_claims (&g_ptr_array_index (claims, claims->len - 1),
                             claim)
                 == 0)
        continue;
      result->verdicts[((HxClaim *)*claim)->verdict]++;
      g_ptr_array_add (claims, g_steal_pointer (claim));
    }
  g_ptr_array_unref (result->claims);
  result->claims = claims;
}

HxCheckResult *
hx_check_source (const HxSource *source)
{
  return hx_check_source_known (source, NULL);
}

HxCheckResult *
hx_check_source_known (const HxSource *source, const GArray *known)
{
  static void (*const finders[]) (HxSearch *)
      = { hx_find_sums,        hx_find_items,      hx_find_rates,
          hx_find_shares,      hx_find_pairs,      hx_find_growths,
          hx_find_differences, hx_find_repeats,    hx_find_bounds,
          hx_find_products,    hx_find_directions, hx_find_unknowns };
  static void (*const warners[]) (HxSearch *)
      = { hx_warn_leftovers, hx_warn_units, hx_warn_names, hx_warn_years };
  HxCheckResult *result = g_new0 (HxCheckResult, 1);
  g_autoptr (HxReading) reading = hx_reading_new (source);
  HxSearch search = { .reading = reading, .result = result };

  hx_reading_know (reading, known);
  result->claims
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_claim_free);
  result->warnings
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_warning_free);
  search.groups
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_group_free);
  for (gsize i = 0; i < G_N_ELEMENTS (finders); i++)
    finders[i](&search);
  for (gsize i = 0; i < G_N_ELEMENTS (warners); i++)
    warners[i](&search);
  hx_find_names (&search, reading);
  hx_find_tables (&search, reading);
  g_ptr_array_unref (search.groups);
  settle (result);
  hx_warnings_sort (result->warnings);
  return result;
}
