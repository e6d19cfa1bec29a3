#include "docx_file.h"

#include <expat.h>
#include <zip.h>

char *
docx_write (const char *markdown, const HxDocxOptions *options, gsize *length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxDocument) document = hx_document_parse (markdown, -1, &error);
  char *bytes;

  assert_non_null (document);
  bytes = hx_document_docx (document, options, length, &error);
  if (bytes == NULL)
    fail_msg ("%s", error->message);
  return bytes;
}

static zip_t *
open_archive (const char *bytes, gsize length)
{
  zip_error_t failed;
  zip_source_t *source = zip_source_buffer_create (bytes, length, 0, &failed);
  zip_t *archive;

  assert_non_null (source);
  archive = zip_open_from_source (source, ZIP_RDONLY | ZIP_CHECKCONS, &failed);
  assert_non_null (archive);
  return archive;
}

char *
docx_part (const char *bytes, gsize length, const char *name)
{
  zip_t *archive = open_archive (bytes, length);
  zip_stat_t stat;
  char *text = NULL;

  if (zip_stat (archive, name, 0, &stat) == 0)
    {
      zip_file_t *file = zip_fopen (archive, name, 0);

      text = g_malloc0 (stat.size + 1);
      assert_int_equal (zip_fread (file, text, stat.size), stat.size);
      zip_fclose (file);
    }
  zip_discard (archive);
  return text;
}

GPtrArray *
docx_names (const char *bytes, gsize length)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  zip_t *archive = open_archive (bytes, length);

  for (zip_int64_t i = 0; i < zip_get_num_entries (archive, 0); i++)
    g_ptr_array_add (names, g_strdup (zip_get_name (archive, (zip_uint64_t)i,
                                                    ZIP_FL_ENC_GUESS)));
  zip_discard (archive);
  return names;
}

char *
docx_body (const char *markdown)
{
  gsize length = 0;
  g_autofree char *bytes = docx_write (markdown, NULL, &length);
  char *body = docx_part (bytes, length, "word/document.xml");

  assert_non_null (body);
  assert_well_formed (markdown, body);
  return body;
}

/* What expat is asked for: the text inside an element, or an attribute. */
typedef struct
{
  const char *element;
  const char *attribute;
  GString *text;
  GPtrArray *values;
  guint inside;
} Wanted;

static void
element_begins (void *data, const XML_Char *name, const XML_Char **attributes)
{
  Wanted *wanted = data;

  if (strcmp (name, wanted->element) != 0)
    return;
  wanted->inside++;
  for (; wanted->attribute != NULL && *attributes != NULL; attributes += 2)
    {
      if (strcmp (attributes[0], wanted->attribute) == 0)
        g_ptr_array_add (wanted->values, g_strdup (attributes[1]));
    }
}

static void
element_ends (void *data, const XML_Char *name)
{
  Wanted *wanted = data;

  wanted->inside -= strcmp (name, wanted->element) == 0;
}

static void
text_comes (void *data, const XML_Char *text, int length)
{
  Wanted *wanted = data;

  if (wanted->inside > 0 && wanted->text != NULL)
    g_string_append_len (wanted->text, text, length);
}

static void
look_through (const char *what, const char *xml, Wanted *wanted)
{
  XML_Parser parser = XML_ParserCreate (NULL);

  XML_SetUserData (parser, wanted);
  XML_SetElementHandler (parser, element_begins, element_ends);
  XML_SetCharacterDataHandler (parser, text_comes);
  if (XML_Parse (parser, xml, (int)strlen (xml), 1) != XML_STATUS_OK)
    fail_msg ("%s: line %lu: %s\n%s", what, XML_GetCurrentLineNumber (parser),
              XML_ErrorString (XML_GetErrorCode (parser)), xml);
  XML_ParserFree (parser);
}

void
assert_well_formed (const char *name, const char *xml)
{
  Wanted nothing = { .element = "" };

  look_through (name, xml, &nothing);
}

char *
docx_text (const char *xml, const char *tag)
{
  Wanted wanted = { .element = tag, .text = g_string_new (NULL) };

  look_through (tag, xml, &wanted);
  return g_string_free (wanted.text, FALSE);
}

GPtrArray *
docx_values (const char *xml, const char *element, const char *attribute)
{
  Wanted wanted = {
    .element = element,
    .attribute = attribute,
    .values = g_ptr_array_new_with_free_func (g_free),
  };

  look_through (element, xml, &wanted);
  return wanted.values;
}
