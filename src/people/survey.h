/* survey: a campaign in which people's data are looked at, and how far it is.
 *
 * A campaign is a row of the register that the quality's records refer to by
 * `campaign` (quality.yaml): its text `who` holds the terms of a selection; it
 * runs from `since` to `until`, which may be missing.  To be surveyed are those
 * of whom the quality asks and whom the terms give as of the as-of date, or of
 * the campaign's last day if that was before.
 *
 * Of a person the last record counts that is not void, is dated up to the
 * as-of date and names the campaign, or names none and falls into its days.
 * Somebody is done when that record shows that the data were verified
 * (`verified.where`); tried when there is a record that does not; else open.
 *
 * Nothing is stored: all is counted from the rows.
 */
#ifndef HX_PEOPLE_SURVEY_H
#define HX_PEOPLE_SURVEY_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  const HxKind *kind; /* the register of campaigns */
  gint64 id;
  char *number; /* what names the row: its label, never NULL */
  char *name;   /* the field `name`, or NULL */
  char **terms; /* NULL at the end */
  HxDate since; /* year 0: not known */
  HxDate until;
} HxSurvey;

/* The campaign that `name` names by the register's refer_by; NULL: that which
 * began last by the as-of date.  HX_ERROR_NOT_FOUND when there is none. */
HxSurvey *hx_survey_find (HxConnection *connection, const HxQuality *quality,
                          const char *name, HxDate as_of, GError **error);
void hx_survey_free (HxSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxSurvey, hx_survey_free)

typedef enum
{
  HX_SURVEY_DONE,
  HX_SURVEY_TRIED,
  HX_SURVEY_OPEN
} HxSurveyState;

/* The codes by which records tell their result, NULL when the quality's
 * `verified.where` tests none. */
const HxField *hx_survey_result (const HxQuality *quality);

typedef struct
{
  gint64 unit_id; /* 0: none */
  gint64 people;  /* = done + tried + open */
  gint64 done, tried, open;
  gint64 *results; /* of the last records, by hx_survey_result's codes */
} HxSurveyPart;

/* FALSE stops.  `result` is a code or NULL. */
typedef gboolean (*HxSurveyFunc) (const HxRow *row, HxSurveyState state,
                                  const char *result, gpointer data);

typedef struct
{
  const HxQuality *quality;
  const HxSurvey *survey;
  const char *unit; /* its name: this unit and those below it; NULL: all */
  HxDate as_of;
} HxSurveyQuery;

/* HxSurveyPart by unit id, freed with the array; `function` (may be NULL) is
 * told of each person in the order of the ids. */
GPtrArray *hx_survey_progress (HxConnection *connection, HxCatalogue *catalogue,
                               const HxSurveyQuery *query,
                               HxSurveyFunc function, gpointer data,
                               GError **error);

G_END_DECLS

#endif
