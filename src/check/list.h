/* Lists that the words close.  Private to the room check.
 *
 * Whether a list is whole is a matter of words: 其中 may name a few parts of
 * many, 由…组成 names all; 基本支出 and 项目支出 are all there is; “三项” wants
 * three.  Only of a whole list is it said that it does not make its total.
 */
#ifndef HX_CHECK_LIST_H
#define HX_CHECK_LIST_H

#include "check/group.h"

G_BEGIN_DECLS

/* The words between two amounts open a list of parts: 其中, 分为, 包括 … */
gboolean hx_list_is_opened (const HxReading *reading, const HxTerm *total,
                            const HxTerm *first);
#define HX_LIST_MAX 40

/* The parts that the words give the total in its sentence, without parts of
 * parts; their number, 0: none. */
guint hx_list_parts (const HxReading *reading, guint total, guint *parts);
/* Parts that by their names are all there is of something. */
gboolean hx_list_is_known_whole (const HxReading *reading, const guint *parts,
                                 guint count);
/* Every part has a share behind it, and all are shares of what the parts
 * make. */
gboolean hx_list_is_borne_by_shares (const HxReading *reading,
                                     const guint *parts, guint count);
/* Adds the group when the parts do not make the total but a slip, or a small
 * part of it, is all that is missing. */
void hx_list_add_nearly (HxSearch *search, guint total, const guint *parts,
                         guint count);
/* Whole lists in the sentence of their total that do not make it. */
void hx_list_judge (HxSearch *search);
/* A total behind its parts that nothing before it makes. */
void hx_list_judge_behind (HxSearch *search, guint total);

G_END_DECLS

#endif
