#include "ledger/approval.h"

#include "ledger/ledger_internal.h"

#include <jansson.h>

static const HxMigration migrations[] = {
  { 1, "CREATE TABLE approval (bureau_id INTEGER NOT NULL,"
       " kind TEXT NOT NULL, row INTEGER NOT NULL, state INTEGER NOT NULL,"
       " version INTEGER NOT NULL, submitter TEXT NOT NULL,"
       " submitted_at TEXT NOT NULL, actor TEXT, at TEXT, reason TEXT,"
       " seq INTEGER NOT NULL, PRIMARY KEY (bureau_id, kind, row)) $options;"
       "CREATE INDEX approval_state ON approval"
       " (bureau_id, state, submitted_at)" },
};

gboolean
hx_approval_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "approval", migrations,
                     G_N_ELEMENTS (migrations), error);
}

/* -------------------------------------------------------------------- names */

static const struct
{
  const char *key, *name, *action;
} states[] = {
  [HX_APPROVAL_NONE] = { "none", "", "" },
  [HX_APPROVAL_SUBMITTED] = { "submitted", N_ ("待审批"), HX_ACTION_SUBMIT },
  [HX_APPROVAL_APPROVED] = { "approved", N_ ("已审批"), HX_ACTION_APPROVE },
  [HX_APPROVAL_RETURNED] = { "returned", N_ ("已退回"), HX_ACTION_RETURN },
};

const char *
hx_approval_name (HxApprovalState state)
{
  return *states[state].name != '\0' ? hx_text (states[state].name) : "";
}

const char *
hx_approval_key (HxApprovalState state)
{
  return states[state].key;
}

gboolean
hx_action_is_approval (const char *action)
{
  for (guint i = HX_APPROVAL_SUBMITTED; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].action, action))
      return TRUE;
  return FALSE;
}

void
hx_approval_clear (HxApproval *approval)
{
  g_free (approval->submitter);
  g_free (approval->submitted_at);
  g_free (approval->actor);
  g_free (approval->at);
  g_free (approval->reason);
  *approval = (HxApproval){ 0 };
}

/* ------------------------------------------------------------------ reading */

#define APPROVAL_COLUMNS                                                       \
  "kind, row, state, version, submitter, submitted_at, actor, at, reason, seq"

/* But for the kind. */
static void
read_approval (HxStatement *statement, HxApproval *approval)
{
  const gint64 state = hx_column_integer (statement, 2);

  approval->row = hx_column_integer (statement, 1);
  approval->state = state > HX_APPROVAL_NONE && state <= HX_APPROVAL_RETURNED
                        ? (HxApprovalState)state
                        : HX_APPROVAL_NONE;
  approval->version = hx_column_integer (statement, 3);
  approval->submitter = g_strdup (hx_column_text (statement, 4));
  approval->submitted_at = g_strdup (hx_column_text (statement, 5));
  approval->actor = g_strdup (hx_column_text (statement, 6));
  approval->at = g_strdup (hx_column_text (statement, 7));
  approval->reason = g_strdup (hx_column_text (statement, 8));
}

gboolean
hx_approval_read (HxConnection *connection, const HxKind *kind, gint64 row,
                  HxApproval *approval, GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT " APPROVAL_COLUMNS " FROM approval"
                      " WHERE bureau_id = ?1 AND kind = ?2 AND row = ?3",
                      error);
  HxStep step;

  *approval = (HxApproval){ .kind = kind, .row = row };
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, kind->key, -1);
  hx_bind_integer (statement, 3, row);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    read_approval (statement, approval);
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const HxApprovalQuery *query;
  HxApprovalFunc function;
  gpointer data;
} Listing;

/* *lives: the row is there and not void; its unit into approval->unit_id. */
static gboolean
find_row (const Listing *listing, HxApproval *approval, gboolean *lives,
          GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT unit_id FROM %s WHERE bureau_id = ?1"
                         " AND id = ?2 AND void = 0",
                         approval->kind->table);
  HxStatement *statement = hx_statement (listing->connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, approval->row);
  step = hx_step (statement, error);
  *lives = step == HX_STEP_ROW;
  if (*lives)
    approval->unit_id = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static gboolean
