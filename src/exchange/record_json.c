#include "exchange/record_json.h"

#include <jansson.h>
#include <string.h>

/* ----------------------------------------------------------------- changes */

static const struct
{
  const char *action, *name, *reason; /* the member that holds the reason */
} actions[] = {
  { "add", N_ ("登记"), NULL },        { "change", N_ ("更改"), NULL },
  { "void", N_ ("作废"), "void" },     { "restore", N_ ("恢复"), "restore" },
  { "history", N_ ("补记"), NULL },    { "reveal", N_ ("查看原文"), "reason" },
  { "submit", N_ ("提交审批"), NULL }, { "approve", N_ ("审批"), NULL },
  { "return", N_ ("退回"), "return" },
};

static gboolean
says_values (const char *action)
{
  return strcmp (action, "add") == 0 || strcmp (action, "change") == 0
         || strcmp (action, "history") == 0;
}

/* "身份证号、手机", or NULL. */
static char *
revealed_in (const HxKind *kind, const json_t *remark)
{
  const json_t *keys = json_object_get (remark, "reveal");
  g_autoptr (GString) names = g_string_new (NULL);

  for (size_t i = 0; i < json_array_size (keys); i++)
    {
      const char *key = json_string_value (json_array_get (keys, i));
      const HxField *field = key != NULL ? hx_kind_field (kind, key) : NULL;

      g_string_append_printf (names, "%s%s", i > 0 ? "、" : "",
                              field != NULL ? field->name : key);
    }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

typedef struct
{
  HxConnection *connection;
  const HxKind *kind;
  gint64 id;
  HxRow *before, *after;
  HxRecordChangeFunc function;
  gpointer data;
  GError *error;
} Walk;

static void
name_action (HxRecordChange *change, const json_t *remark)
{
  change->name = change->entry->action;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (strcmp (actions[i].action, change->entry->action) != 0)
        continue;
      change->name = hx_text (actions[i].name);
      if (actions[i].reason != NULL)
        change->reason
            = json_string_value (json_object_get (remark, actions[i].reason));
    }
}

static void
read_values (Walk *walk, const HxLogEntry *entry)
{
  hx_row_clear (walk->before);
  hx_row_clear (walk->after);
  walk->before->id = walk->after->id = walk->id;
  if (!says_values (entry->action))
    return;
  hx_row_apply (walk->connection, walk->before, entry->before);
  hx_row_apply (walk->connection, walk->after, entry->after);
}

static gboolean
take_entry (const HxLogEntry *entry, gpointer data)
{
  Walk *walk = data;
  HxRecordChange change
      = { .entry = entry, .before = walk->before, .after = walk->after };
  json_t *remark = entry->after != NULL && !says_values (entry->action)
                       ? json_loads (entry->after, 0, NULL)
                       : NULL;
  g_autofree char *revealed = revealed_in (walk->kind, remark);
  gboolean goes_on;

  change.revealed = revealed;
  name_action (&change, remark);
  if (!hx_history_entry (entry->after, change.from, &change.is_correction))
    change.from[0] = '\0';
  read_values (walk, entry);
  goes_on = walk->function (&change, walk->data, &walk->error);
  json_decref (remark);
  return goes_on;
}

gboolean
hx_record_changes (HxConnection *connection, const HxKind *kind, gint64 id,
                   HxRecordChangeFunc function, gpointer data, GError **error)
{
  g_autoptr (HxRow) before = hx_row_new (kind);
  g_autoptr (HxRow) after = hx_row_new (kind);
  Walk walk = { .connection = connection,
                .kind = kind,
                .id = id,
                .before = before,
                .after = after,
                .function = function,
                .data = data };

  if (!hx_ledger_history (connection, kind, id, take_entry, &walk, error))
    return g_clear_error (&walk.error), FALSE;
  if (walk.error == NULL)
    return TRUE;
  g_propagate_error (error, walk.error);
  return FALSE;
}

/* ----------------------------------------------------------------- periods */

typedef struct
{
  const HxRecordView *view;
  HxRow *row; /* holds the value being shown */
  HxRecordPeriodFunc function;
  gpointer data;
  GError *error;
} Periods;

static gboolean
take_period (const HxPast *past, gpointer data)
{
  Periods *periods = data;
  const HxRecordView *view = periods->view;
  g_autofree char *text = NULL;

  periods->row->values[past->field->index] = past->value;
  text = view->value (view->data, periods->row, past->field, &periods->error);
  if (periods->error != NULL)
    return FALSE;
  return text == NULL
         || periods->function (past, text, periods->data, &periods->error);
}

