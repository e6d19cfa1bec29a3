#include "catalogue/catalogue_internal.h"

HxCatalogue *
hx_catalogue_ref (HxCatalogue *catalogue)
{
  g_atomic_int_inc (&catalogue->references);
  return catalogue;
}

void
hx_catalogue_unref (HxCatalogue *catalogue)
{
  if (catalogue == NULL || !g_atomic_int_dec_and_test (&catalogue->references))
    return;
  g_hash_table_unref (catalogue->indicator_by_key);
  g_ptr_array_unref (catalogue->duplicates);
  g_ptr_array_unref (catalogue->batch_plans);
  g_ptr_array_unref (catalogue->mappings);
  g_ptr_array_unref (catalogue->caps);
  hx_person_view_free (catalogue->person);
  g_free (catalogue->budget);
  g_free (catalogue->plan);
  hx_monitor_view_free (catalogue->monitor);
  hx_review_rules_free (catalogue->review);
  hx_access_rules_free (catalogue->access);
  g_ptr_array_unref (catalogue->duties);
  g_ptr_array_unref (catalogue->qualities);
  g_ptr_array_unref (catalogue->statistics);
  g_ptr_array_unref (catalogue->scorecards);
  g_ptr_array_unref (catalogue->counted);
  g_ptr_array_unref (catalogue->lacking);
  g_ptr_array_unref (catalogue->indicators);
  g_ptr_array_unref (catalogue->kinds);
  g_ptr_array_unref (catalogue->code_lists);
  hx_bundle_free (catalogue->bundle);
  g_free (catalogue->key);
  g_free (catalogue->name);
  g_free (catalogue->version);
  g_free (catalogue);
}

static void
list_free (gpointer data)
{
  HxCodeList *list = data;

  g_free (list->key);
  g_free (list->name);
  g_ptr_array_unref (list->codes);
  g_free (list);
}

static HxCatalogue *
catalogue_new (const HxBundle *bundle)
{
  HxCatalogue *catalogue = g_new0 (HxCatalogue, 1);
  g_autoptr (GPtrArray) paths = hx_bundle_paths (bundle);

  catalogue->references = 1;
  catalogue->bundle = hx_bundle_new ();
  for (guint i = 0; i < paths->len; i++)
    hx_bundle_add (catalogue->bundle, paths->pdata[i],
                   hx_bundle_get (bundle, paths->pdata[i]));
  catalogue->code_lists = g_ptr_array_new_with_free_func (list_free);
  catalogue->kinds = g_ptr_array_new_with_free_func (hx_kind_free);
  catalogue->indicators = g_ptr_array_new_with_free_func (hx_indicator_free);
  catalogue->duties = g_ptr_array_new_with_free_func (hx_duty_free);
  catalogue->statistics = g_ptr_array_new_with_free_func (hx_statistic_free);
  catalogue->scorecards = g_ptr_array_new_with_free_func (hx_scorecard_free);
  catalogue->duplicates
      = g_ptr_array_new_with_free_func (hx_duplicate_rules_free);
  catalogue->caps = g_ptr_array_new_with_free_func (hx_cap_free);
  catalogue->qualities = g_ptr_array_new_with_free_func (hx_quality_free);
  catalogue->batch_plans = g_ptr_array_new_with_free_func (hx_batch_plan_free);
  catalogue->monitor = hx_monitor_view_new ();
  catalogue->mappings = g_ptr_array_new_with_free_func (hx_mapping_destroy);
  catalogue->counted = g_ptr_array_new ();
  catalogue->lacking = g_ptr_array_new_with_free_func (hx_indicator_free);
  catalogue->indicator_by_key = g_hash_table_new (g_str_hash, g_str_equal);
  return catalogue;
}

const char *
hx_catalogue_name (const HxCatalogue *catalogue)
{
  return catalogue->name;
}

HxDigestKind
hx_catalogue_digest_kind (const HxCatalogue *catalogue)
{
  return catalogue->digest_kind;
}

const GPtrArray *
hx_catalogue_kinds (const HxCatalogue *catalogue)
{
  return catalogue->kinds;
}

const GPtrArray *
hx_catalogue_indicators (const HxCatalogue *catalogue)
{
  return catalogue->indicators;
}

const GPtrArray *
hx_catalogue_duties (const HxCatalogue *catalogue)
{
  return catalogue->duties;
}

