/* scorecards/NAME.yaml: the head, the tree of rows and its sums; which card
 * scores a year. */
#include "catalogue/scorecard_internal.h"

#define TOTAL_DEFAULT 100
#define DECIMALS_DEFAULT 2
#define YEAR_MAX 9999
#define POINTS_MAX 10000 /* of a card; sums and products of them fit */

typedef struct
{
  HxLoader *loader;
  HxScorecard *card;
  GHashTable *keys; /* of rows, borrowed */
} Reading;

static const HxKey card_keys[] = {
  { "key", TRUE },        { "name", TRUE },      { "form", FALSE },
  { "region", FALSE },    { "document", TRUE },  { "version", FALSE },
  { "valid_from", TRUE }, { "years", FALSE },    { "default", FALSE },
  { "layout", FALSE },    { "warning", FALSE },  { "note", FALSE },
  { "total", FALSE },     { "decimals", FALSE }, { "grades", FALSE },
  { "rows", FALSE },
};

static void
grade_free (gpointer data)
{
  HxGrade *grade = data;

  g_free (grade->name);
  g_free (grade);
}

static void
row_free (gpointer data)
{
  HxCardRow *row = data;

  g_free (row->key);
  g_free (row->name);
  g_free (row->standard);
  g_ptr_array_unref (row->rows);
  g_strfreev (row->targets);
  hx_rule_free (row->rule);
  g_free (row);
}

void
hx_scorecard_free (gpointer data)
{
  HxScorecard *card = data;

  g_free (card->key);
  g_free (card->name);
  g_free (card->form);
  g_free (card->region);
  g_free (card->document);
  g_free (card->version);
  g_free (card->warning);
  g_free (card->note);
  g_ptr_array_unref (card->grades);
  g_ptr_array_unref (card->rows);
  g_free (card);
}

/* ---------------------------------------------------------------------- rows
 */

static void read_rows (const Reading *reading, const HxNode *node, guint level,
                       GPtrArray *rows);

static gboolean
is_bonus (const HxCardRow *row)
{
  return row->rule != NULL && row->rule->kind == HX_RULE_BONUS;
}

/* The points of rows add up to those of the row above. */
static void
check_sum (const Reading *reading, const HxNode *node, const GPtrArray *rows,
           HxDecimal whole)
{
  HxDecimal sum = { 0, reading->card->decimals }, off = sum;
  g_autofree char *is = NULL, *should = NULL, *by = NULL;

  for (guint i = 0; i < rows->len; i++)
    sum.units += ((HxCardRow *)rows->pdata[i])->points.units;
  off.units = sum.units - whole.units;
  if (off.units == 0)
    return;
  is = hx_decimal_format (sum);
  should = hx_decimal_format (whole);
  by = hx_decimal_format (
      (HxDecimal){ off.units < 0 ? -off.units : off.units, off.scale });
  hx_fault (reading->loader, node,
            g_strdup_printf (off.units < 0 ? _ ("分值合计 %s，应为 %s，少 %s")
                                           : _ ("分值合计 %s，应为 %s，多 %s"),
                             is, should, by),
            _ ("改分值，使各项加起来等于上一级"));
}

static void
read_points (const Reading *reading, const HxNode *node, HxCardRow *row)
{
  const guint decimals = reading->card->decimals;

  row->points = (HxDecimal){ 0, decimals };
  if (is_bonus (row))
    {
      if (hx_node_get (node, "points") != NULL)
        hx_fault (reading->loader, hx_node_get (node, "points"),
                  g_strdup (_ ("加减分项没有分值")), _ ("写 most 和 least"));
      return;
    }
  if (!hx_score_number (reading->loader, node, "points", decimals, &row->points)
      || row->points.units <= 0
      || hx_decimal_compare (row->points, (HxDecimal){ POINTS_MAX, 0 }) > 0)
    hx_fault (reading->loader, node,
              g_strdup_printf (_ ("“%s”的分值不对"), row->name),
              _ ("写大于 0、不超过 10000 的分值，小数位数不超过 decimals"));
  if (row->points.units < 0
      || hx_decimal_compare (row->points, (HxDecimal){ POINTS_MAX, 0 }) > 0)
    row->points = (HxDecimal){ 0, decimals };
  hx_decimal_rescale (&row->points, decimals);
}

