/* Issued reports: the list, one with its frozen text and what changed since,
 * its figures with their frozen rows, two beside each other. */
#include "server/report_part.h"

#include "server/links.h"

#include <string.h>

/* --------------------------------------------------------------------- list */

static char *
edition_url (const HxEdition *edition, const char *behind)
{
  g_autofree char *path
      = g_strdup_printf ("/report/editions/%u%s", edition->number, behind);
  g_autofree char *year = g_strdup_printf ("%d", edition->year);
  return hx_url (path, "year", year, NULL);
}

static char *
name_of (const HxEdition *edition)
{
  return g_strdup_printf (_ ("%d 年第 %u 次出具"), edition->year,
                          edition->number);
}

static void
write_list (HxHtml *html, const GPtrArray *editions)
{
  const HxColumn columns[] = { { .name = _ ("出具") },   { .name = _ ("时间") },
                               { .name = _ ("出具人") }, { .name = _ ("数到") },
                               { .name = _ ("摘要") },   { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("出具过的报告"), columns);
  for (guint i = 0; i < editions->len; i++)
    {
      const HxEdition *edition = editions->pdata[i];
      g_autofree char *url = edition_url (edition, "");
      g_autofree char *name = name_of (edition);
      g_autofree char *at = g_strndup (edition->issued_at, 10);
      g_autofree char *day = hx_say_date (edition->as_of);
      g_autofree char *digest = g_strndup (edition->digest, 16);
      hx_grid_row (grid, url);
      hx_grid_cell (grid, name);
      hx_grid_cell (grid, at);
      hx_grid_cell (grid, edition->issued_by);
      hx_grid_cell (grid, day);
      hx_grid_cell (grid, digest);
    }
  hx_grid_end (grid);
}

static gboolean
list_page (HxCall *call, GError **error)
{
  const int year = hx_call_year (call);
  g_autofree char *title = g_strdup_printf (_ ("%d 年出具过的报告"), year);
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) editions
      = connection != NULL ? hx_editions_list (connection, year, error) : NULL;
  HxHtml *html;
  if (editions == NULL)
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "report",
                           .lead = _ ("出具时的数值、写法和背后的行都定下了，"
                                      "以后的变动另外写明。"),
                           .with_year = TRUE });
  hx_part_report_tabs (html, call, "/report/editions");
  if (editions->len == 0)
    hx_part_empty (html, _ ("这一年的报告还没有出具过。"), "/report/review",
                   _ ("先看核查，没有拦下的就可以出具"));
  else
    write_list (html, editions);
  return hx_page_end (call, html);
}

/* ---------------------------------------------------------------------- one */

static HxEdition *
edition_of (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  return connection != NULL
             ? hx_edition_read (connection, hx_call_year (call),
                                (guint)hx_call_integer (call, "number"), error)
             : NULL;
}

static gboolean
take_change (const HxEditionChange *change, gpointer data)
{
  HxGrid *grid = data;
  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, change->figure->name);
  hx_grid_cell (grid, change->figure->stated);
  hx_grid_cell (grid, change->figure->value);
  hx_grid_cell (grid, change->now != NULL ? change->now : "—");
  return TRUE;
}

static gboolean
write_changes (HxHtml *html, HxCall *call, const HxEdition *edition,
               GError **error)
{
  const HxColumn columns[] = { { .name = _ ("数字") },
                               { .name = _ ("报告写作") },
                               { .name = _ ("出具时"), .is_number = TRUE },
                               { .name = _ ("现在"), .is_number = TRUE },
                               { .name = NULL } };
  HxGrid *grid;
  gboolean done;
  hx_part_section_begin (html, "changes", _ ("出具后有变化"));
  grid = hx_grid_begin (html, _ ("出具时的值和现在的值"), columns);
  done = hx_edition_changes (hx_call_connection (call, error),
                             hx_call_catalogue (call), edition, take_change,
                             grid, error);
  hx_grid_end (grid);
  hx_part_section_end (html);
  return done;
}

static void
write_answers (HxHtml *html, const HxEdition *edition)
{
  json_t *answers = json_loads (edition->answers, 0, NULL);
  json_t *answer;
  gsize i;
  if (json_array_size (answers) > 0)
    {
      hx_part_section_begin (html, "answers", _ ("核查答复"));
      hx_html_open (html, "ul", NULL);
      json_array_foreach (answers, i, answer)
      {
        g_autofree char *line = g_strdup_printf (
            "%s %s：%s（%s）",
            json_string_value (json_object_get (answer, "check")),
            json_string_value (json_object_get (answer, "place")),
            json_string_value (json_object_get (answer, "reason")),
            json_string_value (json_object_get (answer, "signer")));
        hx_html_element (html, "li", line, NULL);
      }
      hx_html_close (html, "ul");
      hx_part_section_end (html);
    }
  json_decref (answers);
}

