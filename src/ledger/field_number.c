/* Cells of numbers, money, yes and no, and dates. */
#include "ledger/ledger_internal.h"

static gboolean
accept (HxCell *cell, gint64 number, GError **error)
{
  if (!hx_cell_in_range (cell, number, error))
    return FALSE;
  cell->value->filled = TRUE;
  cell->value->integer = number;
  return TRUE;
}

gboolean
hx_cell_integer (HxCell *cell, GError **error)
{
  HxDecimal decimal;
  gint64 number;

  if (hx_numeral_parse (cell->text, &number))
    return accept (cell, number, error);
  if (!hx_decimal_parse (cell->text, 0, &decimal, error))
    return FALSE;
  return accept (cell, decimal.units, error);
}

gboolean
hx_cell_decimal (HxCell *cell, GError **error)
{
  HxDecimal decimal;

  if (!hx_decimal_parse (cell->text, cell->field->decimals, &decimal, error))
    return FALSE;
  if (!hx_decimal_rescale (&decimal, cell->field->decimals))
    return hx_fail (error, HX_ERROR_LIMIT, _ ("数太大"), cell->text, NULL);
  return accept (cell, decimal.units, error);
}

gboolean
hx_cell_money (HxCell *cell, GError **error)
{
  gint64 fen;

  if (!hx_money_parse (cell->text, cell->field->money_unit, &fen, error))
    return FALSE;
  return accept (cell, fen, error);
}

gboolean
hx_cell_date (HxCell *cell, GError **error)
{
  HxDate date;

  if (!hx_date_parse (cell->text, cell->field->partial, &date, error))
    return FALSE;
  if (!hx_cell_in_range (cell, hx_date_number (date), error))
    return FALSE;
  hx_row_set_day (cell->row, cell->value, date);
  return TRUE;
}

gboolean
hx_cell_bool (HxCell *cell, GError **error)
{
  static const struct
  {
    const char *text;
    gint64 value;
  } words[] = {
    { "是", 1 }, { "否", 0 },   { "有", 1 },   { "无", 0 },    { "1", 1 },
    { "0", 0 },  { "√", 1 },    { "×", 0 },    { "yes", 1 },   { "no", 0 },
    { "y", 1 },  { "n", 0 },    { "true", 1 }, { "false", 0 }, { "对", 1 },
    { "错", 0 }, { "没有", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (cell->text, words[i].text) == 0)
      return accept (cell, words[i].value, error);
  return hx_fail (error, HX_ERROR_DATA, _ ("看不出是或否"), cell->text,
                  _ ("请填“是”或“否”"));
}

/* ----------------------------------------------------------------- display */

char *
hx_format_integer (const HxField *field, const HxValue *value)
{
  (void)field;
  return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
}

char *
hx_format_decimal (const HxField *field, const HxValue *value)
{
  return hx_decimal_format ((HxDecimal){ value->integer, field->decimals });
}

char *
hx_format_money (const HxField *field, const HxValue *value)
{
  (void)field;
  return hx_money_format_yuan (value->integer);
}

char *
hx_format_bool (const HxField *field, const HxValue *value)
{
  (void)field;
  return g_strdup (value->integer != 0 ? _ ("是") : _ ("否"));
}

char *
hx_format_attendees (const HxField *field, const HxValue *value)
{
  (void)field;
  if (value->people == NULL)
    return g_strdup_printf (_ ("%ld人次"), (long)value->integer);
  return g_strdup_printf (_ ("%ld人次（实名）"), (long)value->integer);
}
