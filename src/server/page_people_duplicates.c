/* 可能重复的: the pairs, two rows side by side, the merge seen before it is
 * made. */
#include "server/duplicate_view.h"
#include "server/links.h"

#include <string.h>

#define STEPS_SHOWN 200

/* --------------------------------------------------------------------- list */

typedef struct
{
  HxGrid *grid;
  const HxDuplicateRules *rules;
} Listing;

static void
pair_person (HxGrid *grid, const HxPairView *view, guint i)
{
  g_autofree char *text
      = g_strdup_printf ("%s（%s）", view->labels[i],
                         *view->units[i] != '\0' ? view->units[i] : _ ("未定"));

  hx_grid_cell (grid, text);
}

static gboolean
show_pair (const HxDuplicatePair *pair, const HxPairView *view, gpointer data,
           GError **error)
{
  const Listing *listing = data;
  g_autofree char *one = hx_number_text (pair->one);
  g_autofree char *other = hx_number_text (pair->other);
  g_autofree char *url
      = hx_url ("/people/compare", "one", one, "other", other, NULL);
  g_autofree char *evidence = hx_duplicate_evidence (listing->rules, pair);
  const gboolean is_sure = pair->weight >= listing->rules->sure;

  (void)error;
  hx_grid_row (listing->grid, url);
  pair_person (listing->grid, view, 0);
  pair_person (listing->grid, view, 1);
  hx_part_badge (hx_grid_cell_begin (listing->grid),
                 is_sure ? HX_TONE_BAD : HX_TONE_WARN,
                 is_sure ? _ ("几乎确定") : _ ("可能"));
  hx_grid_cell_end (listing->grid);
  hx_grid_number (listing->grid, pair->weight);
  hx_grid_cell (listing->grid, evidence);
  return TRUE;
}

static void
show_sum (HxHtml *html, const HxDuplicates *found, const HxPairQuery *query)
{
  if (found->pairs->len == 0)
    {
      hx_part_empty (html, _ ("没有可能重复登记的人。"), "/people",
                     _ ("回到人员"));
      return;
    }
  hx_html_open (html, "p", NULL);
  hx_html_textf (html, _ ("可能重复的共 %u 组 %u 对。"), found->groups->len,
                 found->pairs->len);
  if (query->hidden > 0)
    hx_html_textf (html, _ ("其中 %u 对有一人在别的机构，请报局里核对。"),
                   query->hidden);
  if (found->pairs->len > query->limit)
    hx_html_textf (html, _ ("这里列出前 %u 对，处理之后会显出后面的。"),
                   query->limit);
  hx_html_close (html, "p");
}

static gboolean
duplicates_page (HxCall *call, GError **error)
{
  const HxColumn columns[]
      = { { .name = _ ("甲") },   { .name = _ ("乙") },
          { .name = _ ("判断") }, { .name = _ ("分数"), .is_number = TRUE },
          { .name = _ ("依据") }, { .name = NULL } };
  HxPairQuery query
      = { .limit = HX_PAIRS_SHOWN, .unit_id = hx_call_integer (call, "unit") };
  const HxDuplicateRules *rules = hx_duplicate_rules (call, error);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (HxDuplicates) found = NULL;
  g_autoptr (HxHtml) html = NULL;
  Listing listing = { NULL, rules };

  if (rules == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("可能重复的"),
                           .at = "people",
                           .lead = _ ("点开一对逐项核对：是一个人就合并，"
                                      "是两个人就记下。"),
                           .back = "/people",
                           .back_name = _ ("人员"),
                           .wide = TRUE });
  listing.grid = hx_grid_begin (html, _ ("可能重复登记的人"), columns);
  found = hx_pairs_each (&shown, &query, show_pair, &listing, error);
  hx_grid_end (listing.grid);
  if (found == NULL)
    return FALSE;
  show_sum (html, found, &query);
  return hx_page_end (call, g_steal_pointer (&html));
}

/* ------------------------------------------------------------- side by side */