/* Its points are known before the rule, which is held against them. */
static void
read_scored (const Reading *reading, const HxNode *node, HxCardRow *row)
{
  HxDecimal points = { 0, reading->card->decimals };
  const char *text = hx_node_text (reading->loader, node, "points");
  const char *evidence = hx_node_text (reading->loader, node, "evidence");

  if (text != NULL)
    hx_decimal_parse (text, HX_SCORE_DECIMALS_MAX, &points, NULL);
  row->rule
      = hx_rule_load (reading->loader, node, points, reading->card->decimals);
  row->is_manual = row->rule != NULL && hx_rule_is_manual (row->rule);
  row->wants_evidence
      = row->is_manual
        && (evidence == NULL
            || hx_node_bool (reading->loader, node, "evidence"));
}

static void
read_inside (const Reading *reading, const HxNode *node, HxCardRow *row)
{
  const HxNode *rows = hx_node_get (node, "rows");
  const HxNode *targets = hx_node_get (node, "targets");

  if (rows == NULL && targets == NULL)
    {
      read_scored (reading, node, row);
      return;
    }
  if (targets != NULL)
    row->targets = hx_score_levels (reading->loader, node, "targets");
  if (targets != NULL && row->level + 2 > HX_SCORE_LEVELS)
    hx_fault (reading->loader, targets,
              g_strdup (_ ("绩效指标要放在一级指标下")), NULL);
  if ((rows != NULL) + (targets != NULL) + (hx_node_get (node, "rule") != NULL)
      > 1)
    hx_fault (reading->loader, node,
              g_strdup (_ ("rows、targets、rule 只能写一种")), NULL);
  if (rows != NULL)
    read_rows (reading, rows, row->level + 1, row->rows);
}

static void
check_row_keys (const Reading *reading, const HxNode *node)
{
  static const HxKey own[] = {
    { "key", TRUE },       { "name", TRUE },      { "points", FALSE },
    { "standard", FALSE }, { "evidence", FALSE }, { "rows", FALSE },
    { "targets", FALSE },
  };
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (HxKey));

  g_array_append_vals (keys, own, G_N_ELEMENTS (own));
  if (hx_node_get (node, "rows") == NULL
      && hx_node_get (node, "targets") == NULL)
    hx_rule_keys (node, keys);
  hx_node_check (reading->loader, node, (const HxKey *)keys->data, keys->len);
}

static void
read_row (const Reading *reading, const HxNode *node, guint level,
          GPtrArray *rows)
{
  const char *key, *name;
  HxCardRow *row;

  check_row_keys (reading, node);
  if (node->kind != HX_NODE_MAPPING)
    return;
  key = hx_node_text (reading->loader, node, "key");
  name = hx_node_text (reading->loader, node, "name");
  if (key == NULL || name == NULL
      || !hx_key_check (reading->loader, hx_node_get (node, "key"), key))
    return;
  row = g_new0 (HxCardRow, 1);
  g_ptr_array_add (rows, row);
  row->key = g_strdup (key);
  row->name = g_strdup (name);
  row->standard = g_strdup (hx_node_text (reading->loader, node, "standard"));
  row->level = level;
  row->rows = g_ptr_array_new_with_free_func (row_free);
  if (!g_hash_table_add (reading->keys, row->key))
    hx_fault (reading->loader, hx_node_get (node, "key"),
              g_strdup_printf (_ ("评分项“%s”重复"), key), NULL);
  read_inside (reading, node, row);
  read_points (reading, node, row);
  if (row->rows->len > 0)
    check_sum (reading, node, row->rows, row->points);
}

static void
read_rows (const Reading *reading, const HxNode *node, guint level,
           GPtrArray *rows)
{
  if (!hx_node_is (reading->loader, node, HX_NODE_SEQUENCE))
    return;
  if (level > HX_SCORE_LEVELS || node->items->len == 0)
    {
      hx_fault (reading->loader, node,
                g_strdup (_ ("评分项最多三级，每级都要有内容")), NULL);
      return;
    }
  for (guint i = 0; i < node->items->len; i++)
    read_row (reading, node->items->pdata[i], level, rows);
}

/* -------------------------------------------------------------------- grades
 */

static const HxKey grade_keys[]
    = { { "name", TRUE }, { "from", FALSE }, { "above", FALSE } };

static void
read_grade (const Reading *reading, const HxNode *node)
{
  HxGrade *grade;
  gboolean closed;

  if (!hx_node_check (reading->loader, node, grade_keys,
                      G_N_ELEMENTS (grade_keys)))
    return;
  grade = g_new0 (HxGrade, 1);
  grade->name = g_strdup (hx_node_text (reading->loader, node, "name"));
  closed = hx_score_number (reading->loader, node, "from",
                            HX_SCORE_DECIMALS_MAX, &grade->from);
  grade->open = hx_score_number (reading->loader, node, "above",
                                 HX_SCORE_DECIMALS_MAX, &grade->from);
  g_ptr_array_add (reading->card->grades, grade);
  if (closed == grade->open)
    hx_fault (reading->loader, node, g_strdup (_ ("等级没有下限")),
              _ ("写 from（含）或 above（不含）"));
}

