/* What one administrator asked and another answers; the settings of access. */
#include "server/account_part.h"

#include "access/change.h"

#include <string.h>

#define CHANGES "/administration/changes"
#define SETTINGS "/administration/settings"

/* -------------------------------------------------------------------- changes
 */

static const char *
state_name (const char *state)
{
  static const struct
  {
    const char *key, *name;
  } states[] = {
    { "waiting", N_ ("等待确认") },
    { "done", N_ ("已确认") },
    { "refused", N_ ("已驳回") },
    { "withdrawn", N_ ("已撤回") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i].key, state) == 0)
      return _ (states[i].name);
  return state;
}

static char *
say_change (const HxChange *change)
{
  g_autoptr (GString) text = g_string_new (hx_change_name (change->what));

  if (change->login != NULL)
    g_string_append_printf (text, "：%s（%s）", change->name, change->login);
  if (change->text != NULL)
    g_string_append_printf (text, "：%s", change->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
write_answer (HxHtml *html, HxCall *call, const HxChange *change)
{
  const HxIdentity *identity = hx_call_identity (call);
  const gboolean is_own = change->asked_by == identity->user_id;
  g_autofree char *url
      = g_strdup_printf (CHANGES "/%" G_GINT64_FORMAT "/%s", change->id,
                         is_own ? "withdraw" : "answer");

  if (is_own)
    {
      hx_html_element (html, "p", _ ("要由另一名管理员确认。"), NULL);
      hx_form_button (html, call, url, _ ("撤回"));
      return;
    }
  if (!hx_change_may_answer (identity, change))
    {
      hx_html_element (html, "p", _ ("改的是您自己，要由别人确认。"), NULL);
      return;
    }
  hx_form_begin (html, call,
                 &(HxForm){ .action = url, .method = HX_METHOD_POST });
  hx_form_input (html, &(HxInput){ .name = "confirm",
                                   .label = _ ("怎么答复"),
                                   .type = "radio",
                                   .required = TRUE,
                                   .options = (const HxOption[]){
                                       { "yes", _ ("确认，马上生效") },
                                       { "no", _ ("驳回") },
                                       { NULL, NULL } } });
  hx_form_input (html,
                 &(HxInput){ .name = "answer", .label = _ ("驳回的原因") });
  hx_form_submit (html, _ ("答复"), HX_TONE_GOOD);
  hx_form_end (html);
}

static void
write_waiting (HxHtml *html, HxCall *call, const HxChange *change)
{
  g_autofree char *id
      = g_strdup_printf ("change-%" G_GINT64_FORMAT, change->id);
  g_autofree char *title = say_change (change);
  g_autofree char *asked = hx_say_second (change->asked_at);

  hx_part_section_begin (html, id, title);
  hx_html_open (html, "p", NULL);
  hx_html_textf (html, _ ("%s 于 %s 申请，原因：%s"),
                 change->asker != NULL ? change->asker : "", asked,
                 change->reason);
  hx_html_close (html, "p");
  write_answer (html, call, change);
  hx_part_section_end (html);
}

static void
write_past (HxHtml *html, const GPtrArray *changes)
{
  const HxColumn columns[]
      = { { .name = _ ("申请") },     { .name = _ ("申请人") },
          { .name = _ ("原因") },     { .name = _ ("结果") },
          { .name = _ ("答复人") },   { .name = _ ("答复时间") },
          { .name = _ ("答复说明") }, { 0 } };
  HxGrid *grid;

  hx_part_section_begin (html, "past", _ ("以前的申请"));
  grid = hx_grid_begin (html, _ ("以前的申请"), columns);
  for (guint i = 0; i < changes->len; i++)
    {
      const HxChange *change = changes->pdata[i];
      g_autofree char *text = say_change (change);
      g_autofree char *answered = hx_say_second (change->answered_at);

      if (strcmp (change->state, "waiting") == 0)
        continue;
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, text);
      hx_grid_cell (grid, change->asker);
      hx_grid_cell (grid, change->reason);
      hx_grid_cell (grid, state_name (change->state));
      hx_grid_cell (grid, change->answerer);
      hx_grid_cell (grid, answered);
      hx_grid_cell (grid, change->answer);
    }
  hx_grid_end (grid);
  hx_part_section_end (html);
}

static void
write_changes (HxHtml *html, HxCall *call, const GPtrArray *changes)
{
  guint waiting = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const HxChange *change = changes->pdata[i];

      if (strcmp (change->state, "waiting") != 0)
        continue;
      waiting++;
      write_waiting (html, call, change);
    }
  if (waiting == 0)
    hx_part_empty (html, _ ("没有等待确认的申请。"), NULL, NULL);
  if (changes->len > waiting)
    write_past (html, changes);
}