static gboolean
compare_field (HxGrid *grid, HxShown *shown, const HxPairView *view,
               const HxField *field, GError **error)
{
  const HxValue *one = &view->rows[0]->values[field->index];
  const HxValue *other = &view->rows[1]->values[field->index];
  const gboolean differ = !hx_value_equal (field, one, other);
  g_autofree char *texts[2] = { NULL, NULL };
  HxHtml *html;

  if ((!one->filled && !other->filled)
      || !hx_identity_sees (shown->identity, view->rows[0]->kind, field))
    return TRUE;
  for (guint i = 0; i < 2; i++)
    {
      texts[i] = hx_shown_plain (shown, view->rows[i], field, error);
      if (texts[i] == NULL)
        return FALSE;
    }
  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, field->name);
  hx_grid_cell (grid, texts[0]);
  hx_grid_cell (grid, texts[1]);
  html = hx_grid_cell_begin (grid);
  if (differ)
    hx_part_badge (html,
                   one->filled && other->filled ? HX_TONE_WARN : HX_TONE_PLAIN,
                   one->filled && other->filled ? _ ("不同") : _ ("一方空着"));
  hx_grid_cell_end (grid);
  return TRUE;
}

static gboolean
show_sides (HxHtml *html, HxShown *shown, const HxPairView *view,
            GError **error)
{
  const HxColumn columns[] = { { .name = _ ("栏目") },
                               { .name = view->labels[0] },
                               { .name = view->labels[1] },
                               { .name = _ ("比较") },
                               { .name = NULL } };
  const GPtrArray *fields = view->rows[0]->kind->fields;
  HxGrid *grid = hx_grid_begin (html, _ ("逐项对照"), columns);
  gboolean done = TRUE;

  for (guint i = 0; i < fields->len && done; i++)
    done = compare_field (grid, shown, view, fields->pdata[i], error);
  hx_grid_end (grid);
  return done;
}

/* -------------------------------------------------------------------- forms */

/* What both have and differ in: the value of the one that goes may be taken. */
static GArray *
take_options (const HxShown *shown, const HxPairView *view, GStringChunk *texts)
{
  GArray *options = g_array_new (TRUE, TRUE, sizeof (HxOption));
  const GPtrArray *fields = view->rows[0]->kind->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const HxField *field = fields->pdata[i];
      const HxValue *one = &view->rows[0]->values[i];
      const HxValue *other = &view->rows[1]->values[i];
      g_autofree char *value = g_strconcat (field->key, "=other", NULL);
      const HxOption option
          = { g_string_chunk_insert (texts, value), field->name };

      if (one->filled && other->filled && !hx_value_equal (field, one, other)
          && !field->fixed
          && hx_identity_changes (shown->identity, view->rows[0]->kind, field))
        g_array_append_val (options, option);
    }
  return options;
}

static void
merge_form (HxHtml *html, const HxShown *shown, const HxPairView *view)
{
  HxCall *call = shown->call;
  g_autoptr (GStringChunk) texts = g_string_chunk_new (512);
  g_autoptr (GArray) takes = take_options (shown, view, texts);
  g_autofree char *one = hx_number_text (view->rows[0]->id);
  g_autofree char *other = hx_number_text (view->rows[1]->id);
  g_autofree char *swap
      = hx_url ("/people/compare", "one", other, "other", one, NULL);

  hx_part_section_begin (html, "merge", _ ("是同一个人：合并"));
  hx_html_open (html, "p", NULL);
  hx_html_textf (html,
                 _ ("保留左边的 %s（%s），右边的并入后作废，"
                    "它的记录都转过来；空着的栏目用右边的填上。"),
                 view->labels[0], one);
  hx_html_element (html, "a", _ ("左右对调"), "href", swap, NULL);
  hx_html_close (html, "p");
  hx_form_begin (
      html, call,
      &(HxForm){ .action = "/people/merge", .method = HX_METHOD_POST });
  hx_form_input (html,
                 &(HxInput){ .name = "keep", .value = one, .type = "hidden" });
  hx_form_input (
      html, &(HxInput){ .name = "other", .value = other, .type = "hidden" });
  hx_form_input (html,
                 &(HxInput){ .name = "trial", .value = "1", .type = "hidden" });
  if (takes->len > 0)
    hx_form_input (html, &(HxInput){ .name = "take",
                                     .label = _ ("这些栏目改用右边的值"),
                                     .type = "checkbox",
                                     .options = (const HxOption *)takes->data,
                                     .many = TRUE });
  hx_form_input (html, &(HxInput){ .name = "reason",
                                   .label = _ ("原因"),
                                   .value = _ ("重复登记") });
  hx_form_submit (html, _ ("先看会改什么"), HX_TONE_PLAIN);
  hx_form_end (html);
  hx_part_section_end (html);
}

