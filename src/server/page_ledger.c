/* 台账: the kinds that the user reads, and the list of one. */
#include "server/page_ledger.h"
#include "ledger/approval.h"
#include "server/links.h"
#include "server/record_form.h"
#include "server/record_list.h"
#include "server/routes.h"

#include <string.h>

#define COLUMNS 7
#define FILTERS 4 /* choices of codes above a list */
#define PART "rows"

/* -------------------------------------------------------------------- index
 */

typedef struct
{
  const char *folder, *id, *name;
} Section;

static const Section sections[] = {
  { "records", "records", N_ ("日常台账") },
  { "registers", "registers", N_ ("名册") },
  { "money", "money", N_ ("经费") },
  { "plan", "plan", N_ ("计划与自评") },
};

static gboolean
is_listed (const HxCall *call, const HxKind *kind, const Section *section)
{
  return g_strcmp0 (kind->folder, section->folder) == 0
         && hx_identity_may (hx_call_identity (call), HX_ACT_READ, kind);
}

static void
show_kind (HxHtml *html, const HxCall *call, const HxKind *kind)
{
  g_autofree char *url = g_strconcat ("/ledgers/", kind->key, NULL);
  g_autofree char *add = g_strconcat (url, "/new", NULL);
  g_autofree char *label = g_strdup_printf (_ ("登记%s"), kind->name);

  hx_html_open (html, "li", NULL);
  hx_html_element (html, "a", kind->name, "href", url, NULL);
  if (hx_identity_may (hx_call_identity (call), HX_ACT_WRITE, kind))
    {
      hx_html_text (html, " ");
      hx_html_element (html, "a", _ ("登记"), "href", add, "aria-label", label,
                       "class", "quiet", NULL);
    }
  hx_html_close (html, "li");
}

static guint
show_section (HxHtml *html, const HxCall *call, const Section *section)
{
  const GPtrArray *kinds = hx_catalogue_kinds (hx_call_catalogue (call));
  guint count = 0;

  for (guint i = 0; i < kinds->len; i++)
    {
      if (!is_listed (call, kinds->pdata[i], section))
        continue;
      if (count++ == 0)
        {
          hx_part_section_begin (html, section->id, hx_text (section->name));
          hx_html_open (html, "ul", "class", "columns", NULL);
        }
      show_kind (html, call, kinds->pdata[i]);
    }
  if (count > 0)
    {
      hx_html_close (html, "ul");
      hx_part_section_end (html);
    }
  return count;
}

static gboolean
ledgers_page (HxCall *call, GError **error)
{
  HxHtml *html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("台账"),
                           .at = "ledgers",
                           .lead = _ ("选一种台账查看、登记、导入或导出。") });
  guint count = 0;

  (void)error;
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    count += show_section (html, call, &sections[i]);
  if (count == 0)
    hx_part_empty (html, _ ("您的角色没有可看的台账。"), NULL,
                   _ ("需要时请找安全管理员。"));
  return hx_page_end (call, html);
}

/* ---------------------------------------------------------------- addresses
 */

static void
append_all (GString *url, const HxRequest *request, const char *name)
{
  const GPtrArray *values = g_hash_table_lookup (request->query, name);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      if (*(const char *)values->pdata[i] == '\0')
        continue;
      g_string_append_c (url, strchr (url->str, '?') != NULL ? '&' : '?');
      g_string_append_printf (url, "%s=", name);
      hx_url_append (url, values->pdata[i]);
    }
}

char *
hx_ledger_list_url (const HxCall *call, const char *path, const char *sort,
                    const char *cursor)
{
  static const char *const names[] = { "q", "where", "from", "until", "unit" };
  const HxRequest *request = hx_call_request (call);
  g_autoptr (GString) url = g_string_new (path);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    append_all (url, request, names[i]);
  if (sort == NULL)
    append_all (url, request, "sort");
  g_autofree char *whole
      = hx_url (url->str, "sort", sort, "cursor", cursor, NULL);
  return g_steal_pointer (&whole);
}

/* -------------------------------------------------------------------- table
 */

typedef struct
{
  HxShown shown;
  HxRecordQuery query;
  HxRecordRows rows;
  GPtrArray *fields; /* HxField, the columns */
  char *path;        /* /ledgers/visit */
  GPtrArray *texts;  /* char *, kept for the page */
} List;

