/* 人员: one field to type in, what is found below it; filters behind it. */
#include "people/age.h"
#include "server/links.h"
#include "server/people_list.h"

#define PART "found"

/* -------------------------------------------------------------------- table */

/* What tells people apart in a list, where the catalogue has it. */
static const char *const shown_keys[]
    = { "sex", "status", "category", "level", "phone" };

typedef struct
{
  HxShown *shown;
  const HxKind *kind;
  const HxField *birth;
  GPtrArray *fields; /* HxField */
} List;

static void
list_open (List *list, HxShown *shown, const HxKind *kind)
{
  *list = (List){ .shown = shown, .kind = kind };
  list->fields = g_ptr_array_new ();
  list->birth = hx_kind_field (kind, "birth_date");
  if (list->birth != NULL
      && !hx_identity_sees (shown->identity, kind, list->birth))
    list->birth = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (shown_keys); i++)
    {
      const HxField *field = hx_kind_field (kind, shown_keys[i]);

      if (field != NULL && hx_identity_sees (shown->identity, kind, field))
        g_ptr_array_add (list->fields, (gpointer)(guintptr)field);
    }
}

static void
list_clear (List *list)
{
  g_clear_pointer (&list->fields, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

static GArray *
columns_of (const List *list)
{
  GArray *columns = g_array_new (TRUE, TRUE, sizeof (HxColumn));
  HxColumn column = { .name = _ ("姓名") };

  g_array_append_val (columns, column);
  column = (HxColumn){ .name = _ ("年龄"), .is_number = TRUE };
  if (list->birth != NULL)
    g_array_append_val (columns, column);
  column = (HxColumn){ .name = _ ("街道") };
  g_array_append_val (columns, column);
  for (guint i = 0; i < list->fields->len; i++)
    {
      column.name = ((const HxField *)list->fields->pdata[i])->name;
      g_array_append_val (columns, column);
    }
  return columns;
}

static void
age_cell (HxGrid *grid, const List *list, const HxRow *row)
{
  const HxValue *birth = &row->values[list->birth->index];
  const int age = birth->filled
                      ? hx_age_on (hx_date_from_number ((gint32)birth->integer),
                                   hx_call_as_of (list->shown->call))
                      : HX_AGE_UNKNOWN;

  if (age == HX_AGE_UNKNOWN)
    hx_grid_cell (grid, "");
  else
    hx_grid_number (grid, age);
}

static gboolean
row_cells (HxGrid *grid, const List *list, const HxRow *row, GError **error)
{
  g_autofree char *url = hx_link_row (list->shown->call, row->kind, row->id);
  g_autofree char *label = hx_shown_label (list->shown, row, error);
  const char *unit
      = label != NULL ? hx_shown_unit (list->shown, row->unit_id, error) : NULL;

  if (unit == NULL)
    return FALSE;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, label);
  if (list->birth != NULL)
    age_cell (grid, list, row);
  hx_grid_cell (grid, unit);
  for (guint i = 0; i < list->fields->len; i++)
    {
      g_autofree char *text
          = hx_shown_plain (list->shown, row, list->fields->pdata[i], error);

      if (text == NULL)
        return FALSE;
      hx_grid_cell (grid, text);
    }
  return TRUE;
}

static gboolean
show_rows (HxHtml *html, const List *list, const HxPeopleRows *rows,
           GError **error)
{
  g_autoptr (GArray) columns = columns_of (list);
  gboolean done = TRUE;
  HxGrid *grid;

  if (rows->rows->len == 0)
    {
      hx_part_empty (html, _ ("没有找到这样的人。"), "/people",
                     _ ("少写几个字，或去掉条件再找"));
      return TRUE;
    }
  grid = hx_grid_begin (html, _ ("人员"), (const HxColumn *)columns->data);
  for (guint i = 0; i < rows->rows->len && done; i++)
    done = row_cells (grid, list, rows->rows->pdata[i], error);
  hx_grid_end (grid);
  return done;
}

/* Of the same conditions. */
static char *
page_url (const HxCall *call, const char *cursor)
{
  GString *url = g_string_new ("/people?");
  static const char *const names[]
      = { "q",     "unit", "status", "age_from", "age_to",
          "where", "left", "sort",   "year" };
  const GHashTable *query = hx_call_request (call)->query;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const GPtrArray *values
          = g_hash_table_lookup ((GHashTable *)(guintptr)query, names[i]);

      for (guint k = 0; values != NULL && k < values->len; k++)
        {
          g_string_append_printf (url, "%s=", names[i]);
          hx_url_append (url, values->pdata[k]);
          g_string_append_c (url, '&');
        }
    }
  if (cursor != NULL)
    {
      g_string_append (url, "cursor=");
      hx_url_append (url, cursor);
    }
  else
    g_string_truncate (url, url->len - 1);
  return g_string_free (url, FALSE);
}

