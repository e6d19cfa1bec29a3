/* indicator_view: a year's figures as the user may see them, for the pages and
 * the API. */
#ifndef HX_SERVER_INDICATOR_VIEW_H
#define HX_SERVER_INDICATOR_VIEW_H

#include "plan/target.h"
#include "server/figure_part.h"

G_BEGIN_DECLS

typedef struct
{
  HxPeriod period;
  GPtrArray *figures; /* HxFigure */
  GHashTable *stated; /* key → wording */
  GHashTable *weak;   /* key → why */
  GPtrArray *targets; /* HxTarget; none for a part of the bureau */
} HxIndicatorView;

/* The parameters year, as_of and unit of the call. */
gboolean hx_indicator_period (HxCall *call, HxPeriod *period, GError **error);
gboolean hx_indicator_view_read (HxCall *call, HxIndicatorView *view,
                                 GError **error);
void hx_indicator_view_clear (HxIndicatorView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxIndicatorView, hx_indicator_view_clear)

/* The values of the months up to the day, exact numerators of one denominator
 * for drawing; the caller's HxFigure with the array. */
GPtrArray *hx_indicator_months (HxCall *call, const HxIndicator *indicator,
                                const HxPeriod *period, GError **error);
/* The indicator of the parameter key, or NULL with *error. */
const HxIndicator *hx_indicator_asked (HxCall *call, GError **error);
/* What is to be reached, NULL: nothing was said. */
const HxTarget *hx_indicator_target (const HxIndicatorView *view,
                                     const HxIndicator *indicator);

/* The rows behind one, for hx_figure_rows_*; `source` outlives them. */
typedef struct
{
  HxCall *call;
  const HxIndicator *indicator;
  const HxPeriod *period;
} HxIndicatorSource;
HxFigureRows hx_indicator_rows (HxIndicatorSource *source);

/* What a spark line draws of HxFigure. */
void hx_indicator_spark (HxHtml *html, const GPtrArray *figures,
                         const char *what);
/* "1,486.55 万元", "95.06%", "386 名"; "—" when there is none. */
char *hx_say_figure (const HxFigure *figure);

G_END_DECLS

#endif
