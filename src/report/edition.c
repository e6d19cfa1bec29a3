/* Editions: reading them, their digests, and what changed since. */
#include "report/edition_internal.h"

#include "ledger/lock.h"

#include <string.h>

#define EDITION_COLUMNS                                                        \
  "id, year, number, as_of, bureau, issued_at, issued_by, digest"

void
hx_edition_free (HxEdition *edition)
{
  if (edition == NULL)
    return;
  g_free (edition->bureau);
  g_free (edition->template_);
  g_free (edition->markdown);
  g_free (edition->answers);
  g_free (edition->issued_at);
  g_free (edition->issued_by);
  g_free (edition->digest);
  g_free (edition);
}

void
hx_edition_figure_free (HxEditionFigure *figure)
{
  if (figure == NULL)
    return;
  g_free (figure->key);
  g_free (figure->name);
  g_free (figure->query);
  g_free (figure->unit);
  g_free (figure->stated);
  g_free (figure->value);
  g_free (figure->row_set);
  g_free (figure->digest);
  g_free (figure);
}

/* ----------------------------------------------------------------- row sets */

typedef struct
{
  const HxKind *kind;
  gint64 id, version;
} Member;

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *left = a, *right = b;

  if (left->kind != right->kind)
    return strcmp (left->kind->key, right->kind->key);
  return (left->id > right->id) - (left->id < right->id);
}

static gboolean
take_member (const HxRow *row, gpointer data)
{
  const Member member = { row->kind, row->id, row->version };

  g_array_append_val ((GArray *)data, member);
  return TRUE;
}

char *
hx_row_set_read (HxConnection *connection, HxCatalogue *catalogue,
                 const HxPrinted *printed, const HxPeriod *period,
                 GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GString) text = g_string_new (NULL);
  const HxKind *kind = NULL;

  if (!hx_printed_trace (connection, catalogue, printed, period, take_member,
                         members, error))
    return NULL;
  g_array_sort (members, compare_members);
  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = &g_array_index (members, Member, i);

      if (member->kind != kind)
        g_string_append_printf (text, "%s%s", kind != NULL ? "\n" : "",
                                member->kind->key);
      kind = member->kind;
      g_string_append_printf (text, " %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT,
                              member->id, member->version);
    }
  return g_strdup (text->str);
}

static gboolean
each_of_line (const char *line, HxRowSetFunc function, gpointer data)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  for (guint i = 1; words[0] != NULL && words[i] != NULL; i++)
    {
      char *end = NULL;
      const gint64 id = g_ascii_strtoll (words[i], &end, 10);
      const gint64 version
          = *end == '.' ? g_ascii_strtoll (end + 1, NULL, 10) : 0;

      if (!function (words[0], id, version, data))
        return FALSE;
    }
  return TRUE;
}

void
hx_row_set_each (const char *row_set, HxRowSetFunc function, gpointer data)
{
  g_auto (GStrv) lines = g_strsplit (row_set, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!each_of_line (lines[i], function, data))
      return;
}

/* ------------------------------------------------------------------ digests */

gboolean
hx_edition_digest_text (HxDigestKind kind, const char *text, char *hex,
                        GError **error)
{
  g_autoptr (HxDigest) digest = hx_digest_new (kind);
  guint8 bytes[HX_DIGEST_SIZE];

  if (digest == NULL)
    return hx_fail (error, HX_ERROR_STORE, _ ("系统没有所需的摘要算法"), NULL,
                    NULL);
  hx_digest_update (digest, text, strlen (text));
  hx_digest_finish (digest, bytes);
  hx_digest_hex (bytes, hex);
  return TRUE;
}

/* As a net string, so that no two lists of texts give the same bytes. */
static void
frame (GString *out, const char *text)
{
  const char *said = text != NULL ? text : "";

  g_string_append_printf (out, "%" G_GSIZE_FORMAT ":%s,", strlen (said), said);
}

static void
frame_day (GString *out, HxDate day)
{
  char text[HX_DATE_TEXT_SIZE] = "";

  if (day.year != 0)
    hx_date_format (day, text);
  frame (out, text);
}

static void
frame_figure (GString *out, const HxEditionFigure *figure)
{
  const char *const texts[]
      = { figure->key,    figure->name,  figure->query, figure->unit,
          figure->stated, figure->value, figure->digest };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    frame (out, texts[i]);
  g_string_append_printf (
      out, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",",
      figure->numerator, figure->denominator, figure->rows);
  frame_day (out, figure->as_of);
}

