/* The index against the rows, in any order: each key of a row adds a number
 * made of it to the row's sum, each key in the index takes it away, and what
 * is left is a difference. */
#include "ledger/search_internal.h"

#define FINDINGS_MAX 20
#define PROGRESS_STEP 4096

typedef struct
{
  HxConnection *connection;
  const HxKind *kind;
  HxKeyMaker *maker;
  GArray *sums; /* guint64 by row id, from 1 */
  gint64 row;
  guint64 strange; /* keys of rows that cannot be */
  guint64 done;
  HxFindingFunc function;
  gpointer data;
  HxProgress progress;
} Check;

/* FNV-1a, and its bits well mixed, so that sums do not meet. */
static guint64
number_of (const char *key)
{
  guint64 sum = G_GUINT64_CONSTANT (0xCBF29CE484222325);

  for (; *key != '\0'; key++)
    sum = (sum ^ (guint8)*key) * G_GUINT64_CONSTANT (0x100000001B3);
  sum ^= sum >> 32;
  sum *= G_GUINT64_CONSTANT (0xD6E8FEB86659FD93);
  return sum ^ sum >> 32;
}

static void
add (const char *key, gpointer data)
{
  Check *check = data;

  g_array_index (check->sums, guint64, check->row) += number_of (key);
}

static void
take (Check *check, const char *key, gint64 row)
{
  if (key == NULL || row < 1 || row >= (gint64)check->sums->len)
    check->strange++;
  else
    g_array_index (check->sums, guint64, row) -= number_of (key);
}

static gboolean
advance (Check *check, GError **error)
{
  if (++check->done % PROGRESS_STEP != 0 || check->progress == NULL
      || check->progress (check->done, 0, check->data))
    return TRUE;
  return hx_fail (error, HX_ERROR_LIMIT, _ ("核对被中止"), NULL, NULL);
}

static gboolean
make_room (Check *check, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT max(id) FROM %s WHERE bureau_id = %d",
                         check->kind->table, HX_BUREAU_ID);
  gint64 last = 0;

  if (!hx_query_integer (check->connection, sql, 0, &last, error))
    return FALSE;
  if (last >= G_MAXUINT32)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("行的编号太大，搜索索引没有核对"),
                    check->kind->name, NULL);
  g_array_set_size (check->sums, (guint)last + 1);
  return TRUE;
}

static gboolean
add_rows (Check *check, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (check->kind);
  g_autoptr (HxStatement) rows
      = hx_search_rows (check->connection, check->kind, error);
  HxStep step = HX_STEP_ERROR;

  while (rows != NULL && (step = hx_step (rows, error)) == HX_STEP_ROW)
    {
      hx_row_read (rows, 0, row);
      check->row = row->id;
      if (row->id > 0)
        hx_keys_of_row (check->maker, row, TRUE, add, check);
      if (!advance (check, error))
        return FALSE;
    }
  return step == HX_STEP_DONE;
}

static gboolean
take_keys (Check *check, GError **error)
{
  g_autofree char *table = hx_search_table (check->kind);
  g_autofree char *sql
      = g_strdup_printf ("SELECT key, row FROM %s WHERE bureau_id = ?1", table);
  g_autoptr (HxStatement) keys
      = hx_statement_new (check->connection, sql, error);
  HxStep step = HX_STEP_ERROR;

  if (keys == NULL)
    return FALSE;
  hx_bind_integer (keys, 1, HX_BUREAU_ID);
  while ((step = hx_step (keys, error)) == HX_STEP_ROW)
    {
      take (check, hx_column_text (keys, 0), hx_column_integer (keys, 1));
      if (!advance (check, error))
        return FALSE;
    }
  return step == HX_STEP_DONE;
}

static void
tell (const Check *check, const char *what)
{
  g_autofree char *finding
      = g_strdup_printf (_ ("%s的搜索索引%s: 运行 hongxia search --rebuild"),
                         check->kind->name, what);

  check->function (finding, check->data);
}

static void
tell_differences (const Check *check)
{
  guint count = 0;

  for (guint i = 0; i < check->sums->len; i++)
    {
      g_autofree char *what = NULL;

      if (g_array_index (check->sums, guint64, i) == 0
          || ++count > FINDINGS_MAX)
        continue;
      what = g_strdup_printf (_ ("与编号 %u 的一行不符"), i);
      tell (check, what);
    }
  if (count > FINDINGS_MAX)
    {
      g_autofree char *what
          = g_strdup_printf (_ ("与另外 %u 行不符"), count - FINDINGS_MAX);

      tell (check, what);
    }
  if (check->strange > 0)
    tell (check, _ ("里有不存在的行"));
}

static gboolean
check_kind (Check *check, GError **error)
{
  gboolean ready = FALSE;

  if (!hx_search_is_ready (check->connection, check->kind, &ready, error))
    return FALSE;
  if (!ready)
    {
      tell (check, _ ("还没有建"));
      return TRUE;
    }
  if (!make_room (check, error) || !add_rows (check, error)
      || !take_keys (check, error))
    return FALSE;
  tell_differences (check);
  return TRUE;
}

gboolean
hx_search_verify (HxConnection *connection, HxCatalogue *catalogue,
                  HxFindingFunc function, gpointer data, HxProgress progress,
                  GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  g_autoptr (HxKeyMaker) maker = hx_key_maker_take (connection);

  for (guint i = 0; i < kinds->len; i++)
    {
      g_autoptr (GArray) sums = g_array_new (FALSE, TRUE, sizeof (guint64));
      Check check = { connection, kinds->pdata[i], maker, sums,    0, 0,
                      0,          function,        data,  progress };

      if (check.kind->search->len > 0 && !check_kind (&check, error))
        return FALSE;
    }
  return TRUE;
}