static gboolean
show_found (HxHtml *html, const List *list, const HxPeopleRows *rows,
            GError **error)
{
  const HxCall *call = list->shown->call;
  const char *cursor = hx_call_text (call, "cursor");
  g_autofree char *first = cursor != NULL ? page_url (call, NULL) : NULL;
  g_autofree char *next
      = rows->next != NULL ? page_url (call, rows->next) : NULL;
  gboolean done;

  hx_html_open (html, "div", "id", PART, "aria-live", "polite", NULL);
  done = show_rows (html, list, rows, error);
  if (done)
    hx_part_pages (html, first, next);
  hx_html_close (html, "div");
  return done;
}

/* --------------------------------------------------------------------- form */

static GArray *
code_options (const HxField *field)
{
  GArray *options = g_array_new (TRUE, TRUE, sizeof (HxOption));
  HxOption option = { "", _ ("全部") };

  g_array_append_val (options, option);
  for (guint i = 0; field != NULL && i < field->codes->codes->len; i++)
    {
      const HxCode *code = field->codes->codes->pdata[i];

      option = (HxOption){ code->code, code->name };
      g_array_append_val (options, option);
    }
  return options;
}

static void
age_inputs (HxHtml *html, HxCall *call)
{
  g_autofree char *from = hx_number_text (hx_call_integer (call, "age_from"));
  g_autofree char *to = hx_number_text (hx_call_integer (call, "age_to"));

  hx_form_input (html, &(HxInput){ .name = "age_from",
                                   .label = _ ("年龄从"),
                                   .value = from,
                                   .type = "number",
                                   .inputmode = "numeric" });
  hx_form_input (html, &(HxInput){ .name = "age_to",
                                   .label = _ ("到"),
                                   .value = to,
                                   .type = "number",
                                   .inputmode = "numeric" });
}

static void
filter_inputs (HxHtml *html, HxCall *call, const HxKind *kind,
               const HxUnitChoice *units)
{
  static const HxOption sorts[] = { { "id", N_ ("登记先后") },
                                    { "age", N_ ("年长的在前") },
                                    { "younger", N_ ("年轻的在前") } };
  HxOption orders[G_N_ELEMENTS (sorts) + 1] = { { NULL, NULL } };
  const HxField *status = hx_kind_field (kind, "status");
  g_autofree char *unit = hx_number_text (hx_call_integer (call, "unit"));
  g_autofree char *where
      = g_strjoinv (" ", (char **)(guintptr)hx_call_texts (call, "where"));
  g_autoptr (GArray) codes = code_options (status);

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    orders[i] = (HxOption){ sorts[i].value, hx_text (sorts[i].name) };
  hx_form_input (
      html, &(HxInput){ .name = "unit",
                        .label = _ ("街道、机构"),
                        .value = unit,
                        .type = "select",
                        .options = (const HxOption *)units->options->data });
  if (status != NULL && status->codes != NULL)
    hx_form_input (html,
                   &(HxInput){ .name = "status",
                               .label = status->name,
                               .value = hx_call_text (call, "status"),
                               .type = "select",
                               .options = (const HxOption *)codes->data });
  age_inputs (html, call);
  hx_form_input (
      html, &(HxInput){ .name = "where",
                        .label = _ ("更多条件"),
                        .value = where,
                        .fault = hx_call_fault (call, "where"),
                        .hint = _ ("如 级别=县处级正职 政治面貌=中共党员") });
  hx_form_input (html, &(HxInput){ .name = "sort",
                                   .label = _ ("排序"),
                                   .value = hx_call_text (call, "sort"),
                                   .type = "select",
                                   .options = orders });
  hx_form_input (html,
                 &(HxInput){ .name = "left",
                             .label = _ ("包括已出册的"),
                             .value = hx_call_bool (call, "left") ? "1" : NULL,
                             .type = "checkbox" });
}

