#include "exchange/figure_json.h"

void
hx_figure_members (HxJson *json, const HxFigure *figure, const char *stated,
                   const char *weak)
{
  const HxIndicator *indicator = figure->indicator;
  char as_of[HX_DATE_TEXT_SIZE];
  g_autofree char *period = g_strdup_printf ("%04d", figure->year);
  hx_date_format (figure->as_of, as_of);
  hx_json_member (json, "key", indicator->key);
  hx_json_member (json, "name", indicator->name);
  hx_json_member (json, "value", figure->is_void ? NULL : figure->text);
  if (indicator->is_money && !figure->is_void)
    hx_json_member_integer (json, "fen", figure->value.numerator);
  hx_json_member (json, "unit", indicator->unit);
  hx_json_member_integer (json, "decimals", indicator->decimals);
  hx_json_member (json, "period", period);
  hx_json_member (json, "as_of", as_of);
  hx_json_member_integer (json, "rows", figure->rows);
  hx_json_member (json, "source", indicator->source);
  hx_json_member (json, "rule", indicator->query);
  hx_json_member (json, "limits", indicator->limits);
  hx_json_member (json, "stated", stated);
  hx_json_member (json, "weak", weak);
}
