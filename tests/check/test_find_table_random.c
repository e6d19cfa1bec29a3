/* Tables drawn at random, one cell wrong, against a model that adds up every
 * row and column it knows of; and cells of any kind, which must do no harm. */
#include "table_fixture.h"

#include <string.h>

#define ROUNDS 300
#define SIDE_MOST 8

typedef struct
{
  guint rows, columns; /* without the totals, which are row 0 and column 0 */
  gint64 cents[SIDE_MOST + 1][SIDE_MOST + 1];
  gboolean is_top; /* the total row stands above */
} Model;

/* -------------------------------------------------------------------- drawn
 */

static void
fill (Model *model, GRand *rand)
{
  *model = (Model){ .rows = (guint)g_rand_int_range (rand, 3, SIDE_MOST),
                    .columns = (guint)g_rand_int_range (rand, 3, SIDE_MOST),
                    .is_top = g_rand_boolean (rand) };
  for (guint row = 1; row <= model->rows; row++)
    for (guint column = 1; column <= model->columns; column++)
      {
        const gint64 cents = g_rand_int_range (rand, 10000, 99999999);

        model->cents[row][column] = cents;
        model->cents[row][0] += cents;
        model->cents[0][column] += cents;
        model->cents[0][0] += cents;
      }
}

static char *
number (gint64 cents)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT,
                          cents / 100, cents % 100);
}

static void
draw_row (const Model *model, guint row, GString *drawing)
{
  if (row == 0)
    g_string_append (drawing, "|合计|");
  else
    g_string_append_printf (drawing, "|事项%c|", 'A' + (char)row);
  for (guint column = 0; column <= model->columns; column++)
    {
      g_autofree char *cell = number (model->cents[row][column]);

      g_string_append_printf (drawing, "%s|", cell);
    }
  g_string_append_c (drawing, '\n');
}

static char *
draw (const Model *model)
{
  GString *drawing = g_string_new ("单位：万元\n|项目|合计|");

  for (guint column = 1; column <= model->columns; column++)
    g_string_append_printf (drawing, "来源%c|", 'A' + (char)column);
  g_string_append_c (drawing, '\n');
  if (model->is_top)
    draw_row (model, 0, drawing);
  for (guint row = 1; row <= model->rows; row++)
    draw_row (model, row, drawing);
  if (!model->is_top)
    draw_row (model, 0, drawing);
  return g_string_free (drawing, FALSE);
}

/* -------------------------------------------------------------------- model
 */

static void
expect (GPtrArray *lines, gint64 stated, const gint64 *parts, guint count)
{
  GString *line = NULL;
  gint64 sum = 0;

  for (guint i = 0; i < count; i++)
    sum += parts[i];
  /* half a unit of the last digit of each, and of the total */
  if (2 * ABS (sum - stated) <= (gint64)count + 1)
    return;
  line = g_string_new ("sum error material ");
  for (guint i = 0; i <= count; i++)
    {
      g_autofree char *cell = number (i == 0 ? stated : parts[i - 1]);

      g_string_append_printf (line,
                              i == 1   ? " <- %s"
                              : i == 0 ? "%s"
                                       : " %s",
                              cell);
    }
  g_ptr_array_add (lines, g_string_free (line, FALSE));
}

static GPtrArray *
expected (const Model *model)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  gint64 parts[SIDE_MOST];

  for (guint row = 0; row <= model->rows; row++)
    expect (lines, model->cents[row][0], &model->cents[row][1], model->columns);
  for (guint column = 0; column <= model->columns; column++)
    {
      for (guint row = 1; row <= model->rows; row++)
        parts[row - 1] = model->cents[row][column];
      expect (lines, model->cents[0][column], parts, model->rows);
    }
  return lines;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static char *
sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static char *
found (const char *drawing)
{
  g_autoptr (HxSource) source = fixture_drawn (drawing);
  g_autofree char *errors = fixture_errors (source);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (errors, "\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (lines, g_strdup (parts[i]));
  return sorted (lines);
}

static void
errors_are_those_that_adding_up_finds (void **state)
{
  const guint32 seed = g_random_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  guint errors = 0;

  (void)state;
  for (guint round = 0; round < ROUNDS; round++)
    {
      Model model;
      g_autofree char *drawing = NULL;
      g_autofree char *told = NULL;
      g_autofree char *meant = NULL;
      g_autoptr (GPtrArray) lines = NULL;

      fill (&model, rand);
      if (round % 4 != 0)
        {
          const guint row
              = (guint)g_rand_int_range (rand, 0, (gint32)model.rows + 1);
          const guint column
              = (guint)g_rand_int_range (rand, 0, (gint32)model.columns + 1);

          model.cents[row][column] += g_rand_int_range (rand, 100, 5000000);
        }
      drawing = draw (&model);
      lines = expected (&model);
      errors += lines->len;
      meant = sorted (lines);
      told = found (drawing);
      if (strcmp (told, meant) != 0)
        fail_msg ("seed %u\n%s\nexpected:\n%s\nfound:\n%s", seed, drawing,
                  meant, told);
    }
  g_rand_free (rand);
  assert_true (errors > ROUNDS / 2);
}

/* ------------------------------------------------------------------- classes
 */

typedef struct
{
  guint parent; /* index plus one; 0: 合计 */
  char code[8];
  gint64 cents[2];
} Class;

static void
add_class (GArray *classes, guint parent, const char *code, GRand *rand)
{
  Class class = { .parent = parent };

  g_strlcpy (class.code, code, sizeof class.code);
  if (strlen (code) == 7)
    for (guint i = 0; i < 2; i++)
      class.cents[i] = g_rand_int_range (rand, 10000, 9999999);
  g_array_append_val (classes, class);
}

static GArray *
random_classes (GRand *rand)
{
  GArray *classes = g_array_new (FALSE, FALSE, sizeof (Class));

  for (guint i = 0; i < 3; i++)
    {
      const guint top = classes->len + 1;
      g_autofree char *code = g_strdup_printf ("2%02u", i + 1);

      add_class (classes, 0, code, rand);
      for (gint32 j = g_rand_int_range (rand, 1, 4); j > 0; j--)
        {
          const guint middle = classes->len + 1;
          g_autofree char *inner = g_strdup_printf ("%s%02d", code, j);

          add_class (classes, top, inner, rand);
          for (gint32 k = g_rand_int_range (rand, 2, 5); k > 0; k--)
            {
              g_autofree char *item = g_strdup_printf ("%s%02d", inner, k);

              add_class (classes, middle, item, rand);
            }
        }
    }
  for (guint i = classes->len; i-- > 0;)
    {
      const Class *class = &g_array_index (classes, Class, i);

      for (guint j = 0; class->parent != 0 && j < 2; j++)
        g_array_index (classes, Class, class->parent - 1).cents[j]
            += class->cents[j];
    }
  return classes;
}

static char *
draw_classes (const GArray *classes)
{
  GString *drawing
      = g_string_new ("单位：万元\n|科目编码|科目名称|年初数|年末数|\n");

  for (guint i = 0; i < classes->len; i++)
    {
      const Class *class = &g_array_index (classes, Class, i);
      g_autofree char *one = number (class->cents[0]);
      g_autofree char *two = number (class->cents[1]);

      g_string_append_printf (drawing, "|%s|科目%s|%s|%s|\n", class->code,
                              class->code, one, two);
    }
  return g_string_free (drawing, FALSE);
}

static void
expect_class (GPtrArray *lines, const GArray *classes, guint index,
              guint column)
{
  gint64 parts[SIDE_MOST];
  guint count = 0;

  for (guint i = 0; i < classes->len; i++)
    if (g_array_index (classes, Class, i).parent == index + 1)
      parts[count++] = g_array_index (classes, Class, i).cents[column];
  if (count > 0)
    expect (lines, g_array_index (classes, Class, index).cents[column], parts,
            count);
}

static GPtrArray *
expected_classes (const GArray *classes)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < classes->len; i++)
    for (guint column = 0; column < 2; column++)
      expect_class (lines, classes, i, column);
  return lines;
}

