/* One part through expat, as far as the handlers want.
 *
 * Refused: a document type (and with it every entity), nesting beyond
 * DEPTH_MOST, and a single tag or comment beyond TOKEN_MOST, which expat would
 * keep whole and look through again with each block.
 */
#include "base/package.h"

#include <expat.h>
#include <string.h>

#define BLOCK 65536
#define DEPTH_MOST 64
#define TOKEN_MOST (1 << 20)

struct _HxXml
{
  XML_Parser parser;
  HxPart *part;
  const HxXmlHandlers *handlers;
  gpointer data;
  GError *error; /* of a handler */
  guint64 heard; /* bytes read when a handler was last called */
  char *prefix;  /* of the document element, with its colon */
  gsize prefix_length;
  guint depth;
  gboolean paused;
  gboolean ended;
};

static gboolean
xml_fail (HxXml *xml, HxErrorCode code, const char *what, GError **error)
{
  return hx_package_fail (xml->part->package, code, what, xml->part->path,
                          _ ("请用 Excel 或 WPS 打开，另存一次再导入"), error);
}

static void
stop (HxXml *xml)
{
  XML_StopParser (xml->parser, XML_FALSE);
}

/* ---------------------------------------------------------------- handlers */

/* The name without the document's prefix.  A name with another prefix is no
 * name that is looked for among the document's own; one without, where the
 * document has a prefix, is none at all. */
static const char *
local_name (const HxXml *xml, const char *name)
{
  if (xml->prefix_length == 0)
    return name;
  if (strncmp (name, xml->prefix, xml->prefix_length) == 0)
    return name + xml->prefix_length;
  return strchr (name, ':') != NULL ? name : "";
}

static gboolean
enter_document (HxXml *xml, const char *name)
{
  const char *colon = strchr (name, ':');
  xml->prefix_length = colon != NULL ? (gsize)(colon - name) + 1 : 0;
  xml->prefix = g_strndup (name, xml->prefix_length);
  if (xml->handlers->root == NULL
      || strcmp (name + xml->prefix_length, xml->handlers->root) == 0)
    return TRUE;
  return xml_fail (xml, HX_ERROR_DATA, _ ("工作簿的内容不是应有的样子"),
                   &xml->error);
}

static gboolean
enter (HxXml *xml, const char *name, const char **attributes)
{
  if (++xml->depth > DEPTH_MOST)
    return xml_fail (xml, HX_ERROR_LIMIT, _ ("工作簿的内容嵌套太深"),
                     &xml->error);
  if (xml->depth == 1 && !enter_document (xml, name))
    return FALSE;
  return xml->handlers->start (xml->data, xml->depth, local_name (xml, name),
                               attributes, &xml->error);
}

static void XMLCALL
on_start (void *data, const XML_Char *name, const XML_Char **attributes)
{
  HxXml *xml = data;
  xml->heard = xml->part->done;
  if (xml->error == NULL && !enter (xml, name, attributes))
    stop (xml);
}

static void XMLCALL
on_end (void *data, const XML_Char *name)
{
  HxXml *xml = data;
  const guint depth = xml->depth--;
  xml->heard = xml->part->done;
  if (xml->error == NULL && xml->handlers->end != NULL
      && !xml->handlers->end (xml->data, depth, local_name (xml, name),
                              &xml->error))
    stop (xml);
}

static void XMLCALL
on_text (void *data, const XML_Char *text, int length)
{
  HxXml *xml = data;
  xml->heard = xml->part->done;
  if (xml->error == NULL && xml->handlers->text != NULL
      && !xml->handlers->text (xml->data, text, (gsize)length, &xml->error))
    stop (xml);
}

static void XMLCALL
on_document_type (void *data, const XML_Char *name, const XML_Char *system_id,
                  const XML_Char *public_id, int has_subset)
{
  HxXml *xml = data;
  (void)name, (void)system_id, (void)public_id, (void)has_subset;
  if (xml->error == NULL)
    xml_fail (xml, HX_ERROR_DATA, _ ("工作簿里有不该有的文档类型声明"),
              &xml->error);
  stop (xml);
}

/* -------------------------------------------------------------------- open */