is_wanted (const Listing *listing, const HxApproval *approval)
{
  const HxApprovalQuery *query = listing->query;
  const HxRow row = { .kind = approval->kind,
                      .id = approval->row,
                      .unit_id = approval->unit_id };

  return (query->submitter == NULL
          || g_strcmp0 (query->submitter, approval->submitter) == 0)
         && (query->not_of == NULL
             || g_strcmp0 (query->not_of, approval->submitter) != 0)
         && (query->kind == NULL || query->kind == approval->kind)
         && (query->reaches == NULL || query->reaches (query->reach, &row));
}

/* *goes_on becomes FALSE when the caller has enough. */
static gboolean
tell (const Listing *listing, HxStatement *statement, gboolean *goes_on,
      GError **error)
{
  g_auto (HxApproval) approval = { 0 };
  gboolean lives = FALSE;

  approval.kind
      = hx_catalogue_kind (listing->catalogue, hx_column_text (statement, 0));
  if (approval.kind == NULL)
    return TRUE;
  read_approval (statement, &approval);
  if (!find_row (listing, &approval, &lives, error))
    return FALSE;
  if (lives && is_wanted (listing, &approval))
    *goes_on = listing->function (&approval, listing->data);
  return TRUE;
}

gboolean
hx_approvals_each (HxConnection *connection, HxCatalogue *catalogue,
                   const HxApprovalQuery *query, HxApprovalFunc function,
                   gpointer data, GError **error)
{
  const Listing listing = { connection, catalogue, query, function, data };
  g_autoptr (HxStatement) statement
      = hx_statement_new (connection,
                          "SELECT " APPROVAL_COLUMNS " FROM approval"
                          " WHERE bureau_id = ?1 AND state = ?2"
                          " ORDER BY submitted_at, kind, row",
                          error);
  gboolean goes_on = TRUE;
  HxStep step = HX_STEP_DONE;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, query->state);
  while (goes_on && (step = hx_step (statement, error)) == HX_STEP_ROW)
    if (!tell (&listing, statement, &goes_on, error))
      return FALSE;
  return step != HX_STEP_ERROR;
}

/* ------------------------------------------------------------------ writing */

static void
bind_or_null (HxStatement *statement, int index, const char *text)
{
  if (text != NULL)
    hx_bind_text (statement, index, text, -1);
  else
    hx_bind_null (statement, index);
}

static gboolean
keep (HxLedger *ledger, const HxApproval *approval, GError **error)
{
  HxStatement *statement = hx_statement (
      ledger->connection,
      "INSERT INTO approval (bureau_id, " APPROVAL_COLUMNS ")"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
      " ON CONFLICT (bureau_id, kind, row) DO UPDATE"
      " SET state = excluded.state, version = excluded.version,"
      " submitter = excluded.submitter,"
      " submitted_at = excluded.submitted_at, actor = excluded.actor,"
      " at = excluded.at, reason = excluded.reason, seq = excluded.seq",
      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, approval->kind->key, -1);
  hx_bind_integer (statement, 3, approval->row);
  hx_bind_integer (statement, 4, approval->state);
  hx_bind_integer (statement, 5, approval->version);
  hx_bind_text (statement, 6, approval->submitter, -1);
  hx_bind_text (statement, 7, approval->submitted_at, -1);
  bind_or_null (statement, 8, approval->actor);
  bind_or_null (statement, 9, approval->at);
  bind_or_null (statement, 10, approval->reason);
  hx_bind_integer (statement, 11, ledger->seq);
  return hx_step_done (statement, error);
}

/* Entry of the log, then the table. */
static gboolean
take_step (HxLedger *ledger, const HxRow *row, const HxApproval *approval,
           GError **error)
{
  const char *action = states[approval->state].action;
  HxJson json;

  g_string_truncate (ledger->before, 0);
  g_string_truncate (ledger->after, 0);
  hx_json_init (&json, ledger->after, FALSE);
  hx_json_object_begin (&json);
  if (approval->state == HX_APPROVAL_RETURNED)
    hx_json_member (&json, action, approval->reason);
  else
    hx_json_member_integer (&json, action, row->version);
  hx_json_object_end (&json);
  return hx_log_write (ledger, action, row, error)
         && keep (ledger, approval, error);
}

