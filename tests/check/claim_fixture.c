#include "claim_fixture.h"

static const char text[]
    = "报告𠮷<甲>&\"乙\"\n一、收入合计 2,455.50\n万元，其中：甲 1,200.00 万元、"
      "乙 1,237.50 万元。\n占比 40.4%，另 7.740%；上年 0 元，增长 100%。\n\n"
      "二、支出减增加 3 万元。\n";

static void
figure_free (gpointer data)
{
  HxClaimFigure *figure = data;

  g_free (figure->text);
  g_free (figure->unit);
  g_free (figure);
}

static void
claim_free (gpointer data)
{
  HxClaim *claim = data;

  g_ptr_array_unref (claim->operands);
  figure_free (claim->stated);
  g_free (claim->message);
  g_free (claim);
}

static void
warning_free (gpointer data)
{
  HxCheckWarning *warning = data;

  g_free (warning->text);
  g_free (warning->message);
  g_free (warning);
}

static HxClaimFigure *
figure_new (const char *words, HxDecimal value, const char *unit)
{
  const char *at = strstr (text, words);
  HxClaimFigure *figure = g_new0 (HxClaimFigure, 1);

  figure->text = g_strdup (words);
  figure->value = value;
  figure->unit = g_strdup (unit);
  figure->offset = at == NULL ? HX_CLAIM_IMPLIED
                              : (gsize)g_utf8_pointer_to_offset (text, at);
  figure->length = at == NULL ? 0 : (gsize)g_utf8_strlen (words, -1);
  return figure;
}

static HxClaim *
claim_new (Fixture *fixture, HxClaimKind kind, HxVerdict verdict,
           HxClaimFigure *stated)
{
  HxClaim *claim = g_new0 (HxClaim, 1);

  claim->kind = kind;
  claim->formula = kind == HX_CLAIM_SUM ? "a+b+…" : "a/b*100";
  claim->verdict = verdict;
  claim->severity
      = verdict == HX_VERDICT_ERROR ? HX_SEVERITY_MATERIAL : HX_SEVERITY_NONE;
  claim->stated = stated;
  claim->operands = g_ptr_array_new_with_free_func (figure_free);
  g_ptr_array_add (fixture->result->claims, claim);
  fixture->result->verdicts[verdict]++;
  return claim;
}

static void
set_computed (HxClaim *claim, gint64 millionths)
{
  claim->has_computed = TRUE;
  claim->computed = (HxDecimal){ millionths, 6 };
}

static Fixture *
fixture_of (const char *words)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->source = hx_source_new (FIXTURE_PATH, words, strlen (words), NULL);
  fixture->result = g_new0 (HxCheckResult, 1);
  fixture->result->claims = g_ptr_array_new_with_free_func (claim_free);
  fixture->result->warnings = g_ptr_array_new_with_free_func (warning_free);
  fixture->checked
      = (HxChecked){ FIXTURE_PATH, fixture->source, fixture->result, NULL };
  return fixture;
}

static void
add_sum (Fixture *fixture)
{
  HxClaim *claim = claim_new (
      fixture, HX_CLAIM_SUM, HX_VERDICT_ERROR,
      figure_new ("2,455.50\n万元", (HxDecimal){ 245550, 2 }, "万元"));

  g_ptr_array_add (
      claim->operands,
      figure_new ("1,200.00 万元", (HxDecimal){ 120000, 2 }, "万元"));
  g_ptr_array_add (
      claim->operands,
      figure_new ("1,237.50 万元", (HxDecimal){ 123750, 2 }, "万元"));
  set_computed (claim, G_GINT64_CONSTANT (2437500000));
  claim->message = g_strdup ("其中两项相加为 2437.50 万元，<文中>写 2455.50 "
                             "万元，相差 18.00 万元。");
}

static void
add_rates (Fixture *fixture)
{
  HxClaim *claim = claim_new (fixture, HX_CLAIM_RATIO, HX_VERDICT_OK,
                              figure_new ("40.4%", (HxDecimal){ 404, 1 }, "%"));

  g_ptr_array_add (
      claim->operands,
      figure_new ("1,200.00 万元", (HxDecimal){ 120000, 2 }, "万元"));
  set_computed (claim, 40400000);
  claim = claim_new (fixture, HX_CLAIM_RATIO, HX_VERDICT_ROUNDING,
                     figure_new ("7.740%", (HxDecimal){ 7740, 3 }, "%"));
  g_ptr_array_add (
      claim->operands,
      figure_new ("2,455.50\n万元", (HxDecimal){ 245550, 2 }, "万元"));
  set_computed (claim, 7740500);
  claim = claim_new (fixture, HX_CLAIM_GROWTH, HX_VERDICT_UNKNOWN,
                     figure_new ("100%", (HxDecimal){ 100, 0 }, "%"));
  g_ptr_array_add (claim->operands,
                   figure_new ("0 元", (HxDecimal){ 0, 0 }, "元"));
}

