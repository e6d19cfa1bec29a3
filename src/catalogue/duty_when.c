/* When a duty is due, and how long before and after that it may be done. */
#include "catalogue/catalogue_internal.h"

#define AGE_MAX 150
#define YEARS_MAX 100
#define DAYS_MAX 366

static gboolean
take_number (HxLoader *loader, const HxNode *node, int max, int *number)
{
  gint64 value = 0;

  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return FALSE;
  if (!g_ascii_string_to_signed (node->text, 10, 1, max, &value, NULL))
    {
      hx_fault (
          loader, node,
          g_strdup_printf (_ ("“%s”不是 1 到 %d 的整数"), node->text, max),
          NULL);
      return FALSE;
    }
  *number = (int)value;
  return TRUE;
}

static const HxField *
take_date_field (HxLoader *loader, const HxKind *kind, const HxNode *node)
{
  const HxField *field;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (kind == NULL || !hx_node_is (loader, node, HX_NODE_SCALAR))
    return NULL;
  field = hx_kind_field (kind, node->text);
  if (field != NULL && field->type == HX_FIELD_DATE)
    return field;
  for (guint i = 0; i < kind->fields->len; i++)
    if (((HxField *)kind->fields->pdata[i])->type == HX_FIELD_DATE)
      g_ptr_array_add (known, ((HxField *)kind->fields->pdata[i])->key);
  hx_fault_unknown (loader, node, _ ("没有日期字段"), known);
  return NULL;
}

static void
take_birthday (HxLoader *loader, HxDuty *duty, const HxNode *value)
{
  duty->rule = HX_WHEN_BIRTHDAY;
  duty->date = duty->of == NULL ? NULL : hx_kind_field (duty->of, "birth_date");
  if (duty->of != NULL
      && (duty->date == NULL || duty->date->type != HX_FIELD_DATE))
    hx_fault (
        loader, value,
        g_strdup_printf (_ ("“%s”没有出生日期字段 birth_date"), duty->of->name),
        NULL);
  if (value->kind == HX_NODE_SCALAR && strcmp (value->text, "every") == 0)
    return;
  if (value->kind != HX_NODE_SEQUENCE || value->items->len == 0)
    {
      hx_fault (loader, value, g_strdup (_ ("没有写明哪些岁数")),
                _ ("写 [70, 80, 90]，或 every"));
      return;
    }
  for (guint i = 0; i < value->items->len; i++)
    {
      int age = 0;

      if (take_number (loader, value->items->pdata[i], AGE_MAX, &age))
        g_array_append_val (duty->numbers, age);
    }
}

static void
take_festival (HxLoader *loader, HxDuty *duty, const HxNode *value)
{
  duty->rule = HX_WHEN_FESTIVAL;
  if (!hx_node_is (loader, value, HX_NODE_SEQUENCE))
    return;
  if (value->items->len == 0)
    hx_fault (loader, value, g_strdup (_ ("列表是空的")), _ ("至少写一个值"));
  for (guint i = 0; i < value->items->len; i++)
    {
      const HxNode *item = value->items->pdata[i];
      HxFestival festival;

      if (!hx_node_is (loader, item, HX_NODE_SCALAR))
        continue;
      if (hx_festival_parse (item->text, &festival))
        g_array_append_vals (duty->numbers, &(int){ (int)festival }, 1);
      else
        hx_fault (loader, item,
                  g_strdup_printf (_ ("不认识的节日“%s”"), item->text),
                  _ ("例如 spring、double_ninth"));
    }
}

static void
take_years (HxLoader *loader, HxDuty *duty, const HxNode *value)
{
  static const HxKey keys[]
      = { { "years", TRUE }, { "since", FALSE }, { "from", FALSE } };
  const HxNode *years = hx_node_get (value, "years");
  const HxNode *since = hx_node_get (value, "since");
  const HxNode *from = hx_node_get (value, "from");

  duty->rule = HX_WHEN_SINCE;
  duty->is_on_date = from != NULL;
  hx_node_check (loader, value, keys, G_N_ELEMENTS (keys));
  if (years != NULL)
    take_number (loader, years, YEARS_MAX, &duty->years);
  if ((since == NULL) == (from == NULL))
    hx_fault (loader, value, g_strdup (_ ("没有写明从哪个日期算起")),
              _ ("since 和 from 中写一个，值是日期字段"));
  else
    duty->date
        = take_date_field (loader, duty->of, since != NULL ? since : from);
}

static void
take_every (HxLoader *loader, HxDuty *duty, const HxNode *value)
{
  static const struct
  {
    const char *key;
    int months;
  } periods[] = { { "month", 1 }, { "quarter", 3 }, { "year", 12 } };

  duty->rule = HX_WHEN_EVERY;
  if (value->kind == HX_NODE_MAPPING)
    {
      take_years (loader, duty, value);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_strcmp0 (value->text, periods[i].key) == 0)
      duty->months = periods[i].months;
  if (duty->months == 0)
    hx_fault (loader, value, g_strdup (_ ("没有写明多久一次")),
              _ ("写 month、quarter、year，或 {years: 3, since: 日期字段}"));
}