static void
read_grades (const Reading *reading, const HxNode *root)
{
  const HxNode *node = hx_node_get (root, "grades");
  const GPtrArray *grades = reading->card->grades;

  if (node == NULL || !hx_node_is (reading->loader, node, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < node->items->len; i++)
    read_grade (reading, node->items->pdata[i]);
  for (guint i = 1; i < grades->len; i++)
    if (hx_decimal_compare (((HxGrade *)grades->pdata[i - 1])->from,
                            ((HxGrade *)grades->pdata[i])->from)
        <= 0)
      hx_fault (reading->loader, node->items->pdata[i],
                g_strdup (_ ("等级要从高到低")), NULL);
}

/* ---------------------------------------------------------------------- head
 */

static gboolean
read_year (const HxNode *node, int *year)
{
  gint64 number = 0;
  const gboolean good = node->kind == HX_NODE_SCALAR
                        && g_ascii_string_to_signed (node->text, 10, 1,
                                                     YEAR_MAX, &number, NULL);

  *year = (int)number;
  return good;
}

/* Without `years` from the year of valid_from on. */
static void
read_years (const Reading *reading, const HxNode *root)
{
  const HxNode *node = hx_node_get (root, "years");
  HxScorecard *card = reading->card;
  gboolean good = node != NULL && node->kind == HX_NODE_SEQUENCE
                  && node->items->len >= 1 && node->items->len <= 2
                  && read_year (node->items->pdata[0], &card->first_year);

  if (node == NULL)
    {
      card->first_year = card->valid_from.year;
      return;
    }
  if (good && node->items->len == 2)
    good = read_year (node->items->pdata[1], &card->last_year)
           && card->last_year >= card->first_year;
  if (!good)
    hx_fault (reading->loader, node, g_strdup (_ ("适用年度不对")),
              _ ("写 [2023] 或 [2023, 2025]"));
}

static void
read_layout (const Reading *reading, const HxNode *root)
{
  const char *text = hx_node_text (reading->loader, root, "layout");

  if (text == NULL || strcmp (text, "department") == 0)
    return;
  reading->card->layout = HX_CARD_PROJECT;
  if (strcmp (text, "project") != 0)
    hx_fault (reading->loader, hx_node_get (root, "layout"),
              g_strdup_printf (_ ("“%s”的值“%s”不对"), "layout", text),
              _ ("写 department 或 project"));
}

static void
read_numbers (const Reading *reading, const HxNode *root)
{
  HxScorecard *card = reading->card;
  HxDecimal decimals = { DECIMALS_DEFAULT, 0 };

  hx_score_number (reading->loader, root, "decimals", 0, &decimals);
  if (decimals.units < 0 || decimals.units > HX_SCORE_DECIMALS_MAX)
    hx_fault (reading->loader, hx_node_get (root, "decimals"),
              g_strdup (_ ("小数位数不对")), _ ("写 0 到 4"));
  else
    card->decimals = (guint)decimals.units;
  card->total = (HxDecimal){ TOTAL_DEFAULT, 0 };
  hx_score_number (reading->loader, root, "total", card->decimals,
                   &card->total);
  if (card->total.units <= 0
      || hx_decimal_compare (card->total, (HxDecimal){ POINTS_MAX, 0 }) > 0)
    {
      hx_fault (reading->loader, hx_node_get (root, "total"),
                g_strdup (_ ("满分要大于 0，不超过 10000")), NULL);
      card->total = (HxDecimal){ TOTAL_DEFAULT, 0 };
    }
  hx_decimal_rescale (&card->total, card->decimals);
}

static void
read_texts (const Reading *reading, const HxNode *root)
{
  HxScorecard *card = reading->card;
  const struct
  {
    const char *key;
    char **text;
  } texts[] = {
    { "key", &card->key },           { "name", &card->name },
    { "form", &card->form },         { "region", &card->region },
    { "document", &card->document }, { "version", &card->version },
    { "warning", &card->warning },   { "note", &card->note },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i].text
        = g_strdup (hx_node_text (reading->loader, root, texts[i].key));
}

static void
read_head (const Reading *reading, const HxNode *root)
{
  HxScorecard *card = reading->card;
  const char *from = hx_node_text (reading->loader, root, "valid_from");
  g_autoptr (GError) error = NULL;

  read_texts (reading, root);
  if (card->key != NULL)
    hx_key_check (reading->loader, hx_node_get (root, "key"), card->key);
  if (from != NULL && !hx_date_parse (from, FALSE, &card->valid_from, &error))
    hx_fault (reading->loader, hx_node_get (root, "valid_from"),
              g_strdup (error->message), NULL);
  card->is_default = hx_node_bool (reading->loader, root, "default");
  read_years (reading, root);
  read_layout (reading, root);
  read_numbers (reading, root);
}

static void
check_key (const Reading *reading, const HxNode *root)
{
  const GPtrArray *cards = reading->loader->catalogue->scorecards;

  for (guint i = 0; i + 1 < cards->len; i++)
    if (g_strcmp0 (((HxScorecard *)cards->pdata[i])->key, reading->card->key)
        == 0)
      hx_fault (reading->loader, hx_node_get (root, "key"),
                g_strdup_printf (_ ("评分表“%s”重复"), reading->card->key),
                NULL);
}

void
hx_scorecard_load (HxLoader *loader, const HxNode *root)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  const HxNode *rows = hx_node_get (root, "rows");
  Reading reading = { loader, NULL, keys };

  if (!hx_node_check (loader, root, card_keys, G_N_ELEMENTS (card_keys)))
    return;
  reading.card = g_new0 (HxScorecard, 1);
  reading.card->grades = g_ptr_array_new_with_free_func (grade_free);
  reading.card->rows = g_ptr_array_new_with_free_func (row_free);
  g_ptr_array_add (loader->catalogue->scorecards, reading.card);
  read_head (&reading, root);
  if (reading.card->key != NULL)
    check_key (&reading, root);
  read_grades (&reading, root);
  if (rows == NULL)
    hx_fault (loader, root, g_strdup_printf (_ ("缺少“%s”"), "rows"),
              _ ("补上这一项"));
  else
    {
      read_rows (&reading, rows, 1, reading.card->rows);
      check_sum (&reading, rows, reading.card->rows, reading.card->total);
    }
}

