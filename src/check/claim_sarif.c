/* SARIF 2.1.0 (OASIS, 27 March 2020): the properties that its schema requires,
 * and those by which viewers find the place.
 *
 * A rule is a kind of claim or a code of a warning, in that order, so that a
 * result's rule index is its number.  Results are separate fragments, joined by
 * commas, so that many files need not be in memory at once. */
#include "check/claim_output_internal.h"

#include <string.h>

#define SCHEMA                                                                 \
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"        \
  "sarif-schema-2.1.0.json"

typedef struct
{
  HxSarif *sarif;
  GString *out;
  const HxChecked *checked;
  const HxPlaces *places;
  char *uri;
} Writer;

/* What a finding is, whichever of the two it comes from. */
typedef struct
{
  const char *rule;
  guint rule_index;
  const char *level, *message;
  gsize offset, length;
  const HxClaim *claim; /* NULL: a warning */
} Finding;

/* A relative address, or one of the scheme file.  Names may be any bytes. */
static char *
uri_of (const char *path)
{
  g_autofree char *escaped
      = g_uri_escape_bytes ((const guint8 *)path, strlen (path), "/");

  return g_path_is_absolute (path) ? g_strconcat ("file://", escaped, NULL)
                                   : g_steal_pointer (&escaped);
}

static void
text_json (HxJson *json, const char *key, const char *text)
{
  hx_json_key (json, key);
  hx_json_object_begin (json);
  hx_json_member (json, "text", text);
  hx_json_object_end (json);
}

static void
location_json (HxJson *json, const Writer *writer, gsize offset, gsize length)
{
  const HxPlace start = hx_places_find (writer->places, offset);
  const HxPlace end = hx_places_find (writer->places, offset + length);
  const char *text = writer->places->text;
  g_autofree char *words = g_strndup (text + start.byte, end.byte - start.byte);

  hx_json_key (json, "physicalLocation");
  hx_json_object_begin (json);
  hx_json_key (json, "artifactLocation");
  hx_json_object_begin (json);
  hx_json_member (json, "uri", writer->uri);
  hx_json_object_end (json);
  hx_json_key (json, "region");
  hx_json_object_begin (json);
  hx_json_member_integer (json, "startLine", start.line);
  hx_json_member_integer (json, "startColumn", start.column);
  hx_json_member_integer (json, "endLine", end.line);
  hx_json_member_integer (json, "endColumn", end.column);
  hx_json_member_integer (json, "charOffset", (gint64)offset);
  hx_json_member_integer (json, "charLength", (gint64)length);
  text_json (json, "snippet", words);
  hx_json_object_end (json);
  hx_json_object_end (json);
}

