/* `batch show`, `batch missed`, `batch cancel`. */
#include "cli/batch.h"
#include "exchange/batch_json.h"

typedef struct
{
  HxCliReading reading;
  const HxBatchPlan *plan;
  const HxCliReveal *reveal;
  int year;
  HxJson *json; /* NULL: lines for people */
  HxJson writer;
} View;

static void
view_clear (View *view)
{
  hx_cli_reading_clear (&view->reading);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

static gboolean
view_open (HxCli *cli, const HxCliBatch *call, View *view, GError **error)
{
  if (!hx_cli_read (cli, &view->reading, error))
    return FALSE;
  view->plan = hx_cli_batch_find (view->reading.catalogue, call, error);
  return view->plan != NULL && hx_cli_batch_year (call, &view->year, error);
}

/* -------------------------------------------------------------------- show */

static void
print_columns (const char *const *texts)
{
  static const guint widths[] = { 12, 17, 20, 8, 8, 8, 8, 8, 8 };
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    hx_cli_print_padded (texts[i], widths[i], i > 3);
  hx_cli_print ("\n");
}

static void
line_text (const HxBatchLine *line, const char *day, const char *hospital)
{
  const guint counts[] = { line->places, line->planned, line->attended,
                           line->absent, line->other };
  char numbers[G_N_ELEMENTS (counts)][16];
  g_autofree char *when
      = g_strdup_printf ("%s %s", day, hx_cli_batch_weekday (line->day));
  const char *texts[4 + G_N_ELEMENTS (counts)]
      = { line->number, when, hospital,
          line->is_held ? _ ("已进行") : _ ("已安排") };
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_snprintf (numbers[i], sizeof numbers[i], "%u", counts[i]);
      texts[4 + i] = numbers[i];
    }
  print_columns (texts);
}

static gboolean
show_line (const View *view, const HxBatchLine *line, GError **error)
{
  char day[HX_DATE_TEXT_SIZE];
  hx_date_format (hx_date_from_number (line->day), day);
  g_autofree char *hospital
      = hx_batch_row_name (view->reading.connection,
                           view->plan->hospital->target, line->hospital, error);
  if (hospital == NULL)
    return FALSE;
  if (view->json != NULL)
    hx_batch_line_json (view->json, line, hospital);
  else
    line_text (line, day, hospital);
  return TRUE;
}

