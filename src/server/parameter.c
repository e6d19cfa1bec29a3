/* Parameters as the route declares them: collected from where they stand,
 * checked by type, all faults named at once.
 *
 * Calls of the API are held to what is declared: a member that nobody knows is
 * a fault, since it is a slip of the pen whose value would be lost.  Amounts
 * in JSON are whole numbers or texts; a number with a point cannot be read
 * exactly and is refused. */
#include "server/call_internal.h"

#include <string.h>

#define TEXT_MAX 200
#define VALUE_PREFIX "f."

typedef struct
{
  HxCall *call;
  const HxParameter *parameter;
  HxArgument *argument;
} Reading;

/* -------------------------------------------------------------------- types
 *
 * Each returns NULL, or what is wrong with the text; the caller's. */

static char *
check_text (const Reading *reading, const char *text)
{
  const HxParameter *parameter = reading->parameter;
  const gint64 max = parameter->max != 0 ? parameter->max : TEXT_MAX;
  const gint64 length = (gint64)hx_text_characters (text);
  if (length > max)
    return g_strdup_printf (
        _ ("最多 %" G_GINT64_FORMAT " 个字，现在有 %" G_GINT64_FORMAT " 个"),
        max, length);
  if (length < parameter->min)
    return g_strdup_printf (_ ("至少要写 %" G_GINT64_FORMAT " 个字"),
                            parameter->min);
  return NULL;
}

static char *
check_integer (const Reading *reading, const char *text)
{
  const HxParameter *parameter = reading->parameter;
  const gboolean bounded = parameter->min != 0 || parameter->max != 0;
  gint64 *number = &reading->argument->integer;
  g_autofree char *plain = hx_text_normalise (text);
  if (!g_ascii_string_to_signed (plain, 10, G_MININT64, G_MAXINT64, number,
                                 NULL))
    return g_strdup (_ ("要写成整数"));
  if (bounded && (*number < parameter->min || *number > parameter->max))
    return g_strdup_printf (
        _ ("要在 %" G_GINT64_FORMAT " 到 %" G_GINT64_FORMAT " 之间"),
        parameter->min, parameter->max);
  return NULL;
}

static char *
check_id (const Reading *reading, const char *text)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64,
                                &reading->argument->integer, NULL))
    return NULL;
  return g_strdup (_ ("要写编号，一个正整数"));
}

static char *
check_year (const Reading *reading, const char *text)
{
  g_autofree char *plain = hx_text_normalise (text);
  if (strlen (plain) == 4
      && g_ascii_string_to_signed (plain, 10, HX_YEAR_MIN, HX_YEAR_MAX,
                                   &reading->argument->integer, NULL))
    return NULL;
  return g_strdup (_ ("年度要写成四位数字，例如 2023"));
}

static char *
check_date (const Reading *reading, const char *text)
{
  g_autoptr (GError) error = NULL;
  if (hx_date_parse (text, FALSE, &reading->argument->date, &error))
    return NULL;
  return g_strdup (error->message);
}

static char *
check_bool (const Reading *reading, const char *text)
{
  static const char *const yes[] = { "1", "true", "on", NULL };
  static const char *const no[] = { "0", "false", "off", NULL };
  reading->argument->integer = g_strv_contains (yes, text) ? 1 : 0;
  if (reading->argument->integer == 1 || g_strv_contains (no, text))
    return NULL;
  return g_strdup (_ ("要写 true 或 false"));
}

static char *
check_choice (const Reading *reading, const char *text)
{
  g_auto (GStrv) choices = g_strsplit (reading->parameter->choices, "|", -1);
  if (g_strv_contains ((const char *const *)choices, text))
    return NULL;
  g_autofree char *known = g_strjoinv ("、", choices);
  return g_strdup_printf (_ ("没有这一项，可用：%s"), known);
}

static char *
check_kind (const Reading *reading, const char *text)
{
  const HxKind *kind = hx_catalogue_kind (reading->call->catalogue, text);
  if (kind == NULL || strcmp (kind->key, text) != 0)
    return g_strdup (_ ("没有这种台账"));
  reading->argument->kind = kind;
  return NULL;
}

