/* The rule of an indicator in the user's words, and as a digest. */
#include "catalogue/catalogue_internal.h"

static void
word_parts (const HxIndicator *indicator, const char *between, GString *out)
{
  for (guint i = 0; i < indicator->parts->len; i++)
    g_string_append_printf (out, "%s“%s”", i == 0 ? "" : between,
                            ((HxIndicator *)indicator->parts->pdata[i])->name);
}

static void
word_measure (const HxIndicator *indicator, GString *out)
{
  const char *kind = indicator->kind == NULL ? "" : indicator->kind->name;
  const char *field = indicator->field == NULL ? "" : indicator->field->name;
  g_autofree char *typed = NULL;

  switch (indicator->measure)
    {
    case HX_MEASURE_COUNT:
      g_string_append_printf (out, "“%s”的条数", kind);
      return;
    case HX_MEASURE_SUM:
      g_string_append_printf (out, "“%s”中“%s”之和", kind, field);
      return;
    case HX_MEASURE_DISTINCT:
      g_string_append_printf (out, "“%s”中不同的“%s”的个数", kind, field);
      return;
    case HX_MEASURE_MEMBERS:
      g_string_append_printf (out, "截至当日“%s”中在册的个数", kind);
      return;
    case HX_MEASURE_COVERAGE:
      g_string_append_printf (out, "“%s”中有“%s”的所占的比例",
                              indicator->base->name, kind);
      return;
    case HX_MEASURE_RATIO:
      word_parts (indicator, "除以", out);
      return;
    case HX_MEASURE_TOTAL:
      word_parts (indicator, "加", out);
      return;
    case HX_MEASURE_REACHED:
      word_parts (indicator, "、", out);
      g_string_append (out, "中达到100%的个数");
      return;
    case HX_MEASURE_TYPED:
      typed = hx_decimal_format (indicator->typed);
      g_string_append_printf (out, "手工填写的 %s", typed);
      return;
    }
}

static char *
rule (const HxIndicator *indicator)
{
  g_autoptr (GString) out = g_string_new ("1");
  const HxField *field = indicator->field;

  g_string_append_printf (out, " %d %s %s", (int)indicator->measure,
                          indicator->kind == NULL ? "" : indicator->kind->key,
                          indicator->base == NULL ? "" : indicator->base->key);
  if (field != NULL)
    g_string_append_printf (out, " %s %d %u", field->key, (int)field->type,
                            field->decimals);
  g_string_append_printf (out, " %d-%d", indicator->until_month,
                          indicator->until_day);
  hx_conditions_canon (indicator->where, out);
  g_string_append (out, "\nof");
  hx_conditions_canon (indicator->base_where, out);
  for (guint i = 0; i < indicator->parts->len; i++)
    {
      g_autofree char *part = rule (indicator->parts->pdata[i]);

      g_string_append_printf (out, "\n(%s)", part);
    }
  if (indicator->measure == HX_MEASURE_TYPED)
    g_string_append_printf (out, " %" G_GINT64_FORMAT "/%u",
                            indicator->typed.units, indicator->typed.scale);
  return g_strdup (out->str);
}

/* Of a field that keeps its history a figure asks what it holds today. */
static void
word_dated (const GPtrArray *conditions, GString *out)
{
  for (guint i = 0; i < conditions->len; i++)
    {
      const HxCondition *one = conditions->pdata[i];
      g_autofree char *name = g_strdup_printf ("“%s”", one->field->name);

      if (one->field->dated && strstr (out->str, name) == NULL)
        g_string_append (out, name);
    }
}

static char *
dated_fields (const HxIndicator *indicator)
{
  GString *names = g_string_new (NULL);

  word_dated (indicator->where, names);
  word_dated (indicator->base_where, names);
  return g_string_free (names, FALSE);
}

void
hx_indicator_describe (const HxCatalogue *catalogue, HxIndicator *indicator)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (HxDigest) digest = hx_digest_new (catalogue->digest_kind);
  g_autofree char *canon = rule (indicator);
  g_autofree char *dated = dated_fields (indicator);
  guint8 bytes[HX_DIGEST_SIZE] = { 0 };

  word_measure (indicator, query);
  if (indicator->where->len > 0)
    g_string_append (query, "，其中");
  hx_conditions_word (indicator->where, query);
  if (indicator->base_where->len > 0)
    g_string_append_printf (query, "；“%s”限于", indicator->base->name);
  hx_conditions_word (indicator->base_where, query);
  if (indicator->until_month > 0)
    g_string_append_printf (query, "，截至%d月%d日", indicator->until_month,
                            indicator->until_day);
  if (*dated != '\0')
    g_string_append_printf (query, "；%s按现在登记的算", dated);
  indicator->query = g_strdup (query->str);
  if (digest != NULL)
    {
      hx_digest_update (digest, canon, strlen (canon));
      hx_digest_finish (digest, bytes);
    }
  indicator->digest = g_malloc (HX_DIGEST_HEX_SIZE);
  hx_digest_hex (bytes, indicator->digest);
}