/* The figures that were used. */
static void
related_json (HxJson *json, const Writer *writer, const HxClaim *claim)
{
  hx_json_key (json, "relatedLocations");
  hx_json_array_begin (json);
  for (guint i = 0; i < claim->operands->len; i++)
    {
      const HxClaimFigure *operand = claim->operands->pdata[i];
      g_autofree char *words = hx_one_line (operand->text);

      if (operand->offset == HX_CLAIM_IMPLIED)
        continue;
      hx_json_object_begin (json);
      hx_json_member_integer (json, "id", (gint64)i + 1);
      location_json (json, writer, operand->offset, operand->length);
      text_json (json, "message", words);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
properties_json (HxJson *json, const HxClaim *claim)
{
  hx_json_key (json, "properties");
  hx_json_object_begin (json);
  hx_json_member (json, "verdict", hx_verdict_key (claim->verdict));
  hx_json_member (json, "severity", hx_severity_key (claim->severity));
  hx_json_member (json, "formula", claim->formula);
  hx_json_object_end (json);
}

static void
finding_json (Writer *writer, const Finding *finding)
{
  HxJson json;

  g_string_append (writer->out, writer->sarif->has_results ? ",\n" : "");
  writer->sarif->has_results = TRUE;
  hx_json_init (&json, writer->out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "ruleId", finding->rule);
  hx_json_member_integer (&json, "ruleIndex", finding->rule_index);
  hx_json_member (&json, "level", finding->level);
  text_json (&json, "message", finding->message);
  hx_json_key (&json, "locations");
  hx_json_array_begin (&json);
  hx_json_object_begin (&json);
  location_json (&json, writer, finding->offset, finding->length);
  hx_json_object_end (&json);
  hx_json_array_end (&json);
  if (finding->claim != NULL)
    {
      related_json (&json, writer, finding->claim);
      properties_json (&json, finding->claim);
    }
  hx_json_object_end (&json);
}

static void
add_claim (Writer *writer, const HxClaim *claim)
{
  const HxClaimFigure *shown = hx_claim_shown (claim);
  const gboolean is_error = claim->verdict == HX_VERDICT_ERROR;
  const Finding finding = {
    .rule = hx_claim_kind_key (claim->kind),
    .rule_index = claim->kind,
    .level = !is_error                                   ? "note"
             : claim->severity == HX_SEVERITY_LAST_DIGIT ? "warning"
                                                         : "error",
    .message = hx_claim_message (claim),
    .offset = shown == NULL ? 0 : shown->offset,
    .length = shown == NULL ? 0 : shown->length,
    .claim = claim,
  };

  if (is_error || claim->verdict == HX_VERDICT_UNKNOWN)
    finding_json (writer, &finding);
}

static void
add_warning (Writer *writer, const HxCheckWarning *warning)
{
  const Finding finding = {
    .rule = hx_check_warning_key (warning->code),
    .rule_index = HX_CLAIM_KINDS + warning->code,
    .level = "warning",
    .message = warning->message,
    .offset = warning->offset,
    .length = warning->length,
  };

  finding_json (writer, &finding);
}

static void
notify (HxSarif *sarif, const HxChecked *checked, const char *uri)
{
  HxJson json;

  if (sarif->notifications->len > 0)
    g_string_append (sarif->notifications, ",\n");
  hx_json_init (&json, sarif->notifications, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "level", "error");
  text_json (&json, "message", checked->fault);
  hx_json_key (&json, "locations");
  hx_json_array_begin (&json);
  hx_json_object_begin (&json);
  hx_json_key (&json, "physicalLocation");
  hx_json_object_begin (&json);
  hx_json_key (&json, "artifactLocation");
  hx_json_object_begin (&json);
  hx_json_member (&json, "uri", uri);
  for (guint i = 0; i < 3; i++)
    hx_json_object_end (&json);
  hx_json_array_end (&json);
  hx_json_object_end (&json);
}

/* ----------------------------------------------------------------------- log
 */

void
hx_sarif_init (HxSarif *sarif)
{
  sarif->notifications = g_string_new (NULL);
  sarif->has_results = FALSE;
}

void
hx_sarif_clear (HxSarif *sarif)
{
  if (sarif->notifications != NULL)
    g_string_free (g_steal_pointer (&sarif->notifications), TRUE);
}

static void
rule_json (HxJson *json, const char *id, const char *name, const char *level)
{
  hx_json_object_begin (json);
  hx_json_member (json, "id", id);
  text_json (json, "shortDescription", name);
  hx_json_key (json, "defaultConfiguration");
  hx_json_object_begin (json);
  hx_json_member (json, "level", level);
  hx_json_object_end (json);
  hx_json_object_end (json);
}

static void
driver_json (HxJson *json)
{
  hx_json_key (json, "tool");
  hx_json_object_begin (json);
  hx_json_key (json, "driver");
  hx_json_object_begin (json);
  hx_json_member (json, "name", "hongxia");
  hx_json_member (json, "version", HX_VERSION);
  hx_json_key (json, "rules");
  hx_json_array_begin (json);
  for (HxClaimKind kind = 0; kind < HX_CLAIM_KINDS; kind++)
    rule_json (json, hx_claim_kind_key (kind), hx_claim_kind_name (kind),
               "error");
  for (HxCheckWarningCode code = 0; code < HX_WARNINGS; code++)
    rule_json (json, hx_check_warning_key (code), hx_check_warning_name (code),
               "warning");
  hx_json_array_end (json);
  hx_json_object_end (json);
  hx_json_object_end (json);
}

void
hx_sarif_head (HxSarif *sarif, GString *out)
{
  HxJson json;

  (void)sarif;
  g_string_append (out, "{\"$schema\":\"" SCHEMA "\",\n\"version\":\"2.1.0\",\n"
                        "\"runs\":[");
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  driver_json (&json);
  hx_json_member (&json, "columnKind", "unicodeCodePoints");
  g_string_append (out, ",\n\"results\":[\n");
}

void
hx_sarif_file (HxSarif *sarif, const HxChecked *checked, GString *out)
{
  g_autofree char *uri = uri_of (checked->path);
  g_autoptr (HxPlaces) places = NULL;

  if (checked->result == NULL)
    {
      notify (sarif, checked, uri);
      return;
    }
  places = hx_places_new (checked->source);
  Writer writer = { sarif, out, checked, places, uri };
  for (guint i = 0; i < checked->result->claims->len; i++)
    add_claim (&writer, checked->result->claims->pdata[i]);
  for (guint i = 0; i < checked->result->warnings->len; i++)
    add_warning (&writer, checked->result->warnings->pdata[i]);
}

void
hx_sarif_tail (HxSarif *sarif, GString *out)
{
  const gboolean is_whole = sarif->notifications->len == 0;

  g_string_append_printf (out,
                          "\n],\n\"invocations\":[{\"executionSuccessful\":%s,"
                          "\"toolExecutionNotifications\":[%s]}]}]}\n",
                          is_whole ? "true" : "false",
                          sarif->notifications->str);
}