/* By HxParameterType; values are the record's to check. */
static char *(*const CHECKS[]) (const Reading *, const char *) = {
  check_text, check_integer, check_id,   check_year, check_date,
  check_bool, check_choice,  check_kind, NULL,
};

/* --------------------------------------------------------------------- JSON */

/* NULL: it cannot be said as a text. */
static const char *
scalar_text (HxCall *call, const json_t *value)
{
  char number[24];
  switch (json_typeof (value))
    {
    case JSON_STRING:
      return json_string_value (value);
    case JSON_INTEGER:
      g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT,
                  (gint64)json_integer_value (value));
      return g_string_chunk_insert (call->chunk, number);
    case JSON_TRUE:
      return "true";
    case JSON_FALSE:
      return "false";
    case JSON_NULL:
      return "";
    case JSON_REAL:
    case JSON_OBJECT:
    case JSON_ARRAY:
    default:
      return NULL;
    }
}

static void
add_json_fault (HxCall *call, const char *field, const json_t *value)
{
  hx_call_add_fault (call, field,
                     json_is_real (value)
                         ? _ ("有小数的数要加引号写成文本，例如 \"12.50\"")
                         : _ ("这里要写一个值"));
}

/* TRUE: all could be read. */
static gboolean
add_texts (HxCall *call, const char *field, const json_t *value,
           GPtrArray *texts)
{
  const gsize count = json_is_array (value) ? json_array_size (value) : 1;
  for (gsize i = 0; i < count; i++)
    {
      const json_t *each
          = json_is_array (value) ? json_array_get (value, i) : value;
      const char *text = scalar_text (call, each);
      if (text == NULL)
        {
          add_json_fault (call, field, each);
          return FALSE;
        }
      g_ptr_array_add (texts, g_string_chunk_insert (call->chunk, text));
    }
  return TRUE;
}

static gboolean
is_json (const HxCall *call)
{
  const char *type = hx_call_request_header (call, "content-type");
  return type != NULL
         && g_ascii_strncasecmp (type, "application/json", 16) == 0;
}

static gboolean
parse_body (HxCall *call, GError **error)
{
  gsize size = 0;
  const char *data = call->request->body != NULL
                         ? g_bytes_get_data (call->request->body, &size)
                         : NULL;
  json_error_t fault;
  if (size == 0)
    return TRUE;
  if (!is_json (call))
    return hx_status_fail (error, 415, _ ("内容要用 application/json 格式"));
  call->json = json_loadb (data, size, JSON_REJECT_DUPLICATES, &fault);
  if (call->json == NULL)
    {
      g_autofree char *what = g_strdup_printf (
          _ ("JSON 写得不对：第 %d 行第 %d 列"), fault.line, fault.column);
      return hx_status_fail (error, 400, what);
    }
  if (!json_is_object (call->json))
    return hx_status_fail (error, 400, _ ("JSON 的最外层要是一个对象"));
  return TRUE;
}

/* ------------------------------------------------------------------- values */

static void
put_value (HxCall *call, const char *key, const GPtrArray *texts)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = texts->pdata[i];
      if (text != NULL && text[0] != '\0')
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? ";" : "",
                                text);
    }
  g_string_replace (joined, "\r\n", "\n", 0);
  g_hash_table_insert (call->cells, g_string_chunk_insert (call->chunk, key),
                       g_string_chunk_insert (call->chunk, joined->str));
}

static void
values_of_form (HxCall *call)
{
  GHashTableIter iter;
  gpointer key, values;
  if (call->request->form == NULL)
    return;
  g_hash_table_iter_init (&iter, call->request->form);
  while (g_hash_table_iter_next (&iter, &key, &values))
    if (g_str_has_prefix (key, VALUE_PREFIX))
      put_value (call, (const char *)key + strlen (VALUE_PREFIX), values);
}

static void
values_of_json (HxCall *call, const char *name)
{
  json_t *object = json_object_get (call->json, name);
  json_t *value;
  const char *key;
  if (object != NULL && !json_is_object (object))
    hx_call_add_fault (call, name, _ ("这里要写一个对象"));
  json_object_foreach (object, key, value)
  {
    g_autoptr (GPtrArray) texts = g_ptr_array_new ();
    if (add_texts (call, key, value, texts))
      put_value (call, key, texts);
  }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  const char *const *left = a, *const *right = b;
  return strcmp (*left, *right);
}

