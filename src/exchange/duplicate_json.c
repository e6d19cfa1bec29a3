#include "exchange/duplicate_json.h"

static void
row_json (HxJson *json, const char *key, const HxNamedRow *person)
{
  hx_json_key (json, key);
  hx_json_object_begin (json);
  hx_json_member_integer (json, "id", person->id);
  hx_json_member (json, "label", person->label);
  hx_json_member (json, "unit", person->unit);
  hx_json_object_end (json);
}

static gboolean
has_fired (const HxDuplicatePair *pair, guint evidence)
{
  return (pair->fired >> evidence & 1) != 0;
}

void
hx_duplicate_pair_json (HxJson *json, const HxDuplicates *found,
                        const HxDuplicatePair *pair, const HxNamedRow *rows)
{
  const HxDuplicateRules *rules = found->rules;

  hx_json_object_begin (json);
  hx_json_member_integer (json, "group", pair->group);
  hx_json_member_integer (
      json, "group_size",
      g_array_index (found->groups, guint, pair->group - 1));
  hx_json_member_integer (json, "weight", pair->weight);
  hx_json_key (json, "sure");
  hx_json_bool (json, pair->weight >= rules->sure);
  row_json (json, "one", &rows[0]);
  row_json (json, "other", &rows[1]);
  hx_json_key (json, "evidence");
  hx_json_array_begin (json);
  for (guint i = 0; i < rules->evidence->len; i++)
    {
      const HxEvidence *evidence = rules->evidence->pdata[i];
      if (!has_fired (pair, i))
        continue;
      hx_json_object_begin (json);
      hx_json_member (json, "key", evidence->key);
      hx_json_member (json, "name", evidence->name);
      hx_json_member_integer (json, "weight", evidence->weight);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
  hx_json_object_end (json);
}

char *
hx_duplicate_evidence (const HxDuplicateRules *rules,
                       const HxDuplicatePair *pair)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < rules->evidence->len; i++)
    {
      const HxEvidence *evidence = rules->evidence->pdata[i];
      if (has_fired (pair, i))
        g_string_append_printf (text, "%s%s %+d", text->len > 0 ? _ ("，") : "",
                                evidence->name, evidence->weight);
    }
  return g_strdup (text->str);
}

static const struct
{
  const char *key, *name;
} acts[HX_MERGE_ACTS] = {
  [HX_MERGE_MOVED] = { "moved", N_ ("改指到保留的一行") },
  [HX_MERGE_REPEATED] = { "repeated", N_ ("与保留的重复，作废") },
  [HX_MERGE_DIFFERS] = { "differs", N_ ("作废的重复行里不同的") },
  [HX_MERGE_FILLED] = { "filled", N_ ("填入空缺") },
  [HX_MERGE_TAKEN] = { "taken", N_ ("按要求换成并入的") },
  [HX_MERGE_STAYED] = { "stayed", N_ ("不同而保留原值的") },
};

static void
step_json (HxJson *json, const HxMergeStep *step)
{
  hx_json_object_begin (json);
  hx_json_member (json, "act", acts[step->act].key);
  hx_json_member (json, "kind", step->kind->key);
  hx_json_member_integer (json, "id", step->id);
  if (step->same != 0)
    hx_json_member_integer (json, "same", step->same);
  if (step->field != NULL)
    hx_json_member (json, "field", step->field->key);
  hx_json_object_end (json);
}

const char *
hx_merge_act_name (HxMergeAct act)
{
  return hx_text (acts[act].name);
}

void
hx_merged_json (HxJson *json, const HxDuplicateRules *rules,
                const HxMergeOrder *order, const HxMerged *merged,
                gboolean is_trial)
{
  hx_json_object_begin (json);
  hx_json_member (json, "kind", rules->of->key);
  hx_json_member_integer (json, "keep", order->keep);
  hx_json_member_integer (json, "other", order->other);
  hx_json_key (json, "merge");
  if (is_trial)
    hx_json_null (json);
  else
    hx_json_integer (json, merged->note);
  hx_json_key (json, "steps");
  hx_json_array_begin (json);
  for (guint i = 0; i < merged->steps->len; i++)
    step_json (json, &g_array_index (merged->steps, HxMergeStep, i));
  hx_json_array_end (json);
  hx_json_object_end (json);
}
