/* The components of the description: each kind of the catalogue as a schema of
 * the values that a form of it takes. */
#include "server/openapi.h"

typedef struct
{
  const char *types[3]; /* NULL behind the last */
  const char *format, *pattern;
} Shape;

/* By HxFieldType. */
static const Shape SHAPES[] = {
  [HX_FIELD_TEXT] = { { "string" }, NULL, NULL },
  [HX_FIELD_INTEGER] = { { "integer" }, NULL, NULL },
  [HX_FIELD_DECIMAL]
  = { { "string", "integer" }, NULL, "^-?[0-9]+(\\.[0-9]+)?$" },
  [HX_FIELD_MONEY]
  = { { "string", "integer" }, NULL, "^-?[0-9]+(\\.[0-9]{1,6})?$" },
  [HX_FIELD_DATE] = { { "string" }, NULL, NULL },
  [HX_FIELD_BOOL] = { { "boolean" }, NULL, NULL },
  [HX_FIELD_CHOICE] = { { "string" }, NULL, NULL },
  [HX_FIELD_REF] = { { "string", "integer" }, NULL, NULL },
  [HX_FIELD_EVIDENCE] = { { "string", "array" }, NULL, NULL },
  [HX_FIELD_ID_NUMBER] = { { "string" }, NULL, NULL },
  [HX_FIELD_PHONE] = { { "string" }, NULL, NULL },
  [HX_FIELD_ATTENDEES] = { { "string", "integer", "array" }, NULL, NULL },
};

static void
write_types (const Shape *shape, gboolean nullable, HxJson *json)
{
  hx_json_key (json, "type");
  hx_json_array_begin (json);
  for (gsize i = 0; i < G_N_ELEMENTS (shape->types); i++)
    if (shape->types[i] != NULL)
      hx_json_string (json, shape->types[i]);
  if (nullable)
    hx_json_string (json, "null");
  hx_json_array_end (json);
}

static void
write_codes (const HxField *field, gboolean nullable, HxJson *json)
{
  const GPtrArray *codes = field->codes->codes;
  g_autoptr (GString) names = g_string_new (NULL);
  hx_json_key (json, "enum");
  hx_json_array_begin (json);
  for (guint i = 0; i < codes->len; i++)
    {
      const HxCode *code = codes->pdata[i];
      hx_json_string (json, code->code);
      g_string_append_printf (names, "%s%s %s", i > 0 ? "; " : "", code->code,
                              code->name);
    }
  if (nullable)
    hx_json_null (json);
  hx_json_array_end (json);
  hx_json_member (json, "description", names->str);
}

static void
write_field (const HxField *field, HxJson *json)
{
  const Shape *shape = &SHAPES[field->type];
  const gboolean nullable = !field->required;
  hx_json_key (json, field->key);
  hx_json_object_begin (json);
  hx_json_member (json, "title", field->name);
  write_types (shape, nullable, json);
  if (field->type == HX_FIELD_DATE && !field->partial)
    hx_json_member (json, "format", "date");
  if (shape->pattern != NULL)
    hx_json_member (json, "pattern", shape->pattern);
  if (field->type == HX_FIELD_TEXT && field->has_max)
    hx_json_member_integer (json, "maxLength", field->max);
  if (field->type == HX_FIELD_INTEGER && field->has_min)
    hx_json_member_integer (json, "minimum", field->min);
  if (field->type == HX_FIELD_INTEGER && field->has_max)
    hx_json_member_integer (json, "maximum", field->max);
  if (field->type == HX_FIELD_CHOICE)
    write_codes (field, nullable, json);
  if (field->target != NULL)
    hx_json_member (json, "x-kind", field->target->key);
  hx_json_object_end (json);
}

static void
write_kind (const HxKind *kind, HxJson *json)
{
  g_autofree char *name = g_strconcat ("kind_", kind->key, NULL);
  hx_json_key (json, name);
  hx_json_object_begin (json);
  hx_json_member (json, "title", kind->name);
  hx_json_member (json, "type", "object");
  hx_json_key (json, "properties");
  hx_json_object_begin (json);
  for (guint i = 0; i < kind->fields->len; i++)
    write_field (kind->fields->pdata[i], json);
  hx_json_object_end (json);
  hx_json_key (json, "required");
  hx_json_array_begin (json);
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];
      if (field->required && field->default_text == NULL)
        hx_json_string (json, field->key);
    }
  hx_json_array_end (json);
  hx_json_key (json, "additionalProperties");
  hx_json_bool (json, FALSE);
  hx_json_object_end (json);
}