static void
write_head (HxHtml *html, const HxEdition *edition)
{
  g_autofree char *day = hx_say_date (edition->as_of);
  hx_html_open (html, "dl", "class", "facts", NULL);
  hx_part_fact (html, _ ("出具时间"), edition->issued_at);
  hx_part_fact (html, _ ("出具人"), edition->issued_by);
  hx_part_fact (html, _ ("数到"), day);
  hx_part_fact (html, _ ("摘要"), edition->digest);
  hx_html_close (html, "dl");
}

static void
write_compare (HxHtml *html, const HxEdition *edition)
{
  g_autofree char *other = g_strdup_printf ("%u", edition->number - 1);
  g_autofree char *path
      = g_strdup_printf ("/report/editions/%u/compare", edition->number);
  g_autofree char *year = g_strdup_printf ("%d", edition->year);
  g_autofree char *url = hx_url (path, "year", year, "with", other, NULL);
  if (edition->number > 1)
    hx_part_action (html, url, _ ("与上一次比较"), FALSE);
}

static gboolean
write_one (HxHtml *html, HxCall *call, const HxEdition *edition, GError **error)
{
  g_autofree char *files
      = g_strdup_printf ("/report/editions/%u/file", edition->number);
  g_autofree char *figures
      = g_strdup_printf ("/report/editions/%u/figures/", edition->number);
  write_head (html, edition);
  hx_part_files (html, files, edition->year);
  write_compare (html, edition);
  if (!write_changes (html, call, edition, error))
    return FALSE;
  write_answers (html, edition);
  return hx_part_document (html, edition->markdown, figures, error);
}

static gboolean
one_page (HxCall *call, GError **error)
{
  g_autoptr (HxEdition) edition = edition_of (call, error);
  g_autofree char *title = NULL;
  HxHtml *html;
  if (edition == NULL)
    return FALSE;
  title = name_of (edition);
  html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                             .at = "report",
                                             .back = "/report/editions",
                                             .back_name = _ ("历次出具"),
                                             .with_year = TRUE });
  if (write_one (html, call, edition, error))
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

static gboolean
edition_file (HxCall *call, GError **error)
{
  const HxReportFormat format = hx_report_format (call);
  g_autoptr (HxEdition) edition = edition_of (call, error);
  g_autofree char *name = NULL;
  gsize length = 0;
  char *text;
  if (edition == NULL)
    return FALSE;
  text = hx_edition_write (hx_call_connection (call, error),
                           hx_call_catalogue (call), edition, format, &length,
                           error);
  name = g_strdup_printf (_ ("%d年绩效自评报告第%u次"), edition->year,
                          edition->number);
  return text != NULL && hx_report_send (call, text, length, format, name);
}

/* ------------------------------------------------------------------- figure */

typedef struct
{
  HxCall *call;
  const HxEditionFigure *figure;
} Source;

typedef struct
{
  HxTracePlace *place;
  HxTraceFunc function;
  gpointer data;
} Walk;

static gboolean
take_row (const HxRow *row, gpointer data)
{
  Walk *walk = data;
  walk->place->id++;
  return walk->function (row, walk->data);
}

static gboolean
trace (HxConnection *connection, HxTracePlace *place, HxTraceFunc function,
       gpointer data, gpointer source, GError **error)
{
  const Source *of = source;
  Walk walk = { place, function, data };
  return hx_edition_rows (connection, hx_call_catalogue (of->call), of->figure,
                          place->id, take_row, &walk, error);
}

static void
take_since (const HxKind *kind, gint64 id, HxSince since, gpointer data)
{
  static const char *const words[]
      = { N_ ("现在多出"), N_ ("现在不算"), N_ ("后来改过") };
  g_autofree char *line = g_strdup_printf ("%s：%s %" G_GINT64_FORMAT,
                                           _ (words[since]), kind->name, id);
  hx_html_element (data, "li", line, NULL);
}

