#include "cli/record_show.h"

#include "cli/cli.h"
#include "ledger/history.h"

#include <jansson.h>
#include <string.h>

typedef struct
{
  HxConnection *connection;
  const HxCliReveal *reveal;
  HxJson *json; /* NULL: lines for people */
  gint64 id;
  HxRow *before, *after; /* of the entry being shown */
  GError *error;
} Show;

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

static char *
shown_value (Show *show, const HxRow *row, const HxField *field)
{
  if (!row->values[field->index].filled || show->error != NULL)
    return NULL;
  return hx_value_display (show->connection, row, field,
                           hx_cli_audience (show->reveal, field), &show->error);
}

static void
show_change (Show *show, const HxField *field)
{
  g_autofree char *before = shown_value (show, show->before, field);
  g_autofree char *after = shown_value (show, show->after, field);
  if (before == NULL && after == NULL)
    return;
  if (show->json == NULL)
    {
      hx_cli_print ("    %s：%s%s%s\n", field->name,
                    before != NULL ? before : "", before != NULL ? " → " : "",
                    after != NULL ? after : _ ("（空）"));
      return;
    }
  hx_json_key (show->json, field->key);
  hx_json_object_begin (show->json);
  hx_json_member (show->json, "before", before);
  hx_json_member (show->json, "after", after);
  hx_json_object_end (show->json);
}

static void
show_changes (Show *show, const HxLogEntry *entry)
{
  const GPtrArray *fields = show->after->kind->fields;
  hx_row_clear (show->before);
  hx_row_clear (show->after);
  show->before->id = show->after->id = show->id;
  hx_row_apply (show->connection, show->before, entry->before);
  hx_row_apply (show->connection, show->after, entry->after);
  for (guint i = 0; i < fields->len; i++)
    show_change (show, fields->pdata[i]);
}

/* What an entry says beside values, or NULL: {"void": REASON},
 * {"restore": REASON}, {"reveal": [KEY, …], "reason": REASON}. */
static json_t *
remark_of (const HxLogEntry *entry)
{
  if (entry->after == NULL
      || (strcmp (entry->action, "void") != 0
          && strcmp (entry->action, "restore") != 0
          && strcmp (entry->action, "return") != 0
          && strcmp (entry->action, "reveal") != 0))
    return NULL;
  return json_loads (entry->after, 0, NULL);
}

static const char *
reason_in (const json_t *remark)
{
  static const char *const keys[] = { "reason", "void", "restore", "return" };
  const char *reason = NULL;
  for (gsize i = 0; reason == NULL && i < G_N_ELEMENTS (keys); i++)
    reason = json_string_value (json_object_get (remark, keys[i]));
  return reason;
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

/* When a change took effect, where it did so on a day of its own. */
static void
print_effect (const HxLogEntry *entry)
{
  char from[HX_DATE_TEXT_SIZE];
  gboolean is_correction;
  if (hx_history_entry (entry->after, from, &is_correction))
    hx_cli_print (is_correction ? _ ("    （更正 %s 有效的值）\n")
                                : _ ("    （自 %s 起）\n"),
                  from);
}

static void
effect_json (HxJson *json, const HxLogEntry *entry)
{
  char from[HX_DATE_TEXT_SIZE];
  gboolean is_correction;
  if (!hx_history_entry (entry->after, from, &is_correction))
    return;
  hx_json_member (json, "from", from);
  hx_json_key (json, "correction");
  hx_json_bool (json, is_correction);
}

static gboolean
print_entry (const HxLogEntry *entry, gpointer data)
{
  static const struct
  {
    const char *action, *name;
  } names[] = { { "add", N_ ("登记") },        { "change", N_ ("更改") },
                { "void", N_ ("作废") },       { "restore", N_ ("恢复") },
                { "history", N_ ("补记") },    { "reveal", N_ ("查看原文") },
                { "submit", N_ ("提交审批") }, { "approve", N_ ("审批") },
                { "return", N_ ("退回") } };
  Show *show = data;
  g_autofree char *at = local_time (entry->at);
  json_t *remark = remark_of (entry);
  const char *reason = reason_in (remark);
  g_autofree char *revealed = revealed_in (show->reveal->kind, remark);
  const char *action = entry->action;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (entry->action, names[i].action) == 0)
      action = hx_text (names[i].name);
  hx_cli_print ("  %s  %s%s  %s（%s）%s%s\n", at, action,
                revealed != NULL ? revealed : "", entry->actor, entry->request,
                reason != NULL ? "：" : "", reason != NULL ? reason : "");
  json_decref (remark);
  print_effect (entry);
  show_changes (show, entry);
  return show->error == NULL;
}

static void
show_revealed (Show *show, const json_t *remark)
{
  const json_t *keys = json_object_get (remark, "reveal");
  if (keys == NULL)
    return;
  hx_json_key (show->json, "reveal");
  hx_json_array_begin (show->json);
  for (size_t i = 0; i < json_array_size (keys); i++)
    hx_json_string (show->json, json_string_value (json_array_get (keys, i)));
  hx_json_array_end (show->json);
}

