/* What a reading process tells its parent: a head, the text, the cells.
 *
 * The process may be in the hands of whoever made the file, so the parent
 * takes nothing on trust: sizes fit the bytes that came, the text is UTF-8
 * without NUL, cells stand in it one behind the other, numbers are small.
 * Messages are the parent's own; the process only says which.
 */
#include "check/source_internal.h"

#include <string.h>

#define MAGIC 0x31525848u /* "HXR1" */
#define NUMBER_MOST 1000000u

typedef struct
{
  guint32 magic, fault, confined, cells;
  guint64 size; /* bytes of the text */
} Head;

typedef struct
{
  guint32 table, row, column, rows, columns, offset, length;
} Cell;

/* -------------------------------------------------------------------- writing
 */

static void
append_cell (GByteArray *answer, const HxSourceCell *cell)
{
  const Cell sent
      = { cell->table,          cell->row,     cell->column,
          cell->rows,           cell->columns, (guint32)cell->offset,
          (guint32)cell->length };

  g_byte_array_append (answer, (const guint8 *)&sent, sizeof sent);
}

GByteArray *
hx_answer_write (const HxScribe *scribe, gboolean confined)
{
  GByteArray *answer = g_byte_array_new ();
  const gboolean failed = scribe->fault != HX_FAULT_NONE;
  const Head head
      = { MAGIC, scribe->fault, (guint32)confined,
          failed ? 0 : scribe->cells->len, failed ? 0 : scribe->text->len };

  g_byte_array_append (answer, (const guint8 *)&head, sizeof head);
  g_byte_array_append (answer, (const guint8 *)scribe->text->str,
                       (guint)head.size);
  for (guint i = 0; i < head.cells; i++)
    append_cell (answer, &g_array_index (scribe->cells, HxSourceCell, i));
  return answer;
}

/* -------------------------------------------------------------------- reading
 */

gsize
hx_answer_most (void)
{
  return sizeof (Head) + HX_SOURCE_TEXT_MAX
         + (gsize)HX_SOURCE_CELLS_MAX * sizeof (Cell);
}

static gboolean
head_is_good (const Head *head, gsize length)
{
  if (head->magic != MAGIC || head->fault >= HX_FAULTS
      || head->size > HX_SOURCE_TEXT_MAX || head->cells > HX_SOURCE_CELLS_MAX)
    return FALSE;
  return length == sizeof *head + head->size + head->cells * sizeof (Cell);
}

static gboolean
numbers_are_good (const Cell *cell)
{
  return cell->table < NUMBER_MOST && cell->row < NUMBER_MOST
         && cell->column < NUMBER_MOST && cell->rows >= 1
         && cell->rows <= NUMBER_MOST && cell->columns >= 1
         && cell->columns <= NUMBER_MOST;
}

/* `behind`: where the cell before it ends. */
static gboolean
read_cell (const guint8 *bytes, HxSource *source, gsize *behind)
{
  Cell sent;

  memcpy (&sent, bytes, sizeof sent);
  if (!numbers_are_good (&sent) || sent.offset < *behind
      || sent.offset > source->characters
      || sent.length > source->characters - sent.offset)
    return FALSE;
  const HxSourceCell cell = { sent.table,   sent.row,    sent.column, sent.rows,
                              sent.columns, sent.offset, sent.length };
  g_array_append_val (source->cells, cell);
  *behind = cell.offset + cell.length;
  return TRUE;
}

static gboolean
read_body (const Head *head, const guint8 *bytes, HxSource *source)
{
  gsize behind = 0;

  if (!hx_text_is_valid ((const char *)bytes, (gssize)head->size))
    return FALSE;
  source->text = g_strndup ((const char *)bytes, head->size);
  source->characters = hx_text_characters (source->text);
  for (guint i = 0; i < head->cells; i++)
    if (!read_cell (bytes + head->size + i * sizeof (Cell), source, &behind))
      return FALSE;
  return TRUE;
}

gboolean
hx_answer_read (const guint8 *bytes, gsize length, HxSource *source,
                HxSourceFault *fault)
{
  Head head;

  *fault = HX_FAULT_COMPLEX;
  if (length < sizeof head)
    return FALSE;
  memcpy (&head, bytes, sizeof head);
  if (!head_is_good (&head, length))
    return FALSE;
  if (!head.confined)
    g_debug ("the kernel refuses the filter of system calls");
  if (head.fault != HX_FAULT_NONE)
    {
      *fault = (HxSourceFault)head.fault;
      return FALSE;
    }
  if (!read_body (&head, bytes + sizeof head, source))
    return FALSE;
  *fault = HX_FAULT_NONE;
  return TRUE;
}

/* -------------------------------------------------------------------- faults
 */

#define COPY_AGAIN N_ ("请重新拷贝或下载这个文件")
#define SAVE_AGAIN N_ ("请用原来的软件打开，另存一次，或转成文本再试")

static const struct
{
  HxErrorCode code;
  const char *what, *what_to_do;
} faults[HX_FAULTS] = {
  [HX_FAULT_DAMAGED]
  = { HX_ERROR_DATA, N_ ("文件损坏了，读不完整"), COPY_AGAIN },
  [HX_FAULT_PROTECTED] = { HX_ERROR_DATA, N_ ("文件加了密码"),
                           N_ ("请打开后去掉密码，另存一份再试") },
  [HX_FAULT_WORDLESS] = { HX_ERROR_DATA, N_ ("里面没有文字"), SAVE_AGAIN },
  [HX_FAULT_SCANNED]
  = { HX_ERROR_DATA, N_ ("PDF 没有文字层，可能是扫描件"),
      N_ ("请先用文字识别软件转成文字，或找原来的 Word 文件") },
  [HX_FAULT_LARGE]
  = { HX_ERROR_LIMIT, N_ ("内容太多"), N_ ("文字最多 8 MB，请分成几个文件") },
  [HX_FAULT_DEEP] = { HX_ERROR_LIMIT, N_ ("内容嵌套太深"), SAVE_AGAIN },
  [HX_FAULT_OTHER] = { HX_ERROR_DATA, N_ ("不是 Word 文档"),
                       N_ ("可以读文本、网页、Word（docx）和 PDF") },
  [HX_FAULT_LIBRARY]
  = { HX_ERROR_DATA, N_ ("这台电脑没有装读 PDF 的部件"),
      N_ ("请装上 poppler（libpoppler-glib8），或另存为 docx、文本再试") },
  [HX_FAULT_COMPLEX] = { HX_ERROR_DATA, N_ ("文件太复杂或已损坏"), SAVE_AGAIN },
};

gboolean
hx_source_fail (HxSourceFault fault, const char *where, GError **error)
{
  if (fault <= HX_FAULT_NONE || fault >= HX_FAULTS)
    fault = HX_FAULT_COMPLEX;
  return hx_fail (error, faults[fault].code, hx_text (faults[fault].what),
                  where, hx_text (faults[fault].what_to_do));
}
