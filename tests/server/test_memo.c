/* Answers are kept while nothing has changed, and no longer. */
#include "server/memo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct
{
  int number;
  int *cleared;
} Box;

static void
box_clear (gpointer data)
{
  Box *box = data;

  (*box->cleared)++;
}

static Box *
box_new (int number, int *cleared)
{
  Box *box = g_atomic_rc_box_new0 (Box);

  box->number = number;
  box->cleared = cleared;
  return box;
}

/* Puts and lets go of one's own share. */
static void
put (HxMemo *memo, const char *key, gint64 moment, Box *box)
{
  hx_memo_put (memo, key, moment, box);
  hx_memo_release (memo, box);
}

static int
taken (HxMemo *memo, const char *key, gint64 moment)
{
  Box *box = hx_memo_take (memo, key, moment);
  int number = box != NULL ? box->number : -1;

  hx_memo_release (memo, box);
  return number;
}

static void
an_answer_holds_for_its_moment_alone (void **state)
{
  int cleared = 0;
  g_autoptr (HxMemo) memo = hx_memo_new (4, box_clear);

  (void)state;
  assert_int_equal (taken (memo, "a", 1), -1);
  put (memo, "a", 1, box_new (7, &cleared));
  assert_int_equal (taken (memo, "a", 1), 7);
  assert_int_equal (taken (memo, "a", 2), -1);
  assert_int_equal (taken (memo, "b", 1), -1);
  put (memo, "a", 2, box_new (8, &cleared));
  assert_int_equal (cleared, 1);
  assert_int_equal (taken (memo, "a", 2), 8);
}

static void
a_late_reader_does_not_displace_a_younger_answer (void **state)
{
  int cleared = 0;
  g_autoptr (HxMemo) memo = hx_memo_new (4, box_clear);

  (void)state;
  put (memo, "a", 5, box_new (5, &cleared));
  put (memo, "a", 4, box_new (4, &cleared));
  assert_int_equal (cleared, 1);
  assert_int_equal (taken (memo, "a", 5), 5);
}

static void
what_was_not_asked_for_longest_goes_first (void **state)
{
  int cleared = 0;
  g_autoptr (HxMemo) memo = hx_memo_new (2, box_clear);

  (void)state;
  put (memo, "a", 1, box_new (1, &cleared));
  put (memo, "b", 1, box_new (2, &cleared));
  assert_int_equal (taken (memo, "a", 1), 1);
  put (memo, "c", 1, box_new (3, &cleared));
  assert_int_equal (cleared, 1);
  assert_int_equal (taken (memo, "b", 1), -1);
  assert_int_equal (taken (memo, "a", 1), 1);
  assert_int_equal (taken (memo, "c", 1), 3);
}

static void
who_holds_an_answer_keeps_it (void **state)
{
  int cleared = 0;
  HxMemo *memo = hx_memo_new (1, box_clear);
  Box *held;

  (void)state;
  put (memo, "a", 1, box_new (1, &cleared));
  held = hx_memo_take (memo, "a", 1);
  put (memo, "b", 1, box_new (2, &cleared));
  assert_int_equal (cleared, 0);
  assert_int_equal (held->number, 1);
  hx_memo_release (memo, held);
  assert_int_equal (cleared, 1);
  hx_memo_free (memo);
  assert_int_equal (cleared, 2);
}

/* -------------------------------------------------------------- many at once
 */

#define THREADS 4
#define ROUNDS 2000

static gpointer
ask (gpointer data)
{
  HxMemo *memo = data;
  int wrong = 0;

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autofree char *key = g_strdup_printf ("%d", i % 7);
      Box *box = hx_memo_take (memo, key, i % 3);

      if (box == NULL)
        put (memo, key, i % 3, box_new (i % 7, NULL));
      else
        {
          wrong += box->number != i % 7;
          hx_memo_release (memo, box);
        }
    }
  return GINT_TO_POINTER (wrong);
}

static void
threads_get_what_belongs_to_their_key (void **state)
{
  GThread *threads[THREADS];
  g_autoptr (HxMemo) memo = hx_memo_new (4, NULL);
  int wrong = 0;

  (void)state;
  for (int i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("ask", ask, memo);
  for (int i = 0; i < THREADS; i++)
    wrong += GPOINTER_TO_INT (g_thread_join (threads[i]));
  assert_int_equal (wrong, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_answer_holds_for_its_moment_alone),
    cmocka_unit_test (a_late_reader_does_not_displace_a_younger_answer),
    cmocka_unit_test (what_was_not_asked_for_longest_goes_first),
    cmocka_unit_test (who_holds_an_answer_keeps_it),
    cmocka_unit_test (threads_get_what_belongs_to_their_key),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
