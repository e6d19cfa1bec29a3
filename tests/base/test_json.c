#include "support.h"

#include <jansson.h>

static void
write_sample (HxJson *json)
{
  hx_json_object_begin (json);
  hx_json_member (json, "名称", "走访");
  hx_json_member_integer (json, "value", -386);
  hx_json_key (json, "rows");
  hx_json_array_begin (json);
  hx_json_integer (json, 1);
  hx_json_string (json, "a");
  hx_json_bool (json, TRUE);
  hx_json_bool (json, FALSE);
  hx_json_null (json);
  hx_json_object_begin (json);
  hx_json_object_end (json);
  hx_json_array_end (json);
  hx_json_member (json, "none", NULL);
  hx_json_object_end (json);
}

static void
commas_are_placed_by_the_writer (void **state)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  (void)state;
  hx_json_init (&json, out, FALSE);
  write_sample (&json);
  assert_string_equal (out->str,
                       "{\"名称\":\"走访\",\"value\":-386,\"rows\":[1,\"a\","
                       "true,false,null,{}],\"none\":null}");
}

static void
pretty_text_has_one_member_a_line (void **state)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  (void)state;
  hx_json_init (&json, out, TRUE);
  write_sample (&json);
  assert_string_equal (out->str, "{\n"
                                 "  \"名称\": \"走访\",\n"
                                 "  \"value\": -386,\n"
                                 "  \"rows\": [\n"
                                 "    1,\n"
                                 "    \"a\",\n"
                                 "    true,\n"
                                 "    false,\n"
                                 "    null,\n"
                                 "    {}\n"
                                 "  ],\n"
                                 "  \"none\": null\n"
                                 "}");
}

static void
values_on_the_top_level_are_written_one_after_another (void **state)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  (void)state;
  hx_json_init (&json, out, FALSE);
  for (int i = 0; i < 2; i++)
    {
      hx_json_array_begin (&json);
      hx_json_integer (&json, i);
      hx_json_array_end (&json);
      g_string_append_c (out, '\n');
    }
  assert_string_equal (out->str, "[0]\n[1]\n");
}

static void
the_extremes_of_integers_are_written (void **state)
{
  static const gint64 numbers[] = { 0, 9, 10, -1, G_MAXINT64, G_MININT64 };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autofree char *expected
          = g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i]);
      HxJson json;

      hx_json_init (&json, out, FALSE);
      hx_json_integer (&json, numbers[i]);
      assert_string_equal (out->str, expected);
    }
}

static void
decimals_keep_the_places_they_have (void **state)
{
  const HxDecimal decimals[]
      = { { 7740, 3 }, { -5, 2 }, { 0, 0 }, { G_MAXINT64, 12 }, { 120, 0 } };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  (void)state;
  hx_json_init (&json, out, FALSE);
  hx_json_array_begin (&json);
  for (gsize i = 0; i < G_N_ELEMENTS (decimals); i++)
    hx_json_decimal (&json, decimals[i]);
  hx_json_array_end (&json);
  assert_string_equal (out->str, "[7.740,-0.05,0,9223372.036854775807,120]");
}

static void
strings_are_escaped (void **state)
{
  static const struct
  {
    const char *text, *json;
  } cases[] = {
    { "", "\"\"" },
    { "plain", "\"plain\"" },
    { "张三", "\"张三\"" },
    { "a\"b\\c", "\"a\\\"b\\\\c\"" },
    { "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
    { "\x01\x1F\x7F", "\"\\u0001\\u001f\x7F\"" },
    { "三\n四", "\"三\\n四\"" },
    { "a\xFFz", "\"a\xEF\xBF\xBDz\"" },
    { "\xE4\xB8", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "三\xFF\"四", "\"三\xEF\xBF\xBD\\\"四\"" },
    { NULL, "null" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      hx_json_append_string (out, cases[i].text);
      assert_string_equal (out->str, cases[i].json);
    }
}

static void
another_reader_gets_back_every_random_string (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  (void)state;
  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      char text[13] = { 0 };
      g_autofree char *expected = NULL;
      json_t *read;

      for (int j = g_rand_int_range (random, 0, 12); j > 0; j--)
        text[j - 1] = (char)g_rand_int_range (random, 1, i % 2 ? 256 : 128);
      expected = g_utf8_make_valid (text, -1);
      hx_json_append_string (out, text);
      read = json_loads (out->str, JSON_DECODE_ANY, NULL);
      assert_non_null (read);
      assert_string_equal (json_string_value (read), expected);
      json_decref (read);
    }
}

static void
write_random (HxJson *json, GRand *random, guint depth)
{
  int kind = g_rand_int_range (random, 0, depth > 6 ? 4 : 6);

  if (kind == 0)
    hx_json_integer (json, g_rand_int_range (random, -99, 99));
  else if (kind == 1)
    hx_json_string (json, "\"");
  else if (kind == 2)
    hx_json_bool (json, TRUE);
  else if (kind == 3)
    hx_json_null (json);
  else if (kind == 4)
    {
      hx_json_array_begin (json);
      for (int i = g_rand_int_range (random, 0, 4); i > 0; i--)
        write_random (json, random, depth + 1);
      hx_json_array_end (json);
    }
  else
    {
      hx_json_object_begin (json);
      for (int i = g_rand_int_range (random, 0, 4); i > 0; i--)
        {
          char key[] = { (char)('a' + i), '\0' };

          hx_json_key (json, key);
          write_random (json, random, depth + 1);
        }
      hx_json_object_end (json);
    }
}

static void
another_reader_takes_every_random_tree (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 2000; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GString) out = g_string_new (NULL);
      HxJson json;
      json_t *read;

      hx_json_init (&json, out, seed % 2 == 0);
      write_random (&json, random, 0);
      read = json_loads (out->str, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES,
                         NULL);
      if (read == NULL)
        fail_msg ("%s", out->str);
      json_decref (read);
      assert_int_equal (json.depth, 0);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (commas_are_placed_by_the_writer),
    cmocka_unit_test (pretty_text_has_one_member_a_line),
    cmocka_unit_test (values_on_the_top_level_are_written_one_after_another),
    cmocka_unit_test (the_extremes_of_integers_are_written),
    cmocka_unit_test (decimals_keep_the_places_they_have),
    cmocka_unit_test (strings_are_escaped),
    cmocka_unit_test (another_reader_gets_back_every_random_string),
    cmocka_unit_test (another_reader_takes_every_random_tree),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
