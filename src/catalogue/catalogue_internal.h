/* Private to the room catalogue. */
#ifndef HX_CATALOGUE_INTERNAL_H
#define HX_CATALOGUE_INTERNAL_H

#include "catalogue/access.h"
#include "catalogue/budget.h"
#include "catalogue/duplicate.h"
#include "catalogue/monitor.h"
#include "catalogue/plan.h"
#include "catalogue/review.h"
#include "catalogue/scorecard.h"

#include <string.h>

typedef enum
{
  HX_NODE_SCALAR,
  HX_NODE_SEQUENCE,
  HX_NODE_MAPPING
} HxNodeKind;

/* One node of a YAML file.  Scalars are always text: "NO" and 1.10 stay what
 * was written. */
typedef struct
{
  HxNodeKind kind;
  const char *file; /* borrowed from the bundle */
  guint line, column;
  char *text;
  GPtrArray *items; /* of a mapping: key, value, key, value … */
} HxNode;

typedef struct
{
  HxCatalogue *catalogue;
  GPtrArray *faults; /* char * */
  gboolean more;     /* there were more than are kept */
  GPtrArray *nodes;  /* the roots, kept until the end */
} HxLoader;

typedef struct
{
  const HxMonitorRules *use; /* or NULL */
  GPtrArray *sets;           /* HxMonitorRules */
  HxMonitorSender sender;
  HxWorkingDays days;
} HxMonitorView;

typedef struct _HxAccessRules HxAccessRules;

struct _HxCatalogue
{
  int references;
  HxBundle *bundle;
  char *key, *name, *version;
  HxDigestKind digest_kind;
  GPtrArray *code_lists, *kinds, *indicators, *duties, *caps, *qualities;
  GPtrArray *lacking, *counted; /* the first own, the second point */
  GPtrArray *batch_plans;
  GPtrArray *mappings;
  GPtrArray *duplicates;
  GPtrArray *statistics;
  GPtrArray *scorecards;
  GHashTable *indicator_by_key;
  HxPersonView *person; /* or NULL */
  HxBudgetView *budget; /* or NULL */
  HxPlanView *plan;     /* or NULL */
  HxMonitorView *monitor;
  HxReviewRules *review; /* or NULL */
  HxAccessRules *access; /* or NULL */
};

typedef struct
{
  const char *key;
  gboolean required;
} HxKey;

/* An array of borrowed things does not say const; nobody changes them. */
static inline gpointer
hx_borrow (gconstpointer thing)
{
  return (gpointer)(guintptr)thing;
}

void hx_node_free (HxNode *node);
HxNode *hx_yaml_read (HxLoader *loader, const char *path, const char *text);
HxNode *hx_node_get (const HxNode *mapping, const char *key);
/* NULL when it is not there or is empty; a fault when it is no scalar. */
const char *hx_node_text (HxLoader *loader, const HxNode *mapping,
                          const char *key);
gboolean hx_node_bool (HxLoader *loader, const HxNode *mapping,
                       const char *key);
char **hx_node_strings (HxLoader *loader, const HxNode *mapping,
                        const char *key);
/* Unknown and missing keys become faults; FALSE when it is no mapping. */
gboolean hx_node_check (HxLoader *loader, const HxNode *node, const HxKey *keys,
                        gsize n_keys);
gboolean hx_node_is (HxLoader *loader, const HxNode *node, HxNodeKind kind);

/* `what` is taken over; what_to_do is not. */
void hx_fault (HxLoader *loader, const HxNode *node, char *what,
               const char *what_to_do);
/* The candidate nearest to `word`, or NULL when none is near. */
const char *hx_nearest (const char *word, const char *const *candidates);
void hx_fault_unknown (HxLoader *loader, const HxNode *node, const char *what,
                       GPtrArray *known);
gboolean hx_key_check (HxLoader *loader, const HxNode *node, const char *key);

void hx_codes_load (HxLoader *loader, const HxNode *root);
const HxCodeList *hx_code_list_find (HxCatalogue *catalogue, const char *key);

void hx_kind_free (gpointer data);
HxKind *hx_kind_begin (HxLoader *loader, const HxNode *root,
                       const char *folder);
void hx_kind_finish (HxLoader *loader, HxKind *kind, const HxNode *root);
/* `search`, when every kind has its fields. */
void hx_kind_search_load (HxLoader *loader, HxKind *kind, const HxNode *root);
void hx_kinds_settle_units (HxLoader *loader, GHashTable *roots);

