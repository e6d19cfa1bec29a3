#include "report/wording_file.h"

#include <libfyaml.h>

#define WORDING_PATH "report/wording.yaml"

/* What is collected of one year. */
typedef struct
{
  GHashTable *wordings;
  int year;
} Approved;

static char *
entry_text (struct fy_node *entry, const char *key)
{
  size_t length = 0;
  struct fy_node *node = fy_node_mapping_lookup_by_string (entry, key, -1);
  const char *text = node != NULL ? fy_node_get_scalar (node, &length) : NULL;
  return text != NULL ? g_strndup (text, length) : NULL;
}

static gboolean
take_entry (struct fy_node *entry, guint number, const Approved *approved,
            GError **error)
{
  g_autofree char *key = entry_text (entry, "key");
  g_autofree char *wording = entry_text (entry, "wording");
  g_autofree char *year = entry_text (entry, "year");
  gint64 of = approved->year;
  if (key != NULL && wording != NULL
      && (year == NULL
          || g_ascii_string_to_signed (year, 10, 1, 9999, &of, NULL)))
    {
      if (of != approved->year)
        return TRUE;
      g_hash_table_insert (approved->wordings, g_steal_pointer (&key),
                           g_steal_pointer (&wording));
      return TRUE;
    }
  g_autofree char *where
      = g_strdup_printf (_ ("%s 第 %u 项"), WORDING_PATH, number);
  return hx_fail (error, HX_ERROR_DATA, _ ("认可的写法不完整"), where,
                  _ ("每项写成 {key: 指标键, wording: 写法, year: 年度}"));
}

static gboolean
take_entries (struct fy_document *document, const Approved *approved,
              GError **error)
{
  struct fy_node *list = fy_document_root (document);
  if (list == NULL)
    return TRUE;
  if (!fy_node_is_sequence (list))
    return hx_fail (error, HX_ERROR_DATA, _ ("应当是一个列表"), WORDING_PATH,
                    NULL);
  void *at = NULL;
  guint number = 0;
  struct fy_node *entry;
  while ((entry = fy_node_sequence_iterate (list, &at)) != NULL)
    if (!take_entry (entry, ++number, approved, error))
      return FALSE;
  return TRUE;
}

GHashTable *
hx_wording_file_read (HxCatalogue *catalogue, int year, GError **error)
{
  g_autoptr (GHashTable) approved
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *text = hx_catalogue_text (catalogue, WORDING_PATH);
  if (text == NULL)
    return g_steal_pointer (&approved);
  const struct fy_parse_cfg quiet = { .flags = FYPCF_QUIET };
  struct fy_document *document
      = fy_document_build_from_string (&quiet, text, FY_NT);
  if (document == NULL)
    {
      hx_fail (error, HX_ERROR_DATA, _ ("YAML 写法有误"), WORDING_PATH, NULL);
      return NULL;
    }
  const Approved entries = { approved, year };
  const gboolean read = take_entries (document, &entries, error);
  fy_document_destroy (document);
  return read ? g_steal_pointer (&approved) : NULL;
}