static void
read_values (const Reading *reading)
{
  HxCall *call = reading->call;
  GHashTableIter iter;
  gpointer key;
  call->cells = g_hash_table_new (g_str_hash, g_str_equal);
  if (hx_call_is_api (call) && call->json != NULL)
    values_of_json (call, reading->parameter->name);
  else
    values_of_form (call);
  call->keys = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, call->cells);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (call->keys, key);
  g_ptr_array_sort (call->keys, compare_texts);
  if (call->keys->len == 0 && (reading->parameter->flags & HX_REQUIRED) != 0)
    hx_call_add_fault (call, reading->parameter->name, _ ("没有填任何内容"));
  g_ptr_array_add (call->keys, NULL);
}

/* ------------------------------------------------------------------ reading */

static void
add_all (GPtrArray *texts, GHashTable *table, const char *name)
{
  const GPtrArray *values
      = table != NULL ? g_hash_table_lookup (table, name) : NULL;
  for (guint i = 0; values != NULL && i < values->len; i++)
    g_ptr_array_add (texts, values->pdata[i]);
}

static char *
path_value (const HxCall *call, const char *name)
{
  g_autofree char *wanted = g_strdup_printf ("{%s}", name);
  g_auto (GStrv) segments = g_strsplit (call->route->path, "/", -1);
  guint at = 0;
  for (guint i = 0; segments[i] != NULL; i++)
    {
      if (strcmp (segments[i], wanted) == 0)
        return call->match.values[at];
      at += segments[i][0] == '{' ? 1 : 0;
    }
  return NULL;
}

static void
collect (const Reading *reading, GPtrArray *texts)
{
  const HxCall *call = reading->call;
  const HxParameter *parameter = reading->parameter;
  const json_t *member = json_object_get (call->json, parameter->name);
  if (parameter->place == HX_IN_QUERY)
    add_all (texts, call->request->query, parameter->name);
  else if (parameter->place == HX_IN_PATH)
    g_ptr_array_add (texts, path_value (call, parameter->name));
  else if (call->json == NULL)
    add_all (texts, call->request->form, parameter->name);
  else if (member != NULL)
    add_texts (reading->call, parameter->name, member, texts);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

/* Empty fields of a form are not there. */
static void
drop_blanks (GPtrArray *texts)
{
  for (guint i = texts->len; i > 0; i--)
    if (is_blank (texts->pdata[i - 1]))
      g_ptr_array_remove_index (texts, i - 1);
}

static void
check_texts (const Reading *reading, const GPtrArray *texts)
{
  const HxParameter *parameter = reading->parameter;
  if (texts->len == 0 && (parameter->flags & HX_REQUIRED) != 0
      && hx_call_fault (reading->call, parameter->name) == NULL)
    hx_call_add_fault (reading->call, parameter->name, _ ("必须填写"));
  if (texts->len > 1 && (parameter->flags & HX_MANY) == 0)
    hx_call_add_fault (reading->call, parameter->name, _ ("只能有一个"));
  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *fault
          = CHECKS[parameter->type](reading, texts->pdata[i]);
      if (fault != NULL)
        hx_call_add_fault (reading->call, parameter->name, fault);
    }
}

static void
read_file (const Reading *reading)
{
  const HxParameter *parameter = reading->parameter;
  const GPtrArray *uploads = reading->call->request->uploads;
  for (guint i = 0; uploads != NULL && i < uploads->len; i++)
    {
      const HxUpload *upload = uploads->pdata[i];
      if (reading->argument->upload == NULL
          && strcmp (upload->name, parameter->name) == 0
          && (upload->size > 0 || !is_blank (upload->file_name)))
        reading->argument->upload = upload;
    }
  if (reading->argument->upload == NULL
      && (parameter->flags & HX_REQUIRED) != 0)
    hx_call_add_fault (reading->call, parameter->name, _ ("请选择文件"));
}

static void
read_one (const Reading *reading)
{
  if (reading->parameter->type == HX_TYPE_VALUES)
    {
      read_values (reading);
      return;
    }
  if (reading->parameter->place == HX_IN_FILE)
    {
      read_file (reading);
      return;
    }
  GPtrArray *texts = g_ptr_array_new ();
  collect (reading, texts);
  drop_blanks (texts);
  check_texts (reading, texts);
  g_ptr_array_add (texts, NULL);
  reading->argument->texts = texts;
}

