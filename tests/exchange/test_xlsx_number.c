/* Numbers, number formats and moments, without a workbook around them. */
#include "workbook_fixture.h"

#include "exchange/xlsx_internal.h"

#include <string.h>

/* ----------------------------------------------------------------- numbers */

typedef struct
{
  const char *written;
  const char *shown; /* $ before it: lossy; NULL: no number */
} Number;

static const Number numbers[] = {
  { "0", "0" },
  { "-0", "0" },
  { "0.000", "0" },
  { "0E9999", "0" },
  { "7", "7" },
  { "+7", "7" },
  { "007", "7" },
  { "-12.5", "-12.5" },
  { "12.50", "12.5" },
  { "100", "100" },
  { "0.1", "0.1" },
  { ".5", "0.5" },
  { "5.", "5" },
  { "0.05", "0.05" },
  { "1E5", "100000" },
  { "1e+5", "100000" },
  { "1.5E3", "1500" },
  { "1.2345E2", "123.45" },
  { "1E-5", "0.00001" },
  { "-2.5E-3", "-0.0025" },
  { "123E-2", "1.23" },
  /* what binary makes of a fraction */
  { "0.30000000000000004", "0.3" },
  { "1486.5499999999999", "1486.55" },
  { "-1486.5499999999999", "-1486.55" },
  { "8.370000000000001", "8.37" },
  { "0.99999999999999989", "1" },
  { "99.999999999999986", "100" },
  { "9.9999999999999995E-7", "0.000001" },
  { "12345678901234.567", "12345678901234.6" },
  { "0.123456789012345", "0.123456789012345" },
  { "0.1234567890123454", "0.123456789012345" },
  { "0.1234567890123455", "0.123456789012346" },
  /* whole numbers are left alone, and marked past 15 digits */
  { "999999999999999", "999999999999999" },
  { "1000000000000000", "$1000000000000000" },
  { "9.9999919330101E+17", "$999999193301010000" },
  { "9.9999919330101005E+17", "$999999193301010050" },
  { "999999193301010010", "$999999193301010010" },
  { "-9.9999919330101E+17", "$-999999193301010000" },
  { "999999999999999.9", "$1000000000000000" },
  { "1E15", "$1000000000000000" },
  /* no numbers */
  { "", NULL },
  { ".", NULL },
  { "-", NULL },
  { "E5", NULL },
  { "1E", NULL },
  { "1E+", NULL },
  { "1,234", NULL },
  { "12 ", NULL },
  { "1.2.3", NULL },
  { "--1", NULL },
  { "NaN", NULL },
  { "INF", NULL },
  { "0x10", NULL },
  { "１２", NULL },
  { "1E401", NULL },
  { "1E-402", NULL },
  { "1E99999", NULL },
};

static void
a_number_is_shown_as_a_plain_decimal (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      HxNumber number;
      char buffer[HX_NUMBER_TEXT_SIZE];
      const char *shown = numbers[i].shown;
      assert_int_equal (hx_number_parse (&number, numbers[i].written),
                        shown != NULL);
      if (shown == NULL)
        continue;
      hx_number_round (&number);
      hx_number_format (&number, buffer);
      assert_string_equal (buffer, shown + (*shown == '$'));
      assert_int_equal (hx_number_is_lossy (&number), *shown == '$');
    }
}

static void
the_longest_number_fits_its_buffer (void **state)
{
  (void)state;
  HxNumber number;
  char buffer[HX_NUMBER_TEXT_SIZE];
  g_autofree char *digits = g_strnfill (HX_NUMBER_DIGITS, '9');
  g_autofree char *longer = g_strnfill (HX_NUMBER_DIGITS + 1, '9');
  g_autofree char *small = g_strconcat ("-", digits, "E-800", NULL);
  assert_true (hx_number_parse (&number, digits));
  hx_number_format (&number, buffer);
  assert_string_equal (buffer, digits);
  assert_false (hx_number_parse (&number, longer));
  assert_true (hx_number_parse (&number, small));
  hx_number_format (&number, buffer);
  assert_int_equal (strlen (buffer), 3 + 2 * HX_NUMBER_DIGITS);
}

/* ----------------------------------------------------------------- formats */

typedef struct
{
  const char *code;
  HxFormatKind kind;
} Format;

