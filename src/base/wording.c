/* How a report states a number.
 *
 * Each filter is a row of the table at the end: its word, what may stand
 * behind it, and the function that derives the wording or says why no true
 * one exists.  Values are exact fractions; every comparison multiplies out in
 * 128 bits instead of dividing. */
#include "base/base_internal.h"

#include <string.h>

#define WAN 10000
#define STEP_MAX G_GINT64_CONSTANT (1000000000000)
#define PLACES_MAX 6
#define MONEY_PLACES 2
#define NEAR_PERCENT 95

typedef enum
{
  ARGUMENT_NONE,
  ARGUMENT_STEP,   /* 10, 1万, 0.1万: a whole number above 0 */
  ARGUMENT_PLACES, /* 0…6 decimal places */
  ARGUMENT_PLACES_OR_NONE,
} Argument;

typedef enum
{
  TAKES_NUMBER,
  TAKES_MONEY,
  TAKES_BOTH,
} Takes;

typedef struct _Filter Filter;

typedef struct
{
  HxExact value;
  const Filter *filter;
  const char *written; /* the filter as the template has it */
  guint decimals;
  gboolean has_argument;
  gint64 argument; /* step or places */
} Request;

struct _Filter
{
  const char *word;
  Argument argument;
  gboolean approximate;
  Takes takes;
  gboolean (*derive) (const Request *request, GString *out, GError **error);
};

/* ---------------------------------------------------------------- helpers */

/* -1, 0, 1 as the value lies below, at or above `number`. */
static int
compare (HxExact value, HxWide number)
{
  HxWide right = number * value.denominator;

  return (value.numerator > right) - (value.numerator < right);
}

/* The greatest multiple of `step` not above the value, which is not < 0. */
static gint64
floor_to (HxExact value, gint64 step)
{
  return value.numerator / value.denominator / step * step;
}

static void
append_decimal (GString *out, gint64 units, guint scale)
{
  g_autofree char *text = hx_decimal_format ((HxDecimal){ units, scale });

  g_string_append (out, text);
}

/* 39000 as 3.9万, 60000 as 6万, 13021 and 6000 as they are. */
static void
append_round (GString *out, gint64 number)
{
  if (number < WAN || number % (WAN / 10) != 0)
    {
      hx_append_integer (out, number);
      return;
    }
  if (number % WAN == 0)
    hx_append_integer (out, number / WAN);
  else
    append_decimal (out, number / (WAN / 10), 1);
  g_string_append (out, "万");
}

/* The value as an error message shows it. */
static char *
describe (HxExact value)
{
  GString *text;

  if (value.is_money)
    return hx_money_format_yuan (value.numerator);
  text = g_string_new (NULL);
  if (value.numerator % value.denominator == 0)
    hx_append_integer (text, value.numerator / value.denominator);
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                            value.numerator, value.denominator);
  return g_string_free (text, FALSE);
}

/* “380 不能写成“380多”：没有超出”; `wording` NULL when there is none. */
static gboolean
refuse (const Request *request, const char *wording, const char *why,
        GError **error)
{
  g_autofree char *value = describe (request->value);

  if (wording == NULL || *wording == '\0')
    return hx_failf (error, HX_ERROR_DATA, _ ("%s 不能用“%s”：%s"), value,
                     request->written, why);
  return hx_failf (error, HX_ERROR_DATA, _ ("%s 不能写成“%s”（%s）：%s"), value,
                   wording, request->written, why);
}

/* Approximation below and above needs something to approximate. */
static gboolean
check_positive (const Request *request, gint64 stated, GError **error)
{
  if (stated > 0 && request->value.numerator > 0)
    return TRUE;
  return refuse (request, NULL, _ ("数值不到一个单位"), error);
}

/* ----------------------------------------------------------- approximating */

/* 380多, 6万多. */
static gboolean
derive_more (const Request *request, GString *out, GError **error)
{
  gint64 step = request->argument;
  gint64 stated = floor_to (request->value, step);

  if (!check_positive (request, stated, error))
    return FALSE;
  if (step >= WAN && stated % WAN == 0)
    append_round (out, stated);
  else
    hx_append_integer (out, stated);
  g_string_append (out, request->filter->word);
  if (compare (request->value, stated) <= 0)
    return refuse (request, out->str, _ ("没有超出"), error);
  return TRUE;
}

/* 超过3.9万. */
static gboolean
derive_over (const Request *request, GString *out, GError **error)
{
  gint64 stated = floor_to (request->value, request->argument);

  if (!check_positive (request, stated, error))
    return FALSE;
  g_string_append (out, "超过");
  append_round (out, stated);
  if (compare (request->value, stated) <= 0)
    return refuse (request, out->str, _ ("没有超出"), error);
  return TRUE;
}