static const HxParameter *
parameter_named (const HxRoute *route, const char *name)
{
  const HxParameter *each = route->parameters;
  for (; each != NULL && each->name != NULL; each++)
    if (strcmp (each->name, name) == 0)
      return each;
  return NULL;
}

/* Of the API alone. */
static void
refuse_unknown (HxCall *call)
{
  GHashTableIter iter;
  gpointer key;
  json_t *value;
  const char *member;
  g_hash_table_iter_init (&iter, call->request->query);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (parameter_named (call->route, key) == NULL)
      hx_call_add_fault (call, key, _ ("没有这个参数"));
  json_object_foreach (call->json, member,
                       value) if (parameter_named (call->route, member) == NULL)
      hx_call_add_fault (call, member, _ ("没有这个参数"));
}

static gboolean
path_has_fault (const HxCall *call)
{
  const HxParameter *each = call->route->parameters;
  for (; each != NULL && each->name != NULL; each++)
    if (each->place == HX_IN_PATH && hx_call_fault (call, each->name) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
hx_parameters_read (HxCall *call, GError **error)
{
  const HxParameter *parameters = call->route->parameters;
  guint count = 0;
  while (parameters != NULL && parameters[count].name != NULL)
    count++;
  if (hx_call_is_api (call) && !parse_body (call, error))
    return FALSE;
  call->arguments = g_new0 (HxArgument, count + 1);
  for (guint i = 0; i < count; i++)
    read_one (&(Reading){ call, &parameters[i], &call->arguments[i] });
  if (hx_call_is_api (call))
    refuse_unknown (call);
  if (path_has_fault (call))
    return hx_status_fail (error, 404, _ ("没有这个地址"));
  if (hx_call_has_faults (call)
      && (call->route->flags & HX_ROUTE_SHOWS_FAULTS) == 0)
    return hx_status_fail (error, 400, _ ("有几处填得不对"));
  return TRUE;
}

/* ------------------------------------------------------------------- asking */

static const HxArgument *
argument (const HxCall *call, const char *name)
{
  const HxParameter *parameter = parameter_named (call->route, name);
  g_return_val_if_fail (parameter != NULL && call->arguments != NULL, NULL);
  return &call->arguments[parameter - call->route->parameters];
}

const char *
hx_call_text (const HxCall *call, const char *name)
{
  const HxArgument *found = argument (call, name);
  return found != NULL && found->texts != NULL ? found->texts->pdata[0] : NULL;
}

gint64
hx_call_integer (const HxCall *call, const char *name)
{
  const HxArgument *found = argument (call, name);
  return found != NULL ? found->integer : 0;
}

HxDate
hx_call_date (const HxCall *call, const char *name)
{
  const HxArgument *found = argument (call, name);
  return found != NULL ? found->date : (HxDate){ 0 };
}

gboolean
hx_call_bool (const HxCall *call, const char *name)
{
  return hx_call_integer (call, name) != 0;
}

const HxKind *
hx_call_kind (const HxCall *call, const char *name)
{
  const HxArgument *found = argument (call, name);
  return found != NULL ? found->kind : NULL;
}

const char *const *
hx_call_texts (const HxCall *call, const char *name)
{
  static const char *const none[] = { NULL };
  const HxArgument *found = argument (call, name);
  return found != NULL && found->texts != NULL
             ? (const char *const *)found->texts->pdata
             : none;
}

const HxUpload *
hx_call_upload (const HxCall *call, const char *name)
{
  const HxArgument *found = argument (call, name);
  return found != NULL ? found->upload : NULL;
}

const GPtrArray *
hx_call_uploads (const HxCall *call)
{
  return call->request->uploads;
}

const char *
hx_call_value (const HxCall *call, const char *key)
{
  g_return_val_if_fail (call->cells != NULL, NULL);
  return g_hash_table_lookup (call->cells, key);
}

const char *const *
hx_call_value_keys (const HxCall *call)
{
  static const char *const none[] = { NULL };
  g_return_val_if_fail (call->keys != NULL, none);
  return (const char *const *)call->keys->pdata;
}