static void
add_shares (Fixture *fixture)
{
  HxClaim *claim
      = claim_new (fixture, HX_CLAIM_SUM, HX_VERDICT_ERROR,
                   figure_new ("不在文中", (HxDecimal){ 100, 0 }, "%"));

  g_ptr_array_add (claim->operands,
                   figure_new ("40.4%", (HxDecimal){ 404, 1 }, "%"));
  g_ptr_array_add (claim->operands,
                   figure_new ("7.740%", (HxDecimal){ 7740, 3 }, "%"));
  set_computed (claim, 48140000);
  claim->severity = HX_SEVERITY_LAST_DIGIT;
  claim->message = g_strdup ("各占比相加为 48.140%，应为 100%。");
}

static void
add_warning (Fixture *fixture)
{
  HxCheckWarning *warning = g_new0 (HxCheckWarning, 1);

  warning->code = HX_WARNING_LEFTOVER;
  warning->text = g_strdup ("减增加");
  warning->offset
      = (gsize)g_utf8_pointer_to_offset (text, strstr (text, "减增加"));
  warning->length = 3;
  warning->message = g_strdup ("“减增加”像是模板留下的。");
  g_ptr_array_add (fixture->result->warnings, warning);
}

Fixture *
fixture_new (void)
{
  Fixture *fixture = fixture_of (text);

  add_sum (fixture);
  add_rates (fixture);
  add_shares (fixture);
  add_warning (fixture);
  return fixture;
}

/* -------------------------------------------------------------------- random
 */

static HxClaimFigure *
random_figure (const Fixture *fixture, GRand *random)
{
  const gsize characters = fixture->source->characters;
  HxClaimFigure *figure = g_new0 (HxClaimFigure, 1);

  figure->offset = (gsize)g_rand_int_range (random, 0, (gint32)characters);
  figure->length = (gsize)g_rand_int_range (random, 1, 9);
  figure->length = MIN (figure->length, characters - figure->offset);
  figure->text = g_utf8_substring (fixture->source->text, (glong)figure->offset,
                                   (glong)(figure->offset + figure->length));
  figure->unit = g_strdup ("");
  if (g_rand_int_range (random, 0, 9) > 0)
    return figure;
  figure->offset = HX_CLAIM_IMPLIED;
  figure->length = 0;
  return figure;
}

static char *
random_text (GRand *random)
{
  static const gunichar letters[]
      = { 'a', '<', '&',    '"',    '\'',    '\n', ' ',    '\r', '%',
          '9', '>', 0x4E00, 0x3002, 0x20BB7, 0x1,  0x202E, '\t' };
  GString *words = g_string_new ("x");
  const gint32 length = g_rand_int_range (random, 0, 900);

  for (gint32 i = 0; i < length; i++)
    g_string_append_unichar (
        words, letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters))]);
  return g_string_free (words, FALSE);
}

Fixture *
fixture_random (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *words = random_text (random);
  Fixture *fixture = fixture_of (words);

  for (gint32 i = g_rand_int_range (random, 0, 30); i > 0; i--)
    {
      HxClaim *claim = claim_new (
          fixture, (HxClaimKind)g_rand_int_range (random, 0, HX_CLAIM_KINDS),
          (HxVerdict)g_rand_int_range (random, 0, HX_VERDICTS),
          random_figure (fixture, random));

      if (claim->verdict == HX_VERDICT_ERROR && i % 2 == 0)
        claim->severity = HX_SEVERITY_LAST_DIGIT;
      for (gint32 k = g_rand_int_range (random, 0, 4); k > 0; k--)
        g_ptr_array_add (claim->operands, random_figure (fixture, random));
    }
  return fixture;
}

void
fixture_free (Fixture *fixture)
{
  hx_check_result_free (fixture->result);
  hx_source_free (fixture->source);
  g_free (fixture);
}

const char *
slow_at (const char *words, gsize offset)
{
  while (offset-- > 0)
    words += g_utf8_skip[(guchar)*words];
  return words;
}

gboolean
has (const char *words, const char *part)
{
  return strstr (words, part) != NULL;
}
