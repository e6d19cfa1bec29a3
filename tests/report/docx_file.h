/* A Word file opened again: its parts, and what they say. */
#ifndef HX_REPORT_TEST_DOCX_FILE_H
#define HX_REPORT_TEST_DOCX_FILE_H

#include "support.h"

/* The file of some Markdown; fails the test when there is none. */
char *docx_write (const char *markdown, const HxDocxOptions *options,
                  gsize *length);
/* One part, or NULL; the names of all of them in the order of the file. */
char *docx_part (const char *bytes, gsize length, const char *name);
GPtrArray *docx_names (const char *bytes, gsize length);
/* word/document.xml of some Markdown. */
char *docx_body (const char *markdown);
/* The text between `<tag …>` and `</tag>`, all of them, entities undone. */
char *docx_text (const char *xml, const char *tag);
/* The value of an attribute wherever it stands: GPtrArray of char *. */
GPtrArray *docx_values (const char *xml, const char *element,
                        const char *attribute);
/* Fails the test where a parser would stop. */
void assert_well_formed (const char *name, const char *xml);

#endif
