/* The unit of money that stands over a column.
 *
 * Workbooks say it in the heading, “金额（万元）”, or once for the whole sheet
 * above the header, “单位：万元”.  Read as 元, such a figure is wrong by four
 * places; so the unit is taken along, and one that is not known stops the
 * import. */

#include "exchange/import_internal.h"

#include <string.h>

static const char *const known_units[] = { "元", "万元", "亿元" };

/* `text` up to `end`: a unit of money by its look, known or not. */
static HxImportUnit
unit_of (const char *text, const char *end)
{
  g_autofree char *word = g_strndup (text, (gsize)(end - text));
  g_strstrip (word);
  for (gsize i = 0; i < G_N_ELEMENTS (known_units); i++)
    if (strcmp (word, known_units[i]) == 0)
      return (HxImportUnit){ known_units[i], TRUE };
  return (HxImportUnit){ NULL, g_str_has_suffix (word, "元") };
}

static const char *
after_colon (const char *text)
{
  while (*text == ' ' || *text == ':')
    text++;
  return text;
}

/* Brackets are half-width here; what stands in the last pair. */
static HxImportUnit
unit_in_brackets (const char *normal)
{
  const char *open = strrchr (normal, '(');
  const char *close = open != NULL ? strchr (open, ')') : NULL;
  if (close == NULL)
    return (HxImportUnit){ NULL, FALSE };
  const char *word = open + 1;
  if (g_str_has_prefix (word, "单位"))
    word = after_colon (word + strlen ("单位"));
  return unit_of (word, close);
}

HxImportUnit
hx_import_unit_of_label (const char *label)
{
  g_autofree char *normal = hx_text_normalise (label);
  return unit_in_brackets (normal);
}

static HxImportUnit
unit_of_title (const char *text)
{
  g_autofree char *normal = hx_text_normalise (text);
  const char *said = strstr (normal, "单位");
  if (said == NULL)
    return (HxImportUnit){ NULL, FALSE };
  const char *word = after_colon (said + strlen ("单位"));
  return unit_of (word, word + strcspn (word, ") "));
}

HxImportUnit
hx_import_unit_of_titles (const HxTableRow *row)
{
  HxImportUnit unit = { NULL, FALSE };
  for (guint i = 0; i < row->n_cells && !unit.is_money; i++)
    unit = unit_of_title (row->cells[i].text);
  return unit;
}

gboolean
hx_import_unit_is_said (const char *text)
{
  return strstr (text, "元") != NULL || strstr (text, "万") != NULL
         || strstr (text, "亿") != NULL;
}
