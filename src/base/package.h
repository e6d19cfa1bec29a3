/* base/package: the parts of an Office Open XML file (xlsx, docx).
 *
 * A package is a zip of parts that point at each other by relations.  It comes
 * from outside: what its directory says of sizes is not believed, parts are
 * counted as they are unpacked, and a part of XML is parsed piece by piece, so
 * that whoever reads may stop.
 *
 * Namespaces: transitional and strict files differ in nothing that is read
 * here but the namespace, and a file's own prefix is free.  So elements count
 * by their local name if they have the prefix of the document element; others
 * (extensions) have a name that is none of ours.
 *
 * Ownership: what hx_X_open gives is closed by its owner, before the package.
 * Threads: one at a time.
 */
#ifndef HX_BASE_PACKAGE_H
#define HX_BASE_PACKAGE_H

#include "base/base.h"

#include <zip.h>

G_BEGIN_DECLS

/* ----------------------------------------------------------------- package */

typedef struct
{
  guint64 entry_bytes; /* one unpacked part */
  guint entry_ratio;   /* unpacked : packed, asked beyond 8 MiB */
} HxPackageLimits;

typedef struct
{
  zip_t *zip;
  char *name; /* of the file, for messages */
  HxPackageLimits limits;
} HxPackage;

typedef struct
{
  char *id;
  char *type; /* last word of the relation's type: "worksheet" */
  char *part; /* path of the part meant, from the root of the package */
} HxRelation;

/* A part being read. */
typedef struct
{
  const HxPackage *package;
  char *path;
  zip_file_t *file;
  guint64 size;
  guint64 packed;
  guint64 done;
} HxPart;

gboolean hx_package_open (HxPackage *package, const char *path,
                          const HxPackageLimits *limits, GError **error);
/* The same of a file in memory, which has to outlive the package. */
gboolean hx_package_open_bytes (HxPackage *package, GBytes *bytes,
                                const HxPackageLimits *limits, GError **error);
void hx_package_close (HxPackage *package);
/* Set an error that names file and part (or NULL). Returns FALSE. */
gboolean hx_package_fail (const HxPackage *package, HxErrorCode code,
                          const char *what, const char *part,
                          const char *what_to_do, GError **error);
gboolean hx_package_has (const HxPackage *package, const char *part);

HxPart *hx_part_open (const HxPackage *package, const char *path,
                      GError **error);
/* Up to `size` bytes; *length 0 at the end, when the checksum was right. */
gboolean hx_part_read (HxPart *part, void *buffer, gsize size, gsize *length,
                       GError **error);
void hx_part_close (HxPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxPart, hx_part_close)

/* What `source` ("" for the package) points at: HxRelation *; none if there is
 * no such list. */
GPtrArray *hx_package_relations (const HxPackage *package, const char *source,
                                 GError **error);
const HxRelation *hx_relation_of_type (const GPtrArray *relations,
                                       const char *type);
const HxRelation *hx_relation_of_id (const GPtrArray *relations,
                                     const char *id);

/* --------------------------------------------------------------------- xml */

typedef struct
{
  const char *root; /* name the document element must have, NULL: any */
  /* depth: 1 is the document element. `end` and `text` may be NULL.  A name
   * is without the prefix of the document element, with another as it stands;
   * "" where it lacks one. */
  gboolean (*start) (gpointer data, guint depth, const char *name,
                     const char **attributes, GError **error);
  gboolean (*end) (gpointer data, guint depth, const char *name,
                   GError **error);
  gboolean (*text) (gpointer data, const char *text, gsize length,
                    GError **error);
} HxXmlHandlers;

typedef struct _HxXml HxXml;

typedef enum
{
  HX_XML_PAUSED,
  HX_XML_END,
  HX_XML_FAIL
} HxXmlStep;

HxXml *hx_xml_open (const HxPackage *package, const char *part,
                    const HxXmlHandlers *handlers, gpointer data,
                    GError **error);
void hx_xml_free (HxXml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxXml, hx_xml_free)
/* Parse until a handler pauses or the part ends; call again to go on. */
HxXmlStep hx_xml_step (HxXml *xml, GError **error);
/* From an end handler: return from hx_xml_step when the handler is done. */
void hx_xml_pause (HxXml *xml);
void hx_xml_progress (const HxXml *xml, guint64 *done, guint64 *total);
/* A whole part. */
gboolean hx_xml_read (const HxPackage *package, const char *part,
                      const HxXmlHandlers *handlers, gpointer data,
                      GError **error);
/* The value of an attribute by its local name, or NULL. */
const char *hx_xml_attribute (const char **attributes, const char *name);
/* TRUE for "1" and "true". */
gboolean hx_xml_is_true (const char *value);
/* A whole number without sign up to `most`; FALSE for anything else. */
gboolean hx_xml_number (const char *value, guint64 most, guint64 *number);

G_END_DECLS

#endif
