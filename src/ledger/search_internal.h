/* What the files of the search share. */
#ifndef HX_SEARCH_INTERNAL_H
#define HX_SEARCH_INTERNAL_H

#include "ledger/ledger_internal.h"
#include "ledger/search.h"

/* The first byte of a key. */
#define HX_KEY_NAME 'A'
#define HX_KEY_INITIALS 'B'
#define HX_KEY_PART 'C'
#define HX_KEY_NUMBER 'N'
#define HX_KEY_TAIL 'T'
/* Behind it in a spelled key of the whole name, that name. */
#define HX_KEY_END '\t'

/* -------------------------------------------------------------------- keys */

/* Makes keys; lies with the connection between its uses. */
struct _HxKeyMaker
{
  HxConnection *connection;
  HxPinyin *pinyin;
  GString *key;
  GString *heads; /* of the name at hand: keys of the whole, each with NUL */
};

HxKeyMaker *hx_key_maker_take (HxConnection *connection);
void hx_key_maker_keep (HxKeyMaker *maker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxKeyMaker, hx_key_maker_keep)

typedef void (*HxKeyFunc) (const char *key, gpointer data);
/* Once for each key of the row's values, without the ends of ID numbers unless
 * `tails`; a void row has keys like any other. */
void hx_keys_of_row (HxKeyMaker *maker, const HxRow *row, gboolean tails,
                     HxKeyFunc found, gpointer data);
/* The letters and digits of a text, small; "" when it has none. */
char *hx_key_number (const char *text);
/* The key of the end of an ID number; NULL when the text is no such end, and
 * in a database without key. */
char *hx_key_tail (HxConnection *connection, const HxField *field,
                   const char *text);
/* The field has keys of its own. */
gboolean hx_field_has_keys (const HxField *field);

/* ------------------------------------------------------------------- index */

char *hx_search_table (const HxKind *kind);
/* The index is there, made by the rule of today. */
gboolean hx_search_is_ready (HxConnection *connection, const HxKind *kind,
                             gboolean *ready, GError **error);

gboolean hx_search_migrate (HxConnection *connection, GError **error);
/* All live rows in the order of their ids, for hx_row_read; bound. */
HxStatement *hx_search_rows (HxConnection *connection, const HxKind *kind,
                             GError **error);

HxKeyBuffer *hx_key_buffer_new (HxConnection *connection, const HxKind *kind);
void hx_key_buffer_free (HxKeyBuffer *buffer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxKeyBuffer, hx_key_buffer_free)
/* Takes the keys of `before` (NULL: none) away and gives those of `after`. */
gboolean hx_key_buffer_take (HxKeyBuffer *buffer, HxKeyMaker *maker,
                             const HxRow *before, const HxRow *after,
                             GError **error);
gboolean hx_key_buffer_flush (HxKeyBuffer *buffer, GError **error);

/* ------------------------------------------------------------------- query */

/* The rows that a word names, of the register that a field refers to. */
typedef struct
{
  const HxField *field;
  GArray *ids; /* gint64, in order */
} HxNamedPlace;

/* Where rows that may fit a word come from: keys between two, or the rows
 * that refer to one row of a place. */
typedef struct
{
  char *low, *high; /* NULL: a place */
  gboolean above;   /* without `low` itself */
  const HxField *field;
  gint64 id;
} HxSource;

typedef struct
{
  char *text;
  char *name;        /* how keys of names begin, or NULL */
  gboolean sieve;    /* and whether the name fits the pattern decides */
  char *pattern;     /* see hx_name_fits */
  char *number;      /* how keys of numbers begin, or NULL */
  gboolean whole;    /* a number with zeros before it is itself alone */
  char *tail;        /* a key, or NULL */
  GPtrArray *places; /* HxNamedPlace */
  gboolean only;     /* a whole name of a place: nothing but that */
  GArray *sources;   /* HxSource, the better ranks first */
  gint64 count;      /* of what they give, up to HX_SEARCH_SORTED + 1 */
  gboolean is_name;  /* nothing but keys of names gives any */
} HxWord;

/* What the words mean for one kind. */
typedef struct
{
  HxConnection *connection;
  HxKeyMaker *maker;
  const HxKind *kind;
  GPtrArray *words;   /* HxWord */
  const HxWord *lead; /* the one whose sources are read */
} HxPlan;

gboolean hx_plan_init (HxPlan *plan, const char *const *words, GError **error);
void hx_plan_clear (HxPlan *plan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxPlan, hx_plan_clear)

/* Its columns are the row and the key, NULL for a place; `most` of them, -1:
 * all. */
HxStatement *hx_source_open (const HxPlan *plan, const HxSource *source,
                             gint64 most, GError **error);

/* Whether a row that was found by this key of the leading word may fit all
 * words, as far as the key shows.  Most rows are spared a look by it. */
gboolean hx_plan_may_fit (const HxPlan *plan, const char *key);

/* ------------------------------------------------------------------ places */

/* The rows that the text names: by the whole of their name (`whole` is set),
 * else those whose name begins with it; with all below them.  Into `places`.
 */
gboolean hx_named_places_find (HxConnection *connection, const HxKind *kind,
                               const char *text, GPtrArray *places,
                               gboolean *whole, GError **error);
gboolean hx_named_place_holds (const HxNamedPlace *place, gint64 id);
void hx_named_place_free (gpointer data);

#endif
