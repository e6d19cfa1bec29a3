/* Rates without %, amounts without a unit, units without a number.
 *
 * A number without a unit is nothing to the scanner unless a word asks for
 * one, so that the numbers are looked over once more here: those with a
 * fraction that end a clause.
 */
#include "check/warn.h"

#include <string.h>

#define RATE_CUES                                                                \
  "增长|下降|增幅|降幅|占|占比|比重|完成率|执行率|支付率|" \
  "占比为|比重为|完成率为|执行率为|达到|增幅为|降幅为"
#define MONEY_CUES                                                             \
  "预算为|决算为|支出为|收入为|金额为|总额为|合计为|"     \
  "预算数为|决算数为|执行数为|预算|决算|支出|收入|合计|" \
  "总计|共计|金额|总额|经费|资金|拨款|结余|增加|减少|安排"
#define STOPS "，|。|；|\n"

/* --------------------------------------------------------------- no unit */

typedef struct
{
  gsize from, until;
} Number;

/* A number with a fraction and nothing but a stop behind it. */
static gboolean
read_number (const HxWords *words, gsize at, Number *number)
{
  const char *text = words->clean->str;
  gsize p = at;

  number->from = at;
  while (g_ascii_isdigit (text[p])
         || (text[p] == ',' && g_ascii_isdigit (text[p + 1])))
    p++;
  number->until = p;
  if (text[p] != '.' || !g_ascii_isdigit (text[p + 1]))
    return FALSE;
  for (p++; g_ascii_isdigit (text[p]); p++)
    ;
  number->until = p;
  return hx_words_go_on (words, p, STOPS) && at > 0
         && (guchar)text[at - 1] >= 0x80;
}

/* “完成年初预算的 95.45。” */
static gboolean
is_part_of (const HxWords *words, gsize at)
{
  const gsize clause = hx_words_clause (words, at);

  return hx_words_come_from (words, at, "的")
         && (hx_words_search (words, clause, at, "占") != G_MAXSIZE
             || hx_words_search (words, clause, at, "完成") != G_MAXSIZE)
         && hx_words_search (words, clause, at, "分的") == G_MAXSIZE;
}

static gboolean
wants_percent (const HxWords *words, gsize at)
{
  return hx_words_come_from (words, at, RATE_CUES "|占比达|比例为")
         || is_part_of (words, at);
}

static gboolean
is_written_money (const HxReading *reading, guint index, gsize sentence,
                  gsize at)
{
  const HxQuantity *quantity = NULL;
  const HxWords *words = reading->words;

  if (index >= reading->terms->len)
    return FALSE;
  quantity = &hx_reading_term (reading, index)->quantity;
  if (quantity->kind != HX_QUANTITY_MONEY
      || quantity->until == quantity->digits)
    return FALSE;
  return quantity->from < at
             ? quantity->from >= sentence
             : hx_words_sentence (words, quantity->from) == sentence;
}

/* An amount among amounts with their units; `next` is the first term behind
 * it. */
static gboolean
wants_money (const HxReading *reading, const Number *number, guint next)
{
  const HxWords *words = reading->words;
  const gsize sentence = hx_words_sentence (words, number->from);

  if (!hx_words_come_from (words, number->from, MONEY_CUES)
      || hx_words_search (words, hx_words_clause (words, number->from),
                          number->from, "分别")
             != G_MAXSIZE)
    return FALSE;
  return is_written_money (reading, next, sentence, number->from)
         || (next > 0
             && is_written_money (reading, next - 1, sentence, number->from));
}

static void
judge_number (HxSearch *search, const Number *number, guint next)
{
  const HxReading *reading = search->reading;
  const HxSpan place = { number->from, number->until };

  if (wants_percent (reading->words, number->from))
    hx_warning_add (search, HX_WARNING_NO_UNIT, place,
                    _ ("后面像是缺百分号“%”，请补上。"));
  else if (wants_money (reading, number, next))
    hx_warning_add (search, HX_WARNING_NO_UNIT, place,
                    _ ("是金额，后面缺单位（如“万元”），请补上。"));
}

