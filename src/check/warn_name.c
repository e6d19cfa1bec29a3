/* One thing, two names: 规划和自然资源局 here, 规划与自然资源局 there.
 *
 * Offices are told by their last letters (局, 中心 …).  Two names are held
 * for one when they are the same but for words of no weight (和, 与, 及, 的).
 * Names are kept by their last letters without those words, in windows of
 * several widths: a window that holds two spellings is a find.  What differs
 * in a letter of weight (一中心, 二中心; 教育, 体育) never meets.
 *
 * Expenses are held for one when their names differ by 维护 and the like, and
 * the amount is the same.
 */
#include "check/warn.h"

#include <string.h>

#define LETTERS_MAX 24

static const guint windows[] = { 6, 8, 10, 13 };

static const char *const offices[]
    = { "局",     "中心",   "委员会", "办公室", "办事处", "管理处",
        "工作部", "服务站", "管理所", "联合会", "研究院", "学校" };

/* Parted by '|': of no weight in a name. */
#define LIGHT "和|与|及|暨|的"
/* What ends a name of its own: a light word behind it joins two. */
#define JOINED                                                                 \
  "局|委|办|处|部|会|院|厅|站|所|道|镇|位|门|心|室|校|社|区|市|县|省|组"
/* Where full names begin. */
#define REGIONS "省|市|区|县|州|旗|镇|乡|街道"

#define EXPENSE_LETTERS_MIN 6

/* What is kept of a name: where it is first spelt one way, and first the
 * other, and how often each. */
typedef struct
{
  HxSpan places[2];
  guint counts[2];
} Name;

typedef struct
{
  HxSearch *search;
  GHashTable *names; /* letters of weight → Name, which `found` owns */
  GPtrArray *found;  /* in order of the text */
} Names;

/* ------------------------------------------------------------------- letters
 */

static gboolean
is_letter (const HxWords *words, gsize at)
{
  const gunichar letter = g_utf8_get_char (words->clean->str + at);

  return letter >= 0x4E00 && letter <= 0x9FFF;
}

static gboolean
is_light (const HxWords *words, gsize at)
{
  return hx_words_go_on (words, at, LIGHT);
}

static gsize
step_back (const HxWords *words, gsize at)
{
  const char *text = words->clean->str;

  return (gsize)(g_utf8_prev_char (text + at) - text);
}

/* Where the run of letters that ends at `until` begins. */
static gsize
run_begins (const HxWords *words, gsize until)
{
  gsize from = until;

  for (guint i = 0; i < LETTERS_MAX && from > 0; i++)
    {
      const gsize at = step_back (words, from);

      if (!is_letter (words, at)
          || (is_light (words, at) && hx_words_come_from (words, at, JOINED)))
        break;
      from = at;
    }
  return from;
}

/* The byte where the last `count` letters of weight before `until` begin, and
 * those letters; G_MAXSIZE when the run is too short. */
static gsize
window_begins (const HxWords *words, HxSpan run, guint count, GString *letters)
{
  gsize at = run.until;

  g_string_truncate (letters, 0);
  while (count > 0 && at > run.from)
    {
      at = step_back (words, at);
      if (is_light (words, at))
        continue;
      g_string_prepend_len (letters, words->clean->str + at, 3);
      count--;
    }
  return count == 0 ? at : G_MAXSIZE;
}

/* --------------------------------------------------------------------- names
 */

static gboolean
is_same_spelling (const HxWords *words, HxSpan a, HxSpan b)
{
  const char *text = words->clean->str;

  return a.until - a.from == b.until - b.from
         && memcmp (text + a.from, text + b.from, a.until - a.from) == 0;
}

static void
remember (Names *names, const char *letters, HxSpan place)
{
  const HxWords *words = names->search->reading->words;
  Name *name = g_hash_table_lookup (names->names, letters);

  if (name == NULL)
    {
      name = g_new0 (Name, 1);
      name->places[0] = place;
      name->counts[0] = 1;
      g_ptr_array_add (names->found, name);
      g_hash_table_insert (names->names, g_strdup (letters), name);
    }
  else if (is_same_spelling (words, name->places[0], place))
    name->counts[0]++;
  else if (name->counts[1] == 0)
    {
      name->places[1] = place;
      name->counts[1] = 1;
    }
  else if (is_same_spelling (words, name->places[1], place))
    name->counts[1]++;
}

static void
names_init (Names *names, HxSearch *search)
{
  names->search = search;
  names->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->found = g_ptr_array_new_with_free_func (g_free);
}

static void
names_clear (Names *names)
{
  g_hash_table_unref (names->names);
  g_ptr_array_unref (names->found);
}

/* The rarer is the one to change; of two the later. */
static void
warn_name (HxSearch *search, const Name *name)
{
  const char *text = search->reading->words->clean->str;
  const guint rare = name->counts[0] < name->counts[1] ? 0 : 1;
  const HxSpan other = name->places[1 - rare];
  g_autofree char *spelling
      = g_strndup (text + other.from, other.until - other.from);
  g_autofree char *advice = g_strdup_printf (
      _ ("别处写作“%s”，像是同一个名称，请统一。"), spelling);

  hx_warning_add (search, HX_WARNING_TWO_NAMES, name->places[rare], advice);
}