/* A change names only what changes: the required ones are of a new row. */
static void
write_values (const GPtrArray *kinds, HxJson *json)
{
  hx_json_key (json, "Values");
  hx_json_object_begin (json);
  hx_json_member (json, "type", "object");
  hx_json_member (json, "description",
                  _ ("按字段的键填写，见各台账；修改时只写要改的字段"));
  hx_json_key (json, "anyOf");
  hx_json_array_begin (json);
  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *kind = kinds->pdata[i];
      g_autofree char *reference
          = g_strconcat ("#/components/schemas/kind_", kind->key, NULL);
      hx_json_object_begin (json);
      hx_json_member (json, "$ref", reference);
      hx_json_object_end (json);
    }
  hx_json_object_begin (json);
  hx_json_member (json, "type", "object");
  hx_json_object_end (json);
  hx_json_array_end (json);
  hx_json_object_end (json);
}

static void
write_kind_names (const GPtrArray *kinds, HxJson *json)
{
  hx_json_key (json, "Kind");
  hx_json_object_begin (json);
  hx_json_member (json, "type", "string");
  hx_json_key (json, "enum");
  hx_json_array_begin (json);
  for (guint i = 0; i < kinds->len; i++)
    hx_json_string (json, ((const HxKind *)kinds->pdata[i])->key);
  hx_json_array_end (json);
  hx_json_object_end (json);
}

/* JSON that no catalogue changes. */
#define PROBLEM                                                                \
  "{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\","          \
  "\"detail\",\"instance\"],\"properties\":{"                                  \
  "\"type\":{\"type\":\"string\",\"format\":\"uri-reference\"},"               \
  "\"title\":{\"type\":\"string\"},"                                           \
  "\"status\":{\"type\":\"integer\",\"minimum\":400,\"maximum\":599},"         \
  "\"detail\":{\"type\":\"string\"},\"instance\":{\"type\":\"string\"},"       \
  "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\","             \
  "\"required\":[\"reason\"],\"properties\":{"                                 \
  "\"field\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},"            \
  "\"reason\":{\"type\":\"string\"}}}}}}"
#define PROBLEM_CONTENT                                                        \
  "{\"application/problem+json\":{\"schema\":"                                 \
  "{\"$ref\":\"#/components/schemas/Problem\"}}}"
#define IDEMPOTENCY_SCHEMA                                                     \
  "{\"type\":\"string\",\"minLength\":1,\"maxLength\":200}"

static void
write_raw (HxJson *json, const char *key, const char *text)
{
  hx_json_key (json, key);
  hx_json_raw (json, text);
}

static void
write_shared (HxJson *json)
{
  hx_json_key (json, "parameters");
  hx_json_object_begin (json);
  hx_json_key (json, "IdempotencyKey");
  hx_json_object_begin (json);
  hx_json_member (json, "name", "Idempotency-Key");
  hx_json_member (json, "in", "header");
  hx_json_member (json, "description",
                  _ ("同一个键在 24 小时内只办理一次，再来时得到同样的答复"));
  write_raw (json, "schema", IDEMPOTENCY_SCHEMA);
  hx_json_object_end (json);
  hx_json_object_end (json);
  hx_json_key (json, "responses");
  hx_json_object_begin (json);
  hx_json_key (json, "Problem");
  hx_json_object_begin (json);
  hx_json_member (json, "description", _ ("没有办成，原因在文档里"));
  write_raw (json, "content", PROBLEM_CONTENT);
  hx_json_object_end (json);
  hx_json_object_end (json);
  hx_json_key (json, "securitySchemes");
  hx_json_object_begin (json);
  write_raw (json, "token", "{\"type\":\"http\",\"scheme\":\"bearer\"}");
  write_raw (json, "session",
             "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"hongxia\"}");
  hx_json_object_end (json);
}

void
hx_openapi_components (HxCatalogue *catalogue, HxJson *json)
{
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  hx_json_key (json, "components");
  hx_json_object_begin (json);
  hx_json_key (json, "schemas");
  hx_json_object_begin (json);
  write_raw (json, "Problem", PROBLEM);
  write_kind_names (kinds, json);
  write_values (kinds, json);
  for (guint i = 0; i < kinds->len; i++)
    write_kind (kinds->pdata[i], json);
  hx_json_object_end (json);
  write_shared (json);
  hx_json_object_end (json);
}