static gboolean
show_changes (HxCall *call, guint status, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) changes
      = connection != NULL ? hx_change_list (connection, FALSE, error) : NULL;
  HxHtml *html;

  if (changes == NULL)
    return FALSE;
  html = hx_page_begin (call,
                        &(HxPageHead){ .title = _ ("待确认的改动"),
                                       .at = "administration",
                                       .lead = _ ("申请的人自己不能确认。"),
                                       .back = "/administration",
                                       .back_name = _ ("管理"),
                                       .status = status });
  if (hx_call_fault (call, NULL) != NULL)
    hx_part_notice (html, HX_TONE_BAD, hx_call_fault (call, NULL));
  write_changes (html, call, changes);
  return hx_page_end (call, html);
}

static gboolean
changes_page (HxCall *call, GError **error)
{
  return show_changes (call, 200, error);
}

typedef struct
{
  const HxIdentity *who;
  gint64 id;
  gboolean confirmed;
  const char *answer;
} Answer;

static gboolean
give_answer (HxLedger *ledger, gpointer data, GError **error)
{
  const Answer *answer = data;

  return hx_change_answer (ledger, answer->who, answer->id, answer->confirmed,
                           answer->answer, error);
}

static gboolean
withdraw (HxLedger *ledger, gpointer data, GError **error)
{
  const Answer *answer = data;

  return hx_change_withdraw (ledger, answer->who, answer->id, error);
}

static gboolean
run_answer (HxCall *call, HxLedgerFunc function, Answer *answer,
            const char *said, GError **error)
{
  gboolean done = FALSE;

  answer->who = hx_call_identity (call);
  answer->id = hx_call_integer (call, "id");
  if (!hx_account_write (call, function, answer, &done, error))
    return FALSE;
  return done ? hx_call_redirect (call, CHANGES, said)
              : show_changes (call, 422, error);
}

static gboolean
change_answer (HxCall *call, GError **error)
{
  Answer answer
      = { .confirmed = strcmp (hx_call_text (call, "confirm"), "yes") == 0,
          .answer = hx_call_text (call, "answer") };

  return run_answer (call, give_answer, &answer,
                     answer.confirmed ? _ ("已确认，改动生效") : _ ("已驳回"),
                     error);
}

static gboolean
change_withdraw (HxCall *call, GError **error)
{
  Answer answer = { .confirmed = FALSE };

  return run_answer (call, withdraw, &answer, _ ("已撤回"), error);
}

/* ------------------------------------------------------------------- settings
 */

static gint64
value_of (const HxAccessSettings *settings, const HxAccessSetting *setting)
{
  return *(const gint64 *)(gconstpointer)((const char *)settings
                                          + setting->offset);
}

static void
write_setting_form (HxHtml *html, HxCall *call)
{
  HxOption options[16] = { { NULL, NULL } };

  for (guint i = 0; hx_access_setting (i) != NULL && i < 15; i++)
    options[i] = (HxOption){ hx_access_setting (i)->key,
                             _ (hx_access_setting (i)->what) };
  hx_form_begin (html, call,
                 &(HxForm){ .action = SETTINGS, .method = HX_METHOD_POST });
  hx_form_input (html, &(HxInput){ .name = "key",
                                   .label = _ ("改哪一项"),
                                   .type = "select",
                                   .options = options,
                                   .required = TRUE });
  hx_form_input (html, &(HxInput){ .name = "value",
                                   .label = _ ("改成多少"),
                                   .type = "number",
                                   .required = TRUE });
  hx_form_input (
      html,
      &(HxInput){ .name = "reason", .label = _ ("原因"), .required = TRUE });
  hx_form_submit (html, _ ("申请改动"), HX_TONE_GOOD);
  hx_form_end (html);
}

