/* people_list: people as pages and operations list them.
 *
 * Within the user's scope, by what is typed (a search, the likely first) or by
 * a selection (in the order of a field, page by page behind a key).
 *
 * The parameters of a route that lists: HX_PEOPLE_PARAMETERS.
 */
#ifndef HX_SERVER_PEOPLE_LIST_H
#define HX_SERVER_PEOPLE_LIST_H

#include "server/shown.h"

G_BEGIN_DECLS

#define HX_PEOPLE_PARAMETERS                                                   \
  { "q", HX_IN_QUERY, HX_TYPE_TEXT, .max = 100,                                \
    .what = N_ ("姓名、拼音、首字母、编号或街道") },                           \
      { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },                \
      { "status", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("人员状态") },        \
      { "age_from", HX_IN_QUERY, HX_TYPE_INTEGER,                              \
        .min = 0,   .max = 150,  .what = N_ ("年龄从") },                      \
      { "age_to", HX_IN_QUERY, HX_TYPE_INTEGER,                                \
        .min = 0, .max = 150,  .what = N_ ("年龄到") },                        \
      { "where", HX_IN_QUERY, HX_TYPE_TEXT, HX_MANY,                           \
        .what = N_ ("条件，如 level=bureau_chief") },                          \
      { "left", HX_IN_QUERY, HX_TYPE_BOOL, .what = N_ ("包括已出册的") },      \
      { "sort", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = "id|age|younger",      \
        .what = N_ ("排序") },                                                 \
  {                                                                            \
    "cursor", HX_IN_QUERY, HX_TYPE_TEXT, .max = 2000,                          \
                                         .what = N_ ("从这一行之后")           \
  }

typedef struct
{
  GPtrArray *rows; /* HxRow */
  char *next;      /* the cursor behind the last of them; NULL: the end */
} HxPeopleRows;

void hx_people_rows_clear (HxPeopleRows *rows);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxPeopleRows, hx_people_rows_clear)

/* The register whose people they are; HX_ERROR_NOT_FOUND when the catalogue
 * keeps no files of persons or the user may not read them. */
const HxKind *hx_people_kind (const HxCall *call, GError **error);
/* HX_ERROR_USAGE names the condition that is wrong.  At most `limit` rows. */
gboolean hx_people_list (HxShown *shown, guint limit, HxPeopleRows *rows,
                         GError **error);

/* Found by words in any register that is searched and the user may read. */
typedef gboolean (*HxFoundFunc) (const HxRow *row, const char *rank,
                                 gpointer data, GError **error);
typedef struct
{
  const char *text;
  const HxKind *kind; /* NULL: every one */
  guint limit;
  HxDate as_of; /* year 0: ever */
} HxFind;
gboolean hx_people_find (HxShown *shown, const HxFind *find,
                         HxFoundFunc function, gpointer data, GError **error);

G_END_DECLS

#endif
