#include "sample.h"

#include <locale.h>
#include <stdio.h>

static const Workbook *const subjects[]
    = { place_workbooks,  people_workbooks, register_workbooks,
        care_workbooks,   health_workbooks, learning_workbooks,
        party_workbooks,  youth_workbooks,  office_workbooks,
        money_workbooks,  plan_workbooks,   spending_workbooks,
        target_workbooks, text_workbooks };

typedef struct
{
  char *folder;
  char *until; /* a kind; NULL: all */
  gint64 seed;
  int scale;
} Options;

static gboolean
parse_options (int *count, char ***arguments, Options *options, GError **error)
{
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->folder,
      "输出目录 / folder for the workbooks", "DIR" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed,
      "随机种子 / seed (2023)", "N" },
    { "scale", 0, 0, G_OPTION_ARG_INT, &options->scale,
      "人数和行数的倍数 / times the people and rows (1)", "N" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &options->until,
      "写到这种台账为止 / stop after the workbooks of this kind", "KIND" },
    { 0 },
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new ("— 写出 2023 示例年度的工作簿");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, count, arguments, error))
    return FALSE;
  if (options->folder == NULL || *count > 1)
    return hx_fail (error, HX_ERROR_USAGE, "没有输出目录", NULL,
                    "请写 hongxia-sample -o 目录");
  if (options->scale < 1 || options->scale > SAMPLE_SCALE_MAX)
    return hx_fail (error, HX_ERROR_USAGE, "倍数不对", "--scale",
                    "请写 1 到 200 的整数");
  return TRUE;
}

/* Each workbook has random numbers of its own: a changed subject leaves the
 * others as they were. */
static gboolean
write_workbook (const Sample *sample, const Options *options,
                const Workbook *book, GString *order, GError **error)
{
  Random random = { (guint64)options->seed ^ g_str_hash (book->file) };
  Sheet *sheet
      = sheet_open (options->folder, book->file, book->kind, book->headings);

  book->write (sample, &random, sheet);
  return sheet_close (sheet, order, error);
}

static gboolean
write_year (const Sample *sample, const Options *options, GError **error)
{
  g_autoptr (GString) order = g_string_new ("file\tkind\n");
  g_autofree char *path = g_build_filename (options->folder, "order.tsv", NULL);
  gboolean is_last = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (subjects) && !is_last; i++)
    for (const Workbook *book = subjects[i]; book->file != NULL && !is_last;
         book++)
      {
        if (!write_workbook (sample, options, book, order, error))
          return FALSE;
        is_last = g_strcmp0 (options->until, book->kind) == 0;
      }
  return hx_file_replace (path, order->str, (gssize)order->len, error);
}

static gboolean
run (const Options *options, GError **error)
{
  Random random = { (guint64)options->seed };
  Sample sample = { .seed = (guint64)options->seed,
                    .scale = (guint)options->scale,
                    .people_count = (guint)options->scale * SAMPLE_PEOPLE };
  gboolean done;

  if (g_mkdir_with_parents (options->folder, 0777) != 0)
    return hx_fail (error, HX_ERROR_STORE, "不能建立输出目录", options->folder,
                    "请换一个目录");
  sample.people = sample_people_new (&random, sample.scale);
  done = write_year (&sample, options, error);
  g_free (sample.people);
  return done;
}

int
main (int count, char **arguments)
{
  g_autoptr (GError) error = NULL;
  Options options = { .seed = SAMPLE_YEAR, .scale = 1 };
  gboolean done;

  setlocale (LC_ALL, "");
  done = parse_options (&count, &arguments, &options, &error)
         && run (&options, &error);
  g_free (options.folder);
  g_free (options.until);
  if (done)
    return 0;
  fprintf (stderr, "hongxia-sample: %s\n", error->message);
  return error->domain == G_OPTION_ERROR ? 2 : hx_error_exit_status (error);
}