gboolean
hx_ledger_submit (HxLedger *ledger, const HxKind *kind, gint64 id,
                  GError **error)
{
  g_autoptr (HxRow) row = NULL;
  g_auto (HxApproval) approval = { 0 };

  if (!kind->approval)
    return TRUE;
  row = hx_row_new (kind);
  if (!hx_row_load (ledger->connection, row, id, error))
    return FALSE;
  approval = (HxApproval){ .kind = kind,
                           .row = id,
                           .state = HX_APPROVAL_SUBMITTED,
                           .version = row->version,
                           .submitter = g_strdup (ledger->actor),
                           .submitted_at = g_strdup (ledger->at) };
  return take_step (ledger, row, &approval, error);
}

static gboolean
fail (GError **error, const HxRow *row, const char *what, const char *to_do)
{
  g_autofree char *where
      = g_strdup_printf ("%s %" G_GINT64_FORMAT, row->kind->name, row->id);

  return hx_fail (error, HX_ERROR_CONFLICT, what, where, to_do);
}

/* May this author decide about the row as it stands? */
static gboolean
may_decide (const HxLedger *ledger, const HxRow *row,
            const HxApproval *approval, gint64 version, GError **error)
{
  if (row->is_void)
    return fail (error, row, _ ("这一行已经作废"), NULL);
  if (approval->state != HX_APPROVAL_SUBMITTED)
    return fail (error, row, _ ("这一条现在没有待审批的内容"),
                 _ ("刷新页面看看它的状态"));
  if (g_strcmp0 (approval->submitter, ledger->actor) == 0)
    return fail (error, row, _ ("自己提交的不能自己审批"),
                 _ ("请另一位有审批权的人来办"));
  if (version == 0 || version == row->version)
    return TRUE;
  return fail (error, row, _ ("这一条在您看的时候又改过"),
               _ ("看过现在的内容再审批"));
}

/* `reason` NULL: approved. */
static gboolean
decide (HxLedger *ledger, HxRow *row, gint64 version, const char *reason,
        GError **error)
{
  g_auto (HxApproval) approval = { 0 };

  if (!hx_row_load (ledger->connection, row, row->id, error)
      || !hx_approval_read (ledger->connection, row->kind, row->id, &approval,
                            error)
      || !may_decide (ledger, row, &approval, version, error))
    return FALSE;
  approval.state = reason == NULL ? HX_APPROVAL_APPROVED : HX_APPROVAL_RETURNED;
  g_free (approval.actor);
  g_free (approval.at);
  g_free (approval.reason);
  approval.actor = g_strdup (ledger->actor);
  approval.at = g_strdup (ledger->at);
  approval.reason = g_strdup (reason);
  return take_step (ledger, row, &approval, error);
}

gboolean
hx_ledger_approve (HxLedger *ledger, const HxKind *kind, gint64 id,
                   gint64 version, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (kind);

  row->id = id;
  return decide (ledger, row, version, NULL, error);
}

gboolean
hx_ledger_return (HxLedger *ledger, const HxKind *kind, gint64 id,
                  gint64 version, const char *reason, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autofree char *text = hx_text_trim (reason != NULL ? reason : "");

  row->id = id;
  if (*text == '\0')
    return fail (error, row, _ ("退回要写明原因"), _ ("写上要改什么"));
  return decide (ledger, row, version, text, error);
}

/* ------------------------------------------------------------------ verify
 *
 * The last step of each row in the log, and the table, both in the order of
 * kind and row.
 */

typedef struct
{
  HxStatement *statement;
  gboolean more;
} Side;

static gboolean
step_side (Side *side, GError **error)
{
  const HxStep step = hx_step (side->statement, error);

  side->more = step == HX_STEP_ROW;
  return step != HX_STEP_ERROR;
}

static int
compare_sides (const Side *kept, const Side *logged)
{
  int order;

  if (!kept->more || !logged->more)
    return kept->more ? -1 : 1;
  order = g_strcmp0 (hx_column_text (kept->statement, 0),
                     hx_column_text (logged->statement, 0));
  if (order != 0)
    return order;
  const gint64 a = hx_column_integer (kept->statement, 1);
  const gint64 b = hx_column_integer (logged->statement, 1);
  return (a > b) - (a < b);
}