HxXml *
hx_xml_open (const HxPackage *package, const char *part,
             const HxXmlHandlers *handlers, gpointer data, GError **error)
{
  g_autoptr (HxXml) xml = g_new0 (HxXml, 1);
  xml->part = hx_part_open (package, part, error);
  if (xml->part == NULL)
    return NULL;
  xml->handlers = handlers;
  xml->data = data;
  xml->parser = XML_ParserCreate (NULL);
  XML_SetUserData (xml->parser, xml);
  XML_SetElementHandler (xml->parser, on_start, on_end);
  XML_SetCharacterDataHandler (xml->parser, on_text);
  XML_SetStartDoctypeDeclHandler (xml->parser, on_document_type);
  return g_steal_pointer (&xml);
}

void
hx_xml_free (HxXml *xml)
{
  if (xml == NULL)
    return;
  if (xml->parser != NULL)
    XML_ParserFree (xml->parser);
  hx_part_close (xml->part);
  g_clear_error (&xml->error);
  g_free (xml->prefix);
  g_free (xml);
}

/* -------------------------------------------------------------------- step */

static HxXmlStep
fail_step (HxXml *xml, GError **error)
{
  g_autofree char *line = NULL;
  if (xml->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&xml->error));
      return HX_XML_FAIL;
    }
  line
      = g_strdup_printf (_ ("工作簿内部写坏了（第 %lu 行）"),
                         (unsigned long)XML_GetCurrentLineNumber (xml->parser));
  xml_fail (xml, HX_ERROR_DATA, line, error);
  return HX_XML_FAIL;
}

static gboolean
check_token (HxXml *xml)
{
  if (xml->part->done <= xml->heard + TOKEN_MOST)
    return TRUE;
  return xml_fail (xml, HX_ERROR_LIMIT, _ ("工作簿里有一个太长的标记"),
                   &xml->error);
}

static enum XML_Status
feed (HxXml *xml)
{
  gsize length;
  void *buffer = XML_GetBuffer (xml->parser, BLOCK);
  if (buffer == NULL)
    return XML_STATUS_ERROR;
  if (!check_token (xml)
      || !hx_part_read (xml->part, buffer, BLOCK, &length, &xml->error))
    return XML_STATUS_ERROR;
  xml->ended = length == 0;
  return XML_ParseBuffer (xml->parser, (int)length, xml->ended);
}

HxXmlStep
hx_xml_step (HxXml *xml, GError **error)
{
  enum XML_Status status
      = xml->paused ? XML_ResumeParser (xml->parser) : XML_STATUS_OK;
  while (status == XML_STATUS_OK && !xml->ended)
    status = feed (xml);
  xml->paused = status == XML_STATUS_SUSPENDED;
  if (status == XML_STATUS_ERROR)
    return fail_step (xml, error);
  return xml->paused ? HX_XML_PAUSED : HX_XML_END;
}

void
hx_xml_pause (HxXml *xml)
{
  XML_StopParser (xml->parser, XML_TRUE);
}

void
hx_xml_progress (const HxXml *xml, guint64 *done, guint64 *total)
{
  *total = xml->part->size;
  *done = MIN (xml->part->done, xml->part->size);
}

gboolean
hx_xml_read (const HxPackage *package, const char *part,
             const HxXmlHandlers *handlers, gpointer data, GError **error)
{
  g_autoptr (HxXml) xml = hx_xml_open (package, part, handlers, data, error);
  return xml != NULL && hx_xml_step (xml, error) == HX_XML_END;
}

/* -------------------------------------------------------------- attributes */

const char *
hx_xml_attribute (const char **attributes, const char *name)
{
  for (; *attributes != NULL; attributes += 2)
    {
      const char *colon = strchr (*attributes, ':');
      if (strcmp (colon != NULL ? colon + 1 : *attributes, name) == 0)
        return attributes[1];
    }
  return NULL;
}

gboolean
hx_xml_is_true (const char *value)
{
  return g_strcmp0 (value, "1") == 0 || g_strcmp0 (value, "true") == 0;
}

gboolean
hx_xml_number (const char *value, guint64 most, guint64 *number)
{
  *number = 0;
  if (value == NULL || *value == '\0')
    return FALSE;
  for (; g_ascii_isdigit (*value); value++)
    {
      *number = *number * 10 + (guint64)(*value - '0');
      if (*number > most)
        return FALSE;
    }
  return *value == '\0';
}
