/* score_form: a filled-in scorecard as the workbook that is handed in.
 *
 * A departmental card: 一级指标 | 二级指标 | 三级指标 | 评分标准 | 分值 |
 * 自评得分 | 扣分原因和其他说明.  A project card: the funds by source with
 * their rate, the goals of the year, and 一级指标 | 二级指标 | 三级指标 |
 * 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施.
 *
 * One sheet to print, A4 across, the heads on every page; numbers are text, so
 * that they stay as they were computed.  A card's warning stands under the
 * title, what is missing in the last column.
 */
#ifndef HX_EXCHANGE_SCORE_FORM_H
#define HX_EXCHANGE_SCORE_FORM_H

#include "score/score.h"

G_BEGIN_DECLS

/* Written beside and renamed over what is there.  The funds and goals of a
 * project form are read through `connection`. */
gboolean hx_score_form_write (HxConnection *connection, const HxScore *score,
                              const char *path, GError **error);

G_END_DECLS

#endif