static gboolean
show_settings (HxCall *call, guint status, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  const HxColumn columns[] = { { .name = _ ("设置") },
                               { .name = _ ("现在"), .is_number = TRUE },
                               { .name = _ ("范围") },
                               { 0 } };
  HxAccessSettings settings;
  HxHtml *html;
  HxGrid *grid;

  if (connection == NULL || !hx_access_settings (connection, &settings, error))
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("安全设置"),
                           .at = "administration",
                           .lead = _ ("改动要另一名管理员确认才生效。"),
                           .back = "/administration",
                           .back_name = _ ("管理"),
                           .status = status });
  if (hx_call_fault (call, NULL) != NULL)
    hx_part_notice (html, HX_TONE_BAD, hx_call_fault (call, NULL));
  grid = hx_grid_begin (html, _ ("安全设置"), columns);
  for (guint i = 0; hx_access_setting (i) != NULL; i++)
    {
      const HxAccessSetting *setting = hx_access_setting (i);
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT,
                                                value_of (&settings, setting));
      g_autofree char *range = g_strdup_printf (
          "%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, setting->min, setting->max);

      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, _ (setting->what));
      hx_grid_cell (grid, value);
      hx_grid_cell (grid, range);
    }
  hx_grid_end (grid);
  write_setting_form (html, call);
  return hx_page_end (call, html);
}

static gboolean
settings_page (HxCall *call, GError **error)
{
  return show_settings (call, 200, error);
}

typedef struct
{
  const HxIdentity *asker;
  HxChangeWanted wanted;
  gint64 id;
} Asking;

static gboolean
ask (HxLedger *ledger, gpointer data, GError **error)
{
  Asking *asking = data;

  return hx_change_ask (ledger, asking->asker, &asking->wanted, &asking->id,
                        error);
}

static gboolean
setting_change (HxCall *call, GError **error)
{
  Asking asking = { .asker = hx_call_identity (call),
                    .wanted = { .what = HX_CHANGE_SETTING,
                                .key = hx_call_text (call, "key"),
                                .value = hx_call_integer (call, "value"),
                                .reason = hx_call_text (call, "reason") } };
  gboolean done = FALSE;

  if (!hx_account_write (call, ask, &asking, &done, error))
    return FALSE;
  return done ? hx_call_redirect (call, CHANGES,
                                  _ ("已申请，等另一名管理员确认"))
              : show_settings (call, 422, error);
}

/* ------------------------------------------------------------------- routes
 */

static const HxParameter answer_sent[] = {
  HX_PART_ID (N_ ("申请")),
  { "confirm", HX_IN_FORM, HX_TYPE_CHOICE, HX_REQUIRED, 0, 0, "yes|no",
    N_ ("怎么答复") },
  HX_PART_TEXT ("answer", HX_IN_FORM, 0, HX_CHANGE_REASON_MAX,
                N_ ("驳回的原因")),
  { 0 },
};
static const HxParameter one_change[] = { HX_PART_ID (N_ ("申请")), { 0 } };
static const HxParameter setting_sent[] = {
  HX_PART_TEXT ("key", HX_IN_FORM, HX_REQUIRED, 60, N_ ("改哪一项")),
  { "value", HX_IN_FORM, HX_TYPE_INTEGER, HX_REQUIRED, 0, 10000000, NULL,
    N_ ("改成多少") },
  HX_PART_TEXT ("reason", HX_IN_FORM, HX_REQUIRED, HX_CHANGE_REASON_MAX,
                N_ ("原因")),
  { 0 },
};

#define ROUTE(method, path, name, summary, roles, parameters, handler)         \
  {                                                                            \
    HX_METHOD_##method, path, name, summary, roles, HX_ROUTE_PAGE, parameters, \
        handler, 0, NULL                                                       \
  }

const HxRoute hx_routes_changes[] = {
  ROUTE (GET, CHANGES, "changes_page", N_ ("待确认的改动"),
         HX_USER_ADMINISTRATORS, NULL, changes_page),
  ROUTE (POST, CHANGES "/{id}/answer", "change_answer", N_ ("确认或驳回改动"),
         HX_USER_ADMINISTRATORS, answer_sent, change_answer),
  ROUTE (POST, CHANGES "/{id}/withdraw", "change_withdraw",
         N_ ("撤回自己的申请"), HX_USER_ADMINISTRATORS, one_change,
         change_withdraw),
  ROUTE (GET, SETTINGS, "settings_page", N_ ("安全设置"), HX_USER_SYSTEM, NULL,
         settings_page),
  ROUTE (POST, SETTINGS, "setting_change", N_ ("申请改设置"), HX_USER_SYSTEM,
         setting_sent, setting_change),
  { 0 },
};