const GPtrArray *
hx_catalogue_batch_plans (const HxCatalogue *catalogue)
{
  return catalogue->batch_plans;
}

const GPtrArray *
hx_catalogue_caps (const HxCatalogue *catalogue)
{
  return catalogue->caps;
}

const HxPersonView *
hx_catalogue_person (const HxCatalogue *catalogue)
{
  return catalogue->person;
}

const GPtrArray *
hx_catalogue_code_lists (const HxCatalogue *catalogue)
{
  return catalogue->code_lists;
}

const HxKind *
hx_catalogue_kind (const HxCatalogue *catalogue, const char *name)
{
  for (guint i = 0; i < catalogue->kinds->len; i++)
    if (strcmp (((HxKind *)catalogue->kinds->pdata[i])->key, name) == 0)
      return catalogue->kinds->pdata[i];
  for (guint i = 0; i < catalogue->kinds->len; i++)
    {
      const HxKind *kind = catalogue->kinds->pdata[i];

      if (g_strcmp0 (kind->name, name) == 0
          || g_strv_contains ((const char *const *)kind->aliases, name))
        return kind;
    }
  return NULL;
}

const HxIndicator *
hx_catalogue_indicator (const HxCatalogue *catalogue, const char *key)
{
  return g_hash_table_lookup (catalogue->indicator_by_key, key);
}

const HxDuty *
hx_catalogue_duty (const HxCatalogue *catalogue, const char *key)
{
  for (guint i = 0; i < catalogue->duties->len; i++)
    if (strcmp (((HxDuty *)catalogue->duties->pdata[i])->key, key) == 0)
      return catalogue->duties->pdata[i];
  return NULL;
}

const HxBatchPlan *
hx_catalogue_batch_plan (const HxCatalogue *catalogue, const char *name)
{
  for (guint i = 0; i < catalogue->batch_plans->len; i++)
    {
      const HxBatchPlan *plan = catalogue->batch_plans->pdata[i];

      if (strcmp (plan->key, name) == 0 || g_strcmp0 (plan->name, name) == 0)
        return plan;
    }
  return NULL;
}

const HxDuplicateRules *
hx_catalogue_duplicates (const HxCatalogue *catalogue, const HxKind *of)
{
  for (guint i = 0; i < catalogue->duplicates->len; i++)
    if (((HxDuplicateRules *)catalogue->duplicates->pdata[i])->of == of)
      return catalogue->duplicates->pdata[i];
  return NULL;
}

const char *
hx_catalogue_text (const HxCatalogue *catalogue, const char *path)
{
  return hx_bundle_get (catalogue->bundle, path);
}

/* ----------------------------------------------------------------- loading */

static HxNode *
read_root (HxLoader *loader, const char *path)
{
  const char *text = hx_bundle_get (loader->catalogue->bundle, path);
  HxNode *root = text == NULL ? NULL : hx_yaml_read (loader, path, text);

  if (root != NULL)
    g_ptr_array_add (loader->nodes, root);
  return root;
}

static void
load_head (HxLoader *loader)
{
  static const HxKey keys[] = {
    { "key", TRUE }, { "name", TRUE }, { "version", FALSE }, { "digest", FALSE }
  };
  HxNode place = { .file = "catalogue.yaml", .line = 1, .column = 1 };
  const HxNode *root = read_root (loader, "catalogue.yaml");
  HxCatalogue *catalogue = loader->catalogue;
  const char *digest;

  if (root == NULL && loader->faults->len == 0)
    hx_fault (loader, &place, g_strdup (_ ("没有这个文件或它是空的")),
              _ ("目录里要有 catalogue.yaml"));
  if (root == NULL || !hx_node_check (loader, root, keys, G_N_ELEMENTS (keys)))
    return;
  catalogue->key = g_strdup (hx_node_text (loader, root, "key"));
  catalogue->name = g_strdup (hx_node_text (loader, root, "name"));
  catalogue->version = g_strdup (hx_node_text (loader, root, "version"));
  digest = hx_node_text (loader, root, "digest");
  if (digest != NULL && !hx_digest_kind_parse (digest, &catalogue->digest_kind))
    hx_fault (loader, hx_node_get (root, "digest"),
              g_strdup_printf (_ ("不认识的摘要算法“%s”"), digest),
              _ ("写 sha256 或 sm3"));
}

