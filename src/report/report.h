/* report: a template with bound figures becomes a document.
 *
 *   template ──parse──▶ HxTemplate ──render──▶ Markdown with fact links
 *   Markdown ──parse──▶ HxDocument ──write───▶ Markdown, JSON, HTML, DOCX
 *
 * Ownership: a returned `char *`, array or struct pointer is the caller's;
 * a `const` one is borrowed.  Strings in HxFigureValue, HxTracePanel and the
 * option structs are borrowed for the length of the call.
 * Threads: an HxTemplate and an HxDocument are read-only once made; distinct
 * calls do not touch each other.
 * Limits: a template has at most HX_TEMPLATE_SIZE_MAX bytes and sections
 * HX_TEMPLATE_DEPTH_MAX deep, what it gives at most HX_DOCUMENT_SIZE_MAX
 * bytes; a document's tree is at most HX_DOCUMENT_DEPTH_MAX deep.
 */
#ifndef HX_REPORT_H
#define HX_REPORT_H

#include "base/base.h"

#include <jansson.h>

G_BEGIN_DECLS

#define HX_TEMPLATE_SIZE_MAX (10 * 1024 * 1024)
#define HX_TEMPLATE_DEPTH_MAX 64
#define HX_DOCUMENT_SIZE_MAX (64 * 1024 * 1024)
#define HX_DOCUMENT_DEPTH_MAX 24

/* --------------------------------------------------------------- templates
 *
 * Mustache (mustache.github.io/mustache.5.html) without partials and lambdas,
 * and with figures:
 *
 *   {{name}} {{a.b}} {{.}}     the value, escaped
 *   {{{name}}} {{&name}}       the value as it is
 *   {{#name}}…{{/name}}        once for a true value, per item for a list
 *   {{^name}}…{{/name}}        when it is missing, false, null or empty
 *   {{! comment }}             nothing
 *   {{=<% %>=}}                other delimiters from here on
 *   {{visits | 多 10}}         a figure in the wording the filter derives
 *                              (hx_wording_derive): [380多](fact:visits)
 *
 * A tag with a filter is a figure.  A tag without one is looked up in the
 * context and, if that does not know it, among the figures: then it gives the
 * plain exact number, with its link.  A section on a figure stands when the
 * figure is not 0.  A value of the context that is {"figure": KEY} is that
 * figure, under the name it has there: so an item of a list has figures of its
 * own ({{#remainders}}{{amount | 万元}}{{/remainders}}); "filter" beside it is
 * how it is stated by a tag without one.
 */

typedef struct _HxTemplate HxTemplate;

/* `name` is the file's name in errors.  `length` -1: to the NUL. Errors name
 * file, line and column (in characters, from 1). */
HxTemplate *hx_template_parse (const char *name, const char *text,
                               gssize length, GError **error);
HxTemplate *hx_template_load (const char *path, GError **error);
void hx_template_free (HxTemplate *template_);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxTemplate, hx_template_free)

typedef struct
{
  const char *key;  /* [a-z][a-z0-9_]* */
  const char *name; /* 走访慰问人次 */
  HxExact value;
  guint decimals;
  const char *unit; /* 人次, or NULL */
} HxFigureValue;

/* Fill `out`.  FALSE without an error: there is no such figure. */
typedef gboolean (*HxFigureLookup) (const char *key, HxFigureValue *out,
                                    gpointer data, GError **error);

typedef enum
{
  HX_ESCAPE_MARKDOWN, /* figures are links; an unknown name is an error */
  HX_ESCAPE_HTML,     /* figures are text; an unknown name gives nothing */
} HxEscape;

/* All zero is a Markdown rendering of nothing. */
typedef struct
{
  HxEscape escape;
  json_t *context;       /* an object (any value for {{.}}), or NULL */
  HxFigureLookup lookup; /* or NULL */
  gpointer lookup_data;
  /* Wordings somebody approved: "visits | 多 10" (see
   * hx_template_use_name) or "visits" → "380多".  NULL: none.  They bind
   * approximating filters alone: when the figure has moved so far that its
   * filter derives another wording, rendering fails. */
  GHashTable *approved;
  /* … or, if set, takes the new wording and adds an HxWordingChange. */
  gboolean reword;
  GPtrArray *changes; /* of HxWordingChange, or NULL */
  gboolean is_plain;  /* the text outside tags is no Markdown: it is escaped */
} HxTemplateOptions;

typedef struct
{
  char *key;
  char *filter; /* canonical: "多 10" */
  guint line;
  guint column;
  char *approved; /* 380多 */
  char *wording;  /* 370多 */
} HxWordingChange;

void hx_wording_change_free (HxWordingChange *change);

/* The text, or NULL with the first error. */
char *hx_template_render (const HxTemplate *template_,
                          const HxTemplateOptions *options, GError **error);

/* --------------------------------------------------- checking a template
 *
 * No number of a report is typed by hand.  Findings are: a name or figure
 * that does not resolve, an ill-formed filter, a wording that is untrue of
 * the value, and outside tags any digits (half or full width) and any Chinese
 * numeral in front of a measure word (三百多人).  Not findings: ordinals at
 * the start of a line (`1.`, `（1）`), 第3, "1+22+N", and what `allowed`
 * (NULL-terminated, or NULL) lists word by word.
 */