gboolean
hx_record_periods (const HxRecordView *view, const HxRow *row,
                   HxRecordPeriodFunc function, gpointer data, GError **error)
{
  g_autoptr (HxRow) holder = hx_row_new (row->kind);
  Periods periods
      = { .view = view, .row = holder, .function = function, .data = data };

  if (!hx_history_each (view->connection, row->kind, row->id, take_period,
                        &periods, error))
    return g_clear_error (&periods.error), FALSE;
  if (periods.error == NULL)
    return TRUE;
  g_propagate_error (error, periods.error);
  return FALSE;
}

/* -------------------------------------------------------------------- JSON */

static gboolean
period_json (const HxPast *past, const char *text, gpointer data,
             GError **error)
{
  HxJson *json = data;

  (void)error;
  hx_json_object_begin (json);
  hx_json_member (json, "field", past->field->key);
  hx_json_member (json, "since", past->since[0] != '\0' ? past->since : NULL);
  hx_json_member (json, "value", past->value.filled ? text : NULL);
  hx_json_object_end (json);
  return TRUE;
}

gboolean
hx_record_json_periods (const HxRecordView *view, const HxRow *row,
                        HxJson *json, GError **error)
{
  hx_json_key (json, "periods");
  hx_json_array_begin (json);
  if (!hx_record_periods (view, row, period_json, json, error))
    return FALSE;
  hx_json_array_end (json);
  return TRUE;
}

typedef struct
{
  const HxRecordView *view;
  HxJson *json;
} Writing;

/* NULL: empty or hidden. */
static char *
filled_value (const HxRecordView *view, const HxRow *row, const HxField *field,
              GError **error)
{
  if (!row->values[field->index].filled)
    return NULL;
  return view->value (view->data, row, field, error);
}

static gboolean
field_json (const Writing *writing, const HxRecordChange *change,
            const HxField *field, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *before
      = filled_value (writing->view, change->before, field, &failed);
  g_autofree char *after
      = failed == NULL
            ? filled_value (writing->view, change->after, field, &failed)
            : NULL;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (before == NULL && after == NULL)
    return TRUE;
  hx_json_key (writing->json, field->key);
  hx_json_object_begin (writing->json);
  hx_json_member (writing->json, "before", before);
  hx_json_member (writing->json, "after", after);
  hx_json_object_end (writing->json);
  return TRUE;
}

static void
reveal_json (HxJson *json, const HxLogEntry *entry)
{
  json_t *remark = strcmp (entry->action, "reveal") == 0 && entry->after != NULL
                       ? json_loads (entry->after, 0, NULL)
                       : NULL;
  const json_t *keys = json_object_get (remark, "reveal");

  if (keys != NULL)
    {
      hx_json_key (json, "reveal");
      hx_json_array_begin (json);
      for (size_t i = 0; i < json_array_size (keys); i++)
        hx_json_string (json, json_string_value (json_array_get (keys, i)));
      hx_json_array_end (json);
    }
  json_decref (remark);
}

static gboolean
change_json (const HxRecordChange *change, gpointer data, GError **error)
{
  const Writing *writing = data;
  HxJson *json = writing->json;
  const GPtrArray *fields = change->after->kind->fields;

  hx_json_object_begin (json);
  hx_json_member_integer (json, "seq", change->entry->seq);
  hx_json_member (json, "at", change->entry->at);
  hx_json_member (json, "actor", change->entry->actor);
  hx_json_member (json, "request", change->entry->request);
  hx_json_member (json, "action", change->entry->action);
  hx_json_member (json, "reason", change->reason);
  reveal_json (json, change->entry);
  if (change->from[0] != '\0')
    {
      hx_json_member (json, "from", change->from);
      hx_json_key (json, "correction");
      hx_json_bool (json, change->is_correction);
    }
  hx_json_key (json, "fields");
  hx_json_object_begin (json);
  for (guint i = 0; i < fields->len; i++)
    if (!field_json (writing, change, fields->pdata[i], error))
      return FALSE;
  hx_json_object_end (json);
  hx_json_object_end (json);
  return TRUE;
}

gboolean
hx_record_json_history (const HxRecordView *view, const HxRow *row,
                        HxJson *json, GError **error)
{
  Writing writing = { view, json };

  hx_json_key (json, "history");
  hx_json_array_begin (json);
  if (!hx_record_changes (view->connection, row->kind, row->id, change_json,
                          &writing, error))
    return FALSE;
  hx_json_array_end (json);
  return TRUE;
}
