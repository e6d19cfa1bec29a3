#include "catalogue/monitor.h"
#include "catalogue/catalogue_internal.h"

#define ANSWER_DAYS_MAX 250
#define SHARE_MAX 10000 /* 1/10000 */
#define SENDER_TEXTS 6

static void
rules_free (gpointer data)
{
  HxMonitorRules *rules = data;

  g_free (rules->key);
  g_free (rules->name);
  g_free (rules->region);
  g_free (rules->document);
  g_array_unref (rules->cuts);
  g_free (rules);
}

static char **sender_text (HxMonitorSender *sender, guint index);

HxMonitorView *
hx_monitor_view_new (void)
{
  HxMonitorView *view = g_new0 (HxMonitorView, 1);

  view->sets = g_ptr_array_new_with_free_func (rules_free);
  view->days.weekdays = 0x1F;
  view->days.festivals = g_array_new (FALSE, FALSE, sizeof (HxFestivalSpan));
  view->days.closed = g_array_new (FALSE, FALSE, sizeof (HxDaySpan));
  view->days.open = g_array_new (FALSE, FALSE, sizeof (HxDaySpan));
  return view;
}

void
hx_monitor_view_free (HxMonitorView *view)
{
  if (view == NULL)
    return;
  g_ptr_array_unref (view->sets);
  g_array_unref (view->days.festivals);
  g_array_unref (view->days.closed);
  g_array_unref (view->days.open);
  for (guint i = 0; i < SENDER_TEXTS; i++)
    g_free (*sender_text (&view->sender, i));
  g_free (view);
}

/* ------------------------------------------------------------------ sender */

static const struct
{
  const char *key;
  gsize offset;
} sender_texts[SENDER_TEXTS] = {
  { "division_code", offsetof (HxMonitorSender, division_code) },
  { "division_name", offsetof (HxMonitorSender, division_name) },
  { "department_code", offsetof (HxMonitorSender, department_code) },
  { "department_name", offsetof (HxMonitorSender, department_name) },
  { "agency_code", offsetof (HxMonitorSender, agency_code) },
  { "agency_name", offsetof (HxMonitorSender, agency_name) },
};

static char **
sender_text (HxMonitorSender *sender, guint index)
{
  return (char **)(gpointer)((char *)sender + sender_texts[index].offset);
}

static void
load_sender (HxLoader *loader, HxMonitorView *view, const HxNode *node)
{
  HxKey keys[SENDER_TEXTS];

  for (guint i = 0; i < SENDER_TEXTS; i++)
    keys[i] = (HxKey){ sender_texts[i].key, FALSE };
  if (node == NULL || !hx_node_check (loader, node, keys, SENDER_TEXTS))
    return;
  for (guint i = 0; i < SENDER_TEXTS; i++)
    *sender_text (&view->sender, i)
        = g_strdup (hx_node_text (loader, node, sender_texts[i].key));
}

/* ----------------------------------------------------------------- numbers */

/* Per cent with up to two decimals, from 0 to 100; FALSE with a fault, or when
 * it is not there. */
static gboolean
take_share (HxLoader *loader, const HxNode *mapping, const char *key,
            gint64 *share)
{
  const char *text = hx_node_text (loader, mapping, key);
  HxDecimal decimal;

  if (text == NULL)
    return FALSE;
  if (hx_decimal_parse (text, 2, &decimal, NULL)
      && hx_decimal_rescale (&decimal, 2) && decimal.units > 0
      && decimal.units <= SHARE_MAX)
    {
      *share = decimal.units;
      return TRUE;
    }
  hx_fault (loader, hx_node_get (mapping, key),
            g_strdup_printf (_ ("“%s”不是 0 到 100 之间的百分数"), text),
            _ ("例如 25 或 58.33"));
  return FALSE;
}

static void
take_year (HxLoader *loader, const HxNode *node, HxMonitorRules *rules)
{
  const char *text = hx_node_text (loader, node, "year");
  gint64 year = 0;

  if (text == NULL)
    return;
  if (g_ascii_string_to_signed (text, 10, 2000, 2100, &year, NULL))
    rules->year = (int)year;
  else
    hx_fault (loader, hx_node_get (node, "year"),
              g_strdup_printf (_ ("“%s”不是年度"), text), NULL);
}

