#include "planted.h"

#include <glib/gstdio.h>

void
check (gboolean done, const GError *error)
{
  if (!done)
    fail_msg ("%s", error != NULL ? error->message : "no error is set");
}

/* ------------------------------------------------------------------- bureau */

static void
replace_text (HxBundle *bundle, const char *path, const char *from,
              const char *to)
{
  g_autoptr (GString) text = g_string_new (hx_bundle_get (bundle, path));

  g_string_replace (text, from, to, 0);
  hx_bundle_add (bundle, path, text->str);
}

/* The items between two marks, each of which begins with `item`, in reverse
 * order. */
static void
reverse_items (HxBundle *bundle, const char *path, const char *from,
               const char *to, const char *item)
{
  const char *text = hx_bundle_get (bundle, path);
  const char *start = strstr (text, from) + strlen (from);
  const char *end = to != NULL ? strstr (start, to) : text + strlen (text);
  g_autofree char *part = g_strndup (start, (gsize)(end - start));
  g_auto (GStrv) items = g_strsplit (part, item, -1);
  g_autoptr (GString) all = g_string_new_len (text, start - text);

  for (guint i = g_strv_length (items); i > 1; i--)
    g_string_append_printf (all, "%s%s%s", item, items[i - 1],
                            g_str_has_suffix (items[i - 1], "\n") ? "" : "\n");
  g_string_append (all, end);
  hx_bundle_add (bundle, path, all->str);
}

static HxCatalogue *
load (gboolean is_reversed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxBundle) bundle = hx_bundle_read (HX_TEST_CATALOGUE, &error);
  HxCatalogue *catalogue;

  check (bundle != NULL, error);
  replace_text (bundle, "registers/cadre.yaml",
                "type: id_number, required: true,", "type: id_number,");
  replace_text (bundle, "registers/cadre.yaml", "identity: [id_number]",
                "identity: [number]");
  if (is_reversed)
    {
      reverse_items (bundle, "registers/cadre.yaml", "fields:\n", NULL,
                     "  - {");
      reverse_items (bundle, "duplicates.yaml", "evidence:\n", "  # Pairs",
                     "    - {");
      reverse_items (bundle, "duplicates.yaml", "candidates:\n", NULL,
                     "    - [");
    }
  catalogue = hx_catalogue_load (bundle, &error);
  check (catalogue != NULL, error);
  return catalogue;
}

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  HxInstallSummary summary;

  return hx_ledger_migrate (connection, error)
         && hx_measure_migrate (connection, error)
         && hx_catalogue_install (connection, data, &summary, error)
         && hx_measure_sync (connection, data, NULL, error);
}