static void
not_same_form (HxHtml *html, HxCall *call, const HxPairView *view)
{
  g_autofree char *one = hx_number_text (view->rows[0]->id);
  g_autofree char *other = hx_number_text (view->rows[1]->id);

  hx_part_section_begin (html, "not-same", _ ("是两个人：记下"));
  hx_form_begin (
      html, call,
      &(HxForm){ .action = "/people/not-same", .method = HX_METHOD_POST });
  hx_form_input (html,
                 &(HxInput){ .name = "one", .value = one, .type = "hidden" });
  hx_form_input (
      html, &(HxInput){ .name = "other", .value = other, .type = "hidden" });
  hx_form_input (html, &(HxInput){ .name = "reason",
                                   .label = _ ("依据"),
                                   .hint = _ ("如：双胞胎，已见面核实"),
                                   .required = TRUE });
  hx_form_submit (html, _ ("不是同一人"), HX_TONE_WARN);
  hx_form_end (html);
  hx_part_section_end (html);
}

static gboolean
may_merge (const HxShown *shown, const HxPairView *view)
{
  const HxKind *kind = view->rows[0]->kind;

  return !view->rows[0]->is_void && !view->rows[1]->is_void
         && hx_identity_has (shown->identity, HX_MERGE_ROLES)
         && hx_identity_may (shown->identity, HX_ACT_WRITE, kind)
         && hx_identity_may (shown->identity, HX_ACT_VOID, kind);
}

static gboolean
compare_page (HxCall *call, GError **error)
{
  const HxDuplicateRules *rules = hx_duplicate_rules (call, error);
  const gint64 ids[]
      = { hx_call_integer (call, "one"), hx_call_integer (call, "other") };
  g_auto (HxShown) shown = { 0 };
  g_auto (HxPairView) view = { 0 };
  g_autoptr (HxHtml) html = NULL;

  if (rules == NULL || !hx_shown_open (&shown, call, error)
      || !hx_pair_view_load (&view, &shown, rules->of, ids, error))
    return FALSE;
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("是不是同一个人"),
                                             .at = "people",
                                             .back = "/people/duplicates",
                                             .back_name = _ ("可能重复的"),
                                             .wide = TRUE });
  if (!show_sides (html, &shown, &view, error))
    return FALSE;
  if (may_merge (&shown, &view))
    {
      merge_form (html, &shown, &view);
      not_same_form (html, call, &view);
    }
  return hx_page_end (call, g_steal_pointer (&html));
}

/* ------------------------------------------------------------------- making */

static void
show_step (HxHtml *html, const HxCall *call, const HxMergeStep *step)
{
  g_autofree char *url = hx_link_row (call, step->kind, step->id);
  g_autofree char *text = step->field != NULL
                              ? g_strdup (step->field->name)
                              : g_strdup_printf ("%s %" G_GINT64_FORMAT,
                                                 step->kind->name, step->id);

  hx_html_open (html, "li", NULL);
  hx_html_element (html, url != NULL ? "a" : "span", text, "href", url, NULL);
  if (step->same != 0)
    hx_html_textf (html, _ ("（同 %ld）"), (long)step->same);
  hx_html_close (html, "li");
}

