/* How Word writes the numbers of a list, by the names of its formats. */
#include "check/source_docx_internal.h"

static void
put_chinese (GString *out, guint number)
{
  g_autofree char *numeral = hx_numeral_chinese (number);

  g_string_append (out, numeral);
}

static void
put_decimal (GString *out, guint number)
{
  g_string_append_printf (out, "%u", number);
}

static void
put_circled (GString *out, guint number)
{
  if (number >= 1 && number <= 20)
    g_string_append_unichar (out, 0x2460 + number - 1); /* ① */
  else
    put_decimal (out, number);
}

static void
put_letter (GString *out, guint number, char first)
{
  for (guint i = (number - 1) / 26 + 1; number > 0 && i > 0 && i < 9; i--)
    g_string_append_c (out, (char)(first + (int)((number - 1) % 26)));
}

static void
put_upper_letter (GString *out, guint number)
{
  put_letter (out, number, 'A');
}

static void
put_lower_letter (GString *out, guint number)
{
  put_letter (out, number, 'a');
}

static void
put_roman (GString *out, guint number)
{
  static const struct
  {
    guint value;
    const char *text;
  } steps[] = { { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" },
                { 100, "C" },  { 90, "XC" },  { 50, "L" },  { 40, "XL" },
                { 10, "X" },   { 9, "IX" },   { 5, "V" },   { 4, "IV" },
                { 1, "I" } };

  for (guint i = 0; number < 4000 && i < G_N_ELEMENTS (steps); i++)
    for (; number >= steps[i].value; number -= steps[i].value)
      g_string_append (out, steps[i].text);
}

static void
put_lower_roman (GString *out, guint number)
{
  const gsize begun = out->len;

  put_roman (out, number);
  for (gsize i = begun; i < out->len; i++)
    out->str[i] = g_ascii_tolower (out->str[i]);
}

static void
put_nothing (GString *out, guint number)
{
  (void)out, (void)number;
}

static const struct
{
  const char *format;
  void (*put) (GString *out, guint number);
} formats[] = {
  { "decimal", put_decimal },
  { "chineseCounting", put_chinese },
  { "chineseCountingThousand", put_chinese },
  { "taiwaneseCounting", put_chinese },
  { "taiwaneseCountingThousand", put_chinese },
  { "japaneseCounting", put_chinese },
  { "ideographDigital", put_chinese },
  { "decimalEnclosedCircle", put_circled },
  { "decimalEnclosedCircleChinese", put_circled },
  { "upperLetter", put_upper_letter },
  { "lowerLetter", put_lower_letter },
  { "upperRoman", put_roman },
  { "lowerRoman", put_lower_roman },
  { "none", put_nothing },
};

void
hx_docx_count (const char *format, guint number, GString *out)
{
  guint i = G_N_ELEMENTS (formats) - 1;

  while (i > 0 && g_strcmp0 (formats[i].format, format) != 0)
    i--;
  formats[i].put (out, number);
}