Bureau *
bureau_new (gboolean is_reversed)
{
  static const HxStoreOptions options = { .durability = HX_DURABLE_NORMAL };
  Bureau *bureau = g_new0 (Bureau, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  bureau->folder = g_dir_make_tmp ("hx-people-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/a.db", bureau->folder);
  bureau->store = hx_store_open (url, HX_STORE_CREATE, &options, &error);
  check (bureau->store != NULL, error);
  bureau->catalogue = load (is_reversed);
  bureau->cadre = hx_catalogue_kind (bureau->catalogue, "cadre");
  check (hx_write (bureau->store, install, bureau->catalogue, &error), error);
  return bureau;
}

void
bureau_free (Bureau *bureau)
{
  g_autoptr (GDir) folder = g_dir_open (bureau->folder, 0, NULL);
  const char *name;

  hx_store_close (bureau->store);
  hx_catalogue_unref (bureau->catalogue);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (bureau->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (bureau->folder);
  g_free (bureau->folder);
  g_free (bureau);
}

void
bureau_in_ledger (Bureau *bureau, HxLedgerFunc function, gpointer data)
{
  static const HxAuthor author = { "测试员", "试验" };
  g_autoptr (GError) error = NULL;

  check (hx_measure_write (bureau->store, bureau->catalogue, &author, function,
                           data, &error),
         error);
}

/* ------------------------------------------------------------------- people */

static void
put (HxLedger *ledger, HxRow *row, const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  const HxField *field = hx_kind_field (row->kind, key);

  if (text == NULL || *text == '\0')
    return;
  if (hx_row_set (ledger, row, field, text, &faults, &error))
    return;
  check (error == NULL, error);
  /* A number that is wrong, and in the books. */
  if (field->type != HX_FIELD_ID_NUMBER)
    fail_msg ("%s", (char *)list->pdata[0]);
  row->values[field->index]
      = (HxValue){ .filled = TRUE,
                   .text = g_string_chunk_insert (row->arena, text) };
}

/* Streets are made when they are first named. */
static void
put_street (HxLedger *ledger, const char *name)
{
  g_autoptr (GError) error = NULL;
  const HxKind *kind = hx_catalogue_kind (hx_ledger_catalogue (ledger), "unit");
  g_autoptr (HxRow) row = hx_row_new (kind);
  HxPutOutcome outcome;

  put (ledger, row, "code", name);
  put (ledger, row, "name", name);
  put (ledger, row, "kind", "街道");
  check (hx_ledger_put (ledger, row, NULL, &outcome, NULL, &error), error);
}

typedef struct
{
  const HxKind *kind;
  const Person *people;
  guint count;
  guint64 first; /* number */
  gint64 *ids;
} Add;

static gboolean
add_people (HxLedger *ledger, gpointer data, GError **error)
{
  const Add *add = data;

  for (guint i = 0; i < add->count; i++)
    {
      const Person *person = &add->people[i];
      g_autoptr (HxRow) row = hx_row_new (add->kind);
      g_autofree char *number
          = g_strdup_printf ("R%" G_GUINT64_FORMAT, add->first + i);
      HxPutOutcome outcome = HX_PUT_REFUSED;

      if (person->street != NULL)
        put_street (ledger, person->street);
      put (ledger, row, "number",
           person->number != NULL ? person->number : number);
      put (ledger, row, "name", person->name);
      put (ledger, row, "id_number", person->id_number);
      put (ledger, row, "sex", person->sex);
      put (ledger, row, "birth_date", person->birth_date);
      put (ledger, row, "phone", person->phone);
      put (ledger, row, "landline", person->landline);
      put (ledger, row, "emergency_phone", person->emergency_phone);
      put (ledger, row, "employer", person->employer);
      put (ledger, row, "street", person->street);
      put (ledger, row, "work_start", person->work_start);
      if (!hx_ledger_put (ledger, row, NULL, &outcome, NULL, error))
        return FALSE;
      assert_int_equal (outcome, HX_PUT_NEW);
      if (add->ids != NULL)
        add->ids[i] = row->id;
    }
  return TRUE;
}

void
bureau_add (Bureau *bureau, const Person *people, guint count, gint64 *ids)
{
  Add add = { bureau->cadre, people, count, bureau->people + 1, ids };

  bureau_in_ledger (bureau, add_people, &add);
  bureau->people += count;
}

/* --------------------------------------------------------------------- rows */

static void
set_words (HxLedger *ledger, HxRow *row, char **words, const char *line)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (GError) error = NULL;

  for (; *words != NULL; words++)
    {
      g_auto (GStrv) parts = g_strsplit (*words, "=", 2);
      const HxField *field = hx_kind_field (row->kind, parts[0]);

      assert_non_null (field);
      hx_row_set (ledger, row, field, parts[1], &faults, &error);
    }
  hx_row_check (ledger, row, NULL, &faults, &error);
  check (error == NULL, error);
  if (list->len > 0)
    fail_msg ("%s: %s", line, (char *)list->pdata[0]);
}

typedef struct
{
  const char *const *lines;
  guint count;
  gint64 *ids;
} Lines;

static gboolean
put_lines (HxLedger *ledger, gpointer data, GError **error)
{
  const Lines *lines = data;

  for (guint i = 0; i < lines->count; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines->lines[i], " ", -1);
      g_autoptr (HxRow) row = hx_row_new (
          hx_catalogue_kind (hx_ledger_catalogue (ledger), words[0]));
      HxPutOutcome outcome;

      set_words (ledger, row, words + 1, lines->lines[i]);
      if (!hx_ledger_put (ledger, row, NULL, &outcome, NULL, error))
        return FALSE;
      if (outcome != HX_PUT_NEW)
        fail_msg ("%s: not new", lines->lines[i]);
      if (lines->ids != NULL)
        lines->ids[i] = row->id;
    }
  return TRUE;
}