void hx_field_free (gpointer data);
HxField *hx_field_load (HxLoader *loader, HxKind *kind, const HxNode *node);
gboolean hx_field_type_parse (const char *name, HxFieldType *type);
/* A bound or value of a field in stored units. */
gboolean hx_field_value (const HxField *field, const char *text, gint64 *value,
                         GError **error);
/* Its values are ordered, so that they have a range. */
gboolean hx_field_has_range (const HxField *field);

void hx_condition_free (gpointer data);
void hx_conditions_load (HxLoader *loader, const HxKind *kind,
                         const HxNode *node, GPtrArray *conditions);
void hx_conditions_word (const GPtrArray *conditions, GString *out);
void hx_conditions_canon (const GPtrArray *conditions, GString *out);

void hx_indicator_free (gpointer data);
void hx_indicators_load (HxLoader *loader, const HxNode *root);
void hx_indicator_describe (const HxCatalogue *catalogue,
                            HxIndicator *indicator);

void hx_quality_free (gpointer data);
void hx_qualities_load (HxLoader *loader, const HxNode *root);
/* After everything is loaded: what cells are kept of. */
void hx_counted_make (HxCatalogue *catalogue);
void hx_statistic_free (gpointer data);
void hx_statistics_load (HxLoader *loader, const HxNode *root);

void hx_duty_free (gpointer data);
void hx_duties_load (HxLoader *loader, const HxNode *root);
/* The rule under `when`, and `within`. */
void hx_duty_when_load (HxLoader *loader, HxDuty *duty, const HxNode *node);
/* Who does it, from when on, step by step, by which calendar. */
void hx_duty_marks_load (HxLoader *loader, HxDuty *duty, const HxNode *node);
/* What shows something done; NULL with a fault. */
HxDutyProof *hx_duty_proof_load (HxLoader *loader, HxDuty *duty,
                                 const HxNode *name, const HxNode *where);
/* The field of the proof that says which step was done. */
void hx_duty_proof_step (HxLoader *loader, const HxDuty *duty,
                         const HxNode *name, HxDutyProof *proof);
void hx_duty_also_load (HxLoader *loader, HxDuty *duty, const HxNode *node);
void hx_person_view_free (HxPersonView *view);
void hx_person_view_load (HxLoader *loader, const HxNode *root);
void hx_budget_view_load (HxLoader *loader, const HxNode *root);
void hx_plan_view_load (HxLoader *loader, const HxNode *root);
void hx_scorecard_free (gpointer data);
void hx_scorecard_load (HxLoader *loader, const HxNode *root);
HxMonitorView *hx_monitor_view_new (void);
void hx_monitor_view_free (HxMonitorView *view);
void hx_monitor_view_load (HxLoader *loader, const HxNode *root);
void hx_review_rules_free (HxReviewRules *rules);
void hx_access_rules_free (HxAccessRules *rules);
void hx_access_rules_load (HxLoader *loader, const HxNode *root);
void hx_review_rules_load (HxLoader *loader, const HxNode *root);
/* One file of mappings/. */
void hx_mappings_load (HxLoader *loader, const HxNode *root);
void hx_mapping_destroy (gpointer mapping);
void hx_cap_free (gpointer data);
void hx_caps_load (HxLoader *loader, const HxNode *root);
/* The first field of `kind` that refers to `target`, or NULL. */
const HxField *hx_duty_reference (const HxKind *kind, const HxKind *target);

void hx_duplicate_rules_free (gpointer data);
void hx_duplicates_load (HxLoader *loader, const HxNode *root);
/* One key of `candidates`: "birth_date.year". */
void hx_candidate_load (HxLoader *loader, const HxKind *kind,
                        const HxNode *node, GArray *keys);

void hx_batch_plan_free (gpointer data);
void hx_batch_plans_load (HxLoader *loader, const HxNode *root);
/* Which days, and who is frail. */
void hx_batch_days_load (HxLoader *loader, HxBatchPlan *plan,
                         const HxNode *node);
void hx_batch_frail_load (HxLoader *loader, HxBatchPlan *plan,
                          const HxNode *node);
/* "01-01" (of every year: year 0) or "2026-02-15". */
gboolean hx_yearly_day_parse (const char *text, HxDate *day);
/* `weekdays` of a mapping, as bits. */
guint hx_weekdays_load (HxLoader *loader, const HxNode *mapping,
                        guint fallback);
/* Its arrays are there; node may be NULL. */
void hx_working_days_load (HxLoader *loader, HxWorkingDays *days,
                           const HxNode *node);
/* A whole number from 1 to `most`; FALSE with a fault. */
gboolean hx_batch_number (HxLoader *loader, const HxNode *mapping,
                          const char *key, gint64 most, guint *number);

#endif
