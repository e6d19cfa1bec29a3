/* The rows of a register in the few numbers that comparing looks at. */
#include "people/duplicate_internal.h"

#define FNV_START 0xcbf29ce484222325U
#define FNV_PRIME 0x100000001b3U

guint64
hx_hash_bytes (const void *bytes, gsize size)
{
  const guint8 *byte = bytes;
  guint64 hash = FNV_START;

  for (gsize i = 0; i < size; i++)
    hash = (hash ^ byte[i]) * FNV_PRIME;
  hash = hx_hash_mix (hash, size);
  return hash != 0 ? hash : 1;
}

gboolean
hx_is_gap (gunichar character)
{
  static const gunichar gaps[]
      = { 0x3007 /* 〇 */, 0x25CB /* ○ */, 0x25EF /* ◯ */,  '?',
          0xFF1F /* ？ */, 0x25A1 /* □ */, 0x25A0 /* ■ */,  '*',
          0xFF0A /* ＊ */, 0x25CF /* ● */, 0x3013 /* 〓 */, 0xFFFD };

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    if (gaps[i] == character)
      return TRUE;
  return FALSE;
}

/* ------------------------------------------------------------------- slots */

HxSlotForm
hx_part_form (HxKeyPart part, const HxField *field)
{
  if (field->type == HX_FIELD_DATE)
    return HX_SLOT_DATE;
  if (field->type == HX_FIELD_ID_NUMBER)
    return HX_SLOT_NUMBER;
  return field->type == HX_FIELD_TEXT && part != HX_PART_VALUE ? HX_SLOT_NAME
                                                               : HX_SLOT_HASH;
}

static HxSlotForm
test_form (HxEvidenceTest test)
{
  if (test <= HX_EVIDENCE_NAME_GAP)
    return HX_SLOT_NAME;
  if (test <= HX_EVIDENCE_DATE_DIFFER)
    return HX_SLOT_DATE;
  return test <= HX_EVIDENCE_ID_DIFFER ? HX_SLOT_NUMBER : HX_SLOT_HASH;
}

static gboolean
find_slot (const GArray *slots, const HxField *field, HxSlotForm form,
           guint *number)
{
  for (guint i = 0; i < slots->len; i++)
    {
      const HxSlot *slot = &g_array_index (slots, HxSlot, i);

      if (slot->field == field && slot->form == form)
        return *number = i, TRUE;
    }
  return FALSE;
}

static void
want_slot (GArray *slots, const HxField *field, HxSlotForm form)
{
  HxSlot slot = { field, form };
  guint number;

  if (!find_slot (slots, field, form, &number))
    g_array_append_val (slots, slot);
}

guint
hx_crowd_slot (const HxCrowd *crowd, const HxField *field, HxSlotForm form)
{
  guint number = 0;

  find_slot (crowd->slots, field, form, &number);
  return number;
}

static void
want_phones (GArray *slots, const HxKind *kind)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (field->type == HX_FIELD_PHONE)
        want_slot (slots, field, HX_SLOT_HASH);
    }
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const HxSlot *one = a;
  const HxSlot *other = b;
  int order = strcmp (one->field->key, other->field->key);

  return order != 0 ? order : (int)one->form - (int)other->form;
}

/* In the order of the fields' keys: the order of the fields in the catalogue
 * does not matter. */
static GArray *
slots_of (const HxDuplicateRules *rules)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (HxSlot));

  for (guint i = 0; i < rules->evidence->len; i++)
    {
      const HxEvidence *evidence = rules->evidence->pdata[i];

      for (guint j = 0; j < evidence->fields->len; j++)
        want_slot (slots, evidence->fields->pdata[j],
                   test_form (evidence->test));
    }
  for (guint i = 0; i < rules->candidates->len; i++)
    {
      const GArray *line = rules->candidates->pdata[i];

      for (guint j = 0; j < line->len; j++)
        {
          const HxCandidateKey *key = &g_array_index (line, HxCandidateKey, j);

          if (key->part == HX_PART_ANY)
            want_phones (slots, rules->of);
          else
            want_slot (slots, key->field, hx_part_form (key->part, key->field));
        }
    }
  g_array_sort (slots, compare_slots);
  return slots;
}

/* ----------------------------------------------------------------- reading */

typedef struct
{
  HxCrowd *crowd;
  HxConnection *connection;
  gint64 row;
  GString *text, *plain;
} Reading;

static gint64
keep_text (Reading *reading, char mark, const char *text)
{
  g_string_assign (reading->text, text);
  g_string_prepend_c (reading->text, mark);
  return (gint64)GPOINTER_TO_SIZE (
      g_string_chunk_insert (reading->crowd->texts, reading->text->str));
}

static gint64
read_name (Reading *reading, const char *text)
{
  char mark = HX_MARK_WHOLE;

  for (const char *at = text; *at != '\0'; at = hx_next_character (at))
    if (hx_is_gap (g_utf8_get_char (at)))
      mark = HX_MARK_GAP;
  return *text == '\0' ? 0 : keep_text (reading, mark, text);
}

