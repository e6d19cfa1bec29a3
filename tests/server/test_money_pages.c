/* The pages of the money, on the sample year, against what the room budget
 * says of it. */
#include "year_page_test.h"

#include "budget/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct
{
  ServerFixture *fixture;
  Visitor *finance, *section, *liaison, *reviewer;
} Pages;

static int
setup (void **state)
{
  Pages *pages = g_new0 (Pages, 1);

  pages->fixture = server_fixture_new (TRUE, NULL);
  pages->finance = visitor_new (pages->fixture, HX_USER_FINANCE, 0);
  pages->section = visitor_new (pages->fixture, HX_USER_SECTION, 0);
  pages->liaison = visitor_new (pages->fixture, HX_USER_LIAISON, 0);
  pages->reviewer = visitor_new (pages->fixture, HX_USER_REVIEWER, 0);
  *state = pages;
  return 0;
}

static int
teardown (void **state)
{
  Pages *pages = *state;

  visitor_free (pages->finance);
  visitor_free (pages->section);
  visitor_free (pages->liaison);
  visitor_free (pages->reviewer);
  server_fixture_free (pages->fixture);
  g_free (pages);
  return 0;
}

static void
ask (Pages *pages, const HxBudgetQuery *query, HxBudgetAnswer *answer)
{
  g_autoptr (HxReader) reader = hx_store_reader (pages->fixture->store, NULL);
  g_autoptr (GError) error = NULL;

  if (!hx_budget_answer_read (hx_reader_connection (reader),
                              pages->fixture->catalogue, query, answer, &error))
    fail_msg ("%s", error->message);
}

/* "1,469.76" of hundredths, by hand. */
static char *
wan (gint64 hundredths)
{
  const gint64 whole = ABS (hundredths) / 100;
  const char *sign = hundredths < 0 ? "-" : "";

  return whole >= 1000
             ? g_strdup_printf ("%s%d,%03d.%02d", sign, (int)(whole / 1000),
                                (int)(whole % 1000),
                                (int)(ABS (hundredths) % 100))
             : g_strdup_printf ("%s%d.%02d", sign, (int)whole,
                                (int)(ABS (hundredths) % 100));
}

/* The row of the page that begins with `name`, up to the next. */
static char *
row_of (const char *page, const char *name)
{
  const char *at = strstr (page, name);
  const char *end = at != NULL ? strstr (at, "</tr>") : NULL;

  if (end == NULL)
    fail_msg ("no row %s", name);
  return g_strndup (at, (gsize)(end - at));
}

static void
assert_row_has (const char *page, const char *name, const HxMoneyShown *shown)
{
  g_autofree char *row = row_of (page, name);

  for (guint i = 0; i < HX_MONEY_COLUMNS; i++)
    {
      g_autofree char *number = wan (shown->cells[i]);
      g_autofree char *cell = g_strdup_printf (">%s<", number);

      assert_page_has (row, cell);
    }
}

static HxMoney *
moneys_of (const GPtrArray *lines)
{
  HxMoney *moneys = g_new0 (HxMoney, (gsize)lines->len + 1);

  for (guint i = 0; i < lines->len; i++)
    moneys[i] = ((HxBudgetLine *)lines->pdata[i])->money;
  return moneys;
}

static void
each_line_shows_what_the_budget_says (void **state)
{
  Pages *pages = *state;
  const HxBudgetQuery query
      = { .year = 2023, .as_of = { 2023, 7, 31 }, .today = { 2023, 11, 30 } };
  g_auto (HxBudgetAnswer) answer = { 0 };
  g_autofree HxMoney *moneys = NULL;
  g_autofree HxMoneyShown *shown = NULL;
  g_autofree char *page
      = visitor_page (pages->reviewer, "/money?year=2023&as_of=2023-07-31");

  ask (pages, &query, &answer);
  assert_int_equal (answer.lines->len, 10);
  moneys = moneys_of (answer.lines);
  shown = hx_money_show (moneys, answer.lines->len);
  for (guint i = 0; i < answer.lines->len; i++)
    {
      const HxBudgetLine *line = answer.lines->pdata[i];
      g_autofree char *name
          = g_strdup_printf (">%s %s<", line->number, line->name);

      assert_row_has (page, name, &shown[i]);
    }
  assert_row_has (page, ">合计<", &shown[answer.lines->len]);
  assert_page_has (page, "各种分法合计一致");
  assert_page_lacks (page, "style=");
}

