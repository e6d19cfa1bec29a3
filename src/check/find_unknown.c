/* Rates that cannot be checked: the text does not say what they are of. */
#include "check/group.h"

static GHashTable *
stated_places (const HxCheckResult *result)
{
  GHashTable *places = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = g_ptr_array_index (result->claims, i);

      g_hash_table_add (places, GSIZE_TO_POINTER (claim->stated->offset));
    }
  return places;
}

/* What would be needed; NULL: it is no rate that follows from others. */
static const char *
lack_of (const HxTerm *term)
{
  if (term->owner == HX_NO_TERM || term->quantity.vague != HX_VAGUE_NOT)
    return NULL;
  switch (term->role)
    {
    case HX_TERM_SHARE:
      return _ ("文中没有找到这个占比的总数，无法核对。");
    case HX_TERM_DONE:
      return _ ("文中没有给出它所对照的预算数或任务数，无法核对。");
    case HX_TERM_GROWTH:
      return _ ("文中没有给出上年数或增减额，无法核对。");
    default:
      return NULL;
    }
}

void
hx_find_unknowns (HxSearch *search)
{
  const HxReading *reading = search->reading;
  g_autoptr (GHashTable) places = stated_places (search->result);

  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);
      const guint owner = term->owner;
      const gsize place = g_array_index (reading->words->origins, guint32,
                                         term->quantity.from);
      const HxProposal proposal
          = { .kind
              = term->role == HX_TERM_GROWTH ? HX_CLAIM_GROWTH : HX_CLAIM_RATIO,
              .formula = "?",
              .operands = &owner,
              .count = 1,
              .stated = i,
              .lack = lack_of (term) };

      if (proposal.lack != NULL
          && !g_hash_table_contains (places, GSIZE_TO_POINTER (place)))
        hx_claim_add (search->result, reading, &proposal);
    }
}
