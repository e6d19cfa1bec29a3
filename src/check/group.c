#include "check/group.h"

#include <string.h>

void
hx_group_free (HxGroup *group)
{
  g_array_unref (group->parts);
  g_free (group);
}

static gboolean
is_same (const HxGroup *group, guint total, const guint *parts, guint count)
{
  return group->total == total && group->parts->len == count
         && memcmp (group->parts->data, parts, count * sizeof *parts) == 0;
}

void
hx_search_add_group (HxSearch *search, guint total, const guint *parts,
                     guint count)
{
  HxProposal proposal = { .kind = HX_CLAIM_SUM,
                          .formula = "a+b+…",
                          .operands = parts,
                          .count = count,
                          .stated = total };
  HxGroup *group = NULL;

  for (guint i = search->groups->len; i-- > 0;)
    if (is_same (g_ptr_array_index (search->groups, i), total, parts, count))
      return;
  proposal.outcome = hx_outcome_sum (search->reading, parts, NULL, count);
  group = g_new0 (HxGroup, 1);
  group->total = total;
  group->parts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (group->parts, parts, count);
  group->holds
      = hx_proposal_verdict (search->reading, &proposal) != HX_VERDICT_ERROR;
  g_ptr_array_add (search->groups, group);
  hx_claim_add (search->result, search->reading, &proposal);
}

const HxGroup *
hx_search_group_of (const HxSearch *search, guint part)
{
  for (guint i = search->groups->len; i-- > 0;)
    {
      const HxGroup *group = g_ptr_array_index (search->groups, i);

      for (guint j = 0; j < group->parts->len; j++)
        if (g_array_index (group->parts, guint, j) == part)
          return group;
    }
  return NULL;
}
