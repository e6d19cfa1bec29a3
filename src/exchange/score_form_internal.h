/* Private to the form of a scorecard. */
#ifndef HX_EXCHANGE_SCORE_FORM_INTERNAL_H
#define HX_EXCHANGE_SCORE_FORM_INTERNAL_H

#include "exchange/form_internal.h"
#include "score/score.h"

G_BEGIN_DECLS

typedef struct
{
  HxForm form;
  HxConnection *connection;
  const HxScore *score;
  const char *bureau; /* or NULL */
  lxw_format *title, *plain, *head, *cell, *middle, *points, *money, *share;
} HxScoreWriter;

/* The columns of a project form, for the widths of what stands above it. */
#define HX_PROJECT_COLUMNS 8

/* What a project form has above its indicators: whose it is, the funds with
 * their rate, the goals of the year. */
gboolean hx_score_put_project (HxScoreWriter *writer, GError **error);
/* The row of the card that scores the rate of the funds, which stands with
 * them; NULL: there is none. */
const HxScoreRow *hx_score_rate_row (const HxScore *score);
/* Units of the card's decimals as a number. */
void hx_score_put_points (HxScoreWriter *writer, guint column, gint64 units);

G_END_DECLS

#endif
