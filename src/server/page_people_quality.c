/* 资料质量: what is missing, wrong or old, whose, down to the names; how far
 * the survey is. */
#include "exchange/quality_json.h"
#include "people/survey.h"
#include "server/links.h"
#include "server/people_list.h"

#define TODOS_SHOWN 500

typedef struct
{
  HxShown shown;
  const HxQuality *quality;
  HxQualityQuery query;
  GPtrArray *terms; /* char *, NULL at the end */
  GArray *parts;    /* HxQualityPart */
} Quality;

static void
quality_clear (Quality *quality)
{
  g_clear_pointer (&quality->parts, g_array_unref);
  g_clear_pointer (&quality->terms, g_ptr_array_unref);
  hx_shown_clear (&quality->shown);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Quality, quality_clear)

/* Of the unit that is asked for, without one of the user's own. */
static gboolean
choose_unit (Quality *quality, HxCall *call, GError **error)
{
  gint64 unit_id = hx_call_integer (call, "unit");
  const char *name;

  quality->terms = g_ptr_array_new_with_free_func (g_free);
  if (!hx_identity_unit (quality->shown.identity, &unit_id, error))
    return FALSE;
  if (unit_id != 0)
    {
      name = hx_shown_unit (&quality->shown, unit_id, error);
      if (name == NULL)
        return FALSE;
      g_ptr_array_add (quality->terms, g_strconcat ("unit=", name, NULL));
    }
  g_ptr_array_add (quality->terms, NULL);
  quality->query.terms = (const char *const *)quality->terms->pdata;
  return TRUE;
}

static gboolean
choose_field (Quality *quality, const HxCall *call, GError **error)
{
  const char *key = hx_call_text (call, "field");

  if (key == NULL || *key == '\0')
    return TRUE;
  quality->query.field = hx_kind_field (quality->quality->kind, key);
  if (quality->query.field != NULL
      && hx_quality_field (quality->quality, quality->query.field) != NULL)
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("目录没有写明这个字段的质量要求"),
                  key, "quality.yaml");
}

static gboolean
quality_open (Quality *quality, HxCall *call, GError **error)
{
  const HxKind *kind = hx_people_kind (call, error);

  if (kind == NULL || !hx_shown_open (&quality->shown, call, error))
    return FALSE;
  quality->quality = hx_catalogue_quality (hx_call_catalogue (call), kind);
  if (quality->quality == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND,
                    _ ("目录没有写明它的数据质量要求"), kind->name,
                    "quality.yaml");
  quality->query.quality = quality->quality;
  quality->query.as_of = hx_call_as_of (call);
  return choose_unit (quality, call, error)
         && choose_field (quality, call, error);
}

static gboolean
measure (Quality *quality, HxQualityFunc function, gpointer data,
         GError **error)
{
  quality->parts = hx_quality_measure (quality->shown.connection,
                                       hx_call_catalogue (quality->shown.call),
                                       &quality->query, function, data, error);
  return quality->parts != NULL;
}

/* ------------------------------------------------------------------- counts */

static void
share_cell (HxGrid *grid, gint64 part, gint64 whole)
{
  g_autofree char *text = hx_say_percent (hx_quality_share (part, whole));

  hx_grid_cell (grid, text);
}

static char *
names_url (const HxCall *call, const HxField *field, gint64 unit_id)
{
  g_autofree char *unit = hx_number_text (
      unit_id != 0 ? unit_id : hx_call_integer (call, "unit"));

  return hx_url ("/people/quality/names", "field",
                 field != NULL ? field->key : NULL, "unit", unit, NULL);
}

static void
count_cells (HxGrid *grid, const HxQualityCount *count, const char *url)
{
  hx_grid_number (grid, count->rows);
  share_cell (grid, count->filled, count->rows);
  share_cell (grid, count->valid, count->rows);
  share_cell (grid, count->fresh, count->rows);
  hx_grid_count (grid, count->rows - count->known_bad - count->fresh, url);
}

static void
field_row (HxGrid *grid, const Quality *quality, guint i)
{
  const HxQualityField *field = quality->quality->fields->pdata[i];
  const HxQualityCount total = hx_quality_total (quality->parts, (int)i);
  g_autofree char *url = names_url (quality->shown.call, field->field, 0);
  g_autofree char *required = hx_say_percent (field->required);
  HxHtml *html;

  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, field->field->name);
  count_cells (grid, &total, url);
  hx_grid_cell (grid, field->required > 0 ? required : "");
  html = hx_grid_cell_begin (grid);
  if (hx_quality_is_weak (field, &total))
    hx_part_badge (html, HX_TONE_BAD, _ ("未达到"));
  hx_grid_cell_end (grid);
}

