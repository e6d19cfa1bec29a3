/* A person entered and changed, and what was changed when by whom. */
#include "ledger/history.h"
#include "server/people_list.h"
#include "server/person_view.h"
#include "server/record_form.h"

#include <jansson.h>
#include <string.h>

/* --------------------------------------------------------------------- form */

typedef struct
{
  HxShown shown;
  const HxKind *kind;
  HxRow *row; /* NULL: a new one */
  char *label, *url;
} Editing;

static void
editing_clear (Editing *editing)
{
  g_clear_pointer (&editing->row, hx_row_free);
  g_free (editing->label);
  g_free (editing->url);
  hx_shown_clear (&editing->shown);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Editing, editing_clear)

/* Of the path's `id`; without one of a person to be entered. */
static gboolean
editing_open (Editing *editing, HxCall *call, gboolean is_new, GError **error)
{
  editing->kind = hx_people_kind (call, error);
  if (editing->kind == NULL || !hx_shown_open (&editing->shown, call, error)
      || !hx_record_may (call, HX_ACT_WRITE, editing->kind, error))
    return FALSE;
  if (is_new)
    return TRUE;
  editing->row = hx_row_new (editing->kind);
  if (!hx_shown_load (&editing->shown, editing->row,
                      hx_call_integer (call, "id"), error))
    return FALSE;
  editing->label = hx_shown_label (&editing->shown, editing->row, error);
  editing->url
      = g_strdup_printf ("/people/%" G_GINT64_FORMAT, editing->row->id);
  return editing->label != NULL;
}