static void
list_clear (List *list)
{
  hx_shown_clear (&list->shown);
  hx_record_query_clear (&list->query);
  hx_record_rows_clear (&list->rows);
  g_clear_pointer (&list->fields, g_ptr_array_unref);
  g_clear_pointer (&list->path, g_free);
  g_clear_pointer (&list->texts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

static gboolean
is_number (const HxField *field)
{
  return field->type == HX_FIELD_INTEGER || field->type == HX_FIELD_DECIMAL
         || field->type == HX_FIELD_MONEY || field->type == HX_FIELD_ATTENDEES;
}

/* The other way round when the list is sorted by it already. */
static void
sort_column (const List *list, const HxField *field, HxColumn *column)
{
  const gboolean is_sorted = list->query.sort == field;
  const char *sign = is_sorted && !list->query.descending ? "-" : "";
  g_autofree char *sort = g_strconcat (sign, field->key, NULL);
  char *url;

  if (!hx_record_sorts (field))
    return;
  url = hx_ledger_list_url (list->shown.call, list->path, sort, NULL);
  g_ptr_array_add (list->texts, url);
  column->sort = url;
  if (is_sorted)
    column->sorted = list->query.descending ? -1 : 1;
}

static GArray *
columns_of (const List *list)
{
  GArray *columns = g_array_new (TRUE, TRUE, sizeof (HxColumn));

  for (guint i = 0; i < list->fields->len; i++)
    {
      const HxField *field = list->fields->pdata[i];
      HxColumn column = { .name = field->name, .is_number = is_number (field) };

      sort_column (list, field, &column);
      g_array_append_val (columns, column);
    }
  if (list->query.kind->approval)
    {
      const HxColumn state = { .name = _ ("审批") };

      g_array_append_val (columns, state);
    }
  return columns;
}

static gboolean
state_cell (HxGrid *grid, const List *list, const HxRow *row, GError **error)
{
  g_auto (HxApproval) approval = { 0 };

  if (!row->kind->approval)
    return TRUE;
  if (!hx_approval_read (list->shown.connection, row->kind, row->id, &approval,
                         error))
    return FALSE;
  hx_grid_cell (grid, hx_approval_name (approval.state));
  return TRUE;
}

static gboolean
show_row (HxGrid *grid, List *list, const HxRow *row, GError **error)
{
  g_autofree char *url
      = g_strdup_printf ("%s/%" G_GINT64_FORMAT, list->path, row->id);

  hx_grid_row (grid, url);
  for (guint i = 0; i < list->fields->len; i++)
    {
      g_autofree char *text
          = hx_shown_plain (&list->shown, row, list->fields->pdata[i], error);

      if (text == NULL)
        return FALSE;
      if (i == 0 && *text == '\0')
        hx_grid_cell (grid, _ ("（未填）"));
      else
        hx_grid_cell (grid, text);
    }
  return state_cell (grid, list, row, error);
}

static void
show_empty (HxHtml *html, const List *list)
{
  g_autofree char *add = g_strconcat (list->path, "/new", NULL);
  const gboolean is_filtered
      = list->query.terms->len > 1 || list->query.found != NULL
        || hx_call_integer (list->shown.call, "unit") != 0;

  if (is_filtered)
    hx_part_empty (html, _ ("没有符合这些条件的。"), list->path,
                   _ ("去掉条件，看全部"));
  else if (hx_identity_may (list->shown.identity, HX_ACT_WRITE,
                            list->query.kind))
    hx_part_empty (html, _ ("还没有登记过。"), add, _ ("登记第一条"));
  else
    hx_part_empty (html, _ ("还没有登记过。"), "/ledgers", _ ("回到台账目录"));
}

static gboolean
show_rows (HxHtml *html, List *list, GError **error)
{
  HxCall *call = list->shown.call;
  const gboolean goes_on = hx_call_text (call, "cursor") != NULL;
  g_autofree char *first = hx_ledger_list_url (call, list->path, NULL, NULL);
  g_autofree char *next
      = list->rows.next != NULL
            ? hx_ledger_list_url (call, list->path, NULL, list->rows.next)
            : NULL;
  g_autoptr (GArray) columns = columns_of (list);
  gboolean done = TRUE;

  if (list->rows.rows->len == 0)
    show_empty (html, list);
  else
    {
      HxGrid *grid = hx_grid_begin (html, list->query.kind->name,
                                    (const HxColumn *)(gpointer)columns->data);

      for (guint i = 0; done && i < list->rows.rows->len; i++)
        done = show_row (grid, list, list->rows.rows->pdata[i], error);
      hx_grid_end (grid);
    }
  hx_part_pages (html, goes_on ? first : NULL, next);
  return done;
}

static gboolean
show_found (HxHtml *html, List *list, GError **error)
{
  gboolean done = TRUE;

  hx_html_open (html, "div", "id", PART, NULL);
  if (list->rows.rows != NULL && list->query.terms != NULL)
    done = show_rows (html, list, error);
  hx_html_close (html, "div");
  return done;
}

/* ------------------------------------------------------------------ filters
 */

/* "occasion=birthday" among what was asked for, or "". */
static const char *
chosen_term (const HxCall *call, const char *prefix)
{
  const char *const *words = hx_call_texts (call, "where");

  for (; *words != NULL; words++)
    if (g_str_has_prefix (*words, prefix))
      return *words;
  return "";
}

static void
show_codes (HxHtml *html, List *list, const HxField *field)
{
  g_autoptr (GArray) options = g_array_new (TRUE, TRUE, sizeof (HxOption));
  g_autofree char *prefix = g_strconcat (field->key, "=", NULL);
  const HxOption all = { "", _ ("全部") };

  g_array_append_val (options, all);
  for (guint i = 0; i < field->codes->codes->len; i++)
    {
      const HxCode *code = field->codes->codes->pdata[i];
      char *term = g_strconcat (prefix, code->code, NULL);
      const HxOption option = { term, code->name };

      g_ptr_array_add (list->texts, term);
      g_array_append_val (options, option);
    }
  hx_form_input (
      html, &(HxInput){ .name = "where",
                        .label = field->name,
                        .value = chosen_term (list->shown.call, prefix),
                        .type = "select",
                        .options = (const HxOption *)(gpointer)options->data });
}

static gboolean
filters_by (const List *list, const HxField *field)
{
  return field->type == HX_FIELD_CHOICE && !field->secret
         && hx_identity_sees (list->shown.identity, list->query.kind, field);
}

static void
show_day (HxHtml *html, const HxCall *call, const char *name, const char *label)
{
  const HxDate date = hx_call_date (call, name);
  char text[HX_DATE_TEXT_SIZE] = "";

  if (date.year != 0)
    hx_date_format (date, text);
  hx_form_input (
      html, &(HxInput){
                .name = name, .label = label, .type = "date", .value = text });
}

/* Terms that none of the choices shows. */
static char *
other_terms (const List *list)
{
  const char *const *words = hx_call_texts (list->shown.call, "where");
  g_autoptr (GString) out = g_string_new (NULL);

  for (; *words != NULL; words++)
    {
      g_autofree char *key = g_strndup (*words, strcspn (*words, "=!<>~"));
      const HxField *field = hx_kind_field (list->query.kind, key);

      if (field == NULL || !filters_by (list, field)
          || (*words)[strlen (key)] != '=')
        g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", *words);
    }
  return g_strdup (out->str);
}

static void
show_conditions (HxHtml *html, List *list, const HxUnitChoice *units)
{
  HxCall *call = list->shown.call;
  const HxKind *kind = list->query.kind;
  g_autofree char *unit = hx_number_text (hx_call_integer (call, "unit"));
  g_autofree char *others = other_terms (list);
  guint shown = 0;

  if (kind->date != NULL || kind->since != NULL)
    {
      show_day (html, call, "from", _ ("从"));
      show_day (html, call, "until", _ ("到"));
    }
  if (kind->unit != NULL || kind->unit_from != NULL)
    hx_form_input (
        html, &(HxInput){ .name = "unit",
                          .label = _ ("街道、机构"),
                          .value = unit,
                          .type = "select",
                          .options
                          = (const HxOption *)(gpointer)units->options->data });
  for (guint i = 0; i < kind->fields->len && shown < FILTERS; i++)
    if (filters_by (list, kind->fields->pdata[i]))
      {
        show_codes (html, list, kind->fields->pdata[i]);
        shown++;
      }
  hx_form_input (html, &(HxInput){ .name = "where",
                                   .label = _ ("更多条件"),
                                   .value = others,
                                   .fault = hx_call_fault (call, "where"),
                                   .hint = _ ("写成 字段=值，如 慰问金>=500；"
                                              "几个条件用空格隔开") });
}

static gboolean
show_filter (HxHtml *html, List *list, GError **error)
{
  HxCall *call = list->shown.call;
  const HxKind *kind = list->query.kind;
  g_auto (HxUnitChoice) units = { 0 };

  if (!hx_unit_choice (&list->shown, &units, error))
    return FALSE;
  hx_form_begin (html, call, &(HxForm){ .action = list->path, .live = PART });
  hx_form_input (
      html, &(HxInput){ .name = "q",
                        .label = kind->of != NULL ? _ ("找人") : _ ("查找"),
                        .value = hx_call_text (call, "q"),
                        .fault = hx_call_fault (call, "q"),
                        .type = "search",
                        .autocomplete = "off" });
  hx_html_open (html, "details", "open",
                strchr (hx_call_request (call)->query_text, '=') != NULL ? ""
                                                                         : NULL,
                NULL);
  hx_html_element (html, "summary", _ ("按条件筛选"), NULL);
  show_conditions (html, list, &units);
  hx_html_close (html, "details");
  hx_form_submit (html, _ ("查找"), HX_TONE_PLAIN);
  hx_form_end (html);
  return TRUE;
}

static void
show_ways (HxHtml *html, const List *list)
{
  const HxCall *call = list->shown.call;
  const HxIdentity *identity = list->shown.identity;
  const HxKind *kind = list->query.kind;
  g_autofree char *add = g_strconcat (list->path, "/new", NULL);
  g_autofree char *import = g_strconcat (list->path, "/import", NULL);
  g_autofree char *path = g_strconcat (list->path, "/export", NULL);
  g_autofree char *export = hx_ledger_list_url (call, path, NULL, NULL);
  g_autofree char *csv = hx_url (export, "format", "csv", NULL);

  hx_html_open (html, "p", "class", "actions", NULL);
  if (hx_identity_may (identity, HX_ACT_WRITE, kind))
    {
      hx_part_action (html, add, _ ("登记"), TRUE);
      hx_part_action (html, import, _ ("导入"), FALSE);
    }
  if (hx_identity_may (identity, HX_ACT_EXPORT, kind))
    {
      hx_part_action (html, export, _ ("导出 Excel"), FALSE);
      hx_part_action (html, csv, _ ("导出 CSV"), FALSE);
    }
  hx_html_close (html, "p");
}

/* --------------------------------------------------------------------- page
 */

static gboolean
show_whole (HxHtml *html, List *list, GError **error)
{
  show_ways (html, list);
  return show_filter (html, list, error) && show_found (html, list, error);
}

static gboolean
reply (HxCall *call, List *list, GError **error)
{
  const gboolean is_part = hx_call_is_part (call);
  const guint status = hx_call_has_faults (call) ? 422 : 200;
  g_autoptr (HxHtml) html
      = is_part ? hx_html_new ()
                : hx_page_begin (call,
                                 &(HxPageHead){ .title = list->query.kind->name,
                                                .at = "ledgers",
                                                .back = "/ledgers",
                                                .back_name = _ ("台账"),
                                                .status = status,
                                                .wide = TRUE });

  if (!(is_part ? show_found : show_whole) (html, list, error))
    return FALSE;
  return is_part ? hx_call_reply_html (call, g_steal_pointer (&html), status)
                 : hx_page_end (call, g_steal_pointer (&html));
}

/* What is wrong with a condition stands at its field. */
static gboolean
read_list (HxCall *call, List *list, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (!hx_shown_open (&list->shown, call, error))
    return FALSE;
  list->texts = g_ptr_array_new_with_free_func (g_free);
  if (hx_record_query (&list->shown, &list->query, &failed)
      && hx_record_rows (&list->shown, &list->query, HX_PAGE_ROWS, &list->rows,
                         &failed))
    return TRUE;
  if (!g_error_matches (failed, HX_ERROR, HX_ERROR_USAGE))
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  hx_call_add_fault (call,
                     hx_call_texts (call, "where")[0] != NULL ? "where" : "q",
                     failed->message);
  return TRUE;
}

static gboolean
ledger_page (HxCall *call, GError **error)
{
  g_auto (List) list = { 0 };

  if (!read_list (call, &list, error))
    return FALSE;
  list.path = g_strconcat ("/ledgers/", list.query.kind->key, NULL);
  list.fields = hx_record_columns (&list.shown, list.query.kind, COLUMNS);
  return reply (call, &list, error);
}

static const HxParameter none[] = { { 0 } };
static const HxParameter parameters[]
    = { { "kind", HX_IN_PATH, HX_TYPE_KIND, HX_REQUIRED, .what = N_ ("台账") },
        HX_RECORD_LIST_PARAMETERS,
        { 0 } };

const HxRoute hx_routes_ledger[] = {
  { HX_METHOD_GET, "/ledgers", "ledgers_page", N_ ("台账"), HX_USER_BUSINESS,
    HX_ROUTE_PAGE, none, .handler = ledgers_page },
  { HX_METHOD_GET, "/ledgers/{kind}", "ledger_page", N_ ("一种台账"),
    HX_USER_BUSINESS, HX_ROUTE_PAGE, parameters, .handler = ledger_page },
  { 0 },
};
