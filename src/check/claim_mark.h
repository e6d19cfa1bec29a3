/* The stretches of a text that a page marks: figures and warnings, those that
 * overlap made one.  Private to the room check. */
#ifndef HX_CHECK_CLAIM_MARK_H
#define HX_CHECK_CLAIM_MARK_H

#include "check/claim_output.h"

G_BEGIN_DECLS

typedef struct
{
  gsize start, end;     /* characters */
  GArray *claims;       /* guint, in order, each once */
  GArray *warnings;     /* guint */
  const HxClaim *worst; /* NULL: only warnings */
  gboolean is_stated;   /* the worst claim states this figure */
} HxMark;

/* HxMark by place; owned by the caller, with what they hold. */
GArray *hx_marks_new (const HxCheckResult *result);
/* The number of the mark that holds the character, G_MAXUINT: none. */
guint hx_marks_find (const GArray *marks, gsize offset);

G_END_DECLS

#endif
