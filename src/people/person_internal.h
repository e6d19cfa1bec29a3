/* Private to the files of a person.
 *
 * person          the file as a whole
 * person_service  the records and registers that name the person
 * person_need     needs and their states
 * person_event    the year in order of date
 * person_find     who is meant
 */
#ifndef HX_PEOPLE_PERSON_INTERNAL_H
#define HX_PEOPLE_PERSON_INTERNAL_H

#include "people/person.h"

/* The day of a date whose parts are unknown: the first it may mean, as
 * hx_date_days; G_MAXINT64 for none. */
gint64 hx_person_day (HxDate date);
/* A date field of a row, year 0 for none. */
HxDate hx_person_date (const HxRow *row, const HxField *field);

/* What says that a row of `kind` names the row ?2 of `of`; NULL when no field
 * of the kind can. */
char *hx_person_naming (const HxKind *kind, const HxKind *of);
/* The plan whose attendances the kind holds, or NULL. */
const HxBatchPlan *hx_person_plan_of (const HxCatalogue *catalogue,
                                      const HxKind *kind);
/* A place in a batch is no service until it was taken; `plan` may be NULL. */
gboolean hx_person_is_planned (const HxBatchPlan *plan, const HxRow *row);

void hx_person_service_free (gpointer data);
gboolean hx_person_load_services (HxPerson *person, HxConnection *connection,
                                  HxCatalogue *catalogue, GError **error);
/* The rows of the plan up to the day of the file; NULL: there are none. */
GPtrArray *hx_person_plan_rows (const HxPerson *person);
void hx_person_load_needs (HxPerson *person);
gboolean hx_person_load_events (HxPerson *person, HxConnection *connection,
                                GError **error);

#endif
