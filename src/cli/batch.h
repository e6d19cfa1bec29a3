/* What the verbs of `hongxia batch` share. */
#ifndef HX_CLI_BATCH_H
#define HX_CLI_BATCH_H

#include "cli/reveal.h"
#include "people/batch_plan.h"

G_BEGIN_DECLS

/* The words and options as typed; strings are freed by clear. */
typedef struct
{
  char **words; /* behind the verb; borrowed */
  char **people, **hospital, **block;
  char *from, *to, *as_of, *batch, *output;
  HxCliReveal reveal; /* its reason is that of cancel too */
  int batches, capacity, year;
  gboolean dry_run, write, add, as_json;
} HxCliBatch;

void hx_cli_batch_clear (HxCliBatch *call);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxCliBatch, hx_cli_batch_clear)

typedef gboolean (*HxCliBatchVerb) (HxCli *cli, HxCliBatch *call,
                                    GError **error);
gboolean hx_cli_batch_plan (HxCli *cli, HxCliBatch *call, GError **error);
gboolean hx_cli_batch_next (HxCli *cli, HxCliBatch *call, GError **error);
gboolean hx_cli_batch_show (HxCli *cli, HxCliBatch *call, GError **error);
gboolean hx_cli_batch_lists (HxCli *cli, HxCliBatch *call, GError **error);
gboolean hx_cli_batch_attendance (HxCli *cli, HxCliBatch *call, GError **error);
gboolean hx_cli_batch_missed (HxCli *cli, HxCliBatch *call, GError **error);
gboolean hx_cli_batch_cancel (HxCli *cli, HxCliBatch *call, GError **error);

/* The plan that the first word names; the error lists what there is. */
const HxBatchPlan *hx_cli_batch_find (HxCatalogue *catalogue,
                                      const HxCliBatch *call, GError **error);
/* --year, else this year. */
gboolean hx_cli_batch_year (const HxCliBatch *call, int *year, GError **error);
/* --as-of; else the earlier of `latest` and today. */
gboolean hx_cli_batch_as_of (const HxCliBatch *call, HxDate latest,
                             HxDate *as_of, GError **error);
/* 周一 … 周日. */
const char *hx_cli_batch_weekday (gint32 day);

G_END_DECLS

#endif