static gboolean
write_figure (HxHtml *html, HxCall *call, const HxEdition *edition,
              const HxEditionFigure *figure, GError **error)
{
  Source source = { call, figure };
  const HxFigureRows rows = { trace, &source };
  g_autofree char *behind = g_strdup_printf ("/figures/%s", figure->key);
  g_autofree char *path = edition_url (edition, behind);
  gboolean done;
  hx_html_open (html, "dl", "class", "facts", NULL);
  hx_part_fact (html, _ ("报告写作"), figure->stated);
  hx_part_fact (html, _ ("出具时"), figure->value);
  hx_part_fact (html, _ ("口径"), figure->query);
  hx_part_fact (html, _ ("这些行的摘要"), figure->digest);
  hx_html_close (html, "dl");
  hx_part_section_begin (html, "since", _ ("出具以后变动的行"));
  hx_html_open (html, "ul", NULL);
  done = hx_edition_compare (hx_call_connection (call, error),
                             hx_call_catalogue (call), edition, figure,
                             take_since, html, error);
  hx_html_close (html, "ul");
  hx_part_section_end (html);
  hx_part_section_begin (html, "rows", _ ("出具时的行"));
  done = done && hx_figure_rows_table (html, call, &rows, path, error);
  hx_part_section_end (html);
  return done;
}

static gboolean
figure_page (HxCall *call, GError **error)
{
  const char *key = hx_call_text (call, "key");
  g_autoptr (HxEdition) edition = edition_of (call, error);
  g_autoptr (GPtrArray) figures = NULL;
  g_autofree char *back = NULL;
  g_autofree char *name = NULL;
  const HxEditionFigure *figure;
  HxHtml *html;
  if (edition == NULL)
    return FALSE;
  figures = hx_edition_figures (hx_call_connection (call, error), edition, key,
                                error);
  if (figures == NULL)
    return FALSE;
  if (figures->len == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这份报告里没有这个数字"),
                    key, NULL);
  figure = figures->pdata[0];
  back = edition_url (edition, "");
  name = name_of (edition);
  html = hx_page_begin (call, &(HxPageHead){ .title = figure->name,
                                             .at = "report",
                                             .back = back,
                                             .back_name = name,
                                             .wide = TRUE });
  if (write_figure (html, call, edition, figure, error))
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

/* ------------------------------------------------------------------ compare */

static const HxEditionFigure *
find_figure (const GPtrArray *figures, const char *key)
{
  for (guint i = 0; i < figures->len; i++)
    {
      const HxEditionFigure *figure = figures->pdata[i];
      if (g_str_equal (figure->key, key))
        return figure;
    }
  return NULL;
}

static void
write_pair (HxGrid *grid, const char *name, const HxEditionFigure *then,
            const HxEditionFigure *now)
{
  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, name);
  hx_grid_cell (grid, then != NULL ? then->value : "—");
  hx_grid_cell (grid, now != NULL ? now->value : "—");
}

static void
write_pairs (HxHtml *html, const HxEdition *const *editions,
             const GPtrArray *then, const GPtrArray *now)
{
  g_autofree char *first = name_of (editions[0]);
  g_autofree char *second = name_of (editions[1]);
  const HxColumn columns[] = { { .name = _ ("数字") },
                               { .name = first, .is_number = TRUE },
                               { .name = second, .is_number = TRUE },
                               { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("两次出具不同的数字"), columns);
  for (guint i = 0; i < now->len; i++)
    {
      const HxEditionFigure *figure = now->pdata[i];
      const HxEditionFigure *before = find_figure (then, figure->key);
      if (before == NULL || !g_str_equal (before->value, figure->value))
        write_pair (grid, figure->name, before, figure);
    }
  for (guint i = 0; i < then->len; i++)
    {
      const HxEditionFigure *figure = then->pdata[i];
      if (find_figure (now, figure->key) == NULL)
        write_pair (grid, figure->name, figure, NULL);
    }
  hx_grid_end (grid);
}

static gboolean
compare_page (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxEdition) second = edition_of (call, error);
  g_autoptr (HxEdition) first
      = second != NULL
            ? hx_edition_read (connection, hx_call_year (call),
                               (guint)hx_call_integer (call, "with"), error)
            : NULL;
  g_autoptr (GPtrArray) then = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autofree char *back = NULL;
  HxHtml *html;
  if (first == NULL)
    return FALSE;
  then = hx_edition_figures (connection, first, NULL, error);
  now = hx_edition_figures (connection, second, NULL, error);
  if (then == NULL || now == NULL)
    return FALSE;
  back = edition_url (second, "");
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("两次出具的比较"),
                                             .at = "report",
                                             .back = back,
                                             .back_name = _ ("这次出具") });
  write_pairs (html, (const HxEdition *const[]){ first, second }, then, now);
  return hx_page_end (call, html);
}