static gboolean
holds_reason (HxStatement *kept, const char *after)
{
  json_t *said = after != NULL ? json_loads (after, 0, NULL) : NULL;
  const char *reason
      = json_string_value (json_object_get (said, HX_ACTION_RETURN));
  const gboolean holds = g_strcmp0 (reason, hx_column_text (kept, 8)) == 0;

  json_decref (said);
  return holds;
}

/* The table's row against the last entry: seq, action, actor, at, after. */
static gboolean
holds (const Side *kept, const Side *logged)
{
  HxStatement *row = kept->statement;
  HxStatement *entry = logged->statement;
  const gint64 state = hx_column_integer (row, 2);
  const gboolean is_submitted = state == HX_APPROVAL_SUBMITTED;

  return state > HX_APPROVAL_NONE && state < (gint64)G_N_ELEMENTS (states)
         && hx_column_integer (row, 9) == hx_column_integer (entry, 2)
         && g_strcmp0 (states[state].action, hx_column_text (entry, 3)) == 0
         && g_strcmp0 (hx_column_text (row, is_submitted ? 4 : 6),
                       hx_column_text (entry, 4))
                == 0
         && g_strcmp0 (hx_column_text (row, is_submitted ? 5 : 7),
                       hx_column_text (entry, 5))
                == 0
         && holds_reason (row, hx_column_text (entry, 6));
}

static void
tell_difference (const Side *side, HxFindingFunc function, gpointer data)
{
  g_autofree char *finding = g_strdup_printf (
      _ ("%s 编号 %ld 的审批状态与变更日志不符: 有人绕过程序改了它"),
      hx_column_text (side->statement, 0),
      (long)hx_column_integer (side->statement, 1));

  function (finding, data);
}

static gboolean
compare_all (Side *kept, Side *logged, HxFindingFunc function, gpointer data,
             GError **error)
{
  if (!step_side (kept, error) || !step_side (logged, error))
    return FALSE;
  while (kept->more || logged->more)
    {
      const int order = compare_sides (kept, logged);

      if (order != 0 || !holds (kept, logged))
        tell_difference (order <= 0 ? kept : logged, function, data);
      if ((order <= 0 && !step_side (kept, error))
          || (order >= 0 && !step_side (logged, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
verify_table (HxConnection *connection, HxFindingFunc function, gpointer data,
              GError **error)
{
  g_autoptr (HxStatement) kept
      = hx_statement_new (connection,
                          "SELECT " APPROVAL_COLUMNS " FROM approval"
                          " WHERE bureau_id = ?1 ORDER BY kind, row",
                          error);
  g_autoptr (HxStatement) logged = NULL;
  Side sides[2] = { { 0 } };

  if (kept == NULL)
    return FALSE;
  logged = hx_statement_new (
      connection,
      "SELECT kind, row, seq, action, actor, at, after FROM change_log"
      " WHERE bureau_id = ?1 AND seq IN (SELECT max(seq) FROM change_log"
      " WHERE bureau_id = ?1 AND action IN ('" HX_ACTION_SUBMIT
      "', '" HX_ACTION_APPROVE "', '" HX_ACTION_RETURN "')"
      " GROUP BY kind, row) ORDER BY kind, row",
      error);
  if (logged == NULL)
    return FALSE;
  hx_bind_integer (kept, 1, HX_BUREAU_ID);
  hx_bind_integer (logged, 1, HX_BUREAU_ID);
  sides[0].statement = kept;
  sides[1].statement = logged;
  return compare_all (&sides[0], &sides[1], function, data, error);
}

/* A database of an older program has no such table, and nothing to compare. */
gboolean
hx_approval_verify (HxConnection *connection, HxFindingFunc function,
                    gpointer data, GError **error)
{
  g_autoptr (GPtrArray) columns = NULL;

  if (!hx_table_columns (connection, "approval", &columns, error))
    return FALSE;
  return columns->len == 0 || verify_table (connection, function, data, error);
}