static void
take_base (HxLoader *loader, const HxNode *node, HxMonitorRules *rules)
{
  static const char *const names[] = { [HX_MONITOR_INITIAL] = "initial",
                                       [HX_MONITOR_ADJUSTED] = "adjusted",
                                       [HX_MONITOR_TOTAL] = "total" };
  const char *text = hx_node_text (loader, node, "base");

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], text) == 0)
      {
        rules->base = (HxMonitorBase)i;
        return;
      }
  if (text != NULL)
    hx_fault (loader, hx_node_get (node, "base"),
              g_strdup_printf (_ ("不认识的预算口径“%s”"), text),
              _ ("可用 initial、adjusted、total"));
}

/* ------------------------------------------------------------------- lines */

static gint32
number_of (const HxMonitorCut *cut)
{
  return cut->month * 100 + cut->day;
}

static void
take_cut (HxLoader *loader, const HxNode *node, HxMonitorRules *rules)
{
  static const HxKey keys[] = { { "after", TRUE }, { "rate", TRUE } };
  HxMonitorCut cut = { 0 };
  HxDate day = { 0 };
  const char *text;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  text = hx_node_text (loader, node, "after");
  if (text == NULL || strlen (text) != 5 || !hx_yearly_day_parse (text, &day))
    {
      hx_fault (loader, hx_node_get (node, "after"),
                g_strdup_printf (_ ("“%s”不是一年里的日子"),
                                 text != NULL ? text : ""),
                _ ("写 06-30"));
      return;
    }
  cut.month = hx_date_number (day) / 100 % 100;
  cut.day = hx_date_number (day) % 100;
  if (!take_share (loader, node, "rate", &cut.share))
    return;
  if (rules->cuts->len > 0
      && number_of (
             &g_array_index (rules->cuts, HxMonitorCut, rules->cuts->len - 1))
             >= number_of (&cut))
    hx_fault (loader, hx_node_get (node, "after"),
              g_strdup (_ ("预警线没有按日期排列")), NULL);
  g_array_append_val (rules->cuts, cut);
}

/* A required key that is no single value. */
static const HxNode *
take_node (HxLoader *loader, const HxNode *mapping, const char *key)
{
  const HxNode *node = hx_node_get (mapping, key);

  if (node == NULL)
    hx_fault (loader, mapping, g_strdup_printf (_ ("缺少“%s”"), key),
              _ ("补上这一项"));
  return node;
}

static void
take_lines (HxLoader *loader, const HxNode *node, HxMonitorRules *rules)
{
  const HxNode *lines = take_node (loader, node, "lines");

  if (lines == NULL)
    return;
  if (lines->kind == HX_NODE_SCALAR)
    {
      rules->is_linear = g_strcmp0 (lines->text, "linear") == 0;
      if (!rules->is_linear)
        hx_fault (loader, lines, g_strdup (_ ("不认识的预警线")),
                  _ ("写 linear，或一个列表"));
      return;
    }
  if (!hx_node_is (loader, lines, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < lines->items->len; i++)
    take_cut (loader, lines->items->pdata[i], rules);
}

/* -------------------------------------------------------------------- sets */

static HxMonitorRules *
rules_new (HxLoader *loader, const HxNode *node)
{
  HxMonitorRules *rules = g_new0 (HxMonitorRules, 1);

  rules->key = g_strdup (hx_node_text (loader, node, "key"));
  rules->name = g_strdup (hx_node_text (loader, node, "name"));
  rules->region = g_strdup (hx_node_text (loader, node, "region"));
  rules->document = g_strdup (hx_node_text (loader, node, "document"));
  rules->cuts = g_array_new (FALSE, FALSE, sizeof (HxMonitorCut));
  return rules;
}

static gboolean
is_known (const HxMonitorView *view, const char *key)
{
  for (guint i = 0; i < view->sets->len; i++)
    if (strcmp (((HxMonitorRules *)view->sets->pdata[i])->key, key) == 0)
      return TRUE;
  return FALSE;
}

/* A key is for files: letters, digits, -. */
static gboolean
check_key (HxLoader *loader, const HxMonitorView *view, const HxNode *node)
{
  const char *key = hx_node_text (loader, node, "key");

  if (key == NULL || hx_node_text (loader, node, "name") == NULL
      || hx_node_text (loader, node, "document") == NULL)
    return FALSE;
  if (strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (key))
    hx_fault (loader, hx_node_get (node, "key"),
              g_strdup_printf (_ ("代号“%s”不对"), key),
              _ ("只用小写字母、数字和 -"));
  else if (is_known (view, key))
    hx_fault (loader, hx_node_get (node, "key"),
              g_strdup_printf (_ ("监控规则“%s”重复"), key), NULL);
  else
    return TRUE;
  return FALSE;
}

static void
load_set (HxLoader *loader, HxMonitorView *view, const HxNode *node)
{
  static const HxKey keys[]
      = { { "key", TRUE },          { "name", TRUE },     { "region", FALSE },
          { "year", FALSE },        { "document", TRUE }, { "base", TRUE },
          { "lines", FALSE },       { "gap", FALSE },     { "behind", FALSE },
          { "answer_within", TRUE } };
  HxMonitorRules *rules;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys))
      || !check_key (loader, view, node))
    return;
  rules = rules_new (loader, node);
  g_ptr_array_add (view->sets, rules);
  take_year (loader, node, rules);
  take_base (loader, node, rules);
  take_lines (loader, node, rules);
  rules->has_gap = take_share (loader, node, "gap", &rules->gap);
  rules->has_behind = take_share (loader, node, "behind", &rules->behind);
  hx_batch_number (loader, node, "answer_within", ANSWER_DAYS_MAX,
                   &rules->answer_within);
}