/* 近万, 近3万. */
static gboolean
derive_near (const Request *request, GString *out, GError **error)
{
  HxExact value = request->value;
  HxWide stated
      = (HxWide)floor_to (value, request->argument) + request->argument;

  if (!check_positive (request, 1, error))
    return FALSE;
  if (stated > G_MAXINT64)
    return refuse (request, NULL, _ ("数值太大"), error);
  g_string_append (out, "近");
  if (stated == WAN)
    g_string_append (out, "万");
  else
    append_round (out, (gint64)stated);
  if ((HxWide)value.numerator * 100 < stated * NEAR_PERCENT * value.denominator)
    return refuse (request, out->str, _ ("还差百分之五以上"), error);
  return TRUE;
}

/* 1.3万: the nearest multiple, so off by half a step at most. */
static gboolean
derive_about (const Request *request, GString *out, GError **error)
{
  gint64 step = request->argument;
  HxWide stated = floor_to (request->value, step);
  HxWide above = request->value.numerator - stated * request->value.denominator;

  if (above * 2 >= (HxWide)step * request->value.denominator)
    stated += step;
  if (stated > G_MAXINT64)
    return refuse (request, NULL, _ ("数值太大"), error);
  if (!check_positive (request, (gint64)stated, error))
    return FALSE;
  append_round (out, (gint64)stated);
  return TRUE;
}

/* ------------------------------------------------------------------- exact */

/* 6万. */
static gboolean
derive_whole (const Request *request, GString *out, GError **error)
{
  gint64 stated = floor_to (request->value, request->argument);

  if (request->value.numerator < 0)
    return refuse (request, NULL, _ ("数值是负的"), error);
  append_round (out, stated);
  if (compare (request->value, stated) != 0)
    return refuse (request, out->str, _ ("不是整数倍"), error);
  return TRUE;
}

/* Fewer places than the house's two must lose nothing: 20.40 is not 20. */
static gboolean
derive_wan_yuan (const Request *request, GString *out, GError **error)
{
  guint places
      = request->has_argument ? (guint)request->argument : MONEY_PLACES;
  g_autofree char *text
      = hx_money_format_wan (request->value.numerator, places);

  g_string_append (out, text);
  if (places < MONEY_PLACES
      && request->value.numerator % hx_power_of_ten (6 - places) != 0)
    return refuse (request, text, _ ("去掉的小数不是零"), error);
  return TRUE;
}

static gboolean
round_to (const Request *request, guint shift, guint places, gint64 *units,
          GError **error)
{
  HxExact value = request->value;

  if (hx_round_half_up (value.numerator, value.denominator, places + shift,
                        units))
    return TRUE;
  return refuse (request, NULL, _ ("数值太大"), error);
}

/* 95.06%. */
static gboolean
derive_percent (const Request *request, GString *out, GError **error)
{
  guint places = (guint)request->argument;
  gint64 units;

  if (!round_to (request, 2, places, &units, error))
    return FALSE;
  append_decimal (out, units, places);
  g_string_append_c (out, '%');
  return TRUE;
}

/* 三. */
static gboolean
derive_chinese (const Request *request, GString *out, GError **error)
{
  HxExact value = request->value;
  g_autofree char *text = NULL;

  if (value.numerator % value.denominator == 0)
    text = hx_numeral_chinese (value.numerator / value.denominator);
  if (text == NULL)
    return refuse (request, NULL, _ ("只有一亿以内的整数有汉字写法"), error);
  g_string_append (out, text);
  return TRUE;
}

static gboolean
derive_plain (const Request *request, GString *out, GError **error)
{
  gint64 units;

  if (request->value.is_money)
    return derive_wan_yuan (request, out, error);
  if (!round_to (request, 0, request->decimals, &units, error))
    return FALSE;
  append_decimal (out, units, request->decimals);
  return TRUE;
}

/* 39,412. */
static gboolean
derive_grouped (const Request *request, GString *out, GError **error)
{
  gsize first, whole;

  if (!derive_plain (request, out, error))
    return FALSE;
  first = out->str[0] == '-';
  whole = strcspn (out->str, ".");
  while (whole > first + 3)
    g_string_insert_c (out, (gssize)(whole -= 3), ',');
  return TRUE;
}

static const Filter plain_filter
    = { "", ARGUMENT_NONE, FALSE, TAKES_BOTH, derive_plain };

