/* What the files of the room share. */
#ifndef HX_REPORT_INTERNAL_H
#define HX_REPORT_INTERNAL_H

#include "report/report.h"

#include <cmark-gfm.h>

typedef enum
{
  PART_TEXT,
  PART_VALUE,    /* {{x}} */
  PART_RAW,      /* {{{x}}} {{&x}} */
  PART_SECTION,  /* {{#x}} */
  PART_INVERTED, /* {{^x}} */
} HxNodeKind;

typedef struct
{
  gsize offset;
  guint line;
  guint column;
} HxPlace;

typedef struct
{
  HxNodeKind kind;
  HxPlace place;
  gsize length;        /* of a text, from place.offset */
  char *name;          /* of a tag */
  char *filter;        /* canonical, or NULL */
  GPtrArray *children; /* of a section */
} HxNode;

struct _HxTemplate
{
  char *name;
  char *text;
  gsize length;
  GPtrArray *nodes;
};

struct _HxDocument
{
  cmark_node *root;
};

/* "template.md:77:12" */
char *hx_template_where (const HxTemplate *template_, HxPlace place);
/* Move `place` forward to `offset`, counting lines and characters. */
void hx_place_advance (HxPlace *place, const char *text, gsize offset);

/* The wording of a use of `figure`, held against approved wordings. Errors
 * name figure, value and place. */
char *hx_figure_wording (const HxTemplate *template_, const HxNode *node,
                         const HxFigureValue *figure,
                         const HxTemplateOptions *options, GError **error);
gboolean hx_figure_find (const char *key, const HxTemplateOptions *options,
                         HxFigureValue *figure, GError **error);
gboolean hx_figure_key_is_valid (const char *key);
gboolean hx_fail_no_figure (const HxTemplate *template_, const HxNode *node,
                            GError **error);

/* Rendering; `findings` (if not NULL) collects names that do not resolve
 * instead of failing on the first. */
char *hx_template_walk (const HxTemplate *template_,
                        const HxTemplateOptions *options, GPtrArray *findings,
                        GError **error);
void hx_template_finding_add (GPtrArray *findings, HxPlace place,
                              const char *message);

/* Next number typed by hand in text[start, end): FALSE if there is none.
 * `allowed` marks bytes that may hold numbers. */
gboolean hx_bare_number_next (const char *text, gsize *start, gsize end,
                              const guint8 *allowed, gsize *length);

void hx_escape_html (GString *out, const char *text);

/* "visits" of "fact:visits", else NULL. */
const char *hx_link_figure (cmark_node *link);
/* The address of a link that a page may carry, else NULL. */
const char *hx_link_address (cmark_node *link);
/* A line end of the source between two Chinese characters: no space. */
gboolean hx_soft_break_is_nothing (cmark_node *node);
/* "left", "center", "right" of cmark-gfm's 'l', 'c', 'r', else NULL. */
const char *hx_alignment_name (guint8 alignment);
/* The panels of the keys in `used`. */
void hx_html_panels (GString *out, const HxHtmlOptions *options,
                     GHashTable *used);
const HxTracePanel *hx_html_panel (const HxHtmlOptions *options,
                                   const char *key);

#endif