static void
shown_columns_add_up_to_their_sums (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  (void)state;
  for (guint round = 0; round < 200; round++)
    {
      HxMoney rows[9] = { 0 };
      const guint n = (guint)g_rand_int_range (random, 1, 9);
      g_autofree HxMoneyShown *shown = NULL;

      for (guint i = 0; i < n; i++)
        {
          rows[i].initial = g_rand_int (random);
          rows[i].adjusted = g_rand_int_range (random, -900000, 900000);
          rows[i].total = rows[i].initial + rows[i].adjusted;
          rows[i].executed = g_rand_int (random) / 2;
          rows[i].open = rows[i].total - rows[i].executed;
        }
      shown = hx_money_show (rows, n);
      for (guint column = 0; column < HX_MONEY_COLUMNS; column++)
        {
          gint64 sum = 0;

          for (guint i = 0; i < n; i++)
            sum += shown[i].cells[column];
          assert_int_equal (sum, shown[n].cells[column]);
        }
    }
}

static void
months_stand_beside_time_and_plan (void **state)
{
  Pages *pages = *state;
  const HxBudgetQuery query = { .year = 2023,
                                .as_of = { 2023, 11, 30 },
                                .today = { 2023, 11, 30 },
                                .months = TRUE };
  g_auto (HxBudgetAnswer) answer = { 0 };
  g_autofree char *page
      = visitor_page (pages->finance, "/money/months?year=2023");

  ask (pages, &query, &answer);
  assert_int_equal (answer.months->len, 11);
  for (guint i = 0; i < answer.months->len; i++)
    {
      const HxBudgetMonth *month
          = &g_array_index (answer.months, HxBudgetMonth, i);
      g_autofree char *name = g_strdup_printf (">%u月<", i + 1);
      g_autofree char *row = row_of (page, name);
      g_autofree char *so_far
          = wan (hx_money_hundredths (month->executed_so_far));
      g_autofree char *rate = g_strdup_printf (
          ">%d.%02d%%<", (int)(month->rate / 100), (int)(month->rate % 100));

      assert_page_has (row, so_far);
      assert_page_has (row, rate);
    }
  assert_page_has (page, "<polyline class=\"planned\"");
}

static void
every_payment_is_on_one_page_of_the_list (void **state)
{
  Pages *pages = *state;
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *target = g_strdup ("/money/payments?year=2023");
  guint turned = 0;

  while (target != NULL)
    {
      g_autofree char *page = visitor_page (pages->finance, target);
      const char *next = strstr (page, "rel=\"next\"");
      const char *at = page;

      while ((at = strstr (at, "data-url=\"/ledgers/payment/")) != NULL)
        {
          at += strlen ("data-url=\"");
          g_assert_true (
              g_hash_table_add (seen, g_strndup (at, strcspn (at, "\""))));
        }
      g_clear_pointer (&target, g_free);
      if (next != NULL)
        {
          const char *from = g_strrstr_len (page, next - page, "href=\"")
                             + strlen ("href=\"");
          g_auto (GStrv) parts = NULL;
          g_autofree char *raw = g_strndup (from, strcspn (from, "\""));

          parts = g_strsplit (raw, "&amp;", -1);
          target = g_strjoinv ("&", parts);
        }
      assert_true (++turned < 20);
    }
  assert_int_equal (g_hash_table_size (seen), 278);
  assert_int_equal (turned, 6);
}

static void
contracts_say_why_amounts_differ (void **state)
{
  Pages *pages = *state;
  g_autofree char *page
      = visitor_page (pages->reviewer, "/money/contracts?year=2023");

  assert_page_has (page, "HT2023-001");
  assert_page_has (page, "154.00 万元");
  assert_page_has (page, "中标价低于立项预算");
}

static void
the_api_says_what_the_command_prints (void **state)
{
  Pages *pages = *state;
  const HxBudgetQuery query = { .year = 2023,
                                .as_of = { 2023, 7, 31 },
                                .today = { 2023, 11, 30 },
                                .has_cut = TRUE,
                                .cut = HX_CUT_SOURCE,
                                .months = TRUE };
  g_auto (HxBudgetAnswer) answer = { 0 };
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (Answer) reply = visitor_get (
      pages->reviewer,
      "/api/v1/budget?year=2023&as_of=2023-07-31&by=source&months=1");

  ask (pages, &query, &answer);
  hx_budget_answer_json (&answer, expected);
  assert_int_equal (reply->status, 200);
  assert_string_equal (g_strchomp (reply->body), expected->str);
}