static gboolean
show_form (const Editing *editing, const HxEdit *edit, GError **error)
{
  HxCall *call = editing->shown.call;
  const gboolean is_new = editing->row == NULL;
  g_autofree char *action = is_new ? g_strdup ("/people/new")
                                   : g_strconcat (editing->url, "/edit", NULL);
  const HxRecordForm form = {
    .kind = editing->kind, .row = editing->row, .edit = edit, .action = action
  };
  g_autoptr (HxHtml) html = hx_page_begin (
      call, &(HxPageHead){
                .title = is_new ? _ ("新增人员") : _ ("修改资料"),
                .at = "people",
                .lead = is_new ? _ ("先找一找，是不是已经登记过。")
                               : _ ("随时间变化的栏目，写明从哪天起变的；"
                                    "原来写错的，勾选“是更正”。"),
                .back = is_new ? "/people" : editing->url,
                .back_name = is_new ? _ ("人员") : editing->label,
                .status = edit != NULL ? hx_record_form_status (edit) : 200 });

  if (!hx_record_form (html, call, &form, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

static gboolean
take_form (const Editing *editing, GError **error)
{
  HxCall *call = editing->shown.call;
  const gint64 id = editing->row != NULL ? editing->row->id : 0;
  g_autoptr (HxEdit) edit = hx_edit_new (editing->kind, id);
  g_autofree char *url = NULL;

  if (!hx_record_form_take (call, edit, error))
    return FALSE;
  if (!edit->is_done)
    return show_form (editing, edit, error);
  url = g_strdup_printf ("/people/%" G_GINT64_FORMAT, edit->id);
  return hx_call_redirect (call, url,
                           edit->outcome == HX_PUT_UNCHANGED ? _ ("没有改动")
                                                             : _ ("已保存"));
}

static gboolean
run (HxCall *call, gboolean is_new, gboolean takes, GError **error)
{
  g_auto (Editing) editing = { 0 };

  if (!editing_open (&editing, call, is_new, error))
    return FALSE;
  return takes ? take_form (&editing, error)
               : show_form (&editing, NULL, error);
}

static gboolean
new_page (HxCall *call, GError **error)
{
  return run (call, TRUE, FALSE, error);
}

static gboolean
new_take (HxCall *call, GError **error)
{
  return run (call, TRUE, TRUE, error);
}

static gboolean
edit_page (HxCall *call, GError **error)
{
  return run (call, FALSE, FALSE, error);
}

static gboolean
edit_take (HxCall *call, GError **error)
{
  return run (call, FALSE, TRUE, error);
}

/* ------------------------------------------------------------------ history */

typedef struct
{
  HxHtml *html;
  HxShown *shown;
  const HxKind *kind;
  gint64 id;
  HxRow *before, *after, *holder;
  HxGrid *grid;
  const HxField *field; /* of the period before */
  GError *error;
} History;

static const struct
{
  const char *action, *name;
} actions[] = { { "add", N_ ("登记") },     { "change", N_ ("更改") },
                { "void", N_ ("作废") },    { "restore", N_ ("恢复") },
                { "history", N_ ("补记") }, { "reveal", N_ ("查看原文") } };

static const char *
action_name (const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (action, actions[i].action) == 0)
      return hx_text (actions[i].name);
  return action;
}

/* 2023-03-05 14:07 where the server is. */
static char *
local_time (const char *at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (at, NULL);
  g_autoptr (GDateTime) local
      = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M")
                       : g_strdup (at);
}

static void
show_change (History *history, const HxField *field)
{
  const HxValue *was = &history->before->values[field->index];
  const HxValue *is = &history->after->values[field->index];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if ((!was->filled && !is->filled) || history->error != NULL
      || !hx_identity_sees (history->shown->identity, history->kind, field))
    return;
  before = hx_shown_plain (history->shown, history->before, field,
                           &history->error);
  after = before != NULL ? hx_shown_plain (history->shown, history->after,
                                           field, &history->error)
                         : NULL;
  if (after == NULL)
    return;
  hx_html_open (history->html, "div", NULL);
  hx_html_textf (history->html, "%s：%s%s%s", field->name, before,
                 was->filled ? " → " : "", is->filled ? after : _ ("（空）"));
  hx_html_close (history->html, "div");
}

/* Why a row was voided, restored or looked at. */
static void
show_reason (History *history, const HxLogEntry *entry)
{
  static const char *const keys[] = { "reason", "void", "restore" };
  json_t *remark
      = entry->after != NULL ? json_loads (entry->after, 0, NULL) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *text = json_string_value (json_object_get (remark, keys[i]));

      if (text != NULL && strcmp (entry->action, "add") != 0
          && strcmp (entry->action, "change") != 0)
        hx_html_element (history->html, "div", text, NULL);
    }
  json_decref (remark);
}

static void
show_effect (History *history, const HxLogEntry *entry)
{
  char from[HX_DATE_TEXT_SIZE];
  gboolean is_correction;

  if (!hx_history_entry (entry->after, from, &is_correction))
    return;
  hx_html_open (history->html, "div", "class", "quiet", NULL);
  hx_html_textf (history->html,
                 is_correction ? _ ("更正 %s 有效的值") : _ ("自 %s 起"), from);
  hx_html_close (history->html, "div");
}

static gboolean
show_entry (const HxLogEntry *entry, gpointer data)
{
  History *history = data;
  g_autofree char *at = local_time (entry->at);

  hx_row_clear (history->before);
  hx_row_clear (history->after);
  history->before->id = history->after->id = history->id;
  hx_row_apply (history->shown->connection, history->before, entry->before);
  hx_row_apply (history->shown->connection, history->after, entry->after);
  hx_grid_row (history->grid, NULL);
  hx_grid_cell (history->grid, at);
  hx_grid_cell (history->grid, entry->actor);
  hx_grid_cell (history->grid, action_name (entry->action));
  hx_grid_cell_begin (history->grid);
  show_reason (history, entry);
  show_effect (history, entry);
  for (guint i = 0; i < history->kind->fields->len; i++)
    show_change (history, history->kind->fields->pdata[i]);
  hx_grid_cell_end (history->grid);
  return history->error == NULL;
}

static gboolean
finish (History *history, gboolean done, GError **error)
{
  if (history->error == NULL)
    return done;
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&history->error));
  return FALSE;
}

static gboolean
show_log (History *history, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("时间") },
                               { .name = _ ("谁") },
                               { .name = _ ("做了什么") },
                               { .name = _ ("内容") },
                               { .name = NULL } };
  gboolean done;

  hx_part_section_begin (history->html, "changes", _ ("变更"));
  history->grid
      = hx_grid_begin (history->html, _ ("从登记起的每一次变更"), columns);
  done = hx_ledger_history (history->shown->connection, history->kind,
                            history->id, show_entry, history, error);
  hx_grid_end (history->grid);
  hx_part_section_end (history->html);
  return finish (history, done, error);
}

