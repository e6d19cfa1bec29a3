/* money_part: what the pages of a year's money share.
 *
 * Texts and arrays are the caller's.
 */
#ifndef HX_SERVER_MONEY_PART_H
#define HX_SERVER_MONEY_PART_H

#include "budget/answer.h"
#include "server/year_part.h"

G_BEGIN_DECLS

extern const HxTab hx_money_tabs[];

/* NULL with *error when the catalogue keeps no money, or the user sees none. */
const HxBudgetView *hx_money_view (const HxCall *call, GError **error);
/* What a role of the view is: a kind or a field, by its offset. */
gconstpointer hx_money_role (const HxBudgetView *view, gsize offset);
/* HxBudgetLine of the year within reach; those of one code of task alone where
 * `task` is not NULL. */
GPtrArray *hx_money_lines (HxCall *call, int year, HxDate day, const char *task,
                           GError **error);
/* All that `query` asks; lines, rows of the cut, contracts and findings within
 * reach alone. */
gboolean hx_money_answer (HxCall *call, const HxBudgetQuery *query,
                          HxBudgetAnswer *answer, GError **error);
/* Lines, or rows of a cut, in 万元 with their sum; as printed by `budget`.
 * Exactly one of `lines` and `rows` is not NULL. */
void hx_part_money (HxHtml *html, const HxBudgetQuery *query,
                    const GPtrArray *lines, const GPtrArray *rows);
/* HxBudgetFinding: what is wrong, what to do, and where. */
void hx_part_findings (HxHtml *html, const char *caption,
                       const GPtrArray *findings);
void hx_part_line_link (HxHtml *html, gint64 line_id, const char *text);
/* "/money/lines/12" with what follows. */
char *hx_money_line_url (gint64 line_id, const char *what);

/* ------------------------------------------------------------- rows of lines
 *
 * Records of a kind that name a budget line, of one year, the latest first.
 */
typedef struct
{
  const HxKind *kind;
  const HxField *line; /* of the kind */
  HxDate first, last;
  gint64 line_id;   /* 0: of all lines within reach */
  gint64 before_id; /* with its day: the row that the page goes on behind; 0:
                     * from the first */
  HxDate before_day;
  guint limit;
} HxMoneyQuery;

/* HxRow. */
GPtrArray *hx_money_rows (HxCall *call, const HxMoneyQuery *query,
                          GError **error);
/* A table of them: `fields` end with NULL; without a field for the line that
 * is shown anyway where `with_line`. */
gboolean hx_part_money_rows (HxHtml *html, HxCall *call, const char *caption,
                             const GPtrArray *rows,
                             const HxField *const *fields, GError **error);

G_END_DECLS

#endif
