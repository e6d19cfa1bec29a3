/* Of a plan of batches: which days are open, and who counts as frail. */
#include "catalogue/catalogue_internal.h"

#define POINTS_MAX 100
#define AGE_MAX 150
#define FESTIVAL_DAYS_MAX 31
#define WORKDAYS 0x1FU

/* -------------------------------------------------------------------- days */

static guint
take_weekdays (HxLoader *loader, const HxNode *mapping, guint fallback)
{
  static const char *const names[]
      = { "monday", "tuesday",  "wednesday", "thursday",
          "friday", "saturday", "sunday",    NULL };
  g_auto (GStrv) words = hx_node_strings (loader, mapping, "weekdays");
  guint weekdays = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint day = 0;

      while (names[day] != NULL && strcmp (names[day], words[i]) != 0)
        day++;
      if (names[day] == NULL)
        hx_fault (loader, hx_node_get (mapping, "weekdays"),
                  g_strdup_printf (_ ("不认识的星期“%s”"), words[i]),
                  _ ("例如 monday、friday"));
      else
        weekdays |= 1U << day;
    }
  return words[0] == NULL ? fallback : weekdays;
}

/* "01-01" is a day of every year, "2026-02-15" of one. */
static gboolean
parse_day (const char *text, HxDate *day)
{
  const gboolean is_yearly = strlen (text) == 5;
  g_autofree char *whole
      = is_yearly ? g_strconcat ("2000-", text, NULL) : g_strdup (text);

  if (strlen (whole) != HX_DATE_TEXT_SIZE - 1
      || !hx_date_parse (whole, FALSE, day, NULL))
    return FALSE;
  if (is_yearly)
    day->year = 0;
  return TRUE;
}

static gboolean
parse_span (const char *text, HxDaySpan *span)
{
  g_auto (GStrv) ends = g_strsplit (text, "..", 2);
  const char *last = ends[0] != NULL && ends[1] != NULL ? ends[1] : ends[0];

  return ends[0] != NULL && parse_day (ends[0], &span->first)
         && parse_day (last, &span->last)
         && (span->first.year == 0) == (span->last.year == 0)
         && hx_date_number (span->first) <= hx_date_number (span->last);
}

static void
take_spans (HxLoader *loader, const HxNode *mapping, const char *key,
            GArray *spans)
{
  g_auto (GStrv) texts = hx_node_strings (loader, mapping, key);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      HxDaySpan span;

      if (parse_span (texts[i], &span))
        g_array_append_val (spans, span);
      else
        hx_fault (loader, hx_node_get (mapping, key),
                  g_strdup_printf (_ ("“%s”不是日子"), texts[i]),
                  _ ("写 01-01、2026-02-14 或 2026-02-15..2026-02-23"));
    }
}

static void
take_festivals (HxLoader *loader, const HxNode *node, GArray *festivals)
{
  if (node == NULL || !hx_node_is (loader, node, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < node->items->len; i += 2)
    {
      const HxNode *name = node->items->pdata[i];
      HxFestivalSpan span = { 0 };
      guint days = 0;

      if (!hx_festival_parse (name->text, &span.festival))
        hx_fault (loader, name,
                  g_strdup_printf (_ ("不认识的节日“%s”"), name->text),
                  _ ("例如 spring、double_ninth"));
      else if (hx_batch_number (loader, node, name->text, FESTIVAL_DAYS_MAX,
                                &days))
        {
          span.days = (int)days;
          g_array_append_val (festivals, span);
        }
    }
}

void
hx_batch_days_load (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  static const HxKey keys[] = { { "weekdays", FALSE },
                                { "festivals", FALSE },
                                { "closed", FALSE },
                                { "open", FALSE } };

  plan->weekdays = WORKDAYS;
  if (node == NULL || !hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  plan->weekdays = take_weekdays (loader, node, WORKDAYS);
  take_festivals (loader, hx_node_get (node, "festivals"), plan->festivals);
  take_spans (loader, node, "closed", plan->closed);
  take_spans (loader, node, "open", plan->open);
}

/* ------------------------------------------------------------------- frail */

static void
take_codes (HxLoader *loader, const HxNode *node, HxFrailRule *rule)
{
  g_auto (GStrv) words = hx_node_strings (loader, node, "is");
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      const HxCode *code = hx_code_find (rule->field->codes, words[i]);

      if (code == NULL)
        hx_fault (loader, hx_node_get (node, "is"),
                  g_strdup_printf (_ ("代码表“%s”里没有“%s”"),
                                   rule->field->codes->name, words[i]),
                  NULL);
      else
        g_ptr_array_add (codes, g_strdup (code->code));
    }
  g_ptr_array_add (codes, NULL);
  rule->codes = (char **)g_ptr_array_steal (codes, NULL);
}

static void
take_rule_field (HxLoader *loader, const HxBatchPlan *plan, const HxNode *node,
                 HxFrailRule *rule)
{
  const char *key = hx_node_text (loader, node, "field");

  if (key == NULL || plan->people == NULL)
    return;
  rule->field = hx_kind_field (plan->people, key);
  if (rule->field != NULL && rule->field->type == HX_FIELD_CHOICE)
    take_codes (loader, node, rule);
  else if (rule->field == NULL || rule->field->type != HX_FIELD_BOOL)
    hx_fault (loader, hx_node_get (node, "field"),
              g_strdup_printf (_ ("没有代码或是否字段“%s”"), key), NULL);
}

static void
take_rule (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  static const HxKey keys[] = {
    { "age", FALSE }, { "field", FALSE }, { "is", FALSE }, { "points", TRUE }
  };
  HxFrailRule rule = { 0 };
  guint number = 0;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  if ((hx_node_get (node, "age") == NULL)
      == (hx_node_get (node, "field") == NULL))
    {
      hx_fault (loader, node, g_strdup (_ ("没有写明看什么")),
                _ ("age 和 field 中写一个"));
      return;
    }
  if (hx_batch_number (loader, node, "points", POINTS_MAX, &number))
    rule.points = (int)number;
  if (hx_batch_number (loader, node, "age", AGE_MAX, &number))
    rule.age = (int)number;
  take_rule_field (loader, plan, node, &rule);
  g_array_append_val (plan->frail_rules, rule);
}

void
hx_batch_frail_load (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  static const HxKey keys[] = { { "from", TRUE },
                                { "share", TRUE },
                                { "weekdays", FALSE },
                                { "points", FALSE } };
  const HxNode *points = hx_node_get (node, "points");
  guint from = 0;

  if (node == NULL || !hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  hx_batch_number (loader, node, "from", POINTS_MAX, &from);
  plan->frail_from = (int)from;
  hx_batch_number (loader, node, "share", 100, &plan->frail_share);
  plan->frail_weekdays = take_weekdays (loader, node, 0);
  if (points == NULL || !hx_node_is (loader, points, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < points->items->len; i++)
    take_rule (loader, plan, points->items->pdata[i]);
}