typedef struct
{
  guint line;
  guint column;
  char *message; /* what: file:line:column: what to do */
} HxTemplateFinding;

void hx_template_finding_free (HxTemplateFinding *finding);

/* Array of HxTemplateFinding by line and column, empty if all is well; NULL
 * with an error only when looking up a figure fails or a limit is passed. */
GPtrArray *hx_template_check (const HxTemplate *template_,
                              const HxTemplateOptions *options,
                              const char *const *allowed, GError **error);

typedef struct
{
  char *key;
  char *filter; /* canonical; "" without one */
  guint line;
  guint column;
  char *wording; /* as stated; NULL when none, or the approved one, is true */
} HxFigureUse;

void hx_figure_use_free (HxFigureUse *use);

/* Every use of a figure in the order of the template, also in sections that
 * do not stand; several of one key are several uses. A tag without a filter
 * counts if the top of the context lacks its name. */
GPtrArray *hx_template_figures (const HxTemplate *template_,
                                const HxTemplateOptions *options,
                                GError **error);

/* "visits | 多 10": the name of a use among approved wordings. */
char *hx_template_use_name (const char *key, const char *filter);

/* --------------------------------------------------------------- documents
 *
 * GitHub-flavoured Markdown with tables.  A link `fact:KEY` is a figure.
 */

typedef struct _HxDocument HxDocument;

HxDocument *hx_document_parse (const char *markdown, gssize length,
                               GError **error);
void hx_document_free (HxDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxDocument, hx_document_free)

/* Appends a value so that Markdown shows it as it is. */
void hx_escape_markdown (GString *out, const char *text);

/* The first heading's text, or NULL. */
char *hx_document_title (const HxDocument *document);

/* Key → text of the first use, of all figures that are printed. */
GHashTable *hx_document_figures (const HxDocument *document);

/* Canonical Markdown: what it gives is a fixed point. */
char *hx_document_markdown (const HxDocument *document);

/* {"title", "blocks": [{"type": "paragraph", "spans": [{"text": "380多",
 * "figure": "visits"}]} …]}.  Types: heading (level), paragraph, list
 * (ordered, start, items), quote (blocks), code (text), table (align, header,
 * rows), rule, html (text).  Spans carry text and, where they apply,
 * figure, href, strong, emphasis, code. */
char *hx_document_json (const HxDocument *document);

/* What opens when a figure is clicked.  Strings may be NULL. */
typedef struct
{
  const char *key;
  const char *name;
  const char *value; /* exact: 386, 1413.15 */
  const char *unit;
  const char *stated; /* 380多 */
  const char *query;
  const char *as_of;
  guint64 rows;               /* behind the figure, all of them */
  const char *const *columns; /* n_columns labels */
  const char *const *cells;   /* n_columns × n_rows, row by row */
  guint n_columns;
  guint n_rows;
  const char *weak; /* why the figure is weak, or NULL */
} HxTracePanel;

typedef struct
{
  const char *title; /* NULL: the first heading */
  const char *note;  /* a line at the foot, or NULL */
  const HxTracePanel *panels;
  guint n_panels;
  const char *figure_url; /* each figure is a link to this address with its key
                           * behind it; NULL: to its panel */
} HxHtmlOptions;

/* The text alone, for a page of somebody else's: no head, style or panels. */
char *hx_document_html_part (const HxDocument *document,
                             const HxHtmlOptions *options);
/* One file that needs nothing else: no script, no outside address.  A figure
 * with a panel is a link to it; links other than http, https, mailto and #
 * lose their address, raw HTML is shown as text.  `options` may be NULL. */
char *hx_document_html (const HxDocument *document,
                        const HxHtmlOptions *options);

/* All zero is a file without an author and a date.  Strings are UTF-8. */
typedef struct
{
  const char *title;   /* NULL: the first heading */
  const char *creator; /* the bureau, or NULL */
  HxDate date;         /* of making, as the data has it; year 0: none */
  const char *note;    /* a line at the foot, or NULL */
} HxDocxOptions;

/* A Word file (OOXML) by GB/T 9704-2012; the same document and options give
 * the same bytes.  Each use of a figure is a bookmark: named by its key the
 * first time, then KEY_2, KEY_3 …; names of more than 40 characters are
 * shortened and numbered.  Level 1 is the title, 2 to 5 are 一、（一）1.（1）;
 * a heading of level 2 that begins with 附表, 附件 or 附录 begins a page.  A
 * table of seven columns and more has a page across.  Raw HTML is text, a
 * picture its description; links other than http, https and mailto lose their
 * address.  HX_ERROR_LIMIT for tables of more than 63 columns and numbers of
 * a list above 32767, which Word does not open.  `options` may be NULL. */
char *hx_document_docx (const HxDocument *document,
                        const HxDocxOptions *options, gsize *length,
                        GError **error);

G_END_DECLS

#endif