static const Format formats[] = {
  { "General", HX_FORMAT_NUMBER },
  { "G/通用格式", HX_FORMAT_NUMBER },
  { "GENERAL", HX_FORMAT_NUMBER },
  { "0.00", HX_FORMAT_NUMBER },
  { "#,##0.00_);[Red]\\(#,##0.00\\)", HX_FORMAT_NUMBER },
  { "0.00E+00", HX_FORMAT_NUMBER },
  { "##0.0e-0", HX_FORMAT_NUMBER },
  { "@", HX_FORMAT_NUMBER },
  { "0\"day\"", HX_FORMAT_NUMBER },
  { "0\"个h\"", HX_FORMAT_NUMBER },
  { "0\\d", HX_FORMAT_NUMBER },
  { "0_d", HX_FORMAT_NUMBER },
  { "*d0", HX_FORMAT_NUMBER },
  { "[Red]0", HX_FORMAT_NUMBER },
  { "[Magenta][>=100]0;0", HX_FORMAT_NUMBER },
  { "[$¥-804]#,##0.00", HX_FORMAT_NUMBER },
  { "[DBNum1][$-804]General", HX_FORMAT_NUMBER },
  { "0;yyyy", HX_FORMAT_NUMBER },
  { "0\"unclosed d", HX_FORMAT_NUMBER },
  { "0[unclosed d", HX_FORMAT_NUMBER },
  { "0\\", HX_FORMAT_NUMBER },
  { "", HX_FORMAT_NUMBER },
  { "yyyy-mm-dd", HX_FORMAT_DATE },
  { "YYYY/M/D", HX_FORMAT_DATE },
  { "yyyy\"年\"m\"月\"d\"日\";@", HX_FORMAT_DATE },
  { "yyyy年m月d日", HX_FORMAT_DATE },
  { "[$-804]yyyy\"年\"m\"月\"", HX_FORMAT_DATE },
  { "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", HX_FORMAT_DATE },
  { "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", HX_FORMAT_DATE },
  { "[ENG][$-409]d\\-mmm\\-yy;@", HX_FORMAT_DATE },
  { "m/d", HX_FORMAT_DATE },
  { "mmm", HX_FORMAT_DATE },
  { "e\"年\"", HX_FORMAT_DATE },
  { "[$-411]ggge\"年\"m\"月\"", HX_FORMAT_DATE },
  { "aaaa", HX_FORMAT_DATE },
  { "yyyy/m/d h:mm", HX_FORMAT_DATE },
  { "m/d/yy h:mm AM/PM", HX_FORMAT_DATE },
  { "[$-409]m/d/yy h:mm AM/PM;@", HX_FORMAT_DATE },
  { "h:mm", HX_FORMAT_TIME },
  { "hh:mm:ss", HX_FORMAT_TIME },
  { "h:mm AM/PM", HX_FORMAT_TIME },
  { "h:mm A/P", HX_FORMAT_TIME },
  { "上午/下午h\"时\"mm\"分\";@", HX_FORMAT_TIME },
  { "[$-F400]h:mm:ss\\ AM/PM", HX_FORMAT_TIME },
  { "mm:ss.0", HX_FORMAT_TIME },
  { "[h]:mm:ss", HX_FORMAT_ELAPSED },
  { "[HH]:mm", HX_FORMAT_ELAPSED },
  { "[mm]:ss", HX_FORMAT_ELAPSED },
  { "[ss].00", HX_FORMAT_ELAPSED },
};

static void
a_format_code_tells_a_date_from_a_number (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (hx_format_of_code (formats[i].code) != formats[i].kind)
      fail_msg ("%s is %u", formats[i].code,
                hx_format_of_code (formats[i].code));
}

/* One letter for each of the formats 0…58. */
static void
the_built_in_formats_are_known (void **state)
{
  (void)state;
  static const char kinds[] = "..............DDDDTTTTD...."
                              "DDDDDTTTTD........TET..DDDDDTTDD";
  static const HxFormatKind of_letter[] = {
    ['.'] = HX_FORMAT_NUMBER,
    ['D'] = HX_FORMAT_DATE,
    ['T'] = HX_FORMAT_TIME,
    ['E'] = HX_FORMAT_ELAPSED,
  };
  assert_int_equal (strlen (kinds), 59);
  for (guint id = 0; id < 59; id++)
    assert_int_equal (hx_format_of_builtin (id), of_letter[(guint8)kinds[id]]);
  assert_int_equal (hx_format_of_builtin (164), HX_FORMAT_NUMBER);
}

/* ----------------------------------------------------------------- moments */

typedef struct
{
  const char *serial;
  HxFormatKind kind;
  gboolean epoch_1904;
  const char *shown; /* with the mark of its type; NULL: stays a number */
} Moment;

#define DATE HX_FORMAT_DATE
#define TIME HX_FORMAT_TIME
#define ELAPSED HX_FORMAT_ELAPSED

