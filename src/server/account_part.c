#include "server/account_part.h"

char *
hx_say_second (gint64 seconds)
{
  g_autoptr (GDateTime) moment
      = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M")
                        : g_strdup ("");
}

char *
hx_say_roles (HxUserRoles roles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < HX_USER_ROLES; i++)
    if (roles & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "",
                              hx_user_role_name (i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
hx_part_sessions (HxHtml *html, HxCall *call, const GPtrArray *sessions,
                  const char *action)
{
  const gint64 own = hx_call_identity (call)->session_id;
  const HxColumn columns[]
      = { { .name = _ ("用户") },     { .name = _ ("最近操作") },
          { .name = _ ("登录时间") }, { .name = _ ("来自") },
          { .name = _ ("结束") },     { 0 } };
  HxGrid *grid = hx_grid_begin (html, _ ("现在的登录"), columns);

  for (guint i = 0; i < sessions->len; i++)
    {
      const HxSession *session = sessions->pdata[i];
      g_autofree char *seen = hx_say_second (session->seen_at);
      g_autofree char *created = hx_say_second (session->created_at);
      g_autofree char *from = g_strdup_printf (
          "%s %s", session->address != NULL ? session->address : "",
          session->agent != NULL ? session->agent : "");
      g_autofree char *url
          = g_strdup_printf ("%s%" G_GINT64_FORMAT "/end", action, session->id);

      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, session->name);
      hx_grid_cell (grid, seen);
      hx_grid_cell (grid, created);
      hx_grid_cell (grid, from);
      if (session->id == own)
        {
          hx_grid_cell (grid, _ ("就是这里"));
          continue;
        }
      hx_form_button (hx_grid_cell_begin (grid), call, url, _ ("结束"));
      hx_grid_cell_end (grid);
    }
  hx_grid_end (grid);
}

void
hx_part_roles (HxHtml *html, HxUserRoles chosen, const char *fault)
{
  HxOption options[HX_USER_ROLES + 1] = { { NULL, NULL } };
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < HX_USER_ROLES; i++)
    {
      options[i] = (HxOption){ hx_user_role_key (i), hx_user_role_name (i) };
      if (chosen & 1u << i)
        g_string_append_printf (value, "%s\n", hx_user_role_key (i));
    }
  hx_form_input (html, &(HxInput){ .name = "roles",
                                   .label = _ ("角色"),
                                   .type = "checkbox",
                                   .options = options,
                                   .value = value->str,
                                   .many = TRUE,
                                   .hint = _ ("系统、安全、审计管理员不兼别的"
                                              "角色"),
                                   .fault = fault });
}

HxUserRoles
hx_roles_sent (const HxCall *call)
{
  const char *const *sent = hx_call_texts (call, "roles");
  HxUserRoles roles = HX_USER_NOBODY;
  HxUserRole role;

  for (guint i = 0; sent[i] != NULL; i++)
    if (hx_user_role_parse (sent[i], &role))
      roles |= role;
  return roles;
}

gboolean
hx_unit_sent (HxCall *call, gint64 *unit_id, GError **error)
{
  const char *text = hx_call_text (call, "unit");
  const HxKind *unit = hx_catalogue_kind (hx_call_catalogue (call), "unit");
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GError) wrong = NULL;

  *unit_id = 0;
  if (connection == NULL)
    return FALSE;
  if (text == NULL || *text == '\0' || unit == NULL)
    return TRUE;
  if (hx_unit_find (connection, unit, text, unit_id, &wrong))
    return TRUE;
  if (g_error_matches (wrong, HX_ERROR, HX_ERROR_NOT_FOUND))
    {
      hx_call_add_fault (call, "unit", wrong->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

gboolean
hx_account_write (HxCall *call, HxLedgerFunc function, gpointer data,
                  gboolean *done, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  *done = hx_call_write (call, function, data, &wrong);
  hx_sessions_forget (hx_call_sessions (call));
  if (*done)
    return TRUE;
  if (g_error_matches (wrong, HX_ERROR, HX_ERROR_DATA)
      || g_error_matches (wrong, HX_ERROR, HX_ERROR_CONFLICT))
    {
      hx_call_add_fault (call, NULL, wrong->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}
