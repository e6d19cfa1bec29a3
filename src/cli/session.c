#include "cli/session.h"

#include <string.h>
#include <unistd.h>

HxStore *
hx_cli_open_catalogue (HxCli *cli, HxCatalogue **catalogue, GError **error)
{
  g_autoptr (HxStore) store = hx_cli_open (cli, error);
  g_autoptr (HxReader) reader
      = store != NULL ? hx_store_reader (store, error) : NULL;
  guint generation;
  if (reader == NULL)
    return NULL;
  *catalogue = hx_catalogue_installed (hx_reader_connection (reader), error);
  if (*catalogue == NULL
      || !hx_key_generation (hx_reader_connection (reader), &generation, error))
    {
      g_clear_pointer (catalogue, hx_catalogue_unref);
      return NULL;
    }
  return g_steal_pointer (&store);
}

void
hx_cli_reading_clear (HxCliReading *reading)
{
  g_clear_pointer (&reading->reader, hx_reader_free);
  g_clear_pointer (&reading->store, hx_store_close);
  g_clear_pointer (&reading->catalogue, hx_catalogue_unref);
}

gboolean
hx_cli_read (HxCli *cli, HxCliReading *reading, GError **error)
{
  reading->store = hx_cli_open_catalogue (cli, &reading->catalogue, error);
  if (reading->store == NULL)
    return FALSE;
  reading->reader = hx_store_reader (reading->store, error);
  if (reading->reader == NULL)
    return FALSE;
  reading->connection = hx_reader_connection (reading->reader);
  return TRUE;
}

const HxKind *
hx_cli_kind (HxCatalogue *catalogue, const char *name, GError **error)
{
  const HxKind *kind = hx_catalogue_kind (catalogue, name);
  if (kind != NULL)
    return kind;
  g_autoptr (GString) known = g_string_new (_ ("可用："));
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *each = kinds->pdata[i];
      g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "", each->key,
                              each->name);
    }
  hx_fail (error, HX_ERROR_USAGE, _ ("没有这种台账"), name, known->str);
  return NULL;
}

HxAuthor
hx_cli_author (const char *request)
{
  const char *actor = g_getenv ("HONGXIA_USER");
  return (HxAuthor){
    .actor = actor != NULL && actor[0] != '\0' ? actor : g_get_user_name (),
    .request = request,
  };
}

gboolean
hx_cli_year (const char *text, int *year, GError **error)
{
  HxDate date;
  if (strlen (text) != 4 || !hx_date_parse (text, TRUE, &date, NULL))
    return hx_fail (error, HX_ERROR_USAGE, _ ("年度要写成四位数字"), text,
                    _ ("例如 2023"));
  *year = date.year;
  return TRUE;
}

gboolean
hx_cli_as_of (const char *text, HxDate *date, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  if (text == NULL || hx_date_parse (text, FALSE, date, &wrong))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, wrong->message, "--as-of",
                  _ ("例如 2023-11-30"));
}

gboolean
hx_cli_effect (const char *from, gboolean is_correction, HxEffect *effect,
               GError **error)
{
  g_autoptr (GError) wrong = NULL;
  *effect = (HxEffect){ .is_correction = is_correction };
  if (from == NULL || hx_date_parse (from, FALSE, &effect->from, &wrong))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, wrong->message, "--from",
                  _ ("例如 2023-11-30"));
}

gboolean
hx_cli_unit (const HxCliReading *reading, const char *name, gint64 *unit_id,
             GError **error)
{
  const HxKind *unit = hx_catalogue_kind (reading->catalogue, "unit");
  if (name == NULL)
    return TRUE;
  if (unit == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("这个目录里没有机构"), "--unit",
                    NULL);
  return hx_unit_find (reading->connection, unit, name, unit_id, error);
}

void
hx_cli_period_clear (HxCliPeriod *choice)
{
  g_free (choice->as_of);
  g_free (choice->unit);
}

gboolean
hx_cli_period (const HxCliReading *reading, const HxCliPeriod *choice,
               HxPeriod *period, GError **error)
{
  if (choice->month < 0 || choice->month > 12)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有这个月份"), "--month",
                    _ ("写 1 到 12"));
  period->month = choice->month;
  if (!hx_cli_unit (reading, choice->unit, &period->unit_id, error)
      || !hx_cli_as_of (choice->as_of, &period->as_of, error))
    return FALSE;
  if (choice->as_of == NULL || period->as_of.year == period->year)
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这个年度里"),
                  choice->as_of, NULL);
}

gboolean
hx_cli_row_id (const char *text, gint64 *id, GError **error)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("记录号要写成正整数"), text,
                  _ ("trace 和 record show 会显示记录号"));
}

gboolean
hx_cli_cipher (const char *name, HxCipher *cipher, GError **error)
{
  if (hx_cipher_parse (name, cipher))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("没有这种加密算法"), name,
                  _ ("写 aes 或 sm4"));
}

void
hx_cli_warn (const GPtrArray *warnings, guint64 count)
{
  const guint shown = MIN (warnings->len, 20);
  for (guint i = 0; i < shown; i++)
    g_printerr (_ ("提醒：%s\n"), (char *)warnings->pdata[i]);
  if (count > shown)
    g_printerr (_ ("…… 另有 %" G_GUINT64_FORMAT " 处提醒\n"), count - shown);
}
