#include "table_fixture.h"

#include <string.h>

typedef struct
{
  GString *text;
  gsize characters;
  GArray *cells;
  guint tables, row;
  gboolean in_table;
} Drawing;

static void
put (Drawing *drawing, const char *words)
{
  g_string_append (drawing->text, words);
  drawing->characters += (gsize)g_utf8_strlen (words, -1);
}

static HxSourceCell *
cell_at (Drawing *drawing, guint row, guint column)
{
  for (guint i = drawing->cells->len; i-- > 0;)
    {
      HxSourceCell *cell = &g_array_index (drawing->cells, HxSourceCell, i);

      if (cell->table + 1 == drawing->tables && row >= cell->row
          && row < cell->row + cell->rows && column >= cell->column
          && column < cell->column + cell->columns)
        return cell;
    }
  return NULL;
}

static void
draw_cell (Drawing *drawing, guint column, const char *words)
{
  HxSourceCell cell = { .table = drawing->tables - 1,
                        .row = drawing->row,
                        .column = column,
                        .rows = 1,
                        .columns = 1 };
  HxSourceCell *old = NULL;

  if (strcmp (words, "<") == 0)
    {
      old = cell_at (drawing, drawing->row, column - 1);
      assert_non_null (old);
      old->columns = column + 1 - old->column;
      return;
    }
  if (strcmp (words, "^") == 0)
    {
      old = cell_at (drawing, drawing->row - 1, column);
      assert_non_null (old);
      old->rows = drawing->row + 1 - old->row;
      return;
    }
  if (column > 0)
    put (drawing, "\t");
  cell.offset = drawing->characters;
  put (drawing, words);
  cell.length = drawing->characters - cell.offset;
  g_array_append_val (drawing->cells, cell);
}

static void
draw_row (Drawing *drawing, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line + 1, "|", -1);

  if (!drawing->in_table)
    {
      drawing->tables++;
      drawing->row = 0;
    }
  drawing->in_table = TRUE;
  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i++)
    draw_cell (drawing, i, g_strstrip (words[i]));
  put (drawing, "\n");
  drawing->row++;
}

HxSource *
fixture_drawn (const char *drawing)
{
  Drawing now = { .text = g_string_new (NULL),
                  .cells = g_array_new (FALSE, FALSE, sizeof (HxSourceCell)) };
  g_auto (GStrv) lines = g_strsplit (drawing, "\n", -1);
  HxSource *source = g_new0 (HxSource, 1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] == '|')
        {
          draw_row (&now, lines[i]);
          continue;
        }
      now.in_table = FALSE;
      put (&now, lines[i]);
      put (&now, "\n");
    }
  source->name = g_strdup ("drawn");
  source->kind = HX_SOURCE_HTML;
  source->characters = now.characters;
  source->text = g_string_free (now.text, FALSE);
  source->cells = now.cells;
  return source;
}

/* -------------------------------------------------------------------- claims
 */

static void
write_claim (GString *list, const HxClaim *claim)
{
  g_string_append_printf (
      list, "%s %s%s%s %s <-", hx_claim_kind_key (claim->kind),
      hx_verdict_key (claim->verdict),
      claim->severity == HX_SEVERITY_NONE ? "" : " ",
      hx_severity_key (claim->severity), claim->stated->text);
  for (guint i = 0; i < claim->operands->len; i++)
    {
      const HxClaimFigure *figure = g_ptr_array_index (claim->operands, i);

      g_string_append_printf (list, " %s", figure->text);
    }
  g_string_append_c (list, '\n');
}

static char *
claims_of (const HxSource *source, gboolean errors_only)
{
  g_autoptr (HxCheckResult) result = hx_check_source (source);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = g_ptr_array_index (result->claims, i);

      if (!errors_only || claim->verdict == HX_VERDICT_ERROR)
        write_claim (list, claim);
    }
  return g_string_free (list, FALSE);
}

char *
fixture_claims (const HxSource *source)
{
  return claims_of (source, FALSE);
}

char *
fixture_errors (const HxSource *source)
{
  return claims_of (source, TRUE);
}

char *
fixture_message (const HxSource *source)
{
  g_autoptr (HxCheckResult) result = hx_check_source (source);
  char *message = NULL;

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = g_ptr_array_index (result->claims, i);

      if (claim->verdict != HX_VERDICT_ERROR)
        continue;
      assert_null (message);
      message = g_strdup (claim->message);
    }
  assert_non_null (message);
  return message;
}

guint
fixture_count (const HxSource *source, HxClaimKind kind, HxVerdict verdict)
{
  g_autoptr (HxCheckResult) result = hx_check_source (source);
  guint count = 0;

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = g_ptr_array_index (result->claims, i);

      count += claim->kind == kind && claim->verdict == verdict ? 1 : 0;
    }
  return count;
}
