#include "check/source_child.h"
#include "check/source_internal.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* What a library needs from outside is prepared before the sandbox, without
 * reading what the file says. */
typedef struct
{
  const char *word;
  gpointer (*prepare) (GBytes *bytes);
  void (*read) (gpointer prepared, GBytes *bytes, HxScribe *scribe);
} Reader;

static const Reader readers[] = {
  [HX_SOURCE_TEXT] = { NULL, NULL, NULL },
  [HX_SOURCE_HTML] = { "html", NULL, hx_source_html },
  [HX_SOURCE_DOCX] = { "docx", NULL, hx_source_docx },
  [HX_SOURCE_PDF] = { "pdf", hx_pdf_prepare, hx_source_pdf },
};

const char *
hx_source_kind_word (HxSourceKind kind)
{
  return (gsize)kind < G_N_ELEMENTS (readers) ? readers[kind].word : NULL;
}

static const Reader *
reader_of (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_strcmp0 (readers[i].word, word) == 0)
      return &readers[i];
  return NULL;
}

/* Bytes read before the sandbox are not looked at. */
static GBytes *
read_input (int input)
{
  const off_t size = lseek (input, 0, SEEK_END);
  gsize length = 0;
  char *bytes;

  if (size < 0 || size > HX_SOURCE_BYTES_MAX)
    return NULL;
  bytes = hx_source_bytes (input, (gsize)size, &length);
  return g_bytes_new_take (bytes, length);
}

static gboolean
answer (const Reader *reader, GBytes *bytes, int output)
{
  g_auto (HxScribe) scribe;
  gpointer prepared = reader->prepare != NULL ? reader->prepare (bytes) : NULL;
  const gboolean confined = hx_sandbox_enter ();

  hx_scribe_init (&scribe);
  reader->read (prepared, bytes, &scribe);
  if (scribe.characters == 0)
    hx_scribe_fail (&scribe, HX_FAULT_WORDLESS);
  g_autoptr (GByteArray) told = hx_answer_write (&scribe, confined);
  return hx_source_write_all (output, told->data, told->len);
}

int
hx_source_child_main (const char *kind, int input, int output)
{
  const Reader *reader = reader_of (kind);
  g_autoptr (GBytes) bytes = NULL;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  bytes = read_input (input);
  if (reader == NULL || bytes == NULL)
    return 2;
  return answer (reader, bytes, output) ? 0 : 3;
}