static gboolean
show_lines (const View *view, const GPtrArray *lines, GError **error)
{
  const char *heads[] = { _ ("批次"),
                          _ ("日期"),
                          _ ("医院"),
                          _ ("状态"),
                          _ ("名额"),
                          view->plan->planned->name,
                          view->plan->attended->name,
                          view->plan->absent->name,
                          _ ("其他") };
  if (view->json == NULL)
    print_columns (heads);
  for (guint i = 0; i < lines->len; i++)
    if (!show_line (view, lines->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
hx_cli_batch_show (HxCli *cli, HxCliBatch *call, GError **error)
{
  g_auto (View) view = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  if (!view_open (cli, call, &view, error))
    return FALSE;
  g_autoptr (GPtrArray) lines
      = hx_batch_lines (view.reading.connection, view.plan, view.year, error);
  if (lines == NULL)
    return FALSE;
  hx_json_init (&json, out, TRUE);
  view.json = call->as_json ? &json : NULL;
  hx_json_array_begin (&json);
  if (!show_lines (&view, lines, error))
    return FALSE;
  hx_json_array_end (&json);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  return TRUE;
}

/* ------------------------------------------------------------------ missed */

typedef struct
{
  char *name, *unit, *batch;
  char day[HX_DATE_TEXT_SIZE];
} Texts;

static void
texts_clear (Texts *texts)
{
  g_free (texts->name);
  g_free (texts->unit);
  g_free (texts->batch);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static gboolean
read_texts (const View *view, const HxBatchMissed *missed, Texts *texts,
            GError **error)
{
  HxConnection *connection = view->reading.connection;
  hx_date_format (hx_date_from_number (missed->day), texts->day);
  texts->name = hx_batch_row_name (connection, view->plan->people,
                                   missed->person, error);
  if (texts->name != NULL)
    texts->batch = hx_batch_row_name (connection, view->plan->batch,
                                      missed->batch, error);
  if (texts->batch != NULL)
    texts->unit = missed->unit_id != 0
                      ? hx_unit_name (connection, missed->unit_id, error)
                      : g_strdup ("");
  return texts->unit != NULL;
}

static void
missed_json (HxJson *json, const HxBatchMissed *missed, const Texts *texts)
{
  hx_json_object_begin (json);
  hx_json_member_integer (json, "row", missed->person);
  hx_json_member (json, "name", texts->name);
  hx_json_member (json, "unit", texts->unit);
  hx_json_member (json, "batch", texts->batch);
  hx_json_member (json, "day", texts->day);
  hx_json_key (json, "noted");
  hx_json_bool (json, missed->is_noted);
  hx_json_object_end (json);
}

static void
missed_text (const View *view, const HxBatchMissed *missed, const Texts *texts)
{
  hx_cli_print_padded (texts->unit, 22, FALSE);
  hx_cli_print_padded (texts->batch, 12, FALSE);
  hx_cli_print_padded (texts->day, 12, FALSE);
  hx_cli_print_padded (
      missed->is_noted ? view->plan->absent->name : _ ("未登记"), 8, FALSE);
  hx_cli_print ("%s %s %" G_GINT64_FORMAT "\n", texts->name,
                view->plan->people->key, missed->person);
}

static gboolean
show_missed (const View *view, const GArray *all, GError **error)
{
  for (guint i = 0; i < all->len; i++)
    {
      const HxBatchMissed *missed = &g_array_index (all, HxBatchMissed, i);
      g_auto (Texts) texts = { 0 };
      if (!read_texts (view, missed, &texts, error))
        return FALSE;
      if (view->json != NULL)
        missed_json (view->json, missed, &texts);
      else
        missed_text (view, missed, &texts);
    }
  return TRUE;
}

static gboolean
show_total (const View *view, gint64 unit_id, guint count, GError **error)
{
  g_autofree char *unit
      = unit_id != 0 ? hx_unit_name (view->reading.connection, unit_id, error)
                     : g_strdup (_ ("未定"));
  if (unit == NULL)
    return FALSE;
  if (view->json == NULL)
    {
      hx_cli_print_padded (unit, 22, FALSE);
      hx_cli_print ("%u\n", count);
      return TRUE;
    }
  hx_json_object_begin (view->json);
  hx_json_member (view->json, "unit", unit_id != 0 ? unit : NULL);
  hx_json_member_integer (view->json, "people", count);
  hx_json_object_end (view->json);
  return TRUE;
}

static gboolean
show_totals (const View *view, const GArray *all, GError **error)
{
  for (guint i = 0, next = 0; i < all->len; i = next)
    {
      const gint64 unit = g_array_index (all, HxBatchMissed, i).unit_id;
      for (next = i + 1;
           next < all->len
           && g_array_index (all, HxBatchMissed, next).unit_id == unit;)
        next++;
      if (!show_total (view, unit, next - i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
missed_as_json (View *view, const GArray *all, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson *json = &view->writer;
  hx_json_init (json, out, TRUE);
  view->json = json;
  hx_json_object_begin (json);
  hx_json_key (json, "missed");
  hx_json_array_begin (json);
  if (!show_missed (view, all, error))
    return FALSE;
  hx_json_array_end (json);
  hx_json_key (json, "units");
  hx_json_array_begin (json);
  if (!show_totals (view, all, error))
    return FALSE;
  hx_json_array_end (json);
  hx_json_object_end (json);
  hx_cli_print ("%s\n", out->str);
  return TRUE;
}

gboolean
hx_cli_batch_missed (HxCli *cli, HxCliBatch *call, GError **error)
{
  g_auto (View) view = { 0 };
  HxDate as_of = { 0 };
  if (!view_open (cli, call, &view, error))
    return FALSE;
  const HxDate end = { (gint16)view.year, 12, 31 };
  if (!hx_cli_batch_as_of (call, end, &as_of, error))
    return FALSE;
  g_autoptr (GArray) all
      = hx_batch_missed (view.reading.connection, view.reading.catalogue,
                         view.plan, view.year, as_of, error);
  view.reveal = &call->reveal;
  if (all == NULL
      || !hx_cli_reveal_choose (&call->reveal, view.plan->people, error)
      || !hx_cli_reveal_log (&call->reveal, view.reading.store,
                             view.reading.catalogue, 0, all->len, error))
    return FALSE;
  if (call->as_json)
    return missed_as_json (&view, all, error);
  if (!show_missed (&view, all, error))
    return FALSE;
  hx_cli_print (_ ("缺席共 %u 人\n"), all->len);
  return show_totals (&view, all, error);
}

/* ------------------------------------------------------------------ cancel */

typedef struct
{
  const HxBatchPlan *plan;
  char *const *numbers;
  const char *reason;
  guint batches, people;
} Cancelling;

static gboolean
cancel (HxLedger *ledger, gpointer data, GError **error)
{
  Cancelling *cancelling = data;
  for (guint i = 0; cancelling->numbers[i] != NULL; i++)
    {
      guint people = 0;
      if (!hx_batch_cancel (ledger, cancelling->plan, cancelling->numbers[i],
                            cancelling->reason, &people, error))
        return FALSE;
      cancelling->batches++;
      cancelling->people += people;
    }
  return TRUE;
}

gboolean
hx_cli_batch_cancel (HxCli *cli, HxCliBatch *call, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL)
    return FALSE;
  if (call->reveal.reason == NULL || *call->reveal.reason == '\0')
    return hx_fail (error, HX_ERROR_USAGE, _ ("取消要写明原因"), "--reason",
                    NULL);
  Cancelling cancelling = { .plan = hx_cli_batch_find (catalogue, call, error),
                            .numbers = call->words + 1,
                            .reason = call->reveal.reason };
  const HxAuthor author = hx_cli_author ("batch");
  if (cancelling.plan == NULL
      || !hx_measure_write (store, catalogue, &author, cancel, &cancelling,
                            error))
    return FALSE;
  hx_cli_print (_ ("取消了 %u 批，%u 人的安排作废\n"), cancelling.batches,
                cancelling.people);
  return TRUE;
}
