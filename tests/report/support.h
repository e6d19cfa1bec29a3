/* What the test programs of this room share. */
#ifndef HX_REPORT_TEST_SUPPORT_H
#define HX_REPORT_TEST_SUPPORT_H

#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const HxFigureValue test_figures[] = {
  { "visits", "走访慰问人次", { 386, 1, FALSE }, 0, "人次" },
  { "people", "服务干部人数", { 13021, 1, FALSE }, 0, "人" },
  { "executed", "执行数", { 1413150000, 1, TRUE }, 2, "万元" },
  { "rate", "执行率", { 9506, 10000, FALSE }, 4, NULL },
  { "nothing", "没有发生的事", { 0, 1, FALSE }, 0, "件" },
};

/* `data` is NULL, or the number of visits. */
static inline gboolean
test_lookup (const char *key, HxFigureValue *out, gpointer data, GError **error)
{
  if (strcmp (key, "broken") == 0)
    return hx_fail (error, HX_ERROR_STORE, "磁盘坏了", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (test_figures); i++)
    {
      if (strcmp (test_figures[i].key, key) != 0)
        continue;
      *out = test_figures[i];
      if (i == 0 && data != NULL)
        out->value.numerator = *(gint64 *)data;
      return TRUE;
    }
  return FALSE;
}

/* The error is there, and its message holds `part`. */
static inline void
assert_error (const GError *error, const char *part)
{
  assert_non_null (error);
  assert_int_equal (error->domain, HX_ERROR);
  if (strstr (error->message, part) == NULL)
    assert_string_equal (error->message, part);
}

/* Compares and frees. */
static inline void
assert_text (char *owned, const char *expected)
{
  g_autofree char *text = owned;

  assert_non_null (text);
  assert_string_equal (text, expected);
}

static inline HxTemplate *
test_template (const char *text)
{
  g_autoptr (GError) error = NULL;
  HxTemplate *template_ = hx_template_parse ("t.md", text, -1, &error);

  if (error != NULL)
    fail_msg ("%s", error->message);
  return template_;
}

#endif