/* ------------------------------------------------------------------- finding
 */

const GPtrArray *
hx_catalogue_scorecards (const HxCatalogue *catalogue)
{
  return catalogue->scorecards;
}

gboolean
hx_scorecard_is_for (const HxScorecard *card, int year)
{
  return year >= card->first_year
         && (card->last_year == 0 || year <= card->last_year);
}

static gboolean
is_named (const HxScorecard *card, const char *name)
{
  if (name == NULL)
    return card->is_default;
  return strcmp (card->key, name) == 0 || strcmp (card->name, name) == 0
         || g_strcmp0 (card->form, name) == 0;
}

static gboolean
fail_find (const HxCatalogue *catalogue, const char *name, int year,
           GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *what
      = g_strdup_printf (name == NULL ? _ ("没有 %d 年度默认的评分表")
                                      : _ ("没有 %d 年度的这张评分表"),
                         year);

  for (guint i = 0; i < catalogue->scorecards->len; i++)
    {
      const HxScorecard *card = catalogue->scorecards->pdata[i];

      if (hx_scorecard_is_for (card, year))
        g_string_append_printf (list, "%s%s（%s）", list->len > 0 ? "、" : "",
                                card->key, card->name);
    }
  if (list->len == 0)
    g_string_append (list, _ ("在目录的 scorecards 里加一张这个年度的"));
  else
    g_string_prepend (list, _ ("可用："));
  return hx_fail (error, HX_ERROR_NOT_FOUND, what, name, list->str);
}

const HxScorecard *
hx_scorecard_find (const HxCatalogue *catalogue, const char *name, int year,
                   GError **error)
{
  const HxScorecard *found = NULL;

  for (guint i = 0; i < catalogue->scorecards->len; i++)
    {
      const HxScorecard *card = catalogue->scorecards->pdata[i];

      if (hx_scorecard_is_for (card, year) && is_named (card, name)
          && (found == NULL
              || hx_date_compare (found->valid_from, card->valid_from) < 0))
        found = card;
    }
  if (found == NULL)
    fail_find (catalogue, name, year, error);
  return found;
}

const HxGrade *
hx_scorecard_grade (const HxScorecard *card, gint64 total)
{
  const HxDecimal score = { total, card->decimals };

  for (guint i = 0; i < card->grades->len; i++)
    {
      const HxGrade *grade = card->grades->pdata[i];
      const int order = hx_decimal_compare (score, grade->from);

      if (grade->open ? order > 0 : order >= 0)
        return grade;
    }
  return NULL;
}
