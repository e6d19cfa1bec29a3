/* measure-check: how well the engine reads annotated reports.
 *
 *   precision   of what it calls a material error, the share that is one
 *   false       errors of any weight that are none, in 10,000 characters
 *   found       share of the real errors that it calls errors
 *   recognised  share of the annotated claims that it makes, with the same
 *               operands
 *
 * Given targets (a key file, a group a corpus) it fails when one is missed.
 * Without them it fails only when something cannot be read. */
#include "measure.h"

#include <locale.h>

typedef enum
{
  FILES,
  CHARACTERS,
  ANNOTATED,
  RECOGNISED, /* made, with the same operands */
  TOUCHED,    /* made, with one of them */
  AGREED,     /* made, and judged the same */
  ERRORS,     /* annotated */
  FOUND,
  CLAIMS, /* made */
  MATERIAL,
  REAL,  /* of the material ones */
  WRONG, /* errors that are none, of any weight */
  COUNTS
} Count;

typedef struct
{
  guint of[COUNTS];
  gint64 microseconds;
} Tally;

typedef struct
{
  gboolean verbose, errors, missed, claims, warnings;
  char *targets, *group;
  char **folders;
} Options;

/* A measure is a part of a whole, times a factor. */
typedef struct
{
  const char *key, *words;
  Count part, whole;
  double factor;
  gboolean at_most;
} Measure;

static const Measure measures[] = {
  { "precision", "of material errors called, are real", REAL, MATERIAL, 100,
    FALSE },
  { "false", "false findings per 10,000 characters", WRONG, CHARACTERS, 10000,
    TRUE },
  { "found", "of real errors, are found", FOUND, ERRORS, 100, FALSE },
  { "recognised", "of claims, are made", RECOGNISED, ANNOTATED, 100, FALSE },
  { "touched", "  with at least one operand right", TOUCHED, ANNOTATED, 100,
    FALSE },
  { "agreed", "  and the verdict is the same", AGREED, ANNOTATED, 100, FALSE },
};

typedef gboolean (*Matches) (const HxClaim *, const HxClaim *);

/* Is there one among `claims` that matches, of any verdict or (with `verdict`
 * below HX_VERDICTS) of this one? */
static gboolean
has_match (const GPtrArray *claims, const HxClaim *claim, Matches matches,
           guint verdict)
{
  for (guint i = 0; i < claims->len; i++)
    {
      const HxClaim *other = claims->pdata[i];

      if ((verdict < HX_VERDICTS ? other->verdict == verdict
                                 : other->verdict != HX_VERDICT_UNKNOWN)
          && matches (claim, other))
        return TRUE;
    }
  return FALSE;
}

static void
tally_annotated (Tally *tally, const Report *report, const Options *options)
{
  const GPtrArray *made = report->result->claims;

  for (guint i = 0; i < report->annotated->len; i++)
    {
      const HxClaim *claim = report->annotated->pdata[i];
      gboolean equal = has_match (made, claim, claims_equal, HX_VERDICTS);
      gboolean touched
          = equal || has_match (made, claim, claims_touch, HX_VERDICTS);
      gboolean error = claim->verdict == HX_VERDICT_ERROR;
      gboolean found
          = error
            && has_match (made, claim, claims_share_figure, HX_VERDICT_ERROR);

      tally->of[ANNOTATED]++;
      tally->of[RECOGNISED] += equal;
      tally->of[TOUCHED] += touched;
      tally->of[AGREED]
          += has_match (made, claim, claims_equal, claim->verdict);
      tally->of[ERRORS] += error;
      tally->of[FOUND] += found;
      if (error && !found && options->errors)
        claim_print (report, "ERROR NOT FOUND", claim);
      if (!equal && options->missed)
        claim_print (report, touched ? "CLAIM OTHERWISE" : "CLAIM MISSED",
                     claim);
    }
}

static void
tally_made (Tally *tally, const Report *report, const Options *options)
{
  const GPtrArray *made = report->result->claims;

  for (guint i = 0; i < made->len; i++)
    {
      const HxClaim *claim = made->pdata[i];
      gboolean material = claim->severity == HX_SEVERITY_MATERIAL;
      gboolean real = FALSE;

      tally->of[CLAIMS]++;
      if (options->claims)
        claim_print (report, "CLAIM", claim);
      if (claim->verdict != HX_VERDICT_ERROR)
        continue;
      real = has_match (report->annotated, claim, claims_share_figure,
                        HX_VERDICT_ERROR);
      tally->of[MATERIAL] += material;
      tally->of[REAL] += material && real;
      tally->of[WRONG] += !real;
      if (!real && options->errors)
        claim_print (report, report->has_claims ? "FALSE" : "FINDING", claim);
    }
}

