#include "check/claim_mark.h"

/* One figure or warning, before those that overlap are put together. */
typedef struct
{
  gsize start, end;
  guint index; /* of the claim or warning */
  gboolean is_warning, is_stated;
} Stretch;

static gint
by_place (gconstpointer a, gconstpointer b)
{
  const Stretch *left = a, *right = b;

  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  if (left->is_warning != right->is_warning)
    return left->is_warning ? 1 : -1;
  return (left->index > right->index) - (left->index < right->index);
}

static void
add_figure (GArray *stretches, const HxClaimFigure *figure, guint index,
            gboolean is_stated)
{
  const Stretch stretch = { figure->offset, figure->offset + figure->length,
                            index, FALSE, is_stated };

  if (figure->offset != HX_CLAIM_IMPLIED && figure->length > 0)
    g_array_append_val (stretches, stretch);
}

static GArray *
all_stretches (const HxCheckResult *result)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      add_figure (stretches, claim->stated, i, TRUE);
      for (guint k = 0; k < claim->operands->len; k++)
        add_figure (stretches, claim->operands->pdata[k], i, FALSE);
    }
  for (guint i = 0; i < result->warnings->len; i++)
    {
      const HxCheckWarning *warning = result->warnings->pdata[i];
      const Stretch stretch
          = { warning->offset, warning->offset + MAX (warning->length, 1), i,
              TRUE, FALSE };

      g_array_append_val (stretches, stretch);
    }
  g_array_sort (stretches, by_place);
  return stretches;
}

/* From right to wrong. */
static guint
rank (const HxClaim *claim)
{
  static const guint ranks[HX_VERDICTS] = { [HX_VERDICT_OK] = 1,
                                            [HX_VERDICT_ROUNDING] = 2,
                                            [HX_VERDICT_UNKNOWN] = 3,
                                            [HX_VERDICT_ERROR] = 5 };

  if (claim == NULL)
    return 0;
  return ranks[claim->verdict]
         - (claim->verdict == HX_VERDICT_ERROR
            && claim->severity == HX_SEVERITY_LAST_DIGIT);
}

static void
add_once (GArray *list, guint index)
{
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, guint, i) == index)
      return;
  g_array_append_val (list, index);
}

static void
mark_add (HxMark *mark, const HxCheckResult *result, const Stretch *stretch)
{
  const HxClaim *claim;

  mark->end = MAX (mark->end, stretch->end);
  if (stretch->is_warning)
    {
      add_once (mark->warnings, stretch->index);
      return;
    }
  claim = result->claims->pdata[stretch->index];
  add_once (mark->claims, stretch->index);
  if (rank (claim) > rank (mark->worst))
    {
      mark->worst = claim;
      mark->is_stated = stretch->is_stated;
    }
  else if (rank (claim) == rank (mark->worst))
    mark->is_stated = mark->is_stated || stretch->is_stated;
}

static void
mark_clear (gpointer data)
{
  HxMark *mark = data;

  g_array_unref (mark->claims);
  g_array_unref (mark->warnings);
}

GArray *
hx_marks_new (const HxCheckResult *result)
{
  g_autoptr (GArray) stretches = all_stretches (result);
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (HxMark));
  HxMark *last = NULL;

  g_array_set_clear_func (marks, mark_clear);
  for (guint i = 0; i < stretches->len; i++)
    {
      const Stretch *stretch = &g_array_index (stretches, Stretch, i);

      if (last == NULL || stretch->start >= last->end)
        {
          const HxMark mark
              = { .start = stretch->start,
                  .claims = g_array_new (FALSE, FALSE, sizeof (guint)),
                  .warnings = g_array_new (FALSE, FALSE, sizeof (guint)) };

          g_array_append_val (marks, mark);
          last = &g_array_index (marks, HxMark, marks->len - 1);
        }
      mark_add (last, result, stretch);
    }
  return marks;
}

guint
hx_marks_find (const GArray *marks, gsize offset)
{
  guint low = 0, high = marks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const HxMark *mark = &g_array_index (marks, HxMark, middle);

      if (offset < mark->start)
        high = middle;
      else if (offset >= mark->end)
        low = middle + 1;
      else
        return middle;
    }
  return G_MAXUINT;
}
