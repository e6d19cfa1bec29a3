#include "cli/record_show.h"

#include "cli/cli.h"
#include "exchange/record_json.h"

typedef struct
{
  HxConnection *connection;
  const HxCliReveal *reveal;
  HxRecordView view;
  const HxField *field; /* of the period before */
} Show;

static char *
value_of (gpointer data, const HxRow *row, const HxField *field, GError **error)
{
  const Show *show = data;
  return hx_value_display (show->connection, row, field,
                           hx_cli_audience (show->reveal, field), error);
}

/* 2023-03-05 14:07:09 where the reader is. */
static char *
local_time (const char *at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (at, NULL);
  g_autoptr (GDateTime) local
      = time != NULL ? g_date_time_to_local (time) : NULL;
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S")
                       : g_strdup (at);
}

/* ----------------------------------------------------------------- history */

/* NULL without *error: empty. */
static char *
filled_value (Show *show, const HxRow *row, const HxField *field,
              GError **error)
{
  return row->values[field->index].filled ? value_of (show, row, field, error)
                                          : NULL;
}

static gboolean
print_field (Show *show, const HxRecordChange *change, const HxField *field,
             GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *before = filled_value (show, change->before, field, &failed);
  g_autofree char *after
      = failed == NULL ? filled_value (show, change->after, field, &failed)
                       : NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (before != NULL || after != NULL)
    hx_cli_print ("    %s：%s%s%s\n", field->name, before != NULL ? before : "",
                  before != NULL ? " → " : "",
                  after != NULL ? after : _ ("（空）"));
  return TRUE;
}

static gboolean
print_change (const HxRecordChange *change, gpointer data, GError **error)
{
  Show *show = data;
  const HxLogEntry *entry = change->entry;
  const GPtrArray *fields = change->after->kind->fields;
  g_autofree char *at = local_time (entry->at);
  hx_cli_print ("  %s  %s%s  %s（%s）%s%s\n", at, change->name,
                change->revealed != NULL ? change->revealed : "", entry->actor,
                entry->request, change->reason != NULL ? "：" : "",
                change->reason != NULL ? change->reason : "");
  if (change->from[0] != '\0')
    hx_cli_print (change->is_correction ? _ ("    （更正 %s 有效的值）\n")
                                        : _ ("    （自 %s 起）\n"),
                  change->from);
  for (guint i = 0; i < fields->len; i++)
    if (!print_field (show, change, fields->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ----------------------------------------------------------------- periods */

static gboolean
print_period (const HxPast *past, const char *text, gpointer data,
              GError **error)
{
  Show *show = data;
  const char *value = past->value.filled ? text : _ ("（空）");
  (void)error;
  if (show->field == NULL)
    hx_cli_print ("%s\n", _ ("历史："));
  if (show->field != past->field)
    hx_cli_print ("  %s：\n", past->field->name);
  if (past->since[0] == '\0')
    hx_cli_print ("    %s %s\n", _ ("最初"), value);
  else
    hx_cli_print (_ ("    自 %s 起 %s\n"), past->since, value);
  show->field = past->field;
  return TRUE;
}

/* ------------------------------------------------------------------ fields */

/* `json` NULL: lines for people. */
static gboolean
show_fields (Show *show, const HxRow *row, HxJson *json, GError **error)
{
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      if (!row->values[i].filled)
        continue;
      g_autofree char *text = value_of (show, row, field, error);
      if (text == NULL)
        return FALSE;
      if (json != NULL)
        hx_json_member (json, field->key, text);
      else
        hx_cli_print ("  %s：%s\n", field->name, text);
    }
  return TRUE;
}

static gboolean
show_lines (Show *show, const HxRow *row, GError **error)
{
  hx_cli_print ("%s %" G_GINT64_FORMAT "%s\n", row->kind->name, row->id,
                row->is_void ? _ ("（已作废）") : "");
  if (!show_fields (show, row, NULL, error)
      || !hx_record_periods (&show->view, row, print_period, show, error))
    return FALSE;
  hx_cli_print ("%s\n", _ ("变更："));
  return hx_record_changes (show->connection, row->kind, row->id, print_change,
                            show, error);
}

static gboolean
show_json (Show *show, const HxRow *row, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "kind", row->kind->key);
  hx_json_member_integer (&json, "id", row->id);
  hx_json_key (&json, "void");
  hx_json_bool (&json, row->is_void);
  hx_json_key (&json, "fields");
  hx_json_object_begin (&json);
  if (!show_fields (show, row, &json, error))
    return FALSE;
  hx_json_object_end (&json);
  if (!hx_record_json_periods (&show->view, row, &json, error)
      || !hx_record_json_history (&show->view, row, &json, error))
    return FALSE;
  hx_json_object_end (&json);
  hx_cli_print ("%s\n", out->str);
  return TRUE;
}

gboolean
hx_cli_show_row (HxConnection *connection, const HxCliReveal *reveal, gint64 id,
                 gboolean as_json, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (reveal->kind);
  Show show = { .connection = connection, .reveal = reveal };
  show.view = (HxRecordView){ connection, value_of, &show };
  if (!hx_row_load (connection, row, id, error))
    return FALSE;
  return (as_json ? show_json : show_lines) (&show, row, error);
}