/* All steps of one act below its name. */
static void
show_act (HxHtml *html, const HxCall *call, const HxMerged *merged,
          HxMergeAct act)
{
  guint count = 0;

  for (guint i = 0; i < merged->steps->len; i++)
    {
      const HxMergeStep *step = &g_array_index (merged->steps, HxMergeStep, i);

      if (step->act != act || ++count > STEPS_SHOWN)
        continue;
      if (count == 1)
        {
          hx_html_element (html, "h3", hx_merge_act_name (act), NULL);
          hx_html_open (html, "ul", NULL);
        }
      show_step (html, call, step);
    }
  if (count > 0)
    hx_html_close (html, "ul");
  if (count > STEPS_SHOWN)
    {
      hx_html_open (html, "p", NULL);
      hx_html_textf (html, _ ("共 %u 项，这里列出前 %u 项。"), count,
                     (guint)STEPS_SHOWN);
      hx_html_close (html, "p");
    }
}

/* The same order again, to be made. */
static void
make_form (HxHtml *html, HxCall *call, const HxMerging *merging)
{
  const char *const *takes = merging->order.take;
  g_autofree char *keep = hx_number_text (merging->order.keep);
  g_autofree char *other = hx_number_text (merging->order.other);

  hx_form_begin (
      html, call,
      &(HxForm){ .action = "/people/merge", .method = HX_METHOD_POST });
  hx_form_input (html,
                 &(HxInput){ .name = "keep", .value = keep, .type = "hidden" });
  hx_form_input (
      html, &(HxInput){ .name = "other", .value = other, .type = "hidden" });
  hx_form_input (html, &(HxInput){ .name = "reason",
                                   .value = merging->order.reason,
                                   .type = "hidden" });
  for (guint i = 0; takes[i] != NULL; i++)
    hx_form_input (
        html,
        &(HxInput){ .name = "take", .value = takes[i], .type = "hidden" });
  hx_form_submit (html, _ ("合并"), HX_TONE_BAD);
  hx_form_end (html);
}

static gboolean
show_trial (HxCall *call, const HxMerging *merging, GError **error)
{
  g_autofree char *one = hx_number_text (merging->order.keep);
  g_autofree char *other = hx_number_text (merging->order.other);
  g_autofree char *back
      = hx_url ("/people/compare", "one", one, "other", other, NULL);
  g_autoptr (HxHtml) html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("合并会改什么"),
                           .at = "people",
                           .lead = _ ("还没有合并。看过之后再按下面的“合并”；"
                                      "合并之后也可以撤销。"),
                           .back = back,
                           .back_name = _ ("逐项对照") });

  (void)error;
  if (merging->merged.steps->len == 0)
    hx_part_empty (html, _ ("没有要转的记录，也没有要填的栏目。"), NULL, NULL);
  for (guint act = 0; act < HX_MERGE_ACTS; act++)
    show_act (html, call, &merging->merged, (HxMergeAct)act);
  make_form (html, call, merging);
  return hx_page_end (call, g_steal_pointer (&html));
}

static gboolean
merge_take (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxMerging) merging = { 0 };
  g_autofree char *url = NULL;
  g_autofree char *said = NULL;

  if (!hx_shown_open (&shown, call, error)
      || !hx_merging_run (&merging, &shown, error))
    return FALSE;
  if (merging.trial)
    return show_trial (call, &merging, error);
  url = g_strdup_printf ("/people/merged/%" G_GINT64_FORMAT,
                         merging.merged.note);
  said = g_strdup_printf (_ ("已合并，合并号 %ld"), (long)merging.merged.note);
  return hx_call_redirect (call, url, said);
}

