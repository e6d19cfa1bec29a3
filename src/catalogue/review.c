/* review.yaml: what a report is held against, and how gravely. */
#include "catalogue/review.h"
#include "catalogue/catalogue_internal.h"

#include <stddef.h>

#define SHARE_DECIMALS 2
#define NUMBER_MAX 1000000
#define YEAR_MIN 1921
#define YEAR_MAX 2999
#define FIELD_MAX 20000

static const char *const root_keys[]
    = { "checks", "limits",  "words",  "phrases",  "names",
        "typos",  "amounts", "fields", "benefits", "surveys" };

static const struct
{
  const char *key;
  gboolean is_share;
} limit_keys[HX_REVIEW_LIMITS] = {
  [HX_REVIEW_EXECUTION] = { "execution", TRUE },
  [HX_REVIEW_OVER] = { "over", TRUE },
  [HX_REVIEW_SIMILARITY] = { "similarity", TRUE },
  [HX_REVIEW_PARAGRAPH] = { "paragraph", FALSE },
  [HX_REVIEW_SAMPLE] = { "sample", FALSE },
  [HX_REVIEW_RESPONSE] = { "response", TRUE },
  [HX_REVIEW_FILE_NAME] = { "file_name", FALSE },
};

static const char *const word_keys[HX_REVIEW_WORDS] = {
  [HX_REVIEW_VAGUE_BEFORE] = "vague_before",
  [HX_REVIEW_VAGUE_AFTER] = "vague_after",
  [HX_REVIEW_VAGUE_ALONE] = "vague_alone",
  [HX_REVIEW_PLACEHOLDERS] = "placeholders",
  [HX_REVIEW_BLANKS] = "blanks",
  [HX_REVIEW_PROBLEMS] = "problems",
  [HX_REVIEW_MEASURES] = "measures",
  [HX_REVIEW_RECTIFIED] = "rectified",
  [HX_REVIEW_NOTHING] = "nothing",
  [HX_REVIEW_OWNERS] = "owners",
  [HX_REVIEW_DUES] = "dues",
  [HX_REVIEW_SCORES] = "scores",
  [HX_REVIEW_GRADES] = "grades",
  [HX_REVIEW_GRADE_NAMES] = "grade_names",
  [HX_REVIEW_TARGETS] = "targets",
  [HX_REVIEW_CAUSES] = "causes",
  [HX_REVIEW_SURVEYS] = "surveys",
  [HX_REVIEW_SATISFACTION] = "satisfaction",
  [HX_REVIEW_SAMPLES] = "samples",
  [HX_REVIEW_CUT_OFFS] = "cut_offs",
  [HX_REVIEW_OTHER_YEARS] = "other_years",
  [HX_REVIEW_SURNAMES] = "surnames",
  [HX_REVIEW_NO_NAMES] = "no_names",
  [HX_REVIEW_TITLES] = "titles",
  [HX_REVIEW_GROUPS] = "groups",
  [HX_REVIEW_ROADS] = "roads",
  [HX_REVIEW_COUNTED] = "counted",
};

static const char *const role_keys[HX_REVIEW_ROLES] = {
  [HX_REVIEW_INITIAL] = "initial", [HX_REVIEW_ADJUSTED] = "adjusted",
  [HX_REVIEW_TOTAL] = "total",     [HX_REVIEW_EXECUTED] = "executed",
  [HX_REVIEW_RATE] = "rate",       [HX_REVIEW_CARRY_OVER] = "carry_over",
  [HX_REVIEW_SOURCE] = "source",   [HX_REVIEW_NATURE] = "nature",
};

/* ------------------------------------------------------------------- freeing
 */

static void
check_free (HxReviewCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->name);
  g_free (check);
}

static void
phrase_free (gpointer data)
{
  HxReviewPhrase *phrase = data;

  g_free (phrase->phrase);
  g_free (phrase);
}