/* ------------------------------------------------------------------- offices
 */

/* Both grow to the left as long as they say the same. */
static void
widen (const HxWords *words, Name *name)
{
  HxSpan *places = name->places;
  const char *text = words->clean->str;
  const gsize least[2] = { run_begins (words, places[0].until),
                           run_begins (words, places[1].until) };

  while (places[0].from > least[0] && places[1].from > least[1])
    {
      const gsize a = step_back (words, places[0].from);
      const gsize b = step_back (words, places[1].from);

      if (memcmp (text + a, text + b, 3) != 0)
        break;
      places[0].from = a;
      places[1].from = b;
    }
}

/* Before the letters that differ there is a region: 普陀区规划… */
static gboolean
is_full (const HxWords *words, const Name *name)
{
  const char *text = words->clean->str;
  gsize a = name->places[0].from;
  gsize b = name->places[1].from;
  gboolean has_region = FALSE;

  while (a < name->places[0].until && memcmp (text + a, text + b, 3) == 0)
    {
      has_region = has_region || hx_words_go_on (words, a, REGIONS);
      a += 3;
      b += 3;
    }
  return has_region;
}

static void
remember_office (Names *names, gsize until, GString *letters)
{
  const HxWords *words = names->search->reading->words;
  const HxSpan run = { run_begins (words, until), until };

  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      const gsize from = window_begins (words, run, windows[i], letters);

      if (from == G_MAXSIZE)
        return;
      remember (names, letters->str, (HxSpan){ from, until });
    }
}

static void
collect_offices (Names *names)
{
  const char *text = names->search->reading->words->clean->str;
  g_autoptr (GString) letters = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (offices); i++)
    for (const char *p = strstr (text, offices[i]); p != NULL;
         p = strstr (p, offices[i]))
      {
        p += strlen (offices[i]);
        remember_office (names, (gsize)(p - text), letters);
      }
}

static gboolean
is_told (GHashTable *told, HxSpan place)
{
  return g_hash_table_contains (told, GSIZE_TO_POINTER (place.until));
}

static void
tell_place (GHashTable *told, HxSpan place)
{
  g_hash_table_add (told, GSIZE_TO_POINTER (place.until));
}

static void
warn_offices (HxSearch *search)
{
  const HxWords *words = search->reading->words;
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  Names names;

  names_init (&names, search);
  collect_offices (&names);
  for (guint i = 0; i < names.found->len; i++)
    {
      Name *name = g_ptr_array_index (names.found, i);

      if (name->counts[1] == 0 || is_told (told, name->places[1])
          || is_told (told, name->places[0]))
        continue;
      widen (words, name);
      if (!is_full (words, name))
        continue;
      warn_name (search, name);
      tell_place (told, name->places[0]);
      tell_place (told, name->places[1]);
    }
  names_clear (&names);
}

/* ------------------------------------------------------------------ expenses
 */

/* “公务用车购置及运行维护费支出”: what is left of it without light words. */
static guint
strip (const HxWords *words, HxSpan name, GString *letters)
{
  guint count = 0;
  gsize at = name.from;

  g_string_truncate (letters, 0);
  while (at < name.until)
    {
      if (hx_words_go_on (words, at, "维护|支出|费用|经费"))
        at += strlen ("维护");
      else if (hx_words_go_on (words, at, LIGHT "|费|、"))
        at += 3;
      else if (is_letter (words, at))
        {
          g_string_append_len (letters, words->clean->str + at, 3);
          count++;
          at += 3;
        }
      else
        return 0;
    }
  return count;
}

static HxSpan
without_expense (const HxWords *words, HxSpan name)
{
  if (hx_words_end_with (words, name.from, name.until, "支出"))
    name.until -= strlen ("支出");
  return name;
}

static void
warn_expenses (HxSearch *search)
{
  const HxReading *reading = search->reading;
  g_autoptr (GString) letters = g_string_new (NULL);
  Names names;

  names_init (&names, search);
  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->quantity.kind != HX_QUANTITY_MONEY || !hx_term_is_amount (term)
          || term->quantity.exact == 0
          || strip (reading->words, term->name, letters) < EXPENSE_LETTERS_MIN)
        continue;
      g_string_append_printf (letters, ":%" G_GINT64_FORMAT ":%u",
                              term->quantity.value.units,
                              term->quantity.value.scale);
      remember (&names, letters->str,
                without_expense (reading->words, term->name));
    }
  for (guint i = 0; i < names.found->len; i++)
    {
      const Name *name = g_ptr_array_index (names.found, i);

      if (name->counts[1] != 0)
        warn_name (search, name);
    }
  names_clear (&names);
}

void
hx_warn_names (HxSearch *search)
{
  warn_offices (search);
  warn_expenses (search);
}
