/* Installing compares the catalogue that the database carries with the new
 * one.  Every reason to refuse is gathered before anything is done. */
#include "catalogue/install.h"

typedef struct
{
  HxConnection *connection;
  HxCatalogue *old, *new;
  GPtrArray *reasons;
  HxInstallSummary *summary;
} Install;

static void
refuse (Install *install, const HxKind *kind, const HxField *field,
        const char *reason, gint64 rows)
{
  g_ptr_array_add (install->reasons,
                   g_strdup_printf ("%s%s%s: %s（%" G_GINT64_FORMAT " 行）",
                                    kind->name, field == NULL ? "" : "·",
                                    field == NULL ? "" : field->name, reason,
                                    rows));
}

static gboolean
ask (Install *install, const HxKind *kind, const HxField *field,
     const char *where, const char *reason, GError **error)
{
  gint64 rows = 0;

  if (!hx_rows_where (install->connection, kind->table, where, &rows, error))
    return FALSE;
  if (rows > 0)
    refuse (install, kind, field, reason, rows);
  return TRUE;
}

static gboolean
has_code (const HxCodeList *list, const char *code)
{
  for (guint i = 0; i < list->codes->len; i++)
    if (strcmp (((HxCode *)list->codes->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
same_secrecy (const HxField *old, const HxField *new)
{
  return old->secret
         == new->secret &&g_strcmp0 (old->digest_domain, new->digest_domain)
         == 0;
}

static gboolean
check_codes (Install *install, const HxKind *kind, const HxField *old,
             const HxField *new, GError **error)
{
  for (guint i = 0; i < old->codes->codes->len; i++)
    {
      const HxCode *code = old->codes->codes->pdata[i];
      g_auto (GStrv) parts = g_strsplit (code->code, "'", -1);
      g_autofree char *quoted = g_strjoinv ("''", parts);
      g_autofree char *where
          = g_strdup_printf ("\"%s\" = '%s'", hx_field_column (old), quoted);

      if (!has_code (new->codes, code->code)
          && !ask (install, kind, old, where, _ ("删去的代码还在用"), error))
        return FALSE;
    }
  return TRUE;
}

/* What is sealed has to be opened row by row. */
static gboolean
check_sealed_codes (Install *install, const HxKind *kind, const HxField *old,
                    const HxField *new, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT id, \"%s\" FROM %s WHERE \"%s\" IS NOT NULL",
                         old->key, kind->table, old->key);
  g_autoptr (HxStatement) statement
      = hx_statement_new (install->connection, sql, error);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 rows = 0;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxPlace place = { kind->key, old->key, hx_column_integer (statement, 0) };

      if (!hx_connection_unseal (install->connection, &place,
                                 hx_column_text (statement, 1), text, error))
        return FALSE;
      rows += !has_code (new->codes, text->str);
    }
  if (rows > 0)
    refuse (install, kind, old, _ ("删去的代码还在用"), rows);
  return step == HX_STEP_DONE;
}

static gboolean
check_marks (Install *install, const HxKind *kind, const HxField *old,
             const HxField *new, GError **error)
{
  const char *column
      = new->digest_column != NULL ? new->digest_column : hx_field_column (new);
  g_autofree char *missing
      = g_strdup_printf ("void = 0 AND \"%s\" IS NULL", hx_field_column (new));
  g_autofree char *repeated = g_strdup_printf (
      "void = 0 AND \"%s\" IN (SELECT \"%s\" FROM %s WHERE void = 0"
      " GROUP BY \"%s\" HAVING COUNT (*) > 1)",
      column, column, kind->table, column);

  if (new->required && !old->required
      && !ask (install, kind, new, missing, _ ("改为必填，但有的行没有值"),
               error))
    return FALSE;
  return !new->unique || old->unique
         || ask (install, kind, new, repeated, _ ("改为唯一，但有的行重复"),
                 error);
}

static gboolean
check_field (Install *install, const HxKind *kind, const HxField *old,
             const HxField *new, GError **error)
{
  g_autofree char *used
      = g_strdup_printf ("\"%s\" IS NOT NULL", hx_field_column (old));

  if (new == NULL)
    return ask (install, kind, old, used, _ ("删去的字段还有值"), error);
  if (new->type != old->type || new->decimals != old->decimals
      || g_strcmp0 (new->target ? new->target->key : NULL,
                    old->target ? old->target->key : NULL)
             != 0)
    return ask (install, kind, old, used, _ ("改了类型，但已有值"), error);
  if (!same_secrecy (old, new))
    return ask (install, kind, old, used,
                _ ("改了是否保密，或保密的字段改了唯一、称呼、识别，但已有值"),
                error);
  if (old->codes != NULL && old->secret)
    return check_sealed_codes (install, kind, old, new, error)
           && check_marks (install, kind, old, new, error);
  if (old->codes != NULL && !check_codes (install, kind, old, new, error))
    return FALSE;
  return check_marks (install, kind, old, new, error);
}

/* A field that is new to a kind with rows has no value in any of them. */
static gboolean
check_new_fields (Install *install, const HxKind *old, const HxKind *new,
                  GError **error)
{
  for (guint i = 0; i < new->fields->len; i++)
    {
      const HxField *field = new->fields->pdata[i];

      if (hx_kind_field (old, field->key) == NULL && field->required
          && field->default_text == NULL
          && !ask (install, old, field, "void = 0",
                   _ ("新的必填字段没有默认值，而已有记录"), error))
        return FALSE;
    }
  return TRUE;
}

static const HxKind *
by_key (HxCatalogue *catalogue, const char *key)
{
  const HxKind *kind = hx_catalogue_kind (catalogue, key);

  return kind != NULL && strcmp (kind->key, key) == 0 ? kind : NULL;
}

static gboolean
check_kind (Install *install, const HxKind *old, GError **error)
{
  const HxKind *new = by_key (install->new, old->key);

  if (new == NULL || new->is_register != old->is_register)
    return ask (install, old, NULL, "1 = 1", _ ("删去的种类还有记录"), error);
  for (guint i = 0; i < old->fields->len; i++)
    {
      const HxField *field = old->fields->pdata[i];

      if (!check_field (install, old, field, hx_kind_field (new, field->key),
                        error))
        return FALSE;
    }
  return check_new_fields (install, old, new, error);
}

/* The entries there are hang together by the digest there was. */
static gboolean
check_digest (Install *install, GError **error)
{
  if (install->old->digest_kind == install->new->digest_kind)
    return TRUE;
  for (guint i = 0; i < install->old->kinds->len; i++)
    if (!ask (install, install->old->kinds->pdata[i], NULL, "1 = 1",
              _ ("有了记录就不能换 digest"), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_all (Install *install, GError **error)
{
  g_autofree char *message = NULL;

  if (install->old != NULL && !check_digest (install, error))
    return FALSE;
  for (guint i = 0; install->old != NULL && i < install->old->kinds->len; i++)
    if (!check_kind (install, install->old->kinds->pdata[i], error))
      return FALSE;
  if (install->reasons->len == 0)
    return TRUE;
  g_ptr_array_add (install->reasons, NULL);
  message = g_strjoinv ("\n", (char **)install->reasons->pdata);
  return hx_fail (error, HX_ERROR_CONFLICT, message, NULL,
                  _ ("新目录会丢失数据，没有安装；先处理这些行或改回目录"));
}

/* ----------------------------------------------------------------- changing */

static char *
definition (const HxKind *kind)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "key", kind->key);
  hx_json_member (&json, "name", kind->name);
  hx_json_key (&json, "fields");
  hx_json_array_begin (&json);
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      hx_json_object_begin (&json);
      hx_json_member (&json, "key", field->key);
      hx_json_member (&json, "name", field->name);
      hx_json_member (&json, "type", hx_field_type_name (field->type));
      hx_json_member_integer (&json, "decimals", field->decimals);
      hx_json_member (&json, "codes", field->codes ? field->codes->key : NULL);
      hx_json_member (&json, "to", field->target ? field->target->key : NULL);
      hx_json_member_integer (&json, "required", field->required);
      hx_json_member_integer (&json, "unique", field->unique);
      hx_json_member_integer (&json, "secret", field->secret);
      hx_json_object_end (&json);
    }
  hx_json_array_end (&json);
  hx_json_object_end (&json);
  return g_strdup (out->str);
}

static gboolean
set_version (Install *install, HxKind *kind, GError **error)
{
  g_autofree char *now = definition (kind);
  g_autofree char *before = NULL;
  gint64 version;

  if (!hx_version_get (install->connection, kind->key, &version, &before,
                       error))
    return FALSE;
  kind->version = (guint)version;
  if (g_strcmp0 (now, before) == 0)
    return TRUE;
  kind->version++;
  install->summary->kinds_changed += version > 0;
  return hx_version_put (install->connection, kind->key, kind->version, now,
                         error);
}

static gboolean
drop (Install *install, const HxKind *kind, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DROP TABLE %s", kind->table);

  return hx_execute (install->connection, sql, error);
}

static gboolean
same_shape (const HxField *old, const HxField *new)
{
  return new != NULL &&hx_field_type_is_integer (old->type)
             == hx_field_type_is_integer (new->type)
         && (old->type == HX_FIELD_ATTENDEES)
                == (new->type == HX_FIELD_ATTENDEES)
         && same_secrecy (old, new);
}

static gboolean
change_kind (Install *install, const HxKind *old, const HxKind *new,
             GError **error)
{
  for (guint i = 0; i < old->fields->len; i++)
    {
      const HxField *field = old->fields->pdata[i];

      if (!same_shape (field, hx_kind_field (new, field->key))
          && !hx_kind_drop_columns (install->connection, old, field, error))
        return FALSE;
    }
  for (guint i = 0; i < new->fields->len; i++)
    {
      const HxField *field = new->fields->pdata[i];
      const HxField *before = hx_kind_field (old, field->key);

      install->summary->fields_new += before == NULL;
      if ((before == NULL || !same_shape (before, field))
          && !hx_kind_add_columns (install->connection, new, field, error))
        return FALSE;
    }
  return TRUE;
}

/* What a new required field holds in the rows that were there before it. */
static gboolean
fill_new_fields (Install *install, const HxKind *old, const HxKind *new,
                 GError **error)
{
  for (guint i = 0; i < new->fields->len; i++)
    {
      const HxField *field = new->fields->pdata[i];

      if (hx_kind_field (old, field->key) == NULL && field->required
          && field->default_text != NULL
          && !hx_fill_rows (install->connection, new, field, error))
        return FALSE;
    }
  return TRUE;
}

/* A known bad number makes an identity of its own. */
static gboolean
same_identity_field (const HxField *old, const HxField *new)
{
  return strcmp (old->key, new->key) == 0
         && g_strcmp0 (old->known_bad_key, new->known_bad_key) == 0;
}

static gboolean
same_identity (const HxKind *old, const HxKind *new)
{
  if (old->identity->len != new->identity->len)
    return FALSE;
  for (guint i = 0; i < old->identity->len; i++)
    if (!same_identity_field (old->identity->pdata[i], new->identity->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
apply_kind (Install *install, HxKind *kind, GError **error)
{
  const HxKind *old
      = install->old == NULL ? NULL : by_key (install->old, kind->key);

  if (old != NULL && old->is_register != kind->is_register)
    old = NULL;
  if (old == NULL)
    {
      install->summary->kinds_new++;
      return hx_kind_create (install->connection, kind, error)
             && hx_kind_index (install->connection, kind, error)
             && set_version (install, kind, error);
    }
  return change_kind (install, old, kind, error)
         && hx_kind_index (install->connection, kind, error)
         && set_version (install, kind, error)
         && fill_new_fields (install, old, kind, error)
         && (same_identity (old, kind)
             || hx_ident_forget (install->connection, kind, error));
}

static gboolean
apply_all (Install *install, GError **error)
{
  GPtrArray *kinds = install->new->kinds;

  for (guint i = 0; install->old != NULL && i < install->old->kinds->len; i++)
    {
      const HxKind *old = install->old->kinds->pdata[i];
      const HxKind *new = by_key (install->new, old->key);

      if ((new == NULL || new->is_register != old->is_register)
          && !drop (install, old, error))
        return FALSE;
    }
  for (guint i = 0; i < kinds->len; i++)
    if (!apply_kind (install, kinds->pdata[i], error))
      return FALSE;
  if (!hx_kinds_expect_many (install->connection, kinds, error))
    return FALSE;
  for (guint i = 0; i < install->new->indicators->len; i++)
    {
      const HxIndicator *new = install->new->indicators->pdata[i];
      const HxIndicator *old
          = install->old == NULL
                ? NULL
                : hx_catalogue_indicator (install->old, new->key);

      install->summary->indicators_changed
          += old == NULL || strcmp (old->digest, new->digest) != 0;
    }
  return hx_bundle_store (install->connection, install->new->bundle, error);
}

gboolean
hx_catalogue_install (HxConnection *connection, HxCatalogue *catalogue,
                      HxInstallSummary *summary, GError **error)
{
  HxInstallSummary unused;
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HxCatalogue) old = NULL;
  g_autoptr (GError) none = NULL;
  Install install = { connection, NULL, catalogue, reasons,
                      summary == NULL ? &unused : summary };

  memset (install.summary, 0, sizeof *install.summary);
  if (!hx_catalogue_migrate (connection, error))
    return FALSE;
  old = hx_catalogue_installed (connection, &none);
  if (old == NULL && !g_error_matches (none, HX_ERROR, HX_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
  install.old = old;
  return check_all (&install, error) && apply_all (&install, error);
}

HxCatalogue *
hx_catalogue_installed (HxConnection *connection, GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_fetch (connection, error);
  g_autoptr (HxCatalogue) catalogue = NULL;

  if (bundle == NULL)
    return NULL;
  if (hx_bundle_get (bundle, "catalogue.yaml") == NULL)
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("数据库里还没有目录"), NULL,
               _ ("先运行 hongxia init"));
      return NULL;
    }
  catalogue = hx_catalogue_load (bundle, error);
  for (guint i = 0; catalogue != NULL && i < catalogue->kinds->len; i++)
    {
      HxKind *kind = catalogue->kinds->pdata[i];
      g_autofree char *definition_ = NULL;
      gint64 version = 0;

      if (!hx_version_get (connection, kind->key, &version, &definition_,
                           error))
        return NULL;
      kind->version = (guint)version;
    }
  return g_steal_pointer (&catalogue);
}
