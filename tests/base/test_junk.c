/* Whatever a cell holds, a parser either takes it or says in valid text why
 * not.  The junk is made of pieces that parsers look for, and of bytes that
 * they do not. */
#include "support.h"

static const char *const pieces[] = {
  "2023",
  "03",
  "5",
  "0",
  "9",
  "-",
  "/",
  ".",
  "年",
  "月",
  "日",
  "号",
  "二",
  "〇",
  "十",
  "廿",
  "三",
  "万",
  "亿",
  "元",
  "¥",
  ",",
  "，",
  "T",
  ":",
  "Z",
  "X",
  "x",
  " ",
  "１",
  "（",
  "\xE3\x80",
  "\xFF",
  "多",
  "近",
  "%",
  "千分",
  "138",
  "+86",
  "\xE2\x80\x8B",
  "999999193301010010",
  "上午",
};

static char *
make_junk (GRand *random)
{
  GString *junk = g_string_new (NULL);

  for (int left = g_rand_int_range (random, 0, 9); left > 0; left--)
    g_string_append (
        junk, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (junk, FALSE);
}

static gboolean
take_date (const char *text, GError **error)
{
  HxDate date;
  char buffer[HX_DATE_TEXT_SIZE];
  gboolean taken = hx_date_parse (text, TRUE, &date, error);

  if (taken)
    {
      hx_date_format (date, buffer);
      assert_true (hx_date_parse (buffer, TRUE, &date, NULL));
    }
  return taken;
}

static gboolean
take_decimal (const char *text, GError **error)
{
  HxDecimal decimal;

  return hx_decimal_parse (text, 4, &decimal, error);
}

static gboolean
take_money (const char *text, GError **error)
{
  gint64 fen = 0;
  gboolean taken = hx_money_parse (text, HX_MONEY_YUAN, &fen, error);

  assert_true (ABS (fen) <= HX_MONEY_MAX);
  return taken;
}

static gboolean
take_id_number (const char *text, GError **error)
{
  HxIdNumber id;
  gboolean taken = hx_id_number_parse (text, &id, error);

  if (taken)
    assert_int_equal (hx_id_number_check_character (id.number), id.number[17]);
  return taken;
}

static gboolean
take_phone (const char *text, GError **error)
{
  g_autofree char *phone = NULL;
  gboolean taken = hx_phone_parse (text, &phone, error);

  if (taken)
    assert_int_equal (strspn (phone, "0123456789-"), strlen (phone));
  return taken;
}

static gboolean
take_wording (const char *text, GError **error)
{
  g_autofree char *wording = NULL;

  return hx_wording_derive ((HxExact){ 386, 1, FALSE }, text, 2, &wording,
                            error);
}

static gboolean
take_numeral (const char *text, GError **error)
{
  gint64 number = -1;

  if (!hx_numeral_parse (text, &number))
    return hx_failf (error, HX_ERROR_DATA, "no");
  assert_true (number >= 0);
  return TRUE;
}

static gboolean
take_text (const char *text, GError **error)
{
  g_autofree char *key = hx_text_column_key (text);
  g_autofree char *masked = hx_mask_text (text);
  g_autofree char *phone = hx_mask_phone (text);
  g_autofree char *number = hx_mask_id_number (text);

  (void)error;
  assert_true (g_utf8_validate (masked, -1, NULL));
  assert_non_null (phone);
  assert_non_null (number);
  return key != NULL;
}

static void
junk_is_taken_or_refused_in_valid_text (void **state)
{
  static gboolean (*const takers[]) (const char *, GError **)
      = { take_date,  take_decimal, take_money,   take_id_number,
          take_phone, take_wording, take_numeral, take_text };
  guint taken[G_N_ELEMENTS (takers)] = { 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (999999);

  (void)state;
  for (int i = 0; i < 100000; i++)
    {
      g_autofree char *junk = make_junk (random);

      for (gsize j = 0; j < G_N_ELEMENTS (takers); j++)
        {
          g_autoptr (GError) error = NULL;
          gboolean good = takers[j](junk, &error);

          assert_int_equal (good, error == NULL);
          taken[j] += good;
          if (error != NULL)
            assert_true (g_utf8_validate (error->message, -1, NULL));
        }
    }
  /* Junk that no parser ever takes would prove nothing. */
  for (gsize j = 0; j < G_N_ELEMENTS (takers); j++)
    assert_true (taken[j] > 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (junk_is_taken_or_refused_in_valid_text),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
