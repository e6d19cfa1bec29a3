/* Pictures without what tells where, when and by which device.
 *
 * A JPEG is a chain of segments FF xx LENGTH …; behind SOS stand the data of
 * the picture, in which FF is followed by 00 or by a restart mark.  Kept are
 * the segments that make the picture, of APPn the JFIF head, the colour profile
 * (APP2) and Adobe's transform (APP14).  EXIF says in its tag 0x0112 how the
 * picture lies; that alone is written again.  What stands behind the end of the
 * picture (a film, a second picture) is left out.
 *
 * A file that does not hold together is kept as it is.
 */
#include "ledger/evidence.h"

#include <string.h>

typedef struct
{
  const guint8 *data;
  gsize size, at;
  GByteArray *out;
  guint lies; /* 1…8; 0: not said */
} Jpeg;

enum
{
  MARK_SOS = 0xDA,
  MARK_EOI = 0xD9,
  MARK_COM = 0xFE,
  MARK_APP0 = 0xE0,
  MARK_APP1 = 0xE1,
  MARK_APP2 = 0xE2,
  MARK_APP14 = 0xEE,
  MARK_APP15 = 0xEF
};

static guint
number (const guint8 *at, gboolean is_big, guint bytes)
{
  guint value = 0;

  for (guint i = 0; i < bytes; i++)
    value |= (guint)at[i] << (8 * (is_big ? bytes - 1 - i : i));
  return value;
}

/* The tag of how the picture lies, of a TIFF head; 0: none. */
static guint
lies_in (const guint8 *tiff, gsize size)
{
  gboolean is_big;
  gsize at;
  guint entries;

  if (size < 8)
    return 0;
  is_big = tiff[0] == 'M';
  at = number (tiff + 4, is_big, 4);
  if (at > size || size - at < 2)
    return 0;
  entries = number (tiff + at, is_big, 2);
  for (at += 2; entries > 0 && size - at >= 12; entries--, at += 12)
    if (number (tiff + at, is_big, 2) == 0x0112)
      {
        const guint lies = number (tiff + at + 8, is_big, 2);

        return lies <= 8 ? lies : 0;
      }
  return 0;
}

static void
write_lies (GByteArray *out, guint lies)
{
  guint8 segment[]
      = { 0xFF, MARK_APP1, 0, 34, 'E', 'x', 'i', 'f', 0,    0,    'M', 'M',
          0,    42,        0, 0,  0,   8,   0,   1,   0x01, 0x12, 0,   3,
          0,    0,         0, 1,  0,   0,   0,   0,   0,    0,    0,   0 };

  segment[29] = (guint8)lies;
  g_byte_array_append (out, segment, sizeof segment);
}

static gboolean
is_kept (guint mark)
{
  if (mark == MARK_COM)
    return FALSE;
  return mark < MARK_APP0 || mark > MARK_APP15 || mark == MARK_APP0
         || mark == MARK_APP2 || mark == MARK_APP14;
}

/* The data behind SOS, up to the next mark. */
static void
copy_scan (Jpeg *jpeg)
{
  const gsize begin = jpeg->at;

  while (jpeg->at + 1 < jpeg->size)
    {
      const guint8 next = jpeg->data[jpeg->at + 1];

      if (jpeg->data[jpeg->at] == 0xFF && next != 0x00 && next != 0xFF
          && (next < 0xD0 || next > 0xD7))
        break;
      jpeg->at++;
    }
  g_byte_array_append (jpeg->out, jpeg->data + begin,
                       (guint)(jpeg->at - begin));
}

/* FALSE: it does not hold together. */
static gboolean
copy_segment (Jpeg *jpeg, guint mark)
{
  gsize length;

  if (jpeg->size - jpeg->at < 4)
    return FALSE;
  length = number (jpeg->data + jpeg->at + 2, TRUE, 2);
  if (length < 2 || jpeg->size - jpeg->at - 2 < length)
    return FALSE;
  if (mark == MARK_APP1 && length > 8
      && memcmp (jpeg->data + jpeg->at + 4, "Exif\0", 6) == 0
      && jpeg->lies == 0)
    {
      jpeg->lies = lies_in (jpeg->data + jpeg->at + 10, length - 8);
      if (jpeg->lies > 1)
        write_lies (jpeg->out, jpeg->lies);
    }
  if (is_kept (mark))
    g_byte_array_append (jpeg->out, jpeg->data + jpeg->at, (guint)length + 2);
  jpeg->at += length + 2;
  if (mark == MARK_SOS)
    copy_scan (jpeg);
  return TRUE;
}

static gboolean
strip_jpeg (Jpeg *jpeg)
{
  g_byte_array_append (jpeg->out, jpeg->data, 2);
  jpeg->at = 2;
  while (jpeg->at + 1 < jpeg->size && jpeg->data[jpeg->at] == 0xFF)
    {
      const guint mark = jpeg->data[jpeg->at + 1];

      if (mark == 0xFF)
        {
          jpeg->at++;
          continue;
        }
      if (mark == MARK_EOI)
        {
          g_byte_array_append (jpeg->out, jpeg->data + jpeg->at, 2);
          return TRUE;
        }
      if (!copy_segment (jpeg, mark))
        return FALSE;
    }
  return FALSE;
}

#define PNG_HEAD 8

static gboolean
is_told (const guint8 *type)
{
  static const char *const told[] = { "tEXt", "zTXt", "iTXt", "eXIf", "tIME" };

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (memcmp (type, told[i], 4) == 0)
      return TRUE;
  return FALSE;
}

/* Chunks LENGTH TYPE data CRC, up to IEND. */
static gboolean
strip_png (Jpeg *png)
{
  g_byte_array_append (png->out, png->data, PNG_HEAD);
  for (png->at = PNG_HEAD; png->size - png->at >= 12;)
    {
      const guint8 *chunk = png->data + png->at;
      const gsize length = (gsize)number (chunk, TRUE, 4) + 12;

      if (length > png->size - png->at)
        return FALSE;
      if (!is_told (chunk + 4))
        g_byte_array_append (png->out, chunk, (guint)length);
      if (memcmp (chunk + 4, "IEND", 4) == 0)
        return TRUE;
      png->at += length;
    }
  return FALSE;
}

GBytes *
hx_evidence_strip (const guint8 *data, gsize size)
{
  const char *type = hx_evidence_type (data, size);
  Jpeg picture = { .data = data, .size = size };
  gboolean done = FALSE;

  picture.out = g_byte_array_sized_new ((guint)size);
  if (g_strcmp0 (type, "image/jpeg") == 0)
    done = strip_jpeg (&picture);
  else if (g_strcmp0 (type, "image/png") == 0)
    done = strip_png (&picture);
  if (done)
    return g_byte_array_free_to_bytes (picture.out);
  g_byte_array_unref (picture.out);
  return g_bytes_new (data, size);
}