static gboolean
show_period (const HxPast *past, gpointer data)
{
  History *history = data;
  g_autofree char *text = NULL;

  if (!hx_identity_sees (history->shown->identity, history->kind, past->field))
    return TRUE;
  history->holder->values[past->field->index] = past->value;
  text = hx_shown_plain (history->shown, history->holder, past->field,
                         &history->error);
  if (text == NULL)
    return FALSE;
  hx_grid_row (history->grid, NULL);
  hx_grid_cell (history->grid, past->field->name);
  hx_grid_cell (history->grid, *past->since != '\0' ? past->since : _ ("最初"));
  hx_grid_cell (history->grid, past->value.filled ? text : _ ("（空）"));
  history->field = past->field;
  return TRUE;
}

static gboolean
show_periods (History *history, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("栏目") },
                               { .name = _ ("从哪天起") },
                               { .name = _ ("是") },
                               { .name = NULL } };
  gboolean done;

  hx_part_section_begin (history->html, "periods", _ ("随时间变化的"));
  history->grid = hx_grid_begin (history->html, _ ("各段时间的值"), columns);
  done = hx_history_each (history->shown->connection, history->kind,
                          history->id, show_period, history, error);
  hx_grid_end (history->grid);
  if (done && history->field == NULL && history->error == NULL)
    hx_part_empty (history->html, _ ("没有变过。"), NULL, NULL);
  hx_part_section_end (history->html);
  return finish (history, done, error);
}

static gboolean
history_page (HxCall *call, GError **error)
{
  const HxKind *kind = hx_people_kind (call, error);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (HxRow) row = kind != NULL ? hx_row_new (kind) : NULL;
  g_autoptr (HxRow) before = kind != NULL ? hx_row_new (kind) : NULL;
  g_autoptr (HxRow) after = kind != NULL ? hx_row_new (kind) : NULL;
  g_autoptr (HxRow) holder = kind != NULL ? hx_row_new (kind) : NULL;
  g_autoptr (HxHtml) html = NULL;
  g_autofree char *label = NULL;
  g_autofree char *url = NULL;

  if (kind == NULL || !hx_shown_open (&shown, call, error)
      || !hx_shown_load (&shown, row, hx_call_integer (call, "id"), error))
    return FALSE;
  label = hx_shown_label (&shown, row, error);
  if (label == NULL)
    return FALSE;
  url = g_strdup_printf ("/people/%" G_GINT64_FORMAT, row->id);
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("变更记录"),
                                             .at = "people",
                                             .back = url,
                                             .back_name = label,
                                             .wide = TRUE });
  History history = { .html = html,
                      .shown = &shown,
                      .kind = kind,
                      .id = row->id,
                      .before = before,
                      .after = after,
                      .holder = holder };
  if (!show_periods (&history, error) || !show_log (&history, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

/* ------------------------------------------------------------------- routes */

#define ID                                                                     \
  {                                                                            \
    "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("人员")             \
  }

static const HxParameter one[] = { ID, { .name = NULL } };
static const HxParameter form[]
    = { HX_RECORD_FORM_PARAMETERS, { .name = NULL } };
static const HxParameter one_form[]
    = { ID, HX_RECORD_FORM_PARAMETERS, { .name = NULL } };

#define WRITERS (HX_USER_LIAISON | HX_USER_CLERK | HX_USER_SECTION)

const HxRoute hx_routes_people_edit[] = {
  { HX_METHOD_GET, "/people/new", "person_new_page", N_ ("新增人员"), WRITERS,
    HX_ROUTE_PAGE, NULL, .handler = new_page },
  { HX_METHOD_POST, "/people/new", "person_new_take", N_ ("登记新增的人员"),
    WRITERS, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, form, .handler = new_take },
  { HX_METHOD_GET, "/people/{id}/edit", "person_edit_page", N_ ("修改资料"),
    WRITERS, HX_ROUTE_PAGE, one, .handler = edit_page },
  { HX_METHOD_POST, "/people/{id}/edit", "person_edit_take",
    N_ ("保存修改的资料"), WRITERS, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, one_form,
    .handler = edit_take },
  { HX_METHOD_GET, "/people/{id}/history", "person_history_page",
    N_ ("一个人的变更记录"), HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_PAGE,
    one, .handler = history_page },
  { 0 },
};