static gboolean
entry_json (const HxLogEntry *entry, gpointer data)
{
  Show *show = data;
  json_t *remark = remark_of (entry);
  hx_json_object_begin (show->json);
  hx_json_member_integer (show->json, "seq", entry->seq);
  hx_json_member (show->json, "at", entry->at);
  hx_json_member (show->json, "actor", entry->actor);
  hx_json_member (show->json, "request", entry->request);
  hx_json_member (show->json, "action", entry->action);
  hx_json_member (show->json, "reason", reason_in (remark));
  show_revealed (show, remark);
  json_decref (remark);
  effect_json (show->json, entry);
  hx_json_key (show->json, "fields");
  hx_json_object_begin (show->json);
  show_changes (show, entry);
  hx_json_object_end (show->json);
  hx_json_object_end (show->json);
  return show->error == NULL;
}

static gboolean
show_history (Show *show, const HxRow *row, GError **error)
{
  g_autoptr (HxRow) before = hx_row_new (row->kind);
  g_autoptr (HxRow) after = hx_row_new (row->kind);
  show->before = before;
  show->after = after;
  show->id = row->id;
  if (!hx_ledger_history (show->connection, row->kind, row->id,
                          show->json != NULL ? entry_json : print_entry, show,
                          error))
    return g_clear_error (&show->error), FALSE;
  if (show->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&show->error));
  return FALSE;
}

/* ---------------------------------------------------------------- periods */

typedef struct
{
  Show *show;
  HxRow *row;           /* holds the value being shown */
  const HxField *field; /* of the period before */
} Periods;

static void
print_period (Periods *periods, const HxPast *past, const char *text)
{
  if (periods->field == NULL)
    hx_cli_print ("%s\n", _ ("历史："));
  if (periods->field != past->field)
    hx_cli_print ("  %s：\n", past->field->name);
  if (past->since[0] == '\0')
    hx_cli_print ("    %s %s\n", _ ("最初"), text);
  else
    hx_cli_print (_ ("    自 %s 起 %s\n"), past->since, text);
}

static void
period_json (HxJson *json, const HxPast *past, const char *text)
{
  hx_json_object_begin (json);
  hx_json_member (json, "field", past->field->key);
  hx_json_member (json, "since", past->since[0] != '\0' ? past->since : NULL);
  hx_json_member (json, "value", past->value.filled ? text : NULL);
  hx_json_object_end (json);
}

static gboolean
show_period (const HxPast *past, gpointer data)
{
  Periods *periods = data;
  Show *show = periods->show;
  periods->row->values[past->field->index] = past->value;
  g_autofree char *text = shown_value (show, periods->row, past->field);
  if (show->error != NULL)
    return FALSE;
  if (show->json != NULL)
    period_json (show->json, past, text);
  else
    print_period (periods, past, text != NULL ? text : _ ("（空）"));
  periods->field = past->field;
  return TRUE;
}

static gboolean
show_periods (Show *show, const HxRow *row, GError **error)
{
  g_autoptr (HxRow) holder = hx_row_new (row->kind);
  Periods periods = { .show = show, .row = holder };
  if (!hx_history_each (show->connection, row->kind, row->id, show_period,
                        &periods, error))
    return g_clear_error (&show->error), FALSE;
  if (show->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&show->error));
  return FALSE;
}

static gboolean
show_fields (const Show *show, const HxRow *row, GError **error)
{
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      if (!row->values[i].filled)
        continue;
      g_autofree char *text
          = hx_value_display (show->connection, row, field,
                              hx_cli_audience (show->reveal, field), error);
      if (text == NULL)
        return FALSE;
      if (show->json != NULL)
        hx_json_member (show->json, field->key, text);
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
  if (!show_fields (show, row, error) || !show_periods (show, row, error))
    return FALSE;
  hx_cli_print ("%s\n", _ ("变更："));
  return show_history (show, row, error);
}

static gboolean
show_json (Show *show, const HxRow *row, GError **error)
{
  HxJson *json = show->json;
  hx_json_object_begin (json);
  hx_json_member (json, "kind", row->kind->key);
  hx_json_member_integer (json, "id", row->id);
  hx_json_key (json, "void");
  hx_json_bool (json, row->is_void);
  hx_json_key (json, "fields");
  hx_json_object_begin (json);
  if (!show_fields (show, row, error))
    return FALSE;
  hx_json_object_end (json);
  hx_json_key (json, "periods");
  hx_json_array_begin (json);
  if (!show_periods (show, row, error))
    return FALSE;
  hx_json_array_end (json);
  hx_json_key (json, "history");
  hx_json_array_begin (json);
  if (!show_history (show, row, error))
    return FALSE;
  hx_json_array_end (json);
  hx_json_object_end (json);
  return TRUE;
}

gboolean
hx_cli_show_row (HxConnection *connection, const HxCliReveal *reveal, gint64 id,
                 gboolean as_json, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (reveal->kind);
  Show show = { .connection = connection, .reveal = reveal };
  if (!hx_row_load (connection, row, id, error))
    return FALSE;
  if (!as_json)
    return show_lines (&show, row, error);
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  show.json = &json;
  if (!show_json (&show, row, error))
    return FALSE;
  hx_cli_print ("%s\n", out->str);
  return TRUE;
}