static void
show_fields (HxHtml *html, const Quality *quality)
{
  const HxColumn columns[] = { { .name = _ ("字段") },
                               { .name = _ ("应填"), .is_number = TRUE },
                               { .name = _ ("已填"), .is_number = TRUE },
                               { .name = _ ("有效"), .is_number = TRUE },
                               { .name = _ ("新鲜"), .is_number = TRUE },
                               { .name = _ ("待办"), .is_number = TRUE },
                               { .name = _ ("要求"), .is_number = TRUE },
                               { .name = _ ("达到没有") },
                               { .name = NULL } };
  HxGrid *grid;

  hx_part_section_begin (html, "fields", _ ("各字段"));
  grid = hx_grid_begin (html, _ ("各字段填得怎样"), columns);
  for (guint i = 0; i < quality->quality->fields->len; i++)
    field_row (grid, quality, i);
  hx_grid_end (grid);
  hx_part_section_end (html);
}

/* The parts of one unit stand together; the place behind them. */
static guint
unit_total (const GArray *parts, guint first, HxQualityCount *count)
{
  const gint64 unit = g_array_index (parts, HxQualityPart, first).unit_id;
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (HxQualityPart));
  guint i = first;

  for (; i < parts->len
         && g_array_index (parts, HxQualityPart, i).unit_id == unit;
       i++)
    g_array_append_val (own, g_array_index (parts, HxQualityPart, i));
  *count = hx_quality_total (own, -1);
  return i;
}

static gboolean
unit_rows (HxGrid *grid, const Quality *quality, GError **error)
{
  HxQualityCount count;
  guint next;

  for (guint i = 0; i < quality->parts->len; i = next)
    {
      const gint64 id
          = g_array_index (quality->parts, HxQualityPart, i).unit_id;
      g_autofree char *name
          = hx_quality_unit_name (quality->shown.connection, id, error);
      g_autofree char *url
          = id != 0 ? names_url (quality->shown.call, NULL, id) : NULL;

      if (name == NULL)
        return FALSE;
      next = unit_total (quality->parts, i, &count);
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, name);
      count_cells (grid, &count, url);
    }
  count = hx_quality_total (quality->parts, -1);
  hx_grid_total (grid);
  hx_grid_cell (grid, _ ("合计"));
  count_cells (grid, &count, NULL);
  return TRUE;
}

static gboolean
show_units (HxHtml *html, const Quality *quality, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("机构") },
                               { .name = _ ("应填"), .is_number = TRUE },
                               { .name = _ ("已填"), .is_number = TRUE },
                               { .name = _ ("有效"), .is_number = TRUE },
                               { .name = _ ("新鲜"), .is_number = TRUE },
                               { .name = _ ("待办"), .is_number = TRUE },
                               { .name = NULL } };
  gboolean done;
  HxGrid *grid;

  hx_part_section_begin (html, "units", _ ("各机构"));
  grid = hx_grid_begin (html, _ ("各机构填得怎样"), columns);
  done = unit_rows (grid, quality, error);
  hx_grid_end (grid);
  hx_part_section_end (html);
  return done;
}

/* ------------------------------------------------------------------- survey */

static gboolean
survey_rows (HxGrid *grid, Quality *quality, const GPtrArray *parts,
             GError **error)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const HxSurveyPart *part = parts->pdata[i];
      g_autofree char *name = hx_quality_unit_name (quality->shown.connection,
                                                    part->unit_id, error);

      if (name == NULL)
        return FALSE;
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, name);
      hx_grid_number (grid, part->people);
      hx_grid_number (grid, part->done);
      share_cell (grid, part->done, part->people);
      hx_grid_number (grid, part->tried);
      hx_grid_number (grid, part->open);
    }
  return TRUE;
}

static gboolean
show_progress (HxHtml *html, Quality *quality, const HxSurvey *survey,
               GError **error)
{
  const HxColumn columns[] = { { .name = _ ("机构") },
                               { .name = _ ("应查"), .is_number = TRUE },
                               { .name = _ ("完成"), .is_number = TRUE },
                               { .name = _ ("完成率"), .is_number = TRUE },
                               { .name = _ ("查而未成"), .is_number = TRUE },
                               { .name = _ ("未查"), .is_number = TRUE },
                               { .name = NULL } };
  const HxSurveyQuery query = { .quality = quality->quality,
                                .survey = survey,
                                .unit = quality->shown.identity->unit_name,
                                .as_of = hx_call_as_of (quality->shown.call) };
  g_autoptr (GPtrArray) parts = hx_survey_progress (
      quality->shown.connection, hx_call_catalogue (quality->shown.call),
      &query, NULL, NULL, error);
  const char *name = survey->name != NULL ? survey->name : survey->number;
  gboolean done;
  HxGrid *grid;

  if (parts == NULL)
    return FALSE;
  hx_part_section_begin (html, "survey", name);
  grid = hx_grid_begin (html, _ ("摸查进展"), columns);
  done = survey_rows (grid, quality, parts, error);
  hx_grid_end (grid);
  hx_part_section_end (html);
  return done;
}