/* Numbers that the scanner took without a unit; “预算执行率 10，” may well be
 * the points that it gives. */
static gboolean
is_bare_rate (const HxWords *words, const HxQuantity *quantity)
{
  return quantity->kind == HX_QUANTITY_PERCENT
         && quantity->until == quantity->digits
         && !(quantity->value.scale == 0
              && hx_words_come_from (words, quantity->from, "率"));
}

static void
warn_numbers (HxSearch *search)
{
  const HxReading *reading = search->reading;
  const char *text = reading->words->clean->str;
  guint next = 0;

  for (gsize at = 0; at < reading->words->clean->len;)
    {
      const HxQuantity *quantity = NULL;
      Number number = { 0 };

      if (!g_ascii_isdigit (text[at]))
        {
          at++;
          continue;
        }
      while (next < reading->terms->len
             && hx_reading_term (reading, next)->quantity.from < at)
        next++;
      if (next < reading->terms->len)
        quantity = &hx_reading_term (reading, next)->quantity;
      if (quantity != NULL && quantity->from == at)
        {
          if (is_bare_rate (reading->words, quantity))
            hx_warning_add (search, HX_WARNING_NO_UNIT,
                            (HxSpan){ at, quantity->digits },
                            _ ("后面像是缺百分号“%”，请补上。"));
          at = quantity->digits;
          continue;
        }
      if (read_number (reading->words, at, &number))
        judge_number (search, &number, next);
      at = number.until;
    }
}

/* -------------------------------------------------------------- no number */

/* “支出决算为万元，”, “占基本支出%，” */
static const struct
{
  const char *unit;
  const char *cues;
  const char *in_clause; /* "": nothing more is asked */
} blanks[] = {
  { "万元",
    "预算为|决算为|支出为|收入为|金额为|总额为|合计为|预算数为|决算数为|"
    "执行数为|合计|共计|总计|增加|减少|决算数|预算数",
    "" },
  { "%", "增长|下降|增幅|降幅|占比|占比为|完成率|完成率为|执行率|执行率为",
    "" },
  { "%", "的|支出|收入|预算|决算|占|经费|总额|合计", "占" },
  { "%", "的", "完成" },
};

/* The whole clause, as the source has it: a lone unit says little. */
static void
judge_unit (HxSearch *search, gsize at, gsize until)
{
  const HxWords *words = search->reading->words;
  const gsize clause = hx_words_clause (words, at);

  if (clause < at)
    hx_warning_add (search, HX_WARNING_NO_UNIT, (HxSpan){ clause, until },
                    _ ("单位前面缺数字，请补上。"));
}

static gboolean
lacks_number (const HxWords *words, gsize at, gsize kind)
{
  const gsize clause = hx_words_clause (words, at);

  return hx_words_come_from (words, at, blanks[kind].cues)
         && (*blanks[kind].in_clause == '\0'
             || hx_words_search (words, clause, at, blanks[kind].in_clause)
                    != G_MAXSIZE);
}

static void
warn_units_of (HxSearch *search, const char *unit)
{
  const HxWords *words = search->reading->words;
  const char *text = words->clean->str;

  for (const char *p = strstr (text, unit); p != NULL; p = strstr (p, unit))
    {
      const gsize at = (gsize)(p - text);
      gboolean is_found = FALSE;

      p += strlen (unit);
      if (!hx_words_go_on (words, (gsize)(p - text), STOPS))
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (blanks) && !is_found; i++)
        is_found
            = strcmp (blanks[i].unit, unit) == 0 && lacks_number (words, at, i);
      if (is_found)
        judge_unit (search, at, (gsize)(p - text));
    }
}

void
hx_warn_units (HxSearch *search)
{
  warn_numbers (search);
  warn_units_of (search, "万元");
  warn_units_of (search, "%");
}