/* ---------------------------------------------------------------------- API */

static void
edition_json (HxJson *json, const HxEdition *edition)
{
  char day[HX_DATE_TEXT_SIZE];
  hx_date_format (edition->as_of, day);
  hx_json_member_integer (json, "year", edition->year);
  hx_json_member_integer (json, "number", edition->number);
  hx_json_member (json, "as_of", day);
  hx_json_member (json, "issued_at", edition->issued_at);
  hx_json_member (json, "issued_by", edition->issued_by);
  hx_json_member (json, "digest", edition->digest);
}

static gboolean
list_show (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) editions
      = connection != NULL
            ? hx_editions_list (connection, hx_call_year (call), error)
            : NULL;
  GString *out;
  HxJson json;
  if (editions == NULL)
    return FALSE;
  out = g_string_new (NULL);
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "items");
  hx_json_array_begin (&json);
  for (guint i = 0; i < editions->len; i++)
    {
      hx_json_object_begin (&json);
      edition_json (&json, editions->pdata[i]);
      hx_json_object_end (&json);
    }
  hx_json_array_end (&json);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, out, 200);
}

static gboolean
change_json (const HxEditionChange *change, gpointer data)
{
  HxJson *json = data;
  hx_json_object_begin (json);
  hx_json_member (json, "key", change->figure->key);
  hx_json_member (json, "name", change->figure->name);
  hx_json_member (json, "stated", change->figure->stated);
  hx_json_member (json, "value", change->figure->value);
  hx_json_member (json, "now", change->now);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
one_show (HxCall *call, GError **error)
{
  g_autoptr (HxEdition) edition = edition_of (call, error);
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  if (edition == NULL)
    return FALSE;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  edition_json (&json, edition);
  hx_json_member (&json, "text", edition->markdown);
  hx_json_key (&json, "changes");
  hx_json_array_begin (&json);
  if (!hx_edition_changes (hx_call_connection (call, error),
                           hx_call_catalogue (call), edition, change_json,
                           &json, error))
    return FALSE;
  hx_json_array_end (&json);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};
static const HxParameter one_parameters[] = {
  { "number", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("第几次") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};
static const HxParameter file_parameters[] = {
  { "number", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("第几次") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "format", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = HX_REPORT_FORMATS,
    .what = N_ ("格式") },
  { 0 },
};
static const HxParameter figure_parameters[] = {
  { "number", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("第几次") },
  { "key", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("数字") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "cursor", HX_IN_QUERY, HX_TYPE_TEXT, .max = 400, .what = N_ ("续页") },
  { 0 },
};
static const HxParameter compare_parameters[] = {
  { "number", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("第几次") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "with", HX_IN_QUERY, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("与第几次") },
  { 0 },
};

const HxRoute hx_routes_report_edition[] = {
  { HX_METHOD_GET, "/report/editions", "editions_page", N_ ("出具过的报告"),
    HX_YEAR_READERS, HX_ROUTE_PAGE, year_parameters, .handler = list_page },
  { HX_METHOD_GET, "/report/editions/{number}", "edition_page",
    N_ ("一次出具的报告"), HX_YEAR_READERS, HX_ROUTE_PAGE, one_parameters,
    .handler = one_page },
  { HX_METHOD_GET, "/report/editions/{number}/file", "edition_file",
    N_ ("一次出具的文件"), HX_YEAR_READERS, HX_ROUTE_PAGE, file_parameters,
    .handler = edition_file },
  { HX_METHOD_GET, "/report/editions/{number}/figures/{key}",
    "edition_figure_page", N_ ("出具时的一个数字"), HX_YEAR_READERS,
    HX_ROUTE_PAGE, figure_parameters, .handler = figure_page },
  { HX_METHOD_GET, "/report/editions/{number}/compare", "edition_compare_page",
    N_ ("两次出具的比较"), HX_YEAR_READERS, HX_ROUTE_PAGE, compare_parameters,
    .handler = compare_page },
  { HX_METHOD_GET, "/api/v1/report/editions", "editions_list",
    N_ ("出具过的报告"), HX_YEAR_READERS, HX_ROUTE_API, year_parameters,
    .handler = list_show, .answers = N_ ("每次出具：时间、出具人、摘要") },
  { HX_METHOD_GET, "/api/v1/report/editions/{number}", "edition_show",
    N_ ("一次出具的报告"), HX_YEAR_READERS, HX_ROUTE_API, one_parameters,
    .handler = one_show, .answers = N_ ("定下的文字，和出具后变了的数字") },
  { 0 },
};
