/* What the files that make a year's report share. */
#ifndef HX_YEAR_INTERNAL_H
#define HX_YEAR_INTERNAL_H

#include "report/year.h"
#include "report/year_facts.h"

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const HxReportOptions *options;
  HxPeriod period;
  gboolean survey;     /* a figure without a value has no wording: no error */
  GHashTable *figures; /* key → HxFigure, borrowed from list */
  GPtrArray *list;
  GHashTable *approved;
  json_t *context;
  GPtrArray *texts;  /* HxYearText */
  HxYearFacts facts; /* of a report; empty in a survey */
  HxTemplate *template_;
} HxYear;

void hx_year_clear (HxYear *year);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxYear, hx_year_clear)
/* Figures, facts, template and approved wordings. */
gboolean hx_year_prepare (HxYear *year, GError **error);
/* Into the options, where they ask for it. */
void hx_year_keep_values (const HxYear *year);
gboolean hx_year_keep_printed (HxYear *year, const char *markdown,
                               GError **error);

HxPrinted *hx_printed_of_figure (const HxFigure *figure, const char *stated);
HxPrinted *hx_printed_of_fact (HxCatalogue *catalogue, const HxYearFact *fact,
                               const char *stated, GError **error);

#endif