void
bureau_put (Bureau *bureau, const char *const *lines, guint count, gint64 *ids)
{
  Lines all = { lines, count, ids };

  bureau_in_ledger (bureau, put_lines, &all);
}

static gboolean
change_line (HxLedger *ledger, gpointer data, GError **error)
{
  g_auto (GStrv) words = g_strsplit (data, " ", -1);
  g_autoptr (HxRow) row
      = hx_row_new (hx_catalogue_kind (hx_ledger_catalogue (ledger), words[0]));

  if (!hx_row_load (hx_ledger_connection (ledger), row,
                    g_ascii_strtoll (words[1], NULL, 10), error))
    return FALSE;
  set_words (ledger, row, words + 2, data);
  return hx_ledger_change (ledger, row, NULL, error);
}

void
bureau_change (Bureau *bureau, const char *line)
{
  g_autofree char *own = g_strdup (line);

  bureau_in_ledger (bureau, change_line, own);
}

/* ---------------------------------------------------------------- inventing */

static const char *const surnames[]
    = { "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周",
        "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "罗", "高",
        "梁", "郑", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹" };
static const char *const given[]
    = { "建", "国", "华", "明", "秀", "英", "兰", "桂", "志", "强",
        "文", "德", "玉", "珍", "海", "波", "春", "燕", "丽", "萍",
        "永", "福", "祥", "云", "凤", "成", "林", "光", "荣", "庆",
        "金", "淑", "芳", "树", "松", "世", "杰", "宝", "兴", "家" };
/* Taken for one another by the eye, by the ear, and in old books. */
static const char *const alike[][2]
    = { { "波", "泼" }, { "林", "材" }, { "兰", "芒" },
        { "萍", "苹" }, { "庆", "床" }, { "杰", "焘" } };
static const char *const sounds[][2]
    = { { "华", "桦" }, { "明", "鸣" }, { "英", "瑛" },
        { "志", "智" }, { "丽", "莉" }, { "芳", "方" } };
static const char *const traditional[][2]
    = { { "国", "國" }, { "华", "華" }, { "凤", "鳳" },
        { "云", "雲" }, { "兰", "蘭" }, { "宝", "寶" } };
static const char *const rare[] = { "喆", "堃", "赟", "淼", "燊", "甯" };

typedef struct
{
  Planted *planted;
  GRand *random;
} Invent;

static guint
any (Invent *invent, guint count)
{
  return (guint)g_rand_int_range (invent->random, 0, (gint32)count);
}

static const char *
keep (Invent *invent, char *text)
{
  g_autofree char *own = text;

  return g_string_chunk_insert (invent->planted->texts, own);
}

#define CHOOSE(invent, list) ((list)[any ((invent), G_N_ELEMENTS (list))])

static const char *
id_number (Invent *invent, const char *birth, gboolean is_man)
{
  g_auto (GStrv) parts = g_strsplit (birth, "-", 3);
  const guint sequence = any (invent, 480) * 2 + (is_man ? 1 : 2);
  g_autofree char *digits = g_strdup_printf ("999999%s%s%s%03u", parts[0],
                                             parts[1], parts[2], sequence);

  return keep (invent, g_strdup_printf ("%s%c", digits,
                                        hx_id_number_check_character (digits)));
}

static const char *
birth_date (Invent *invent)
{
  return keep (invent,
               g_strdup_printf ("%u-%02u-%02u", 1925 + any (invent, 38),
                                1 + any (invent, 12), 1 + any (invent, 28)));
}

static const char *
phone (Invent *invent)
{
  return keep (invent, g_strdup_printf ("13%09u", any (invent, 1000000000)));
}

static Person
plain_person (Invent *invent)
{
  const gboolean is_man = any (invent, 2) == 0;
  Person person = { 0 };

  person.name = keep (
      invent,
      g_strconcat (CHOOSE (invent, surnames), CHOOSE (invent, given),
                   any (invent, 4) > 0 ? CHOOSE (invent, given) : "", NULL));
  person.birth_date = birth_date (invent);
  person.sex = is_man ? "男" : "女";
  person.id_number = id_number (invent, person.birth_date, is_man);
  person.phone = phone (invent);
  person.employer
      = keep (invent, g_strdup_printf ("试验%u厂", 1 + any (invent, 60)));
  person.street
      = keep (invent, g_strdup_printf ("%u街道", 1 + any (invent, 12)));
  return person;
}

static void
add (Invent *invent, Person person, PlantedKind kind, guint origin)
{
  Planted *planted = invent->planted;

  g_array_append_val (planted->people, person);
  g_array_append_val (planted->kinds, kind);
  g_array_append_val (planted->origin, origin);
}

/* --------------------------------------------------------------- duplicates */

/* Wrong in one digit, missing, or a number of somebody else. */
static const char *
other_number (Invent *invent, const Person *of)
{
  const guint at = 6 + any (invent, 11);
  g_autofree char *number = g_strdup (of->id_number);

  switch (any (invent, 7))
    {
    case 0:
      return id_number (invent, of->birth_date, strcmp (of->sex, "男") == 0);
    case 1:
    case 2:
    case 3:
      return NULL;
    default:
      number[at] = number[at] == '9' ? '0' : (char)(number[at] + 1);
      return g_string_chunk_insert (invent->planted->texts, number);
    }
}

/* Most of what else is known is written again, not all. */
static Person
written_again (Invent *invent, const Person *of)
{
  Person again = *of;

  switch (any (invent, 10))
    {
    case 0:
    case 1:
      again.landline = again.phone;
      again.phone = NULL;
      break;
    case 2:
      again.phone = phone (invent);
      break;
    case 3:
      again.phone = NULL;
      break;
    default:
      break;
    }
  if (any (invent, 4) == 0)
    again.employer = "原单位";
  if (any (invent, 10) == 0)
    again.street
        = keep (invent, g_strdup_printf ("%u街道", 1 + any (invent, 12)));
  again.id_number = other_number (invent, of);
  return again;
}

static const char *
swapped_day (Invent *invent, const char *birth)
{
  g_auto (GStrv) parts = g_strsplit (birth, "-", 3);

  return keep (invent,
               g_strdup_printf ("%s-%s-%s", parts[0], parts[2], parts[1]));
}

static const char *
named (Invent *invent, const char *second, const char *third)
{
  return keep (invent,
               g_strconcat (CHOOSE (invent, surnames), second, third, NULL));
}

static const char *
renamed (Invent *invent, const char *name, const char *from, const char *to)
{
  g_autoptr (GString) text = g_string_new (name);

  g_string_replace (text, from, to, 1);
  return g_string_chunk_insert (invent->planted->texts, text->str);
}

/* The characters that the kind of error takes for one another, or NULL. */
static const char *const *
mixed_up (Invent *invent, PlantedKind kind)
{
  if (kind == PLANTED_SIMILAR_CHARACTER)
    return CHOOSE (invent, alike);
  if (kind == PLANTED_SAME_SOUND)
    return CHOOSE (invent, sounds);
  return kind == PLANTED_TRADITIONAL ? CHOOSE (invent, traditional) : NULL;
}

/* Somebody in whom this error can be made. */
static Person
first_entry (Invent *invent, PlantedKind kind, const char *const *two)
{
  Person first = plain_person (invent);

  if (two != NULL || kind == PLANTED_LEFT_OUT)
    first.name = named (invent, "家", two != NULL ? two[0] : "祥");
  if (kind == PLANTED_RARE_CHARACTER)
    first.name = named (invent, CHOOSE (invent, rare), "");
  if (kind != PLANTED_SWAPPED_DAY)
    return first;
  first.birth_date
      = keep (invent, g_strdup_printf ("%u-01-12", 1925 + any (invent, 38)));
  first.id_number
      = id_number (invent, first.birth_date, strcmp (first.sex, "男") == 0);
  return first;
}

static Person
second_entry (Invent *invent, PlantedKind kind, const Person *first,
              const char *const *two)
{
  Person second = written_again (invent, first);

  if (two != NULL)
    second.name = renamed (invent, first->name, two[0], two[1]);
  else if (kind == PLANTED_LEFT_OUT)
    second.name = renamed (invent, first->name, "家", "");
  else if (kind == PLANTED_RARE_CHARACTER)
    second.name
        = keep (invent, g_strdup_printf ("%.3s%s", first->name,
                                         any (invent, 2) == 0 ? "〇" : "？"));
  else if (kind == PLANTED_SWAPPED_DAY)
    second.birth_date = swapped_day (invent, first->birth_date);
  else if (kind == PLANTED_PARTIAL_BIRTH)
    second.birth_date = keep (invent, g_strndup (first->birth_date, 7));
  else if (kind == PLANTED_OTHER_NAME)
    {
      second = *first;
      second.name = named (invent, CHOOSE (invent, given), "珠");
      second.id_number = NULL;
    }
  return second;
}

/* Two entries of one person. */
static void
plant (Invent *invent, PlantedKind kind)
{
  const guint origin = invent->planted->people->len;
  const char *const *two = mixed_up (invent, kind);
  const Person first = first_entry (invent, kind, two);
  const Person second = second_entry (invent, kind, &first, two);

  add (invent, first, PLANTED_NONE, origin);
  add (invent, second, kind, origin);
}

/* Two people who have much in common. */
static void
plant_family (Invent *invent, PlantedKind kind)
{
  const guint origin = invent->planted->people->len;
  Person first = plain_person (invent);
  Person second = plain_person (invent);

  second.phone = first.phone;
  second.street = first.street;
  if (kind == PLANTED_SPOUSE)
    {
      first.sex = "男";
      second.sex = "女";
      first.id_number = id_number (invent, first.birth_date, TRUE);
      second.id_number = id_number (invent, second.birth_date, FALSE);
      second.employer = first.employer;
    }
  else
    {
      first.name = keep (invent, g_strconcat (CHOOSE (invent, surnames), "建",
                                              CHOOSE (invent, given), NULL));
      second.name = keep (invent, g_strdup_printf ("%.6s%s", first.name, "军"));
      second.sex = first.sex;
      second.employer = first.employer;
    }
  if (kind == PLANTED_TWIN)
    second.birth_date = first.birth_date;
  if (kind != PLANTED_SPOUSE)
    second.id_number
        = id_number (invent, second.birth_date, strcmp (second.sex, "男") == 0);
  add (invent, first, PLANTED_NONE, origin);
  add (invent, second, kind, origin);
}

Planted *
planted_new (guint32 seed, guint plain, guint each)
{
  Planted *planted = g_new0 (Planted, 1);
  Invent invent = { planted, g_rand_new_with_seed (seed) };

  planted->texts = g_string_chunk_new (64 * 1024);
  planted->people = g_array_new (FALSE, FALSE, sizeof (Person));
  planted->kinds = g_array_new (FALSE, FALSE, sizeof (PlantedKind));
  planted->origin = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < plain; i++)
    add (&invent, plain_person (&invent), PLANTED_NONE, i);
  for (PlantedKind kind = PLANTED_NONE + 1; kind < PLANTED_KINDS; kind++)
    for (guint i = 0; i < each; i++)
      if (kind < PLANTED_LAST)
        plant (&invent, kind);
      else
        plant_family (&invent, kind);
  g_rand_free (invent.random);
  return planted;
}

void
planted_free (Planted *planted)
{
  g_string_chunk_free (planted->texts);
  g_array_unref (planted->people);
  g_array_unref (planted->kinds);
  g_array_unref (planted->origin);
  g_free (planted);
}

const char *
planted_kind_name (PlantedKind kind)
{
  static const char *const names[]
      = { "none",        "similar character", "same sound",     "swapped day",
          "wrong digit", "other name",        "rare character", "traditional",
          "left out",    "partial birth",     "spouse",         "twin",
          "son" };

  return names[kind];
}
