#include "cli/reveal.h"

void
hx_cli_reveal_clear (HxCliReveal *reveal)
{
  g_free (reveal->fields);
  g_free (reveal->reason);
  g_clear_pointer (&reveal->chosen, g_ptr_array_unref);
}

static gboolean
fail_unknown (const HxKind *kind, const char *name, GError **error)
{
  g_autoptr (GString) known = g_string_new (_ ("可以要求显示的："));
  guint count = 0;
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];
      if (hx_field_is_masked (kind, field, HX_AUDIENCE_OUTSIDE))
        g_string_append_printf (known, "%s%s（%s）", count++ > 0 ? "、" : "",
                                field->key, field->name);
    }
  return hx_fail (error, HX_ERROR_USAGE, _ ("没有这个遮住的字段"), name,
                  count > 0 ? known->str : _ ("这种台账没有遮住的字段"));
}

gboolean
hx_cli_reveal_choose (HxCliReveal *reveal, const HxKind *kind, GError **error)
{
  reveal->kind = kind;
  if (reveal->fields == NULL)
    return TRUE;
  if (reveal->reason == NULL || *g_strstrip (reveal->reason) == '\0')
    return hx_fail (error, HX_ERROR_USAGE, _ ("查看保密的内容要写明理由"),
                    "--reveal", _ ("例如 --reason 核对发放名单"));
  g_auto (GStrv) names = g_strsplit (reveal->fields, ",", -1);
  reveal->chosen = g_ptr_array_new ();
  for (guint i = 0; names[i] != NULL; i++)
    {
      const HxField *field
          = hx_kind_field_by_label (kind, g_strstrip (names[i]));
      if (field == NULL
          || !hx_field_is_masked (kind, field, HX_AUDIENCE_OUTSIDE))
        return fail_unknown (kind, names[i], error);
      g_ptr_array_add (reveal->chosen, (gpointer)(guintptr)field);
    }
  return TRUE;
}

static gboolean
write_reveal (HxLedger *ledger, gpointer data, GError **error)
{
  return hx_ledger_reveal (ledger, data, error);
}

gboolean
hx_cli_reveal_log (const HxCliReveal *reveal, HxStore *store,
                   HxCatalogue *catalogue, gint64 row, gint64 count,
                   GError **error)
{
  if (reveal->chosen == NULL)
    return TRUE;
  HxReveal entry = { reveal->kind, row, count, reveal->chosen, reveal->reason };
  const HxAuthor author = hx_cli_author ("reveal");
  return hx_measure_write (store, catalogue, &author, write_reveal, &entry,
                           error);
}

HxAudience
hx_cli_audience (const HxCliReveal *reveal, const HxField *field)
{
  if (reveal->chosen == NULL || !g_ptr_array_find (reveal->chosen, field, NULL))
    return HX_AUDIENCE_INSIDE;
  return HX_AUDIENCE_TRUSTED;
}