static void
warnings_print (const Report *report)
{
  const GPtrArray *warnings = report->result->warnings;

  for (guint i = 0; i < warnings->len; i++)
    {
      const HxCheckWarning *warning = warnings->pdata[i];

      g_print ("WARNING %s: %s @%" G_GSIZE_FORMAT " “%s” %s\n", report->name,
               hx_check_warning_key (warning->code), warning->offset,
               warning->text, warning->message);
    }
}

static gboolean
measure_file (Tally *tally, const char *path, const Options *options,
              GError **error)
{
  g_autoptr (Report) report = report_read (path, error);

  if (report == NULL)
    return FALSE;
  tally->of[FILES]++;
  tally->of[CHARACTERS] += (guint)report->source->characters;
  tally->microseconds += report->microseconds;
  tally_annotated (tally, report, options);
  tally_made (tally, report, options);
  if (options->warnings)
    warnings_print (report);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* A folder's texts in order, or the one text that is named. */
static gboolean
measure_path (Tally *tally, const char *path, const Options *options,
              GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = NULL;
  const char *name = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return measure_file (tally, path, options, error);
  folder = g_dir_open (path, 0, error);
  if (folder == NULL)
    return FALSE;
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".txt"))
      g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (!measure_file (tally, names->pdata[i], options, error))
      return FALSE;
  return TRUE;
}

static double
measure_value (const Measure *measure, const Tally *tally)
{
  guint part = tally->of[measure->part];
  guint whole = tally->of[measure->whole];

  if (whole == 0)
    return measure->at_most ? 0 : measure->factor;
  return measure->factor * part / whole;
}

/* Prints a measure beside its target, if it has one; TRUE when it is met. */
static gboolean
measure_print (const Measure *measure, const Tally *tally, GKeyFile *targets,
               const char *group)
{
  double value = measure_value (measure, tally);
  gboolean met = TRUE;

  g_print ("%-11s %7.2f  %5u of %-6u %s", measure->key, value,
           tally->of[measure->part], tally->of[measure->whole], measure->words);
  if (targets != NULL
      && g_key_file_has_key (targets, group, measure->key, NULL))
    {
      double target
          = g_key_file_get_double (targets, group, measure->key, NULL);

      met = measure->at_most ? value <= target : value >= target;
      g_print (" (%s %g%s)", measure->at_most ? "at most" : "at least", target,
               met ? "" : ": MISSED");
    }
  g_print ("\n");
  return met;
}

static gboolean
tally_print (const Tally *tally, GKeyFile *targets, const char *group)
{
  gboolean met = TRUE;

  g_print ("%u files, %u characters, %u claims made, %u annotated, %.1f ms\n",
           tally->of[FILES], tally->of[CHARACTERS], tally->of[CLAIMS],
           tally->of[ANNOTATED], (double)tally->microseconds / 1000);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    met = measure_print (&measures[i], tally, targets, group) && met;
  return met;
}

static gboolean
options_read (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[]
      = { { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose,
            "false findings, errors not found, claims not made", NULL },
          { "errors", 'e', 0, G_OPTION_ARG_NONE, &options->errors,
            "false findings and errors not found only", NULL },
          { "missed", 'm', 0, G_OPTION_ARG_NONE, &options->missed,
            "claims not made, or from other figures", NULL },
          { "claims", 'c', 0, G_OPTION_ARG_NONE, &options->claims,
            "every claim that is made", NULL },
          { "warnings", 'w', 0, G_OPTION_ARG_NONE, &options->warnings,
            "every warning", NULL },
          { "targets", 0, 0, G_OPTION_ARG_FILENAME, &options->targets,
            "fail when a target of this file is missed", "FILE" },
          { "group", 0, 0, G_OPTION_ARG_STRING, &options->group,
            "the group of the targets", "NAME" },
          { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
            &options->folders, NULL, "FOLDER|FILE.txt…" },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  options->errors = options->errors || options->verbose;
  options->missed = options->missed || options->verbose;
  return TRUE;
}

static gboolean
measure_all (const Options *options, gboolean *met, GError **error)
{
  g_autoptr (GKeyFile) targets = NULL;
  Tally tally = { { 0 }, 0 };

  if (options->targets != NULL)
    {
      targets = g_key_file_new ();
      if (!g_key_file_load_from_file (targets, options->targets, 0, error))
        return FALSE;
    }
  for (guint i = 0; options->folders != NULL && options->folders[i]; i++)
    if (!measure_path (&tally, options->folders[i], options, error))
      return FALSE;
  *met = tally_print (&tally, targets, options->group);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Options options = { 0 };
  gboolean met = FALSE;
  gboolean done = FALSE;

  setlocale (LC_ALL, "C.UTF-8");
  done = options_read (&options, &argc, &argv, &error)
         && measure_all (&options, &met, &error);
  if (!done)
    g_printerr ("measure-check: %s\n", error->message);
  g_free (options.targets);
  g_free (options.group);
  g_strfreev (options.folders);
  return done && met ? 0 : 1;
}