static const HxMonitorRules *
find_set (const HxMonitorView *view, const char *name)
{
  for (guint i = 0; i < view->sets->len; i++)
    {
      const HxMonitorRules *rules = view->sets->pdata[i];

      if (strcmp (rules->key, name) == 0 || strcmp (rules->name, name) == 0)
        return rules;
    }
  return NULL;
}

static void
take_use (HxLoader *loader, HxMonitorView *view, const HxNode *root)
{
  const char *use = hx_node_text (loader, root, "use");

  view->use = use != NULL           ? find_set (view, use)
              : view->sets->len > 0 ? view->sets->pdata[0]
                                    : NULL;
  if (use != NULL && view->use == NULL)
    hx_fault (loader, hx_node_get (root, "use"),
              g_strdup_printf (_ ("没有监控规则“%s”"), use), NULL);
}

void
hx_monitor_view_load (HxLoader *loader, const HxNode *root)
{
  static const HxKey keys[] = {
    { "use", FALSE }, { "sets", FALSE }, { "days", FALSE }, { "sender", FALSE }
  };
  HxMonitorView *view = loader->catalogue->monitor;
  const HxNode *sets;

  if (!hx_node_check (loader, root, keys, G_N_ELEMENTS (keys)))
    return;
  sets = take_node (loader, root, "sets");
  if (sets == NULL || !hx_node_is (loader, sets, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < sets->items->len; i++)
    load_set (loader, view, sets->items->pdata[i]);
  take_use (loader, view, root);
  hx_working_days_load (loader, &view->days, hx_node_get (root, "days"));
  load_sender (loader, view, hx_node_get (root, "sender"));
  if (view->days.weekdays == 0)
    hx_fault (loader, root, g_strdup (_ ("一周没有一天上班")), NULL);
}

/* ------------------------------------------------------------------ asking */

const GPtrArray *
hx_catalogue_monitor_sets (const HxCatalogue *catalogue)
{
  return catalogue->monitor->sets;
}

const HxMonitorRules *
hx_catalogue_monitor (const HxCatalogue *catalogue, const char *name)
{
  return name == NULL ? catalogue->monitor->use
                      : find_set (catalogue->monitor, name);
}

const HxWorkingDays *
hx_catalogue_working_days (const HxCatalogue *catalogue)
{
  return &catalogue->monitor->days;
}

const HxMonitorSender *
hx_catalogue_monitor_sender (const HxCatalogue *catalogue)
{
  return &catalogue->monitor->sender;
}

guint
hx_months_gone (HxDate as_of)
{
  const gboolean is_over
      = as_of.day == hx_date_days_in_month (as_of.year, as_of.month);

  return (guint)as_of.month - (is_over ? 0 : 1);
}

gboolean
hx_monitor_line_on (const HxMonitorRules *rules, HxDate as_of,
                    gint64 *numerator, gint64 *denominator)
{
  gboolean is_found = FALSE;

  if (rules->is_linear)
    {
      *numerator = hx_months_gone (as_of);
      *denominator = 12;
      return *numerator > 0;
    }
  *denominator = SHARE_MAX;
  for (guint i = 0; i < rules->cuts->len; i++)
    {
      const HxMonitorCut *cut = &g_array_index (rules->cuts, HxMonitorCut, i);

      if (number_of (cut) > as_of.month * 100 + as_of.day)
        break;
      *numerator = cut->share;
      is_found = TRUE;
    }
  return is_found;
}
