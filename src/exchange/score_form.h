/* score_form: a filled-in scorecard as the workbook that is handed in.
 *
 * A departmental card: 一级指标 | 二级指标 | 三级指标 | 评分标准 | 分值 |
 * 自评得分 | 扣分原因和其他说明, the last with the figures behind each score,
 * who filled it in and how many files stand behind it.  A project card:
 * project, bureau and unit, the funds by source with their rate and what it
 * scores, the goals of the year with what became of their tasks, and 一级指标 |
 * 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
 * 偏差原因分析及改进措施.
 *
 * One sheet to print, A4 across, the heads on every page.  Points, scores,
 * amounts and rates are numbers with their decimals, so that a spreadsheet adds
 * them up.  A card's warning stands under the title, what is missing in the
 * last column, room to sign below.
 */
#ifndef HX_EXCHANGE_SCORE_FORM_H
#define HX_EXCHANGE_SCORE_FORM_H

#include "score/score.h"

G_BEGIN_DECLS

/* Written beside and renamed over what is there.  The funds and goals of a
 * project form are read through `connection`.  `bureau` NULL: the name of the
 * catalogue. */
gboolean hx_score_form_write (HxConnection *connection, const HxScore *score,
                              const char *bureau, const char *path,
                              GError **error);

G_END_DECLS

#endif