static void
a_wrong_class_is_found_by_its_code (void **state)
{
  const guint32 seed = g_random_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  (void)state;
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GArray) classes = random_classes (rand);
      g_autofree char *drawing = NULL;
      g_autofree char *told = NULL;
      g_autofree char *meant = NULL;
      g_autoptr (GPtrArray) lines = NULL;
      const guint wrong
          = (guint)g_rand_int_range (rand, 0, (gint32)classes->len);

      if (round % 4 != 0)
        g_array_index (classes, Class, wrong)
            .cents[g_rand_int_range (rand, 0, 2)]
            += g_rand_int_range (rand, 100, 5000000);
      drawing = draw_classes (classes);
      lines = expected_classes (classes);
      meant = sorted (lines);
      told = found (drawing);
      if (strcmp (told, meant) != 0)
        fail_msg ("seed %u\n%s\nexpected:\n%s\nfound:\n%s", seed, drawing,
                  meant, told);
    }
  g_rand_free (rand);
}

/* ------------------------------------------------------------------ anything
 */

static void
put_anything (GString *drawing, GRand *rand)
{
  static const char *const words[] = { "合计",
                                       "小计",
                                       "总计",
                                       "其中：",
                                       "一、",
                                       "（一）",
                                       "1.",
                                       "12.50",
                                       "-3.00",
                                       "(4.00)",
                                       "—",
                                       "",
                                       "95.06%",
                                       "201",
                                       "20101",
                                       "2010101",
                                       "执行率",
                                       "预算数",
                                       "执行数",
                                       "占比",
                                       "栏次",
                                       "行次",
                                       "1",
                                       "2",
                                       "3",
                                       "项目",
                                       "收入",
                                       "支出",
                                       "单位：元",
                                       "金额（万元）",
                                       "99999999999999",
                                       "增减",
                                       "上年",
                                       "得分",
                                       "分值",
                                       "总分",
                                       "<",
                                       "0",
                                       "0.00",
                                       "公用经费合计" };
  const guint columns = (guint)g_rand_int_range (rand, 1, 9);

  for (gint32 row = g_rand_int_range (rand, 1, 12); row > 0; row--)
    {
      for (guint column = 0; column < columns; column++)
        {
          const guint32 chosen
              = (guint32)g_rand_int_range (rand, 0, G_N_ELEMENTS (words));
          const char *word = words[chosen];

          if (column == 0 && strcmp (word, "<") == 0)
            word = "合计";
          g_string_append_printf (drawing, "|%s", word);
        }
      g_string_append (drawing, "|\n");
    }
}

static void
figures_are_what_stands_in_the_text (void **state)
{
  const guint32 seed = g_random_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  (void)state;
  for (guint round = 0; round < 4 * ROUNDS; round++)
    {
      GString *drawing = g_string_new ("2024年收入合计12.50万元。\n");
      g_autoptr (HxSource) source = NULL;
      g_autoptr (HxCheckResult) result = NULL;

      put_anything (drawing, rand);
      source = fixture_drawn (drawing->str);
      result = hx_check_source (source);
      for (guint i = 0; i < result->claims->len; i++)
        {
          const HxClaim *claim = g_ptr_array_index (result->claims, i);
          const HxClaimFigure *figure = g_ptr_array_index (claim->operands, 0);
          const char *at
              = g_utf8_offset_to_pointer (source->text, (glong)figure->offset);

          if (strncmp (at, figure->text, strlen (figure->text)) != 0)
            fail_msg ("seed %u\n%s", seed, drawing->str);
        }
      g_string_free (drawing, TRUE);
    }
  g_rand_free (rand);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (errors_are_those_that_adding_up_finds),
    cmocka_unit_test (a_wrong_class_is_found_by_its_code),
    cmocka_unit_test (figures_are_what_stands_in_the_text),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
