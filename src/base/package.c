/* The parts of a package and how they point at each other.
 *
 * What the zip's directory says of a part's size is not believed: bytes are
 * counted as they come out, against `entry_bytes` and, beyond 8 MiB, against
 * `entry_ratio` times what went in.
 */
#include "base/package.h"

#include <string.h>

#define RATIO_FROM ((guint64)8 << 20)
#define RELATIONS_MOST 4096

/* ------------------------------------------------------------------ errors */

#define SAVE_AGAIN N_ ("请用 Excel 或 WPS 打开，另存一次再导入")

static const struct
{
  int code;
  const char *what;
  const char *what_to_do;
} zip_faults[] = {
  { ZIP_ER_NOPASSWD, N_ ("压缩包加了密码"), N_ ("请去掉密码再导入") },
  { ZIP_ER_ENCRNOTSUPP, N_ ("压缩包加了密码"), N_ ("请去掉密码再导入") },
  { ZIP_ER_COMPNOTSUPP, N_ ("工作簿用了不认识的压缩方法"), SAVE_AGAIN },
  { ZIP_ER_CRC, N_ ("工作簿损坏了，校验和不符"),
    N_ ("请重新拷贝或下载这个文件") },
};

static char *
where_of (const HxPackage *package, const char *part)
{
  if (part == NULL)
    return g_strdup (package->name);
  return g_strdup_printf ("%s（%s）", package->name, part);
}

gboolean
hx_package_fail (const HxPackage *package, HxErrorCode code, const char *what,
                 const char *part, const char *what_to_do, GError **error)
{
  g_autofree char *where = where_of (package, part);
  return hx_fail (error, code, what, where, what_to_do);
}

static gboolean
fail_zip (const HxPackage *package, const char *part, int code, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (zip_faults); i++)
    if (zip_faults[i].code == code)
      return hx_package_fail (package, HX_ERROR_DATA, _ (zip_faults[i].what),
                              part, _ (zip_faults[i].what_to_do), error);
  return hx_package_fail (package, HX_ERROR_DATA, _ ("工作簿损坏了"), part,
                          _ ("请重新拷贝或下载这个文件"), error);
}

/* ----------------------------------------------------------------- package */

gboolean
hx_package_open (HxPackage *package, const char *path,
                 const HxPackageLimits *limits, GError **error)
{
  int code = 0;
  package->name = g_filename_display_basename (path);
  package->limits = *limits;
  package->zip = zip_open (path, ZIP_RDONLY, &code);
  return package->zip != NULL || fail_zip (package, NULL, code, error);
}

static zip_source_t *
source_of (GBytes *bytes, zip_error_t *wrong)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return zip_source_buffer_create (data, size, 0, wrong);
}

gboolean
hx_package_open_bytes (HxPackage *package, GBytes *bytes,
                       const HxPackageLimits *limits, GError **error)
{
  zip_error_t wrong;
  zip_source_t *source;
  int code;

  zip_error_init (&wrong);
  package->name = g_strdup ("-");
  package->limits = *limits;
  source = source_of (bytes, &wrong);
  if (source != NULL)
    package->zip = zip_open_from_source (source, ZIP_RDONLY, &wrong);
  if (package->zip == NULL && source != NULL)
    zip_source_free (source);
  code = zip_error_code_zip (&wrong);
  zip_error_fini (&wrong);
  return package->zip != NULL || fail_zip (package, NULL, code, error);
}

void
hx_package_close (HxPackage *package)
{
  if (package->zip != NULL)
    zip_discard (package->zip);
  g_free (package->name);
}

/* Names of parts do not differ by case. */
static zip_int64_t
locate (const HxPackage *package, const char *part)
{
  const zip_int64_t index = zip_name_locate (package->zip, part, 0);
  return index >= 0 ? index
                    : zip_name_locate (package->zip, part, ZIP_FL_NOCASE);
}

gboolean
hx_package_has (const HxPackage *package, const char *part)
{
  return locate (package, part) >= 0;
}

/* -------------------------------------------------------------------- part */

HxPart *
hx_part_open (const HxPackage *package, const char *path, GError **error)
{
  zip_stat_t status;
  g_autoptr (HxPart) part = g_new0 (HxPart, 1);
  const zip_int64_t index = locate (package, path);
  part->package = package;
  part->path = g_strdup (path);
  if (index < 0)
    {
      hx_package_fail (package, HX_ERROR_DATA, _ ("工作簿里缺了一部分"), path,
                       _ (SAVE_AGAIN), error);
      return NULL;
    }
  zip_stat_init (&status);
  if (zip_stat_index (package->zip, (zip_uint64_t)index, 0, &status) == 0)
    part->file = zip_fopen_index (package->zip, (zip_uint64_t)index, 0);
  if (part->file == NULL)
    {
      fail_zip (package, path,
                zip_error_code_zip (zip_get_error (package->zip)), error);
      return NULL;
    }
  part->size = status.size;
  part->packed = status.comp_size;
  return g_steal_pointer (&part);
}

void
hx_part_close (HxPart *part)
{
  if (part == NULL)
    return;
  if (part->file != NULL)
    zip_fclose (part->file);
  g_free (part->path);
  g_free (part);
}