gboolean
hx_edition_digest (HxDigestKind kind, const HxEdition *edition,
                   const GPtrArray *figures, char *hex, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *const texts[]
      = { edition->bureau,  edition->template_, edition->markdown,
          edition->answers, edition->issued_at, edition->issued_by };

  g_string_append_printf (out, "%" G_GINT64_FORMAT ",%d,%u,", edition->id,
                          edition->year, edition->number);
  frame_day (out, edition->as_of);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    frame (out, texts[i]);
  for (guint i = 0; i < figures->len; i++)
    frame_figure (out, figures->pdata[i]);
  return hx_edition_digest_text (kind, out->str, hex, error);
}

/* ------------------------------------------------------------------ reading */

static HxDate
column_day (HxStatement *statement, int column)
{
  const char *text = hx_column_text (statement, column);
  HxDate day = { 0 };

  if (text != NULL && !hx_date_parse (text, FALSE, &day, NULL))
    day = (HxDate){ 0 };
  return day;
}

static HxEdition *
edition_of (HxStatement *statement)
{
  HxEdition *edition = g_new0 (HxEdition, 1);

  edition->id = hx_column_integer (statement, 0);
  edition->year = (int)hx_column_integer (statement, 1);
  edition->number = (guint)hx_column_integer (statement, 2);
  edition->as_of = column_day (statement, 3);
  edition->bureau = g_strdup (hx_column_text (statement, 4));
  edition->issued_at = g_strdup (hx_column_text (statement, 5));
  edition->issued_by = g_strdup (hx_column_text (statement, 6));
  edition->digest = g_strdup (hx_column_text (statement, 7));
  return edition;
}

HxEdition *
hx_edition_read (HxConnection *connection, int year, guint number,
                 GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "SELECT " EDITION_COLUMNS ", template, markdown, answers FROM edition"
      " WHERE bureau_id = ?1 AND year = ?2 AND (?3 = 0 OR number = ?3)"
      " ORDER BY number DESC LIMIT 1",
      error);
  g_autofree char *where = NULL;
  HxEdition *edition = NULL;
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, year);
  hx_bind_integer (statement, 3, number);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    {
      edition = edition_of (statement);
      edition->template_ = g_strdup (hx_column_text (statement, 8));
      edition->markdown = g_strdup (hx_column_text (statement, 9));
      edition->answers = g_strdup (hx_column_text (statement, 10));
    }
  hx_statement_reset (statement);
  if (step != HX_STEP_DONE)
    return edition;
  where = number == 0 ? g_strdup_printf (_ ("%d 年"), year)
                      : g_strdup_printf (_ ("%d 年第 %u 次出具"), year, number);
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这份出具的报告"), where,
           _ ("用 report --editions 看有哪些"));
  return NULL;
}

GPtrArray *
hx_editions_list (HxConnection *connection, int year, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_edition_free);
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT " EDITION_COLUMNS " FROM edition"
                      " WHERE bureau_id = ?1 AND (?2 = 0 OR year = ?2)"
                      " ORDER BY year DESC, number DESC",
                      error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, year);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (list, edition_of (statement));
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

static HxEditionFigure *
figure_of (HxStatement *statement)
{
  HxEditionFigure *figure = g_new0 (HxEditionFigure, 1);

  figure->key = g_strdup (hx_column_text (statement, 0));
  figure->name = g_strdup (hx_column_text (statement, 1));
  figure->query = g_strdup (hx_column_text (statement, 2));
  figure->unit = g_strdup (hx_column_text (statement, 3));
  figure->stated = g_strdup (hx_column_text (statement, 4));
  figure->value = g_strdup (hx_column_text (statement, 5));
  figure->numerator = hx_column_integer (statement, 6);
  figure->denominator = hx_column_integer (statement, 7);
  figure->as_of = column_day (statement, 8);
  figure->rows = hx_column_integer (statement, 9);
  figure->row_set = g_strdup (hx_column_text (statement, 10));
  figure->digest = g_strdup (hx_column_text (statement, 11));
  return figure;
}

GPtrArray *
hx_edition_figures (HxConnection *connection, const HxEdition *edition,
                    const char *key, GError **error)
{
  g_autoptr (GPtrArray) figures
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_edition_figure_free);
  HxStatement *statement = hx_statement (
      connection,
      "SELECT key, name, query, unit, stated, value, numerator, denominator,"
      " as_of, rows, row_set, digest FROM edition_figure"
      " WHERE bureau_id = ?1 AND edition = ?2 AND (?3 IS NULL OR key = ?3)"
      " ORDER BY position",
      error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, edition->id);
  hx_bind_text (statement, 3, key, -1);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (figures, figure_of (statement));
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&figures) : NULL;
}

