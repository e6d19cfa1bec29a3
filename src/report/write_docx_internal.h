/* What the files of the DOCX writer share. */
#ifndef HX_WRITE_DOCX_INTERNAL_H
#define HX_WRITE_DOCX_INTERNAL_H

#include "report/report_internal.h"

/* Lengths are twentieths of a point, as WordprocessingML counts. */
#define DOCX_CHARACTER 315     /* 16 pt, drawn in by 0.25 pt */
#define DOCX_TEXT_WIDTH 8845   /* 156 mm: 28 characters and a little */
#define DOCX_TEXT_HEIGHT 12756 /* 225 mm, the width of a landscape page */
#define DOCX_WIDE_COLUMNS 7    /* from here a table has a page across */
#define DOCX_SMALL_COLUMNS 6   /* from here it is set in 10 pt */
#define DOCX_COLUMNS_MAX 63    /* what Word opens */
#define DOCX_LIST_NUMBER_MAX 32767
#define DOCX_LIST_LEVELS 9

/* The parts that grow while the tree is walked. */
typedef struct
{
  GString *body;      /* word/document.xml, between the body's tags */
  GString *relations; /* word/_rels/document.xml.rels: the links */
  GString *numbers;   /* word/numbering.xml: one w:num a list */
  GHashTable *keys;   /* of all figures: names that numbered uses leave */
  GHashTable *names;  /* of bookmarks that are given */
  guint bookmarks;
  guint links;
  guint lists;
  const char *note;    /* HxDocxOptions */
  gboolean titled;     /* the first heading of level 1 was written */
  gboolean page_fresh; /* nothing stands on this section's first page yet */
} HxDocx;

/* Where a block stands. */
typedef struct
{
  gboolean quoted;
  guint list; /* its number, or 0 */
  guint level;
  gboolean first; /* of an item: it carries the number */
  guint width;    /* that is left for a table */
} HxDocxPlace;

/* What a paragraph begins with; the caller writes "</w:p>" behind it. */
void hx_docx_paragraph_begin (HxDocx *docx, const char *style,
                              const char *more);
/* The runs of everything below `parent`. */
void hx_docx_inlines (HxDocx *docx, cmark_node *parent);
/* Text as one run with line ends and tabs. */
void hx_docx_literal (HxDocx *docx, const char *text);
/* Text as it may stand in XML: what no XML file can hold becomes U+FFFD. */
void hx_docx_escape (GString *out, const char *text);
void hx_docx_table (HxDocx *docx, cmark_node *table, const HxDocxPlace *place);
void hx_docx_block (HxDocx *docx, cmark_node *node, const HxDocxPlace *place);
/* All blocks of the document, in sections upright and across. */
void hx_docx_sections (HxDocx *docx, cmark_node *root);

typedef struct
{
  const char *name;
  const char *data;
  gsize length;
} HxDocxPart;

/* The same parts give the same bytes. */
char *hx_docx_package (const HxDocxPart *parts, guint count, gsize *length,
                       GError **error);

#endif