/* What was merged, and the way back. */
static gboolean
merged_page (HxCall *call, GError **error)
{
  const HxDuplicateRules *rules = hx_duplicate_rules (call, error);
  const gint64 id = hx_call_integer (call, "id");
  g_auto (HxShown) shown = { 0 };
  g_autoptr (HxRow) row = NULL;
  g_autoptr (HxHtml) html = NULL;
  g_autofree char *number = hx_number_text (id);

  if (rules == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  if (rules->merges == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这次合并"), NULL, NULL);
  row = hx_row_new (rules->merges);
  if (!hx_shown_load (&shown, row, id, error))
    return FALSE;
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("合并"),
                                             .at = "people",
                                             .back = "/people/duplicates",
                                             .back_name = _ ("可能重复的") });
  hx_html_open (html, "dl", "class", "facts", NULL);
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      g_autofree char *text = NULL;

      if (!row->values[i].filled)
        continue;
      text = hx_shown_plain (&shown, row, field, error);
      if (text == NULL)
        return FALSE;
      hx_html_element (html, "dt", field->name, NULL);
      hx_html_element (html, "dd", text, NULL);
    }
  hx_html_close (html, "dl");
  if (row->is_void)
    hx_part_notice (html, HX_TONE_PLAIN, _ ("这次合并已撤销。"));
  else if (hx_identity_has (shown.identity, HX_MERGE_ROLES))
    {
      hx_form_begin (
          html, call,
          &(HxForm){ .action = "/people/unmerge", .method = HX_METHOD_POST });
      hx_form_input (
          html,
          &(HxInput){ .name = "merge", .value = number, .type = "hidden" });
      hx_form_submit (html, _ ("撤销这次合并"), HX_TONE_BAD);
      hx_form_end (html);
    }
  return hx_page_end (call, g_steal_pointer (&html));
}

static gboolean
unmerge_take (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };

  return hx_shown_open (&shown, call, error)
         && hx_merge_undo_run (&shown, error)
         && hx_call_redirect (call, "/people/duplicates", _ ("已撤销合并"));
}

static gboolean
not_same_take (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  gint64 id = 0;

  return hx_shown_open (&shown, call, error)
         && hx_not_same_run (&shown, &id, error)
         && hx_call_redirect (call, "/people/duplicates",
                              _ ("已记下，不再列出这一对"));
}

/* ------------------------------------------------------------------- routes */

static const HxParameter list[] = {
  { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },
  { .name = NULL },
};
static const HxParameter pair[] = {
  { "one", HX_IN_QUERY, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("甲") },
  { "other", HX_IN_QUERY, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("乙") },
  { .name = NULL },
};
static const HxParameter merged[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("合并号") },
  { .name = NULL },
};
static const HxParameter merge[] = { HX_MERGE_PARAMETERS, { .name = NULL } };
static const HxParameter not_same[]
    = { HX_NOT_SAME_PARAMETERS, { .name = NULL } };
static const HxParameter undo[] = { HX_UNDO_PARAMETERS, { .name = NULL } };

const HxRoute hx_routes_people_duplicates[] = {
  { HX_METHOD_GET, "/people/duplicates", "people_duplicates_page",
    N_ ("可能重复的"), HX_USER_PEOPLE, HX_ROUTE_PAGE, list,
    .handler = duplicates_page },
  { HX_METHOD_GET, "/people/compare", "people_compare_page",
    N_ ("是不是同一个人"), HX_USER_PEOPLE, HX_ROUTE_PAGE, pair,
    .handler = compare_page },
  { HX_METHOD_POST, "/people/merge", "people_merge_take", N_ ("合并两行"),
    HX_MERGE_ROLES, HX_ROUTE_PAGE, merge, .handler = merge_take },
  { HX_METHOD_GET, "/people/merged/{id}", "people_merged_page", N_ ("一次合并"),
    HX_USER_PEOPLE, HX_ROUTE_PAGE, merged, .handler = merged_page },
  { HX_METHOD_POST, "/people/unmerge", "people_unmerge_take", N_ ("撤销合并"),
    HX_MERGE_ROLES, HX_ROUTE_PAGE, undo, .handler = unmerge_take },
  { HX_METHOD_POST, "/people/not-same", "people_not_same_take",
    N_ ("记下两行不是同一人"), HX_MERGE_ROLES, HX_ROUTE_PAGE, not_same,
    .handler = not_same_take },
  { 0 },
};
