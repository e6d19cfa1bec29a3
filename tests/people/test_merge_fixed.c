/* A merge does not replace what a fixed field holds. */
#include "picture.h"

#include "people/duplicate.h"
#include "people/merge.h"

static const Person people[] = {
  { .name = "张国华", .sex = "1", .number = "A1" },
  { .name = "張國華", .employer = "试验厂", .number = "A2" },
};

typedef struct
{
  const HxDuplicateRules *rules;
  HxMergeOrder order;
  gint64 note;
} Work;

static gboolean
merge_rows (HxLedger *ledger, gpointer data, GError **error)
{
  Work *work = data;
  g_auto (HxMerged) merged = { 0 };

  if (!hx_merge (ledger, work->rules, &work->order, &merged, error))
    return FALSE;
  work->note = merged.note;
  return TRUE;
}

static gboolean
undo_merge (HxLedger *ledger, gpointer data, GError **error)
{
  const Work *work = data;

  return hx_merge_undo (ledger, work->rules, work->note, error);
}

static void
fix (const Bureau *bureau, const char *key)
{
  for (guint i = 0; i < bureau->cadre->fields->len; i++)
    {
      HxField *field = bureau->cadre->fields->pdata[i];

      if (g_str_equal (field->key, key))
        field->fixed = TRUE;
    }
}

static void
run (Bureau *bureau, HxLedgerFunc function, Work *work, GError **error)
{
  static const HxAuthor author = { "测试员", "试验" };

  hx_measure_write (bureau->store, bureau->catalogue, &author, function, work,
                    error);
}

static void
assert_looks (Bureau *bureau, const char *before, gboolean the_same)
{
  g_autofree char *now = picture (bureau, 2023);

  assert_int_equal (g_str_equal (now, before), the_same);
}

static void
a_fixed_field_is_filled_but_not_replaced (void **state)
{
  static const char *const take[] = { "name=other", NULL };
  gint64 ids[2];
  Bureau *bureau = bureau_new (FALSE);
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) failed = NULL;
  g_autofree char *before = NULL;
  Work work;

  (void)state;
  bureau_add (bureau, people, 2, ids);
  fix (bureau, "name");
  fix (bureau, "employer");
  before = picture (bureau, 2023);
  work = (Work){ hx_catalogue_duplicates (bureau->catalogue, bureau->cadre),
                 { ids[0], ids[1], "重复登记", take },
                 0 };
  run (bureau, merge_rows, &work, &refused);
  assert_non_null (refused);
  assert_non_null (strstr (refused->message, "不能改动"));
  assert_looks (bureau, before, TRUE);

  work.order.take = NULL;
  run (bureau, merge_rows, &work, &failed);
  assert_null (failed);
  assert_looks (bureau, before, FALSE);
  run (bureau, undo_merge, &work, &failed);
  assert_null (failed);
  assert_looks (bureau, before, TRUE);
  bureau_free (bureau);
}

int
main (void)
{
  const struct CMUnitTest tests[]
      = { cmocka_unit_test (a_fixed_field_is_filled_but_not_replaced) };

  return cmocka_run_group_tests_name ("merge-fixed", tests, NULL, NULL);
}
