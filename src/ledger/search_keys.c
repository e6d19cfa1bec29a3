/* The keys of a row.
 *
 * A key of a part that begins a key of the whole name (li of lili) is left
 * out: whoever types it finds the row by the whole name. */
#include "ledger/search_internal.h"
#include "ledger/secret.h"

#define KEPT "search keys"
#define TAIL_LETTERS 8 /* of five bits */

static void
maker_free (gpointer data)
{
  HxKeyMaker *maker = data;

  hx_pinyin_free (maker->pinyin);
  g_string_free (maker->key, TRUE);
  g_string_free (maker->heads, TRUE);
  g_free (maker);
}

HxKeyMaker *
hx_key_maker_take (HxConnection *connection)
{
  HxKeyMaker *maker = hx_connection_take (connection, KEPT);

  if (maker != NULL)
    return maker;
  maker = g_new0 (HxKeyMaker, 1);
  maker->connection = connection;
  maker->pinyin = hx_pinyin_new ();
  maker->key = g_string_new (NULL);
  maker->heads = g_string_new (NULL);
  return maker;
}

void
hx_key_maker_keep (HxKeyMaker *maker)
{
  if (maker != NULL)
    hx_connection_keep (maker->connection, KEPT, maker, maker_free);
}

gboolean
hx_field_has_keys (const HxField *field)
{
  return field->type != HX_FIELD_REF;
}

/* ------------------------------------------------------------------- names */

typedef struct
{
  HxKeyMaker *maker;
  char class;
  const char *name; /* behind a spelled key of the whole name */
  HxKeyFunc found;
  gpointer data;
} Emitter;

static void
emit (const Emitter *emitter, const char *text)
{
  GString *key = emitter->maker->key;

  g_string_truncate (key, 0);
  g_string_append_c (key, emitter->class);
  g_string_append (key, text);
  if (emitter->class == HX_KEY_NAME && g_ascii_isalnum (*text))
    {
      g_string_append_c (key, HX_KEY_END);
      g_string_append (key, emitter->name);
    }
  emitter->found (key->str, emitter->data);
}

static void
emit_head (const char *text, gpointer data)
{
  Emitter *emitter = data;

  g_string_append_len (emitter->maker->heads, text, (gssize)strlen (text) + 1);
  emit (emitter, text);
}

static void
emit_part (const char *text, gpointer data)
{
  Emitter *emitter = data;
  const GString *heads = emitter->maker->heads;
  gsize size = strlen (text);

  for (const char *head = heads->str; head < heads->str + heads->len;
       head += strlen (head) + 1)
    if (strncmp (head, text, size) == 0)
      return;
  emit (emitter, text);
}

static void
name_keys (Emitter *emitter, const char *name)
{
  HxPinyin *pinyin = emitter->maker->pinyin;

  g_string_truncate (emitter->maker->heads, 0);
  emitter->name = name;
  emitter->class = HX_KEY_NAME;
  hx_name_search_keys (pinyin, name, HX_NAME_KEY_HAN | HX_NAME_KEY_PINYIN,
                       emit_head, emitter);
  emitter->class = HX_KEY_INITIALS;
  hx_name_search_keys (pinyin, name, HX_NAME_KEY_INITIALS, emit_head, emitter);
  emitter->class = HX_KEY_PART;
  hx_name_search_keys (pinyin, name, HX_NAME_KEY_ALL, emit_part, emitter);
}

/* ----------------------------------------------------------------- numbers */

char *
hx_key_number (const char *text)
{
  g_autofree char *normal = hx_text_normalise (text);
  GString *out = g_string_new (NULL);

  for (char *at = normal; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isalnum (character))
        g_string_append_unichar (out, g_unichar_tolower (character));
    }
  return g_string_free (out, FALSE);
}

static void
number_keys (Emitter *emitter, const char *text)
{
  g_autofree char *number = hx_key_number (text);
  const char *digits = number + strlen (number);
  const char *significant;

  emitter->class = HX_KEY_NUMBER;
  while (digits > number && g_ascii_isdigit (digits[-1]))
    digits--;
  significant = digits + strspn (digits, "0");
  if (*number != '\0')
    emit (emitter, number);
  if (significant != number && *significant != '\0')
    emit (emitter, significant);
}

/* ------------------------------------------------------- ends of ID numbers */

static const guint tail_sizes[] = { 4, 6 };

static gboolean
is_tail (const char *text)
{
  gsize size = strlen (text);
  gsize digits = strspn (text, "0123456789");

  for (guint i = 0; i < G_N_ELEMENTS (tail_sizes); i++)
    if (size == tail_sizes[i])
      return digits == size
             || (digits == size - 1 && g_ascii_toupper (text[digits]) == 'X');
  return FALSE;
}

/* The class and 40 bits of the digest: six characters have 20. */
static char *
tail_key (gint64 digest)
{
  static const char letters[] = "0123456789abcdefghijklmnopqrstuv";
  GString *key = g_string_new (NULL);

  g_string_append_c (key, HX_KEY_TAIL);
  for (guint i = 0; i < TAIL_LETTERS; i++)
    g_string_append_c (key, letters[digest >> (i * 5) & 31]);
  return g_string_free (key, FALSE);
}

char *
hx_key_tail (HxConnection *connection, const HxField *field, const char *text)
{
  g_autofree char *large = NULL;
  gint64 digest;

  if (!is_tail (text))
    return NULL;
  large = g_ascii_strup (text, -1);
  digest
      = hx_secret_tail_digest (connection, field, large, (guint)strlen (text));
  return digest != 0 ? tail_key (digest) : NULL;
}

static void
tail_keys (Emitter *emitter, const HxField *field, const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (tail_sizes); i++)
    {
      gint64 digest = hx_secret_tail_digest (emitter->maker->connection, field,
                                             text, tail_sizes[i]);
      g_autofree char *key = digest != 0 ? tail_key (digest) : NULL;

      if (key != NULL)
        emitter->found (key, emitter->data);
    }
}

/* -------------------------------------------------------------------- rows */

void
hx_keys_of_row (HxKeyMaker *maker, const HxRow *row, gboolean tails,
                HxKeyFunc found, gpointer data)
{
  Emitter emitter = { maker, 0, NULL, found, data };

  for (guint i = 0; i < row->kind->search->len; i++)
    {
      const HxField *field = row->kind->search->pdata[i];
      const HxValue *value = &row->values[field->index];

      if (!value->filled || value->text == NULL || !hx_field_has_keys (field))
        continue;
      if (field->type == HX_FIELD_ID_NUMBER)
        {
          if (tails)
            tail_keys (&emitter, field, value->text);
        }
      else if (g_str_equal (field->key, "name"))
        name_keys (&emitter, value->text);
      else
        number_keys (&emitter, value->text);
    }
}