static const Moment moments[] = {
  { "44990", DATE, FALSE, "@2023-03-05" },
  { "43528", DATE, TRUE, "@2023-03-05" },
  { "1", DATE, FALSE, "@1900-01-01" },
  { "59", DATE, FALSE, "@1900-02-28" },
  { "60", DATE, FALSE, NULL }, /* 29 February 1900 */
  { "60.5", DATE, FALSE, NULL },
  { "61", DATE, FALSE, "@1900-03-01" },
  { "0", DATE, FALSE, NULL },
  { "0", DATE, TRUE, "@1904-01-01" },
  { "0.5", DATE, FALSE, NULL },
  { "-1", DATE, FALSE, NULL },
  { "-0.5", TIME, FALSE, NULL },
  { "14293", DATE, FALSE, "@1939-02-17" },
  { "2958465", DATE, FALSE, "@9999-12-31" },
  { "2958466", DATE, FALSE, NULL },
  { "2958465.9999999", DATE, FALSE, NULL },
  { "123456789", DATE, FALSE, NULL },
  { "1E300", DATE, FALSE, NULL },
  { "1E300", ELAPSED, FALSE, NULL },
  { "44990.604166666664", DATE, FALSE, "@2023-03-05 14:30:00" },
  { "44990.604166666664", TIME, FALSE, "@2023-03-05 14:30:00" },
  { "44990.999988425923", DATE, FALSE, "@2023-03-05 23:59:59" },
  { "44990.9999999", DATE, FALSE, "@2023-03-06" },
  { "44990.0000001", DATE, FALSE, "@2023-03-05" },
  { "44990.000011574073", DATE, FALSE, "@2023-03-05 00:00:01" },
  { "0.60416666666666663", TIME, FALSE, "%14:30:00" },
  { "0.604166666666667", TIME, TRUE, "%14:30:00" },
  { "0", TIME, FALSE, "%00:00:00" },
  { "6.9444444444444447E-4", TIME, FALSE, "%00:01:00" },
  { "0.9999999", TIME, FALSE, "%00:00:00" },
  { "0.999988425925926", TIME, FALSE, "%23:59:59" },
  { "0.5", ELAPSED, FALSE, "%12:00:00" },
  { "1.0625", ELAPSED, FALSE, "%25:30:00" },
  { "41.666666666666664", ELAPSED, FALSE, "%1000:00:00" },
  { "44990", HX_FORMAT_NUMBER, FALSE, NULL },
};

static void
a_serial_is_the_date_that_the_programs_show (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      HxNumber number;
      char buffer[HX_MOMENT_SIZE];
      const char *shown = moments[i].shown;
      assert_true (hx_number_parse (&number, moments[i].serial));
      const HxCellType type = hx_number_moment (&number, moments[i].kind,
                                                moments[i].epoch_1904, buffer);
      if (shown == NULL)
        {
          assert_int_equal (type, HX_CELL_NUMBER);
          continue;
        }
      assert_int_equal (type, *shown == '@' ? HX_CELL_DATE : HX_CELL_TIME);
      assert_string_equal (buffer, shown + 1);
    }
}

static const Number iso_moments[] = {
  { "2023-03-05", "@2023-03-05" },
  { "2023-03-05T00:00:00", "@2023-03-05" },
  { "2023-03-05T00:00:00.000Z", "@2023-03-05" },
  { "2023-03-05T14:30:00", "@2023-03-05 14:30:00" },
  { "2023-03-05T14:30:00+08:00", "@2023-03-05 14:30:00" },
  { "2023-03-05 14:30", "@2023-03-05 14:30:00" },
  { "14:30:00", "%14:30:00" },
  { "T14:30:59.5", "%14:30:59" },
  { "1938-02-30", NULL },
  { "2023-3-5", NULL },
  { "2023-03-05x", NULL },
  { "2023-03-05T", NULL },
  { "2023-03-05T25:00:00", NULL },
  { "2023-03-05T14:60", NULL },
  { "24:00", NULL },
  { "", NULL },
  { "T", NULL },
  { "10:00+8", NULL },
};

static void
an_iso_date_is_read_or_left_as_text (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (iso_moments); i++)
    {
      char buffer[HX_MOMENT_SIZE];
      const char *shown = iso_moments[i].shown;
      const HxCellType type = hx_iso_moment (iso_moments[i].written, buffer);
      if (shown == NULL)
        {
          assert_int_equal (type, HX_CELL_TEXT);
          continue;
        }
      assert_int_equal (type, *shown == '@' ? HX_CELL_DATE : HX_CELL_TIME);
      assert_string_equal (buffer, shown + 1);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_number_is_shown_as_a_plain_decimal),
    cmocka_unit_test (the_longest_number_fits_its_buffer),
    cmocka_unit_test (a_format_code_tells_a_date_from_a_number),
    cmocka_unit_test (the_built_in_formats_are_known),
    cmocka_unit_test (a_serial_is_the_date_that_the_programs_show),
    cmocka_unit_test (an_iso_date_is_read_or_left_as_text),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
