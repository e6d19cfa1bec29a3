/* What the files of the DOCX reader share: the numbers that Word writes before
 * a paragraph, and which are nowhere in its text. */
#ifndef HX_CHECK_SOURCE_DOCX_INTERNAL_H
#define HX_CHECK_SOURCE_DOCX_INTERNAL_H

#include "base/package.h"
#include "check/source_internal.h"

#define HX_DOCX_LEVELS 9
#define HX_DOCX_NAME 64 /* bytes of a style's name that count */

typedef struct _HxDocxNumbers HxDocxNumbers;

/* Of the parts, any of which may be NULL.  Never NULL: what cannot be read is
 * a document without numbers. */
HxDocxNumbers *hx_docx_numbers_new (const HxPackage *package,
                                    const char *numbering, const char *styles);
void hx_docx_numbers_free (HxDocxNumbers *numbers);

/* What a paragraph says of its number. */
typedef struct
{
  char style[HX_DOCX_NAME]; /* "" none */
  guint number, level;      /* if said */
  gboolean has_number, has_level;
} HxDocxListed;

/* Count the paragraph and append its number: "一、", "（二）", "1.2 ". */
void hx_docx_numbers_next (HxDocxNumbers *numbers, const HxDocxListed *listed,
                           GString *out);

/* Append the number in a format of Word: "chineseCounting" 十一; any that is
 * not known, or NULL, is decimal. */
void hx_docx_count (const char *format, guint number, GString *out);

#endif