static void
name_free (gpointer data)
{
  HxReviewName *name = data;

  g_free (name->name);
  g_strfreev (name->aliases);
  g_free (name);
}

static void
typo_free (gpointer data)
{
  HxReviewTypo *typo = data;

  g_free (typo->wrong);
  g_free (typo->right);
  g_free (typo);
}

static void
amount_free (gpointer data)
{
  HxReviewAmount *amount = data;

  g_strfreev (amount->words);
  g_free (amount);
}

static void
benefit_free (gpointer data)
{
  HxReviewBenefit *benefit = data;

  g_ptr_array_unref (benefit->same);
  g_free (benefit);
}

void
hx_review_rules_free (HxReviewRules *rules)
{
  if (rules == NULL)
    return;
  for (guint i = 0; i < HX_REVIEW_CHECKS; i++)
    check_free (rules->checks[i]);
  for (guint i = 0; i < HX_REVIEW_WORDS; i++)
    g_strfreev (rules->words[i]);
  g_ptr_array_unref (rules->phrases);
  g_ptr_array_unref (rules->names);
  g_ptr_array_unref (rules->typos);
  g_ptr_array_unref (rules->amounts);
  g_ptr_array_unref (rules->fields);
  g_ptr_array_unref (rules->benefits);
  g_ptr_array_unref (rules->surveys);
  g_free (rules);
}

static HxReviewRules *
rules_new (void)
{
  HxReviewRules *rules = g_new0 (HxReviewRules, 1);

  for (guint i = 0; i < HX_REVIEW_WORDS; i++)
    rules->words[i] = g_new0 (char *, 1);
  rules->phrases = g_ptr_array_new_with_free_func (phrase_free);
  rules->names = g_ptr_array_new_with_free_func (name_free);
  rules->typos = g_ptr_array_new_with_free_func (typo_free);
  rules->amounts = g_ptr_array_new_with_free_func (amount_free);
  rules->fields = g_ptr_array_new_with_free_func (g_free);
  rules->benefits = g_ptr_array_new_with_free_func (benefit_free);
  rules->surveys = g_ptr_array_new_with_free_func (g_free);
  return rules;
}

/* ------------------------------------------------------------ keys and values
 */

/* Index of the key in a list of them; −1 with a fault that names the nearest.
 */
static int
key_index (HxLoader *loader, const HxNode *node, const char *const *keys,
           gsize n_keys)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (gsize i = 0; i < n_keys; i++)
    {
      if (g_strcmp0 (node->text, keys[i]) == 0)
        return (int)i;
      g_ptr_array_add (known, hx_borrow (keys[i]));
    }
  hx_fault_unknown (loader, node, _ ("不认识的键"), known);
  return -1;
}

static gboolean
whole_number (HxLoader *loader, const HxNode *node, gint64 least, gint64 most,
              gint64 *number)
{
  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return FALSE;
  if (g_ascii_string_to_signed (node->text, 10, least, most, number, NULL))
    return TRUE;
  hx_fault (loader, node,
            g_strdup_printf (_ ("“%s”不是合适的整数"), node->text), NULL);
  return FALSE;
}

static gboolean
per_cent (HxLoader *loader, const HxNode *node, guint *share)
{
  HxDecimal decimal = { 0, 0 };

  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return FALSE;
  if (!hx_decimal_parse (node->text, SHARE_DECIMALS, &decimal, NULL)
      || !hx_decimal_rescale (&decimal, SHARE_DECIMALS) || decimal.units < 0
      || decimal.units > NUMBER_MAX)
    {
      hx_fault (loader, node, g_strdup (_ ("百分比不对")),
                _ ("写不小于 0 的数，最多两位小数"));
      return FALSE;
    }
  *share = (guint)decimal.units;
  return TRUE;
}