static void
the_import_is_offered_with_its_mapping (void **state)
{
  Pages *pages = *state;
  g_autofree char *page = visitor_page (pages->finance, "/money/import");
  g_autoptr (Answer) other = visitor_get (pages->section, "/money/import");

  assert_page_has (page, "mapping=treasury_payment");
  assert_page_has (page, "mapping=treasury_line");
  assert_int_equal (other->status, 403);
}

static void
finance_writes_others_read_and_streets_do_neither (void **state)
{
  Pages *pages = *state;
  g_autofree char *own = visitor_page (pages->finance, "/money/lines/8");
  g_autofree char *read = visitor_page (pages->section, "/money/lines/8");
  g_autoptr (Answer) form
      = visitor_get (pages->section, "/money/lines/8/payment");
  g_autoptr (Answer) street = visitor_get (pages->liaison, "/money");
  g_autoptr (Answer) api = visitor_get (pages->liaison, "/api/v1/budget");

  assert_page_has (own, "/money/lines/8/carry-over");
  assert_page_lacks (read, "/money/lines/8/carry-over");
  assert_page_has (read, "1,634,000.00 元");
  assert_int_equal (form->status, 403);
  assert_int_equal (street->status, 403);
  assert_int_equal (api->status, 403);
}

/* ------------------------------------------------------------------- closing
 */

/* The first remainder of the year says one 分 less than there is. */
static gboolean
take_a_fen (HxLedger *ledger, gpointer data, GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (hx_ledger_catalogue (ledger));
  g_autoptr (HxRow) row = hx_row_new (view->unspent);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { texts };
  g_autofree char *amount = NULL;

  if (!hx_row_load (hx_ledger_connection (ledger), row, *(gint64 *)data, error))
    return FALSE;
  amount = hx_money_format_yuan (
      row->values[view->unspent_amount->index].integer - 1);
  return hx_row_set (ledger, row, view->unspent_amount, amount, &faults, error)
         && hx_row_check (ledger, row, NULL, &faults, error)
         && hx_ledger_change (ledger, row, &faults, error);
}

static void
a_hole_of_one_fen_is_named_and_answered (void **state)
{
  Pages *pages = *state;
  gint64 id = 1;
  g_autofree char *before
      = visitor_page (pages->finance, "/money/closing?year=2023");
  g_autofree char *open = NULL, *after = NULL, *form = NULL;
  g_autoptr (Answer) answer = NULL;

  assert_page_has (before, "各项预算都有去向");
  server_fixture_write (pages->fixture, take_a_fen, &id);
  open = visitor_page (pages->finance, "/money/closing?year=2023");
  assert_page_has (open, "还有 0.01 元 没有去向");
  assert_page_has (open, "2023-008");
  assert_page_has (open, "/money/lines/8/carry-over");
  form = visitor_page (pages->finance, "/money/lines/8/carry-over");
  assert_page_has (form, "#8");
  answer = visitor_send (pages->finance, "/money/lines/8/carry-over",
                         "f.date=2023-12-31&f.amount=0.01&f.basis=x"
                         "&f.reason=%E5%B0%BE");
  assert_int_equal (answer->status, 303);
  after = visitor_page (pages->finance, "/money/closing?year=2023");
  assert_page_lacks (after, "没有去向");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_line_shows_what_the_budget_says),
    cmocka_unit_test (shown_columns_add_up_to_their_sums),
    cmocka_unit_test (months_stand_beside_time_and_plan),
    cmocka_unit_test (every_payment_is_on_one_page_of_the_list),
    cmocka_unit_test (contracts_say_why_amounts_differ),
    cmocka_unit_test (the_api_says_what_the_command_prints),
    cmocka_unit_test (the_import_is_offered_with_its_mapping),
    cmocka_unit_test (finance_writes_others_read_and_streets_do_neither),
    cmocka_unit_test (a_hole_of_one_fen_is_named_and_answered),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