static const Filter filters[] = {
  { "多", ARGUMENT_STEP, TRUE, TAKES_NUMBER, derive_more },
  { "余", ARGUMENT_STEP, TRUE, TAKES_NUMBER, derive_more },
  { "近", ARGUMENT_STEP, TRUE, TAKES_NUMBER, derive_near },
  { "超", ARGUMENT_STEP, TRUE, TAKES_NUMBER, derive_over },
  { "约", ARGUMENT_STEP, TRUE, TAKES_NUMBER, derive_about },
  { "整", ARGUMENT_STEP, FALSE, TAKES_NUMBER, derive_whole },
  { "万元", ARGUMENT_PLACES_OR_NONE, FALSE, TAKES_MONEY, derive_wan_yuan },
  { "%", ARGUMENT_PLACES, FALSE, TAKES_NUMBER, derive_percent },
  { "汉字", ARGUMENT_NONE, FALSE, TAKES_NUMBER, derive_chinese },
  { "千分", ARGUMENT_NONE, FALSE, TAKES_BOTH, derive_grouped },
};

/* ----------------------------------------------------------------- reading */

static const Filter *
find_filter (const char *text)
{
  if (*text == '\0')
    return &plain_filter;
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_str_has_prefix (text, filters[i].word))
      return &filters[i];
  return NULL;
}

static gboolean
read_step (char *text, gint64 *step)
{
  gboolean wan = g_str_has_suffix (text, "万");
  HxDecimal decimal;

  if (wan)
    text[strlen (text) - strlen ("万")] = '\0';
  if (!hx_decimal_parse (g_strchomp (text), wan ? 4 : 0, &decimal, NULL)
      || (wan && !hx_decimal_rescale (&decimal, 4)))
    return FALSE;
  *step = decimal.units;
  return *step > 0 && *step <= STEP_MAX;
}

static gboolean
read_places (const char *text, gint64 *places)
{
  *places = text[0] - '0';
  return text[0] >= '0' && text[0] <= '0' + PLACES_MAX && text[1] == '\0';
}

static gboolean
read_argument (Request *request, char *text, const char **expected)
{
  request->has_argument = *text != '\0';
  switch (request->filter->argument)
    {
    case ARGUMENT_STEP:
      *expected = N_ ("后面要写大于零的整数，如 10、1万、0.1万");
      return read_step (text, &request->argument);
    case ARGUMENT_PLACES:
    case ARGUMENT_PLACES_OR_NONE:
      *expected = N_ ("后面要写 0 到 6 的小数位数");
      if (!request->has_argument)
        return request->filter->argument == ARGUMENT_PLACES_OR_NONE;
      return read_places (text, &request->argument);
    case ARGUMENT_NONE:
    default:
      *expected = N_ ("后面不能再写别的");
      return !request->has_argument;
    }
}

static gboolean
refuse_filter (const char *written, const char *expected, GError **error)
{
  g_autofree char *excerpt = hx_excerpt (written);

  return hx_failf (error, HX_ERROR_DATA, _ ("数字的写法“%s”不对：%s"), excerpt,
                   hx_text (expected));
}

static gboolean
read_filter (Request *request, GError **error)
{
  char plain[HX_SHORT_TEXT_SIZE];
  const char *expected
      = N_ ("可以写：多、余、近、超、约、整、万元、%、汉字、千分");
  const Filter *filter = NULL;

  if (hx_text_normalise_short (request->written, plain, sizeof plain))
    filter = find_filter (plain);
  if (filter == NULL)
    return refuse_filter (request->written, expected, error);
  request->filter = filter;
  if (!read_argument (request, g_strchug (plain + strlen (filter->word)),
                      &expected))
    return refuse_filter (request->written, expected, error);
  return TRUE;
}

static gboolean
check_kind (const Request *request, GError **error)
{
  Takes takes = request->filter->takes;

  if (request->value.is_money && takes == TAKES_NUMBER)
    return refuse (request, NULL, _ ("金额只能用“万元”或“千分”"), error);
  if (!request->value.is_money && takes == TAKES_MONEY)
    return refuse (request, NULL, _ ("这不是金额"), error);
  return TRUE;
}

gboolean
hx_wording_derive (HxExact value, const char *filter, guint decimals,
                   char **wording, GError **error)
{
  Request request = { .value = value,
                      .filter = &plain_filter,
                      .written = filter == NULL ? "" : filter,
                      .decimals = MIN (decimals, HX_DECIMAL_SCALE_MAX) };
  g_autoptr (GString) out = g_string_new (NULL);

  if (!read_filter (&request, error))
    return FALSE;
  if (value.denominator <= 0 || (value.is_money && value.denominator != 1))
    return hx_failf (error, HX_ERROR_DATA, _ ("分母为零，没有数值可写"));
  if (!check_kind (&request, error))
    return FALSE;
  if (!request.filter->derive (&request, out, error))
    return FALSE;
  *wording = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

gboolean
hx_wording_is_filter (const char *filter, GError **error)
{
  Request request
      = { .filter = &plain_filter, .written = filter == NULL ? "" : filter };

  return read_filter (&request, error);
}

gboolean
hx_wording_is_approximate (const char *filter)
{
  Request request
      = { .filter = &plain_filter, .written = filter == NULL ? "" : filter };

  return read_filter (&request, NULL) && request.filter->approximate;
}