/* --------------------------------------------------------------- since then */

static HxPeriod
edition_period (const HxEdition *edition)
{
  return (HxPeriod){ .year = edition->year, .as_of = edition->as_of };
}

static gint64
divisor (gint64 a, gint64 b)
{
  while (b != 0)
    {
      const gint64 rest = a % b;

      a = b;
      b = rest;
    }
  return MAX (ABS (a), 1);
}

/* As exact fractions, in lowest terms. */
static gboolean
is_same (const HxEditionFigure *figure, const HxExact *now)
{
  const gint64 then = divisor (figure->numerator, figure->denominator);
  const gint64 by
      = now != NULL ? divisor (now->numerator, now->denominator) : 1;

  return now != NULL && figure->numerator / then == now->numerator / by
         && figure->denominator / then == now->denominator / by;
}

/* With as many places as the frozen value has. */
static char *
tell_now (const HxEditionFigure *figure, const HxExact *now)
{
  const gboolean is_share = g_strcmp0 (figure->unit, "%") == 0
                            || g_str_has_suffix (figure->value, "%");
  const char *point = strchr (figure->value, '.');
  const gsize places = point != NULL ? strspn (point + 1, "0123456789") : 0;
  g_autofree char *filter
      = is_share ? g_strdup_printf ("%%%u", (guint)places) : NULL;
  char *text = NULL;

  if (now == NULL
      || !hx_wording_derive (*now, filter, (guint)places, &text, NULL))
    return NULL;
  if (is_share && !g_str_has_suffix (figure->value, "%"))
    text[strcspn (text, "%")] = '\0';
  return text;
}

gboolean
hx_edition_changes (HxConnection *connection, HxCatalogue *catalogue,
                    const HxEdition *edition, HxEditionChangeFunc function,
                    gpointer data, GError **error)
{
  const HxPeriod period = edition_period (edition);
  g_autoptr (GHashTable) values
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) figures
      = hx_edition_figures (connection, edition, NULL, error);

  if (figures == NULL
      || !hx_report_values (connection, catalogue, &period, values, error))
    return FALSE;
  for (guint i = 0; i < figures->len; i++)
    {
      const HxEditionFigure *figure = figures->pdata[i];
      const HxExact *now = g_hash_table_lookup (values, figure->key);
      g_autofree char *text = NULL;
      HxEditionChange change = { .figure = figure };

      if (is_same (figure, now))
        continue;
      change.now = text = tell_now (figure, now);
      if (!function (&change, data))
        return TRUE;
    }
  return TRUE;
}

typedef struct
{
  HxCatalogue *catalogue;
  GHashTable *now; /* "visit 5" → version */
  HxEditionRowFunc function;
  gpointer data;
} Compare;

static char *
member_name (const char *kind, gint64 id)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, kind, id);
}

static gboolean
take_now (const char *kind, gint64 id, gint64 version, gpointer data)
{
  gint64 *kept = g_new (gint64, 1);

  *kept = version;
  g_hash_table_replace (data, member_name (kind, id), kept);
  return TRUE;
}

static gboolean
compare_member (const char *key, gint64 id, gint64 version, gpointer data)
{
  Compare *compare = data;
  g_autofree char *name = member_name (key, id);
  const HxKind *kind = hx_catalogue_kind (compare->catalogue, key);
  const gint64 *now = g_hash_table_lookup (compare->now, name);

  if (now == NULL && kind != NULL)
    compare->function (kind, id, HX_SINCE_REMOVED, compare->data);
  else if (now != NULL && *now != version && kind != NULL)
    compare->function (kind, id, HX_SINCE_CHANGED, compare->data);
  return TRUE;
}

typedef struct
{
  const Compare *compare;
  GHashTable *then;
} Added;

static gboolean
find_added (const char *key, gint64 id, gint64 version, gpointer data)
{
  const Added *added = data;
  g_autofree char *name = member_name (key, id);
  const HxKind *kind = hx_catalogue_kind (added->compare->catalogue, key);

  (void)version;
  if (!g_hash_table_contains (added->then, name) && kind != NULL)
    added->compare->function (kind, id, HX_SINCE_ADDED, added->compare->data);
  return TRUE;
}