static void
take_covered (HxLoader *loader, HxDuty *duty, const HxNode *value)
{
  duty->rule = HX_WHEN_EVERY;
  duty->months = 12;
  if (g_strcmp0 (value->text, "year") != 0)
    hx_fault (loader, value, g_strdup (_ ("covered 只能是 year")), NULL);
}

static void
take_event (HxLoader *loader, HxDuty *duty, const HxNode *name,
            const HxNode *field)
{
  const HxKind *kind = hx_catalogue_kind (loader->catalogue, name->text);

  if (kind == NULL)
    {
      hx_fault (loader, name, g_strdup_printf (_ ("没有种类“%s”"), name->text),
                NULL);
      return;
    }
  duty->event = kind;
  duty->date = take_date_field (loader, kind, field);
  if (duty->of == NULL || kind == duty->of)
    return;
  duty->event_reference = hx_duty_reference (kind, duty->of);
  if (duty->event_reference == NULL)
    hx_fault (loader, name,
              g_strdup_printf (_ ("“%s”没有指向“%s”的字段"), kind->name,
                               duty->of->name),
              NULL);
}

static void
take_after (HxLoader *loader, HxDuty *duty, const HxNode *value)
{
  guint events = 0;

  duty->rule = HX_WHEN_AFTER;
  if (!hx_node_is (loader, value, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const HxNode *name = value->items->pdata[i];

      if (g_strcmp0 (name->text, "where") == 0)
        continue;
      take_event (loader, duty, name, value->items->pdata[i + 1]);
      events++;
    }
  if (events != 1)
    hx_fault (loader, value, g_strdup (_ ("after 要写明一种台账的一个日期")),
              _ ("例如 {hospital_help: date}"));
  hx_conditions_load (loader, duty->event, hx_node_get (value, "where"),
                      duty->event_where);
}

typedef struct
{
  const char *key;
  void (*take) (HxLoader *loader, HxDuty *duty, const HxNode *value);
} When;

static const When whens[] = {
  { "birthday", take_birthday }, { "festival", take_festival },
  { "every", take_every },       { "covered", take_covered },
  { "after", take_after },
};

static gboolean
take_when (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  const HxNode *when = hx_node_get (node, "when");
  const HxNode *name
      = when == NULL || when->kind != HX_NODE_MAPPING || when->items->len != 2
            ? NULL
            : when->items->pdata[0];
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (name == NULL)
    {
      hx_fault (loader, when == NULL ? node : when,
                g_strdup (_ ("没有写明什么时候该办")),
                _ ("when 中写 birthday、festival、every、covered、after "
                   "之一"));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (whens); i++)
    {
      if (g_strcmp0 (name->text, whens[i].key) == 0)
        {
          whens[i].take (loader, duty, when->items->pdata[1]);
          return TRUE;
        }
      g_ptr_array_add (known, hx_borrow (whens[i].key));
    }
  hx_fault_unknown (loader, name, _ ("不认识的规则"), known);
  return FALSE;
}

static void
take_days (HxLoader *loader, const HxNode *node, int *days)
{
  g_autofree char *digits = NULL;
  gint64 number = 0;

  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  if (g_str_has_suffix (node->text, "d"))
    digits = g_strndup (node->text, strlen (node->text) - 1);
  if (digits == NULL
      || !g_ascii_string_to_signed (digits, 10, 0, DAYS_MAX, &number, NULL))
    hx_fault (loader, node, g_strdup_printf (_ ("“%s”不是天数"), node->text),
              _ ("例如 7d，最多 366d"));
  *days = (int)number;
}

static void
take_both_sides (HxLoader *loader, HxDuty *duty, const HxNode *within)
{
  static const HxKey keys[] = { { "before", FALSE }, { "after", FALSE } };
  const HxNode *before = hx_node_get (within, "before");
  const HxNode *after = hx_node_get (within, "after");

  hx_node_check (loader, within, keys, G_N_ELEMENTS (keys));
  if (before != NULL)
    take_days (loader, before, &duty->before);
  if (after != NULL)
    take_days (loader, after, &duty->after);
}

void
hx_duty_when_load (HxLoader *loader, HxDuty *duty, const HxNode *node)
{
  const HxNode *within = hx_node_get (node, "within");

  if (!take_when (loader, duty, node))
    return;
  if (duty->rule == HX_WHEN_EVERY && within != NULL)
    hx_fault (loader, within,
              g_strdup (_ ("每月、每季、每年一次的不用“within”")),
              _ ("整个月、季、年都可以办"));
  else if (duty->rule != HX_WHEN_EVERY && within == NULL)
    hx_fault (loader, node, g_strdup (_ ("缺少“within”")), _ ("例如 7d"));
  else if (within != NULL && within->kind == HX_NODE_MAPPING
           && duty->rule != HX_WHEN_AFTER)
    take_both_sides (loader, duty, within);
  else if (within != NULL)
    {
      take_days (loader, within, &duty->after);
      duty->before = duty->rule == HX_WHEN_AFTER ? 0 : duty->after;
    }
}