/* The last that began; none is no fault. */
static gboolean
show_survey (HxHtml *html, Quality *quality, GError **error)
{
  g_autoptr (GError) failed = NULL;
  HxSurvey *survey = NULL;
  gboolean done;

  if (quality->quality->campaign == NULL)
    return TRUE;
  survey = hx_survey_find (quality->shown.connection, quality->quality, NULL,
                           hx_call_as_of (quality->shown.call), &failed);
  if (survey == NULL && g_error_matches (failed, HX_ERROR, HX_ERROR_NOT_FOUND))
    return TRUE;
  if (survey == NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
  done = show_progress (html, quality, survey, error);
  hx_survey_free (survey);
  return done;
}

static gboolean
quality_page (HxCall *call, GError **error)
{
  g_auto (Quality) quality = { 0 };
  g_autoptr (HxHtml) html = NULL;

  if (!quality_open (&quality, call, error)
      || !measure (&quality, NULL, NULL, error))
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("资料质量"),
                           .at = "people",
                           .lead = _ ("填了多少、对不对、多久没有核实。"
                                      "点“待办”看是谁、缺什么。"),
                           .back = "/people",
                           .back_name = _ ("人员"),
                           .wide = TRUE });
  show_fields (html, &quality);
  if (!show_units (html, &quality, error)
      || !show_survey (html, &quality, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

/* -------------------------------------------------------------------- names */

typedef struct
{
  Quality *quality;
  HxGrid *grid;
  guint count;
  GError *error;
} Naming;

static gboolean
show_todo (const HxQualityItem *item, gpointer data)
{
  Naming *naming = data;
  HxShown *shown = &naming->quality->shown;
  g_autofree char *label = NULL;
  g_autofree char *advice = hx_quality_advice (item);
  g_autofree char *url = NULL;
  const char *unit;

  if (!hx_identity_reaches (shown->identity, item->row)
      || !hx_identity_sees (shown->identity, item->row->kind,
                            item->field->field))
    return TRUE;
  if (++naming->count > TODOS_SHOWN)
    return FALSE;
  label = hx_shown_label (shown, item->row, &naming->error);
  unit = label != NULL
             ? hx_shown_unit (shown, item->row->unit_id, &naming->error)
             : NULL;
  if (unit == NULL)
    return FALSE;
  url = hx_link_row (shown->call, item->row->kind, item->row->id);
  hx_grid_row (naming->grid, url);
  hx_grid_cell (naming->grid, label);
  hx_grid_cell (naming->grid, unit);
  hx_grid_cell (naming->grid, item->field->field->name);
  hx_grid_cell (naming->grid, advice);
  return TRUE;
}

static gboolean
names_page (HxCall *call, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("姓名") },
                               { .name = _ ("机构") },
                               { .name = _ ("字段") },
                               { .name = _ ("怎么办") },
                               { .name = NULL } };
  g_auto (Quality) quality = { 0 };
  g_autoptr (HxHtml) html = NULL;
  Naming naming = { .quality = &quality };
  gboolean done;

  if (!quality_open (&quality, call, error))
    return FALSE;
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("资料待办"),
                                             .at = "people",
                                             .back = "/people/quality",
                                             .back_name = _ ("资料质量"),
                                             .wide = TRUE });
  naming.grid = hx_grid_begin (html, _ ("谁的什么要补、要改、要核实"), columns);
  done = measure (&quality, show_todo, &naming, error);
  hx_grid_end (naming.grid);
  if (naming.error != NULL)
    {
      g_clear_error (error);
      g_propagate_error (error, naming.error);
      return FALSE;
    }
  if (!done)
    return FALSE;
  if (naming.count == 0)
    hx_part_empty (html, _ ("没有待办。"), "/people/quality",
                   _ ("回到资料质量"));
  if (naming.count > TODOS_SHOWN)
    hx_part_notice (html, HX_TONE_WARN,
                    _ ("待办很多，这里只列出前一部分；选一个机构或字段再看。"));
  return hx_page_end (call, g_steal_pointer (&html));
}

/* ---------------------------------------------------------------------- API */

static gboolean
quality_get (HxCall *call, GError **error)
{
  g_auto (Quality) quality = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (!quality_open (&quality, call, error)
      || !measure (&quality, NULL, NULL, error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  if (!hx_quality_json (&json, quality.shown.connection, &quality.query,
                        quality.parts, error))
    return FALSE;
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter parameters[] = {
  { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },
  { "field", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("字段") },
  { .name = NULL },
};

const HxRoute hx_routes_people_quality[] = {
  { HX_METHOD_GET, "/people/quality", "people_quality_page", N_ ("资料质量"),
    HX_USER_PEOPLE, HX_ROUTE_PAGE, parameters, .handler = quality_page },
  { HX_METHOD_GET, "/people/quality/names", "people_quality_names",
    N_ ("资料待办"), HX_USER_PEOPLE, HX_ROUTE_PAGE, parameters,
    .handler = names_page },
  { HX_METHOD_GET, "/api/v1/quality", "quality_list", N_ ("资料质量"),
    HX_USER_PEOPLE, HX_ROUTE_API, parameters, .handler = quality_get,
    .answers = N_ ("各字段应填、已填、有效、新鲜的行数，按机构分列") },
  { 0 },
};