gboolean
hx_edition_compare (HxConnection *connection, HxCatalogue *catalogue,
                    const HxEdition *edition, const HxEditionFigure *figure,
                    HxEditionRowFunc function, gpointer data, GError **error)
{
  const HxPeriod period = edition_period (edition);
  g_autoptr (HxPrinted) printed
      = hx_report_figure (connection, catalogue, &period, figure->key, error);
  g_autoptr (GHashTable) now
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) then
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Compare compare = { catalogue, now, function, data };
  Added added = { &compare, then };
  g_autofree char *row_set = NULL;

  if (printed == NULL)
    return FALSE;
  row_set = hx_row_set_read (connection, catalogue, printed, &period, error);
  if (row_set == NULL)
    return FALSE;
  hx_row_set_each (row_set, take_now, now);
  hx_row_set_each (figure->row_set, take_now, then);
  hx_row_set_each (figure->row_set, compare_member, &compare);
  hx_row_set_each (row_set, find_added, &added);
  return TRUE;
}

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  gint64 skip;
  HxTraceFunc function;
  gpointer data;
  GError *error;
} Frozen;

static gboolean
show_frozen (const char *key, gint64 id, gint64 version, gpointer data)
{
  Frozen *frozen = data;
  const HxKind *kind = hx_catalogue_kind (frozen->catalogue, key);
  g_autoptr (HxRow) row = NULL;

  (void)version;
  if (kind == NULL || frozen->skip-- > 0)
    return TRUE;
  row = hx_row_new (kind);
  return hx_row_load (frozen->connection, row, id, &frozen->error)
         && frozen->function (row, frozen->data);
}

gboolean
hx_edition_rows (HxConnection *connection, HxCatalogue *catalogue,
                 const HxEditionFigure *figure, gint64 skip,
                 HxTraceFunc function, gpointer data, GError **error)
{
  Frozen frozen = { connection, catalogue, skip, function, data, NULL };

  hx_row_set_each (figure->row_set, show_frozen, &frozen);
  if (frozen.error == NULL)
    return TRUE;
  g_propagate_error (error, frozen.error);
  return FALSE;
}

/* ---------------------------------------------------------------- verifying */

typedef struct
{
  HxConnection *connection;
  HxDigestKind kind;
  HxFindingFunc function;
  gpointer data;
} Verify;

static void
tell (const Verify *verify, const HxEdition *edition, const char *what)
{
  g_autofree char *finding = g_strdup_printf (
      _ ("%d 年第 %u 次出具的报告%s"), edition->year, edition->number, what);

  verify->function (finding, verify->data);
}

static gboolean
verify_rows (const Verify *verify, const HxEdition *edition,
             const GPtrArray *figures, GError **error)
{
  for (guint i = 0; i < figures->len; i++)
    {
      const HxEditionFigure *figure = figures->pdata[i];
      char hex[HX_DIGEST_HEX_SIZE];
      g_autofree char *what = NULL;

      if (!hx_edition_digest_text (verify->kind, figure->row_set, hex, error))
        return FALSE;
      if (g_str_equal (hex, figure->digest))
        continue;
      what = g_strdup_printf (
          _ ("里“%s”的行与它的摘要不符: 有人绕过程序改了它"), figure->name);
      tell (verify, edition, what);
    }
  return TRUE;
}

static gboolean
verify_edition (const Verify *verify, const HxEdition *edition, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *logged
      = hx_lock_digest (verify->connection, edition->id, &failed);
  g_autoptr (GPtrArray) figures
      = hx_edition_figures (verify->connection, edition, NULL, error);
  char hex[HX_DIGEST_HEX_SIZE];

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (figures == NULL || !verify_rows (verify, edition, figures, error)
      || !hx_edition_digest (verify->kind, edition, figures, hex, error))
    return FALSE;
  if (!g_str_equal (hex, edition->digest))
    tell (verify, edition, _ ("与它的摘要不符: 有人绕过程序改了它"));
  if (g_strcmp0 (logged, edition->digest) != 0)
    tell (verify, edition, _ ("的摘要与变更日志不符: 有人绕过程序改了它"));
  return TRUE;
}

gboolean
hx_editions_verify (HxConnection *connection, HxCatalogue *catalogue,
                    HxFindingFunc function, gpointer data, GError **error)
{
  const Verify verify
      = { connection, hx_catalogue_digest_kind (catalogue), function, data };
  g_autoptr (GPtrArray) list = hx_editions_list (connection, 0, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const HxEdition *each = list->pdata[i];
      g_autoptr (HxEdition) edition
          = hx_edition_read (connection, each->year, each->number, error);

      if (edition == NULL || !verify_edition (&verify, edition, error))
        return FALSE;
    }
  return TRUE;
}
