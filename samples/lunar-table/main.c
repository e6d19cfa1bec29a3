/* Writes src/base/lunar_table.c: one word a year, packed as lunar_table.h
 * says.
 *
 *     lunar-table                  the table to standard output
 *     lunar-table --check FILE     exit 1 if FILE is not the table
 *     lunar-table --near SECONDS   what lies that close to midnight
 */
#include "astronomy.h"

#include "base/base.h"
#include "base/lunar_table.h"

#include <stdio.h>

#define WORDS_IN_LINE 5

static void
add_month (guint32 *word, const LunarMonth *month, guint position)
{
  const HxDate earliest = { (gint16)month->year, 1, 20 };

  if (month->days == 30)
    *word |= 1U << position;
  if (month->is_leap)
    *word |= (guint32)month->number << HX_LUNAR_LEAP_SHIFT;
  if (position == 0)
    *word |= (guint32)(month->first - hx_date_days (earliest))
             << HX_LUNAR_FIRST_SHIFT;
}

static void
fill_words (guint32 *words)
{
  g_autoptr (GArray) months = lunar_table_months ();
  guint position = 0;

  for (guint i = 0; i < months->len; i++)
    {
      const LunarMonth *month = &g_array_index (months, LunarMonth, i);

      position = month->number == 1 && !month->is_leap ? 0 : position + 1;
      add_month (&words[month->year - FIRST_YEAR], month, position);
    }
  for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
    words[year - FIRST_YEAR] |= (guint32)(lunar_table_qingming (year) - 4)
                                << HX_LUNAR_QINGMING_SHIFT;
}

static char *
write_table (void)
{
  guint32 words[LAST_YEAR - FIRST_YEAR + 1] = { 0 };
  GString *out = g_string_new (
      "/* Written by samples/lunar-table; not to be changed by hand. */\n"
      "#include \"base/lunar_table.h\"\n\n"
      "const guint32 hx_lunar_years[HX_LUNAR_YEARS] = {\n");

  fill_words (words);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (i % WORDS_IN_LINE == 0)
        g_string_append_printf (out, "  /* %u */", FIRST_YEAR + i);
      g_string_append_printf (out, " 0x%07x,", words[i]);
      if (i % WORDS_IN_LINE == WORDS_IN_LINE - 1)
        g_string_append_c (out, '\n');
    }
  g_string_append (out, "\n};\n");
  return g_string_free (out, FALSE);
}

static int
check (const char *path, const char *table)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  if (!g_file_get_contents (path, &found, NULL, &error))
    g_printerr ("%s\n", error->message);
  else if (!g_str_equal (found, table))
    g_printerr ("%s is not what this program writes\n", path);
  else
    return 0;
  return 1;
}

int
main (int count, char **words)
{
  g_autofree char *text = NULL;

  if (count == 3 && g_str_equal (words[1], "--near"))
    text = lunar_table_near_midnight (g_ascii_strtod (words[2], NULL));
  else
    text = write_table ();
  if (count == 3 && g_str_equal (words[1], "--check"))
    return check (words[2], text);
  fputs (text, stdout);
  return 0;
}