static void
load_kinds (HxLoader *loader)
{
  static const char *const folders[]
      = { "registers", "records", "money", "plan" };
  g_autoptr (GPtrArray) paths = hx_bundle_paths (loader->catalogue->bundle);
  g_autoptr (GHashTable) roots = g_hash_table_new (NULL, NULL);
  GPtrArray *kinds = loader->catalogue->kinds;

  for (guint f = 0; f < G_N_ELEMENTS (folders); f++)
    for (guint i = 0; i < paths->len; i++)
      {
        g_autofree char *folder = g_path_get_dirname (paths->pdata[i]);
        HxNode *root = NULL;
        HxKind *kind = NULL;

        if (strcmp (folder, folders[f]) == 0
            && g_str_has_suffix (paths->pdata[i], ".yaml"))
          root = read_root (loader, paths->pdata[i]);
        if (root != NULL)
          kind = hx_kind_begin (loader, root, folder);
        if (kind != NULL)
          g_hash_table_insert (roots, kind, root);
      }
  for (guint i = 0; i < kinds->len; i++)
    hx_kind_finish (loader, kinds->pdata[i],
                    g_hash_table_lookup (roots, kinds->pdata[i]));
  for (guint i = 0; i < kinds->len; i++)
    hx_kind_search_load (loader, kinds->pdata[i],
                         g_hash_table_lookup (roots, kinds->pdata[i]));
  hx_kinds_settle_units (loader, roots);
}

/* In the order in which one needs the other. */
static const struct
{
  const char *path;
  void (*load) (HxLoader *loader, const HxNode *root);
} files[] = {
  { "indicators.yaml", hx_indicators_load },
  { "duties.yaml", hx_duties_load },
  { "duplicates.yaml", hx_duplicates_load },
  { "batches.yaml", hx_batch_plans_load },
  { "caps.yaml", hx_caps_load },
  { "quality.yaml", hx_qualities_load },
  { "statistics.yaml", hx_statistics_load },
  { "person.yaml", hx_person_view_load },
  { "budget.yaml", hx_budget_view_load },
  { "plan.yaml", hx_plan_view_load },
  { "monitor.yaml", hx_monitor_view_load },
  { "review.yaml", hx_review_rules_load },
  { "access.yaml", hx_access_rules_load },
};

/* Every file of a folder, in name order. */
static void
load_each (HxLoader *loader, const char *folder,
           void (*load) (HxLoader *loader, const HxNode *root))
{
  g_autoptr (GPtrArray) paths = hx_bundle_paths (loader->catalogue->bundle);

  for (guint i = 0; i < paths->len; i++)
    {
      const HxNode *root = NULL;

      if (g_str_has_prefix (paths->pdata[i], folder)
          && g_str_has_suffix (paths->pdata[i], ".yaml"))
        root = read_root (loader, paths->pdata[i]);
      if (root != NULL)
        load (loader, root);
    }
}

static void
load_all (HxLoader *loader)
{
  const HxNode *root;

  load_head (loader);
  root = read_root (loader, "codes.yaml");
  if (root != NULL)
    hx_codes_load (loader, root);
  load_kinds (loader);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      root = read_root (loader, files[i].path);
      if (root != NULL)
        files[i].load (loader, root);
    }
  /* When all that their rows can name is there. */
  load_each (loader, "scorecards/", hx_scorecard_load);
  load_each (loader, "mappings/", hx_mappings_load);
}

static void
free_node (gpointer node)
{
  hx_node_free (node);
}

HxCatalogue *
hx_catalogue_load (HxBundle *bundle, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = catalogue_new (bundle);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (free_node);
  g_autofree char *message = NULL;
  HxLoader loader = { catalogue, faults, FALSE, nodes };

  load_all (&loader);
  if (faults->len == 0)
    {
      hx_counted_make (catalogue);
      return g_steal_pointer (&catalogue);
    }
  if (loader.more)
    g_ptr_array_add (faults, g_strdup (_ ("还有别的错误，改好这些再看")));
  g_ptr_array_add (faults, NULL);
  message = g_strjoinv ("\n", (char **)faults->pdata);
  hx_fail (error, HX_ERROR_DATA, message, NULL, NULL);
  return NULL;
}

HxCatalogue *
hx_catalogue_load_folder (const char *folder, GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_read (folder, error);

  return bundle == NULL ? NULL : hx_catalogue_load (bundle, error);
}
