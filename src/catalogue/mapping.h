/* How the columns of another system's export become fields: mappings/NAME.yaml.
 *
 *   key: treasury_payment
 *   name: 预算管理一体化支付明细
 *   kind: payment
 *   sheets: [支付明细, 国库集中支付明细]   # without it: all that have a header
 *   header: 3              # its row; without it: the row with most of the
 * names columns:
 *     - {field: voucher, names: [支付凭证号, 支付申请编号]}
 *     - {field: amount, names: [支付金额, 金额], unit: 元}    # or 万元, 亿元
 *     - {field: way, names: [支付方式], codes: {财政直接支付: direct}}
 *   constants: {way: authorised}           # fields that have no column
 *   skip:                                  # rows that are none
 *     - {names: [单据状态], is: [退回, 作废]}
 *     - {is: [合计, 小计]}                 # whatever the column
 *   negative:                              # rows whose money counts below zero
 *     - {names: [业务类型], is: [退款]}
 *   agree: [date, line, amount]
 *
 * Names of columns are compared as hx_text_column_key does, values of `is` and
 * of `codes` as hx_text_normalise leaves them; '' is an empty cell.  A row is
 * skipped, or negative, when one of the lines holds; a column that such a line
 * names must be there.  The unit counts where
 * neither the heading nor the sheet says one; another one there is an error.
 *
 * `agree` are the fields in which a row that is known already must say the same
 * as the database: without it, every required field that the mapping fills,
 * those of the identity aside.  Every field of the kind's identity needs a
 * column, or a constant.
 *
 * Pointers into the catalogue stay the catalogue's.
 */
#ifndef HX_CATALOGUE_MAPPING_H
#define HX_CATALOGUE_MAPPING_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  const HxField *field;
  char **names;      /* as written; the first is the one to speak of */
  char *unit;        /* "元", "万元", "亿元"; NULL: not said */
  GHashTable *codes; /* char *: char *, by normalised text; NULL: none */
} HxMappingColumn;

typedef struct
{
  char **names; /* empty: any column */
  char **is;    /* normalised */
} HxMappingTest;

typedef struct
{
  const HxField *field;
  char *text;
} HxMappingConstant;

typedef struct
{
  char *key, *name;
  const HxKind *kind;
  char **sheets;        /* NULL-terminated; empty: all */
  guint header;         /* 0: to be found */
  GPtrArray *columns;   /* HxMappingColumn */
  GPtrArray *constants; /* HxMappingConstant */
  GPtrArray *skip;      /* HxMappingTest */
  GPtrArray *negative;  /* HxMappingTest */
  GPtrArray *agree;     /* HxField; may be empty */
} HxMapping;

/* HxMapping in the order of their files. */
const GPtrArray *hx_catalogue_mappings (const HxCatalogue *catalogue);
/* By key or name; NULL when there is none. */
const HxMapping *hx_catalogue_mapping (const HxCatalogue *catalogue,
                                       const char *name);
/* A file of such a form, checked against the catalogue, which must live as long
 * as the mapping.  Every fault is named with its place. */
HxMapping *hx_mapping_read (HxCatalogue *catalogue, const char *path,
                            GError **error);
void hx_mapping_free (HxMapping *mapping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxMapping, hx_mapping_free)

/* Is `label` one of the names, by their column keys? */
gboolean hx_mapping_is_named (char *const *names, const char *label);

G_END_DECLS

#endif
