#include "claim_fixture.h"

static char *
written (const Fixture *fixture, gboolean is_all)
{
  GString *out = g_string_new (NULL);

  hx_checked_text (&fixture->checked, is_all, out);
  return g_string_free (out, FALSE);
}

static void
errors_and_warnings_are_told_with_place_and_words (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *words = written (fixture, FALSE);

  (void)state;
  assert_string_equal (
      words,
      "年报 <1>.txt：111 个字，算式 5 处\n"
      "  差错 1，末位差错 1，提示 1；相符 1，舍入 1，无法核对 1\n"
      "\n"
      "第 2 行第 8 字  差错：合计\n"
      "    报告𠮷<甲>&\"乙\"一、收入合计【2,455.50万元】"
      "，其中：甲1,200.00万元、乙1,237.50万元。\n"
      "    其中两项相加为 2437.50 万元，<文中>写 2455.50 万元，相差 18.00 "
      "万元。\n"
      "    所用的数：1,200.00万元（第 3 行第 9 字）；1,237.50万元（第 3 行第 "
      "23 字）\n"
      "\n"
      "第 4 行第 4 字  末位差错：合计\n"
      "    占比【40.4%】，另7.740%；上年0元，增长100%。\n"
      "    各占比相加为 48.140%，应为 100%。\n"
      "    所用的数：40.4%（第 4 行第 4 字）；7.740%（第 4 行第 12 字）\n"
      "\n"
      "第 6 行第 5 字  提示：模板残留\n"
      "    二、支出【减增加】3万元。\n"
      "    “减增加”像是模板留下的。\n");
}

static void
with_all_every_claim_is_told (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *some = written (fixture, FALSE);
  g_autofree char *all = written (fixture, TRUE);

  (void)state;
  assert_false (has (some, "相符：比率"));
  assert_true (has (all, "相符：比率"));
  assert_true (has (all, "舍入：比率"));
  assert_true (has (all, "无法核对：增减幅度"));
  assert_true (has (all, "文中没有核对它所需的数字。"));
}

/* Bytes that would steer a terminal, in the text and in the name. */
static void
nothing_steers_the_terminal (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 100; seed++)
    {
      g_autoptr (Fixture) fixture = fixture_random (seed);
      g_autofree char *words = NULL;

      fixture->checked.path = "\x1B[2J\xFF\r\n.txt";
      words = written (fixture, TRUE);
      assert_true (g_utf8_validate (words, -1, NULL));
      for (const char *at = words; *at != '\0'; at += g_utf8_skip[(guchar)*at])
        {
          gunichar character = g_utf8_get_char (at);

          assert_true (character == '\n' || !g_unichar_iscntrl (character));
          assert_int_not_equal (character, 0x202E);
        }
    }
}

static void
a_long_list_of_figures_is_cut_and_counted (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  HxClaim *claim = fixture->result->claims->pdata[0];
  g_autofree char *words = NULL;

  (void)state;
  while (claim->operands->len < 30)
    {
      const HxClaimFigure *first = claim->operands->pdata[0];
      HxClaimFigure *figure = g_new0 (HxClaimFigure, 1);

      figure->text = g_strdup (first->text);
      figure->unit = g_strdup (first->unit);
      figure->offset = first->offset;
      figure->length = first->length;
      g_ptr_array_add (claim->operands, figure);
    }
  words = written (fixture, FALSE);
  assert_true (has (words, "……共 30 个"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (errors_and_warnings_are_told_with_place_and_words),
    cmocka_unit_test (with_all_every_claim_is_told),
    cmocka_unit_test (nothing_steers_the_terminal),
    cmocka_unit_test (a_long_list_of_figures_is_cut_and_counted),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