static gint64
read_number (Reading *reading, const HxField *field, const char *text)
{
  HxPlace place = { reading->crowd->rules->of->key, field->key, reading->row };
  HxIdNumber number;
  g_autofree char *plain = NULL;

  if (field->secret)
    {
      if (!hx_connection_unseal (reading->connection, &place, text,
                                 reading->plain, NULL))
        return 0;
      text = reading->plain->str;
    }
  if (hx_id_number_parse (text, &number, NULL))
    return keep_text (reading, HX_MARK_GOOD, number.number);
  plain = hx_text_normalise (text);
  return *plain == '\0' ? 0 : keep_text (reading, HX_MARK_BAD, plain);
}

static gint64
read_hash (Reading *reading, HxStatement *statement, int column,
           const HxField *field)
{
  gint64 integer;

  if (hx_field_type_is_integer (field->type) || field->digest_column != NULL)
    {
      integer = hx_column_integer (statement, column);
      return (gint64)hx_hash_bytes (&integer, sizeof integer);
    }
  hx_text_normalise_into (hx_column_text (statement, column), reading->text);
  return reading->text->len == 0
             ? 0
             : (gint64)hx_hash_bytes (reading->text->str, reading->text->len);
}

static gint64
read_slot (Reading *reading, HxStatement *statement, int column,
           const HxSlot *slot)
{
  const char *text;
  HxDate date;

  if (hx_column_is_null (statement, column))
    return 0;
  if (slot->form == HX_SLOT_HASH)
    return read_hash (reading, statement, column, slot->field);
  text = hx_column_text (statement, column);
  if (slot->form == HX_SLOT_NAME)
    return read_name (reading, text);
  if (slot->form == HX_SLOT_NUMBER)
    return read_number (reading, slot->field, text);
  return hx_date_parse (text, TRUE, &date, NULL) ? hx_date_number (date) : 0;
}

static guint64
content_of (const HxCrowd *crowd, const gint64 *values)
{
  guint64 content = 1;

  for (guint i = 0; i < crowd->slots->len; i++)
    {
      const HxSlot *slot = &g_array_index (crowd->slots, HxSlot, i);
      guint64 value = (guint64)values[i];

      if (value != 0
          && (slot->form == HX_SLOT_NAME || slot->form == HX_SLOT_NUMBER))
        value = hx_hash_bytes (hx_slot_text (values[i]),
                               strlen (hx_slot_text (values[i])));
      content = hx_hash_mix (content, value);
    }
  return content;
}

static void
read_row (Reading *reading, HxStatement *statement)
{
  HxCrowd *crowd = reading->crowd;
  const gint64 id = hx_column_integer (statement, 0);
  const gint64 unit = hx_column_integer (statement, 1);
  const guint first = crowd->values->len;
  guint64 content;

  reading->row = id;
  g_array_append_val (crowd->ids, id);
  g_array_append_val (crowd->units, unit);
  for (guint i = 0; i < crowd->slots->len; i++)
    {
      const gint64 value = read_slot (reading, statement, (int)i + 2,
                                      &g_array_index (crowd->slots, HxSlot, i));

      g_array_append_val (crowd->values, value);
    }
  content = content_of (crowd, &g_array_index (crowd->values, gint64, first));
  g_array_append_val (crowd->contents, content);
}

static char *
select_rows (const HxCrowd *crowd)
{
  g_autoptr (GString) sql = g_string_new ("SELECT id, unit_id");

  for (guint i = 0; i < crowd->slots->len; i++)
    {
      const HxSlot *slot = &g_array_index (crowd->slots, HxSlot, i);
      const char *digest = slot->field->digest_column;

      g_string_append_printf (sql, ", \"%s\"",
                              slot->form == HX_SLOT_HASH && digest != NULL
                                  ? digest
                                  : hx_field_column (slot->field));
    }
  g_string_append_printf (sql, " FROM %s WHERE bureau_id = ?1 AND void = 0",
                          crowd->rules->of->table);
  return g_strdup (sql->str);
}

static HxCrowd *
crowd_new (const HxDuplicateRules *rules)
{
  HxCrowd *crowd = g_new0 (HxCrowd, 1);

  crowd->rules = rules;
  crowd->pinyin = hx_pinyin_new ();
  crowd->slots = slots_of (rules);
  crowd->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  crowd->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  crowd->values = g_array_new (FALSE, FALSE, sizeof (gint64));
  crowd->contents = g_array_new (FALSE, FALSE, sizeof (guint64));
  crowd->texts = g_string_chunk_new (64 * 1024);
  return crowd;
}

HxCrowd *
hx_crowd_read (HxConnection *connection, const HxDuplicateRules *rules,
               GError **error)
{
  g_autoptr (HxCrowd) crowd = crowd_new (rules);
  g_autofree char *sql = select_rows (crowd);
  g_autoptr (HxStatement) statement = hx_statement_new (connection, sql, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  Reading reading = { crowd, connection, 0, text, plain };
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    read_row (&reading, statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&crowd) : NULL;
}

void
hx_crowd_free (HxCrowd *crowd)
{
  if (crowd == NULL)
    return;
  hx_pinyin_free (crowd->pinyin);
  g_array_unref (crowd->slots);
  g_array_unref (crowd->ids);
  g_array_unref (crowd->units);
  g_array_unref (crowd->values);
  g_array_unref (crowd->contents);
  g_string_chunk_free (crowd->texts);
  g_free (crowd);
}