static void
load_limits (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  const char *keys[HX_REVIEW_LIMITS];

  if (!hx_node_is (loader, node, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i < HX_REVIEW_LIMITS; i++)
    keys[i] = limit_keys[i].key;
  for (guint i = 0; i + 1 < node->items->len; i += 2)
    {
      const HxNode *value = node->items->pdata[i + 1];
      int limit
          = key_index (loader, node->items->pdata[i], keys, HX_REVIEW_LIMITS);
      gint64 number = 0;

      if (limit < 0)
        continue;
      rules->has_limit[limit] = TRUE;
      if (limit_keys[limit].is_share)
        per_cent (loader, value, &rules->limits[limit]);
      else if (whole_number (loader, value, 0, NUMBER_MAX, &number))
        rules->limits[limit] = (guint)number;
    }
}

static void
load_words (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  if (!hx_node_is (loader, node, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < node->items->len; i += 2)
    {
      int words = key_index (loader, node->items->pdata[i], word_keys,
                             HX_REVIEW_WORDS);

      if (words < 0)
        continue;
      g_strfreev (rules->words[words]);
      rules->words[words] = hx_node_strings (loader, node, word_keys[words]);
    }
}

/* ------------------------------------------------------------ lists of things
 */

static void
load_check (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  static const HxKey keys[] = {
    { "id", TRUE },
    { "name", TRUE },
    { "severity", TRUE },
    { "answerable", FALSE },
  };
  const char *id, *severity;
  gint64 number = 0;
  HxReviewCheck *check;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  id = hx_node_text (loader, node, "id");
  severity = hx_node_text (loader, node, "severity");
  if (id == NULL || severity == NULL)
    return;
  if (strlen (id) != 3 || *id != 'V'
      || !g_ascii_string_to_signed (id + 1, 10, 1, HX_REVIEW_CHECKS, &number,
                                    NULL)
      || rules->checks[number - 1] != NULL)
    {
      hx_fault (loader, hx_node_get (node, "id"),
                g_strdup_printf (_ ("没有核查项“%s”，或写了两遍"), id),
                _ ("写 V01 到 V24，各一次"));
      return;
    }
  check = g_new0 (HxReviewCheck, 1);
  rules->checks[number - 1] = check;
  check->number = (guint)number;
  memcpy (check->id, id, sizeof check->id);
  check->name = g_strdup (hx_node_text (loader, node, "name"));
  check->severity
      = strcmp (severity, "warn") == 0 ? HX_REVIEW_WARN : HX_REVIEW_BLOCK;
  if (check->severity == HX_REVIEW_BLOCK && strcmp (severity, "block") != 0)
    hx_fault (loader, hx_node_get (node, "severity"),
              g_strdup_printf (_ ("不认识的写法“%s”"), severity),
              _ ("写 block（拦下）或 warn（提醒）"));
  check->answerable = hx_node_get (node, "answerable") == NULL
                      || hx_node_bool (loader, node, "answerable");
}

static int
year_of (HxLoader *loader, const HxNode *node, const char *key)
{
  const HxNode *year = hx_node_get (node, key);
  gint64 number = 0;

  if (year != NULL)
    whole_number (loader, year, YEAR_MIN, YEAR_MAX, &number);
  return (int)number;
}

static void
load_phrase (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  static const HxKey keys[]
      = { { "phrase", TRUE }, { "from", TRUE }, { "until", FALSE } };
  HxReviewPhrase *phrase;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys))
      || hx_node_text (loader, node, "phrase") == NULL)
    return;
  phrase = g_new0 (HxReviewPhrase, 1);
  g_ptr_array_add (rules->phrases, phrase);
  phrase->phrase = g_strdup (hx_node_text (loader, node, "phrase"));
  phrase->from = year_of (loader, node, "from");
  phrase->until = year_of (loader, node, "until");
  if (phrase->until != 0 && phrase->until < phrase->from)
    hx_fault (loader, hx_node_get (node, "until"),
              g_strdup (_ ("截止年份早于起始年份")), NULL);
}

