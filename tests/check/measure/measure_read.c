#include "measure.h"

#include <jansson.h>

static HxDecimal
decimal_read (const json_t *value)
{
  g_autofree char *text = g_strdup_printf ("%.6f", json_number_value (value));
  HxDecimal decimal = { 0, 0 };

  hx_decimal_parse (text, 6, &decimal, NULL);
  return decimal;
}

static HxClaimFigure *
figure_read (const json_t *object)
{
  HxClaimFigure *figure = g_new0 (HxClaimFigure, 1);
  json_int_t offset = json_integer_value (json_object_get (object, "offset"));

  figure->text
      = g_strdup (json_string_value (json_object_get (object, "text")));
  figure->unit
      = g_strdup (json_string_value (json_object_get (object, "unit")));
  figure->value = decimal_read (json_object_get (object, "value"));
  figure->offset = offset < 0 ? HX_CLAIM_IMPLIED : (gsize)offset;
  figure->length
      = figure->text == NULL ? 0 : (gsize)g_utf8_strlen (figure->text, -1);
  return figure;
}

/* The place of `word` among `count` keys, 0 when it is none of them. */
static guint
key_find (const char *word, guint count, const char *(*key) (guint))
{
  for (guint i = 0; i < count; i++)
    if (g_strcmp0 (word, key (i)) == 0)
      return i;
  return 0;
}

static const char *
kind_key (guint i)
{
  return hx_claim_kind_key ((HxClaimKind)i);
}

static const char *
verdict_key (guint i)
{
  return hx_verdict_key ((HxVerdict)i);
}

static const char *
severity_key (guint i)
{
  return hx_severity_key ((HxSeverity)i);
}

static HxClaim *
claim_read (const json_t *object)
{
  HxClaim *claim = g_new0 (HxClaim, 1);
  const json_t *computed = json_object_get (object, "computed");
  const json_t *operand = NULL;
  gsize i = 0;
#define WORD(name) json_string_value (json_object_get (object, name))

  claim->kind = (HxClaimKind)key_find (WORD ("kind"), HX_CLAIM_KINDS, kind_key);
  claim->verdict
      = (HxVerdict)key_find (WORD ("verdict"), HX_VERDICTS, verdict_key);
  claim->severity
      = (HxSeverity)key_find (WORD ("severity"), HX_SEVERITIES, severity_key);
  claim->formula = g_intern_string (WORD ("formula"));
  claim->message = g_strdup (WORD ("note"));
  claim->has_computed = json_is_number (computed);
  if (claim->has_computed)
    claim->computed = decimal_read (computed);
  claim->stated = figure_read (json_object_get (object, "stated"));
  claim->operands
      = g_ptr_array_new_with_free_func ((GDestroyNotify)figure_free);
  json_array_foreach (json_object_get (object, "operands"), i, operand)
  {
    g_ptr_array_add (claim->operands, figure_read (operand));
  }
#undef WORD
  return claim;
}

/* Either the claims alone or an object that has them. */
static gboolean
annotations_read (Report *report, const char *path, GError **error)
{
  json_error_t problem;
  json_t *root = json_load_file (path, 0, &problem);
  const json_t *claims
      = json_is_array (root) ? root : json_object_get (root, "claims");
  const json_t *claim = NULL;
  gsize i = 0;

  if (root == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s:%d: %s", path,
                   problem.line, problem.text);
      return FALSE;
    }
  json_array_foreach (claims, i, claim)
  {
    g_ptr_array_add (report->annotated, claim_read (claim));
  }
  json_decref (root);
  return TRUE;
}

Report *
report_read (const char *path, GError **error)
{
  g_autoptr (Report) report = g_new0 (Report, 1);
  g_autofree char *annotations = NULL;
  gint64 start = 0;

  report->name = g_path_get_basename (path);
  if (g_str_has_suffix (report->name, ".txt"))
    report->name[strlen (report->name) - 4] = '\0';
  report->annotated
      = g_ptr_array_new_with_free_func ((GDestroyNotify)claim_free);
  annotations
      = g_strdup_printf ("%.*s.claims.json", (int)strlen (path) - 4, path);
  report->has_claims = g_file_test (annotations, G_FILE_TEST_EXISTS);
  if (report->has_claims && !annotations_read (report, annotations, error))
    return NULL;
  report->source = hx_source_read (path, error);
  if (report->source == NULL)
    return NULL;
  start = g_get_monotonic_time ();
  report->result = hx_check_source (report->source);
  report->microseconds = g_get_monotonic_time () - start;
  return g_steal_pointer (&report);
}

void
report_free (Report *report)
{
  if (report == NULL)
    return;
  g_free (report->name);
  g_ptr_array_unref (report->annotated);
  g_clear_pointer (&report->source, hx_source_free);
  hx_check_result_free (report->result);
  g_free (report);
}
