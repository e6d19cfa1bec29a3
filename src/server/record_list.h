/* record_list: rows of a kind as pages and operations list them.
 *
 * Within the user's scope, by terms of a selection (ledger/selection.h), in the
 * order of a field, page by page behind a key; nothing is counted.  The latest
 * come first unless the user asks otherwise: that is the order of the key, and
 * costs the same however many rows there are.
 *
 * The parameters of a route that lists: HX_RECORD_LIST_PARAMETERS, with "kind"
 * in the path.
 */
#ifndef HX_SERVER_RECORD_LIST_H
#define HX_SERVER_RECORD_LIST_H

#include "server/shown.h"

G_BEGIN_DECLS

#define HX_RECORD_LIST_PARAMETERS                                              \
  { "q", HX_IN_QUERY, HX_TYPE_TEXT, .max = 100,                                \
    .what = N_ ("姓名、编号或名称") },                                         \
      { "where", HX_IN_QUERY, HX_TYPE_TEXT,                                    \
        HX_MANY, .max = 1000, .what = N_ ("条件，如 occasion=birthday") },     \
      { "from", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("从这一天") },          \
      { "until", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("到这一天") },         \
      { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },                \
      { "sort", HX_IN_QUERY, HX_TYPE_TEXT, .max = 80,                          \
        .what = N_ ("按哪个字段排，前面加 - 从大到小") },                      \
  {                                                                            \
    "cursor", HX_IN_QUERY, HX_TYPE_TEXT, .max = 2000,                          \
                                         .what = N_ ("从这一行之后")           \
  }

typedef struct
{
  const HxKind *kind;
  const HxField *sort; /* NULL: by id */
  gboolean descending;
  GPtrArray *terms; /* char *, NULL at the end */
  GArray *found;    /* gint64: rows of kind->of, or of the kind; NULL: any */
} HxRecordQuery;

/* What the call asks for; HX_ERROR_USAGE names what is wrong. */
gboolean hx_record_query (HxShown *shown, HxRecordQuery *query, GError **error);
void hx_record_query_clear (HxRecordQuery *query);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxRecordQuery, hx_record_query_clear)

/* May the list be sorted by the field? */
gboolean hx_record_sorts (const HxField *field);

typedef struct
{
  GPtrArray *rows; /* HxRow */
  char *next;      /* the cursor behind the last of them; NULL: the end */
} HxRecordRows;

void hx_record_rows_clear (HxRecordRows *rows);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxRecordRows, hx_record_rows_clear)

/* At most `limit` rows behind the call's cursor. */
gboolean hx_record_rows (HxShown *shown, const HxRecordQuery *query,
                         guint limit, HxRecordRows *rows, GError **error);
/* All of them, streamed; FALSE of the function with *error fails. */
gboolean hx_record_each (HxShown *shown, const HxRecordQuery *query,
                         HxSelectedFunc function, gpointer data,
                         GError **error);

/* What a list shows of a row: what names it, then what fits, at most `most`
 * fields (HxField) that the user sees. */
GPtrArray *hx_record_columns (const HxShown *shown, const HxKind *kind,
                              guint most);

G_END_DECLS

#endif