static void
load_name (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  static const HxKey keys[] = { { "name", TRUE }, { "aliases", FALSE } };
  HxReviewName *name;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys))
      || hx_node_text (loader, node, "name") == NULL)
    return;
  name = g_new0 (HxReviewName, 1);
  g_ptr_array_add (rules->names, name);
  name->name = g_strdup (hx_node_text (loader, node, "name"));
  name->aliases = hx_node_strings (loader, node, "aliases");
  if (name->aliases[0] == NULL)
    hx_fault (loader, node, g_strdup_printf (_ ("“%s”没有写别名"), name->name),
              NULL);
}

static void
load_typo (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  static const HxKey keys[] = { { "wrong", TRUE }, { "right", TRUE } };
  HxReviewTypo *typo;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys))
      || hx_node_text (loader, node, "wrong") == NULL
      || hx_node_text (loader, node, "right") == NULL)
    return;
  typo = g_new0 (HxReviewTypo, 1);
  g_ptr_array_add (rules->typos, typo);
  typo->wrong = g_strdup (hx_node_text (loader, node, "wrong"));
  typo->right = g_strdup (hx_node_text (loader, node, "right"));
}

static void
load_amount (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  static const HxKey keys[]
      = { { "role", TRUE }, { "words", FALSE }, { "figure", FALSE } };
  const HxNode *role = hx_node_get (node, "role");
  const char *figure;
  HxReviewAmount *amount;
  int index;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)) || role == NULL
      || !hx_node_is (loader, role, HX_NODE_SCALAR))
    return;
  index = key_index (loader, role, role_keys, HX_REVIEW_ROLES);
  if (index < 0)
    return;
  amount = g_new0 (HxReviewAmount, 1);
  g_ptr_array_add (rules->amounts, amount);
  amount->role = (HxReviewRole)index;
  amount->words = hx_node_strings (loader, node, "words");
  if (amount->words[0] == NULL)
    hx_fault (loader, node, g_strdup_printf (_ ("缺少“%s”"), "words"),
              _ ("补上这一项"));
  figure = hx_node_text (loader, node, "figure");
  if (figure == NULL)
    return;
  amount->figure = hx_catalogue_indicator (loader->catalogue, figure);
  if (amount->figure == NULL)
    hx_fault (loader, hx_node_get (node, "figure"),
              g_strdup_printf (_ ("没有指标“%s”"), figure), NULL);
}

/* ----------------------------------------------------- what points to records
 */

static const HxKind *
kind_of (HxLoader *loader, const HxNode *node)
{
  const char *key = hx_node_text (loader, node, "kind");
  const HxKind *kind
      = key == NULL ? NULL : hx_catalogue_kind (loader->catalogue, key);

  if (kind == NULL && key != NULL)
    hx_fault (loader, hx_node_get (node, "kind"),
              g_strdup_printf (_ ("没有台账“%s”"), key), NULL);
  return kind;
}

static const HxField *
field_of (HxLoader *loader, const HxKind *kind, const HxNode *node,
          const char *key, HxFieldType type)
{
  const char *name = hx_node_text (loader, node, key);
  const HxField *field
      = name == NULL || kind == NULL ? NULL : hx_kind_field (kind, name);

  if (name == NULL || kind == NULL || (field != NULL && field->type == type))
    return field;
  hx_fault (loader, hx_node_get (node, key),
            g_strdup_printf (_ ("“%s”没有这样的字段“%s”"), kind->name, name),
            hx_field_type_name (type));
  return NULL;
}

static void
load_field (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  static const HxKey keys[]
      = { { "kind", TRUE }, { "field", TRUE }, { "max", TRUE } };
  HxReviewField own = { 0 };
  gint64 max = 0;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  own.kind = kind_of (loader, node);
  own.field = field_of (loader, own.kind, node, "field", HX_FIELD_TEXT);
  if (own.field == NULL || hx_node_get (node, "max") == NULL
      || !whole_number (loader, hx_node_get (node, "max"), 1, FIELD_MAX, &max))
    return;
  own.max = (guint)max;
  g_ptr_array_add (rules->fields, g_memdup2 (&own, sizeof own));
}