static gboolean
check_size (const HxPart *part, GError **error)
{
  const HxPackageLimits *limits = &part->package->limits;
  if (part->done > limits->entry_bytes)
    return hx_package_fail (part->package, HX_ERROR_LIMIT,
                            _ ("工作簿解开后太大"), part->path,
                            _ ("请分成几个文件导入"), error);
  if (part->done > RATIO_FROM
      && part->done / limits->entry_ratio > part->packed)
    return hx_package_fail (
        part->package, HX_ERROR_LIMIT,
        _ ("解开后比文件大得不正常，像是专门用来撑爆电脑的压缩包"), part->path,
        _ ("请确认文件来源，用 Excel 或 WPS 另存一次再导入"), error);
  return TRUE;
}

gboolean
hx_part_read (HxPart *part, void *buffer, gsize size, gsize *length,
              GError **error)
{
  const zip_int64_t got = zip_fread (part->file, buffer, size);
  *length = 0;
  if (got < 0)
    return fail_zip (part->package, part->path,
                     zip_error_code_zip (zip_file_get_error (part->file)),
                     error);
  part->done += (guint64)got;
  *length = (gsize)got;
  return check_size (part, error);
}

/* --------------------------------------------------------------- relations */

static void
relation_free (gpointer data)
{
  HxRelation *relation = data;
  g_free (relation->id);
  g_free (relation->type);
  g_free (relation->part);
  g_free (relation);
}

typedef struct
{
  const HxPackage *package;
  const char *source;
  GPtrArray *relations;
} Relations;

/* "xl/workbook.xml" and "../a.xml" → "a.xml"; "/a.xml" → "a.xml". */
static char *
resolve (const char *source, const char *target)
{
  const char *slash = strrchr (source, '/');
  g_autofree char *base
      = g_strndup (source, slash != NULL ? (gsize)(slash - source) : 0);
  g_autofree char *joined = *target == '/'
                                ? g_strdup (target)
                                : g_strconcat (base, "/", target, NULL);
  g_auto (GStrv) steps = g_strsplit (joined, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (guint i = 0; steps[i] != NULL; i++)
    {
      if (strcmp (steps[i], "..") == 0 && kept->len > 0)
        g_ptr_array_set_size (kept, (int)kept->len - 1);
      else if (*steps[i] != '\0' && strcmp (steps[i], ".") != 0
               && strcmp (steps[i], "..") != 0)
        g_ptr_array_add (kept, steps[i]);
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **)kept->pdata);
}

static const char *
last_word (const char *type)
{
  const char *slash = strrchr (type, '/');
  return slash != NULL ? slash + 1 : type;
}

static gboolean
relation_start (gpointer data, guint depth, const char *name,
                const char **attributes, GError **error)
{
  Relations *list = data;
  const char *id = hx_xml_attribute (attributes, "Id");
  const char *type = hx_xml_attribute (attributes, "Type");
  const char *target = hx_xml_attribute (attributes, "Target");
  const char *mode = hx_xml_attribute (attributes, "TargetMode");
  if (depth != 2 || strcmp (name, "Relationship") != 0 || id == NULL
      || type == NULL || target == NULL || g_strcmp0 (mode, "External") == 0)
    return TRUE;
  if (list->relations->len >= RELATIONS_MOST)
    return hx_package_fail (list->package, HX_ERROR_LIMIT,
                            _ ("工作簿的部件太多，不是普通的工作簿"), NULL,
                            _ (SAVE_AGAIN), error);
  HxRelation *relation = g_new0 (HxRelation, 1);
  relation->id = g_strdup (id);
  relation->type = g_strdup (last_word (type));
  relation->part = resolve (list->source, target);
  g_ptr_array_add (list->relations, relation);
  return TRUE;
}

static char *
relations_path (const char *source)
{
  const char *slash = strrchr (source, '/');
  const gsize folder = slash != NULL ? (gsize)(slash - source) + 1 : 0;
  return g_strdup_printf ("%.*s_rels/%s.rels", (int)folder, source,
                          source + folder);
}

GPtrArray *
hx_package_relations (const HxPackage *package, const char *source,
                      GError **error)
{
  static const HxXmlHandlers handlers
      = { "Relationships", relation_start, NULL, NULL };
  g_autoptr (GPtrArray) relations
      = g_ptr_array_new_with_free_func (relation_free);
  g_autofree char *path = relations_path (source);
  Relations list = { package, source, relations };
  if (hx_package_has (package, path)
      && !hx_xml_read (package, path, &handlers, &list, error))
    return NULL;
  return g_steal_pointer (&relations);
}

const HxRelation *
hx_relation_of_type (const GPtrArray *relations, const char *type)
{
  for (guint i = 0; i < relations->len; i++)
    if (strcmp (((HxRelation *)relations->pdata[i])->type, type) == 0)
      return relations->pdata[i];
  return NULL;
}

const HxRelation *
hx_relation_of_id (const GPtrArray *relations, const char *id)
{
  for (guint i = 0; i < relations->len; i++)
    if (strcmp (((HxRelation *)relations->pdata[i])->id, id) == 0)
      return relations->pdata[i];
  return NULL;
}
