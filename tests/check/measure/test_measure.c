/* When a claim of the engine is the claim that is annotated. */
#include "measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* "kind stated@place = operand@place …"; a place of - is implied. Numbers end
 * with their unit: "12.50万元@40". */
typedef struct
{
  const char *annotated, *made;
  gboolean same_figure, same_operands, touches;
} Case;

static const Case cases[] = {
  { "sum 30万元@5 = 10万元@9 20万元@15", "sum 30万元@5 = 20万元@15 10万元@9",
    TRUE, TRUE, TRUE },
  { "sum 30万元@5 = 10万元@9 20万元@15", "sum 30万元@5 = 10万元@9", TRUE, FALSE,
    TRUE },
  { "sum 30万元@5 = 10万元@9 20万元@15", "sum 30万元@50 = 10万元@9 20万元@15",
    FALSE, FALSE, FALSE },
  /* the same amount where it is said again */
  { "ratio 50%@20 = 10万元@9 20万元@15", "ratio 50%@20 = 10万元@9 20万元@80",
    TRUE, TRUE, TRUE },
  { "ratio 50%@20 = 10万元@9 20万元@15", "ratio 50%@20 = 10万元@9 20元@80",
    TRUE, FALSE, TRUE },
  { "ratio 50%@20 = 10万元@9 20万元@15", "ratio 50%@20 = 1万元@60 2万元@80",
    TRUE, FALSE, FALSE },
  { "ratio 50%@20 = 10万元@9 20万元@15", "growth 50%@20 = 10万元@9 20万元@15",
    FALSE, FALSE, FALSE },
  /* each operand once */
  { "sum 20万元@5 = 10万元@9 10万元@15", "sum 20万元@5 = 10万元@9 5万元@30",
    TRUE, FALSE, TRUE },
  { "sum 20万元@5 = 10万元@9 10万元@15",
    "difference 20万元@5 = 10万元@9 "
    "10万元@15",
    TRUE, TRUE, TRUE },
  { "growth 20%@5 = 12万元@9 2万元@15", "direction 20%@5 = 12万元@9 2万元@15",
    TRUE, TRUE, TRUE },
  /* now and change, or now and before */
  { "growth 20%@5 = 12万元@9 2万元@15", "growth 20%@5 = 12万元@9 10万元@30",
    TRUE, TRUE, TRUE },
  { "growth 20%@5 = 12万元@9 2万元@15", "growth 20%@5 = 6万元@40 1万元@50",
    TRUE, FALSE, FALSE },
  /* shares that make 100 % without saying so */
  { "sum 100%@- = 60%@9 40%@15", "sum 100%@- = 60%@9 40%@15", TRUE, TRUE,
    TRUE },
  { "sum 100%@- = 60%@9 40%@15", "sum 100%@- = 70%@50 30%@60", FALSE, FALSE,
    FALSE },
  { "sum 100%@- = 60%@9 40%@15", "sum 100%@20 = 60%@9 40%@15", FALSE, FALSE,
    FALSE },
  /* either side of a pair repeats the other */
  { "repeat 13万元@50 = 31万元@5", "repeat 31万元@5 = 13万元@50", TRUE, TRUE,
    TRUE },
  { "repeat 31万元@50 = 31万元@5", "repeat 31万元@90 = 31万元@5", TRUE, TRUE,
    TRUE },
  { "repeat 31万元@50 = 31万元@5", "repeat 31万元@90 = 31万元@70", FALSE, FALSE,
    FALSE },
  { "repeat 13万元@50 = 31万元@5", "repeat 31万元@50 = 31万元@5", FALSE, FALSE,
    FALSE },
};

static HxClaimFigure *
figure_of (const char *word)
{
  HxClaimFigure *figure = g_new0 (HxClaimFigure, 1);
  g_auto (GStrv) parts = g_strsplit (word, "@", 2);
  gsize digits = strspn (parts[0], "0123456789.");
  g_autofree char *number = g_strndup (parts[0], digits);

  figure->text = g_strdup (parts[0]);
  figure->unit = g_strdup (parts[0] + digits);
  figure->length = (gsize)g_utf8_strlen (parts[0], -1);
  assert_true (hx_decimal_parse (number, 6, &figure->value, NULL));
  figure->offset = strcmp (parts[1], "-") == 0
                       ? HX_CLAIM_IMPLIED
                       : (gsize)g_ascii_strtoull (parts[1], NULL, 10);
  return figure;
}

static HxClaimKind
kind_of (const char *key)
{
  for (guint i = 0; i < HX_CLAIM_KINDS; i++)
    if (strcmp (key, hx_claim_kind_key ((HxClaimKind)i)) == 0)
      return (HxClaimKind)i;
  fail_msg ("no kind %s", key);
  return HX_CLAIM_SUM;
}

static HxClaim *
claim_of (const char *line)
{
  HxClaim *claim = g_new0 (HxClaim, 1);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  claim->kind = kind_of (words[0]);
  claim->stated = figure_of (words[1]);
  claim->operands
      = g_ptr_array_new_with_free_func ((GDestroyNotify)figure_free);
  for (guint i = 3; words[i] != NULL; i++)
    g_ptr_array_add (claim->operands, figure_of (words[i]));
  return claim;
}

static void
same_claims_are_known_as_the_same (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *it = &cases[i];
      HxClaim *annotated = claim_of (it->annotated);
      HxClaim *made = claim_of (it->made);

      if (claims_share_figure (annotated, made) != it->same_figure
          || claims_equal (annotated, made) != it->same_operands
          || claims_touch (annotated, made) != it->touches)
        fail_msg ("%s | %s", it->annotated, it->made);
      claim_free (annotated);
      claim_free (made);
    }
}

static void
which_of_the_two_was_annotated_does_not_matter (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxClaim *annotated = claim_of (cases[i].annotated);
      HxClaim *made = claim_of (cases[i].made);

      assert_int_equal (claims_share_figure (annotated, made),
                        claims_share_figure (made, annotated));
      assert_int_equal (claims_equal (annotated, made),
                        claims_equal (made, annotated));
      assert_int_equal (claims_touch (annotated, made),
                        claims_touch (made, annotated));
      claim_free (annotated);
      claim_free (made);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (same_claims_are_known_as_the_same),
    cmocka_unit_test (which_of_the_two_was_annotated_does_not_matter),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