static void
load_benefit (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  static const HxKey keys[] = { { "kind", TRUE }, { "same", FALSE } };
  const HxKind *kind;
  HxReviewBenefit *benefit;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  kind = kind_of (loader, node);
  if (kind == NULL)
    return;
  if (kind->of_field == NULL || kind->date == NULL)
    {
      hx_fault (loader, hx_node_get (node, "kind"),
                g_strdup_printf (_ ("“%s”不是关于人的台账"), kind->name), NULL);
      return;
    }
  benefit = g_new0 (HxReviewBenefit, 1);
  g_ptr_array_add (rules->benefits, benefit);
  benefit->kind = kind;
  benefit->person = kind->of_field;
  benefit->same = g_ptr_array_new ();
  g_auto (GStrv) same = hx_node_strings (loader, node, "same");
  for (char **each = same; *each != NULL; each++)
    {
      const HxField *field = hx_kind_field (kind, *each);

      if (field == NULL || field->secret)
        hx_fault (
            loader, hx_node_get (node, "same"),
            g_strdup_printf (_ ("“%s”没有这样的字段“%s”"), kind->name, *each),
            NULL);
      else
        g_ptr_array_add (benefit->same, hx_borrow (field));
    }
}

static void
load_survey (HxLoader *loader, HxReviewRules *rules, const HxNode *node)
{
  static const HxKey keys[] = {
    { "kind", TRUE },       { "sent", FALSE }, { "returned", FALSE },
    { "satisfied", FALSE }, { "rate", FALSE },
  };
  HxReviewSurvey own = { 0 };

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  own.kind = kind_of (loader, node);
  own.sent = field_of (loader, own.kind, node, "sent", HX_FIELD_INTEGER);
  own.returned
      = field_of (loader, own.kind, node, "returned", HX_FIELD_INTEGER);
  own.satisfied
      = field_of (loader, own.kind, node, "satisfied", HX_FIELD_INTEGER);
  own.rate = field_of (loader, own.kind, node, "rate", HX_FIELD_DECIMAL);
  if (own.kind == NULL)
    return;
  if (own.kind->date == NULL)
    hx_fault (loader, hx_node_get (node, "kind"),
              g_strdup_printf (_ ("“%s”没有日期"), own.kind->name), NULL);
  g_ptr_array_add (rules->surveys, g_memdup2 (&own, sizeof own));
}

static const struct
{
  const char *key;
  void (*load) (HxLoader *loader, HxReviewRules *rules, const HxNode *node);
} lists[] = {
  { "checks", load_check },     { "phrases", load_phrase },
  { "names", load_name },       { "typos", load_typo },
  { "amounts", load_amount },   { "fields", load_field },
  { "benefits", load_benefit }, { "surveys", load_survey },
};

void
hx_review_rules_load (HxLoader *loader, const HxNode *root)
{
  HxReviewRules *rules = rules_new ();

  loader->catalogue->review = rules;
  if (!hx_node_is (loader, root, HX_NODE_MAPPING))
    return;
  for (guint i = 0; i + 1 < root->items->len; i += 2)
    key_index (loader, root->items->pdata[i], root_keys,
               G_N_ELEMENTS (root_keys));
  if (hx_node_get (root, "limits") != NULL)
    load_limits (loader, rules, hx_node_get (root, "limits"));
  if (hx_node_get (root, "words") != NULL)
    load_words (loader, rules, hx_node_get (root, "words"));
  for (gsize l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      const HxNode *list = hx_node_get (root, lists[l].key);

      if (list == NULL || !hx_node_is (loader, list, HX_NODE_SEQUENCE))
        continue;
      for (guint i = 0; i < list->items->len; i++)
        lists[l].load (loader, rules, list->items->pdata[i]);
    }
}

const HxReviewRules *
hx_catalogue_review (const HxCatalogue *catalogue)
{
  return catalogue->review;
}