static gboolean
is_filtered (const HxCall *call)
{
  const char *status = hx_call_text (call, "status");

  return (status != NULL && *status != '\0')
         || hx_call_integer (call, "unit") != 0
         || hx_call_integer (call, "age_from") != 0
         || hx_call_integer (call, "age_to") != 0
         || hx_call_texts (call, "where")[0] != NULL
         || hx_call_bool (call, "left");
}

static gboolean
show_form (HxHtml *html, HxShown *shown, const HxKind *kind, GError **error)
{
  HxCall *call = shown->call;
  g_auto (HxUnitChoice) units = { 0 };

  if (!hx_unit_choice (shown, &units, error))
    return FALSE;
  hx_form_begin (html, call, &(HxForm){ .action = "/people", .live = PART });
  hx_form_input (html,
                 &(HxInput){ .name = "q",
                             .label = _ ("找人"),
                             .value = hx_call_text (call, "q"),
                             .hint = _ ("姓名、拼音、首字母、编号、身份证尾号，"
                                        "或街道加姓名"),
                             .type = "search",
                             .autofocus = TRUE,
                             .autocomplete = "off" });
  hx_html_open (html, "details", "open", is_filtered (call) ? "" : NULL, NULL);
  hx_html_element (html, "summary", _ ("按条件筛选"), NULL);
  filter_inputs (html, call, kind, &units);
  hx_html_close (html, "details");
  hx_form_submit (html, _ ("查找"), HX_TONE_PLAIN);
  hx_form_end (html);
  return TRUE;
}

/* --------------------------------------------------------------------- page */

static void
show_ways (HxHtml *html, HxCall *call, const HxKind *kind)
{
  const HxIdentity *identity = hx_call_identity (call);

  hx_html_open (html, "p", "class", "actions", NULL);
  if (hx_identity_may (identity, HX_ACT_WRITE, kind))
    hx_part_action (html, "/people/new", _ ("新增人员"), FALSE);
  hx_part_action (html, "/people/streets", _ ("按街道看"), FALSE);
  hx_part_action (html, "/people/quality", _ ("资料质量"), FALSE);
  hx_part_action (html, "/people/duplicates", _ ("可能重复的"), FALSE);
  hx_part_action (html, "/people/statistics", _ ("统计表"), FALSE);
  hx_html_close (html, "p");
}

static gboolean
show_whole (HxHtml *html, const List *list, const HxPeopleRows *rows,
            GError **error)
{
  show_ways (html, list->shown->call, list->kind);
  return show_form (html, list->shown, list->kind, error)
         && show_found (html, list, rows, error);
}

static gboolean
reply (HxCall *call, const List *list, const HxPeopleRows *rows, GError **error)
{
  const gboolean is_part = hx_call_is_part (call);
  const guint status = hx_call_has_faults (call) ? 422 : 200;
  g_autoptr (HxHtml) html
      = is_part ? hx_html_new ()
                : hx_page_begin (call, &(HxPageHead){ .title = _ ("人员"),
                                                      .at = "people",
                                                      .status = status,
                                                      .wide = TRUE });

  if (!(is_part ? show_found : show_whole) (html, list, rows, error))
    return FALSE;
  return is_part ? hx_call_reply_html (call, g_steal_pointer (&html), status)
                 : hx_page_end (call, g_steal_pointer (&html));
}

static gboolean
people_page (HxCall *call, GError **error)
{
  const HxKind *kind = hx_people_kind (call, error);
  g_auto (HxShown) shown = { 0 };
  g_auto (HxPeopleRows) rows = { 0 };
  g_auto (List) list = { 0 };
  g_autoptr (GError) failed = NULL;

  if (kind == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  list_open (&list, &shown, kind);
  if (!hx_people_list (&shown, HX_PAGE_ROWS, &rows, &failed))
    {
      if (!g_error_matches (failed, HX_ERROR, HX_ERROR_USAGE))
        return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
      hx_call_add_fault (call, hx_call_text (call, "q") == NULL ? "where" : "q",
                         failed->message);
    }
  return reply (call, &list, &rows, error);
}

static const HxParameter parameters[] = {
  HX_PEOPLE_PARAMETERS,
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { .name = NULL },
};

const HxRoute hx_routes_people[] = {
  { HX_METHOD_GET, "/people", "people_page", N_ ("人员"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_PAGE, parameters,
    .handler = people_page },
  { 0 },
};
