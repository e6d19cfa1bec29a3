/* page: the frame of every page and the parts that pages are made of.
 *
 *   HxHtml *html = hx_page_begin (call, &(HxPageHead){ .title = …, .at =
 * "people" }); … return hx_page_end (call, html);
 *
 * Every part works without script; what htmx adds is attributes.  Colours say
 * nothing alone: a word or sign stands beside them.  All text is in the
 * language of the call.
 */
#ifndef HX_SERVER_PAGE_H
#define HX_SERVER_PAGE_H

#include "server/call.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  const char *at;   /* the entry of the navigation that is lit, or NULL */
  const char *lead; /* one sentence below the title, or NULL */
  const char *back; /* address of the page above, or NULL */
  const char *back_name;
  gboolean with_year; /* shows the choice of the year */
  gboolean wide;      /* tables of many columns */
  guint status;       /* 0: 200 */
} HxPageHead;

HxHtml *hx_page_begin (HxCall *call, const HxPageHead *head);
gboolean hx_page_end (HxCall *call, HxHtml *html);

typedef enum
{
  HX_TONE_PLAIN,
  HX_TONE_GOOD,
  HX_TONE_WARN,
  HX_TONE_BAD
} HxTone;

void hx_part_badge (HxHtml *html, HxTone tone, const char *text);
void hx_part_notice (HxHtml *html, HxTone tone, const char *text);
/* Nothing to show: what it means and what to do; `url` may be NULL. */
void hx_part_empty (HxHtml *html, const char *text, const char *url,
                    const char *what_to_do);
/* A heading of level 2 with an anchor; a section until the next. */
void hx_part_section_begin (HxHtml *html, const char *id, const char *title);
void hx_part_section_end (HxHtml *html);
/* A link that looks like a button. */
void hx_part_action (HxHtml *html, const char *url, const char *text,
                     gboolean is_main);
/* A bar of parts in a thousand, with its words; `mark` (−1: none) is where it
 * should be. */
typedef struct
{
  const char *label, *text;
  gint permille, mark;
  HxTone tone;
} HxBar;
void hx_part_bar (HxHtml *html, const HxBar *bar);
/* A line of values, drawn as SVG; `what` is read aloud. */
void hx_part_spark (HxHtml *html, const gint64 *values, gsize n,
                    const char *what);

/* ------------------------------------------------------------------- tables
 *
 * On a phone a row becomes a card: each cell with the name of its column.
 */
typedef struct
{
  const char *name; /* shown; NULL ends the columns */
  gboolean is_number;
  const char *sort; /* address that sorts by it, or NULL */
  int sorted;       /* 1 ascending, −1 descending, 0 not */
} HxColumn;

typedef struct _HxGrid HxGrid;
HxGrid *hx_grid_begin (HxHtml *html, const char *caption,
                       const HxColumn *columns);
void hx_grid_row (HxGrid *grid, const char *url); /* url: the row opens to it */
/* A row of sums, the last. */
void hx_grid_total (HxGrid *grid);
/* Text; the first that is not empty is the link of a row that opens. */
void hx_grid_cell (HxGrid *grid, const char *text);
/* Write what you like between these. */
HxHtml *hx_grid_cell_begin (HxGrid *grid);
void hx_grid_cell_end (HxGrid *grid);
void hx_grid_end (HxGrid *grid);
/* "next" and "first" of a list; NULL: there is none. */
void hx_part_pages (HxHtml *html, const char *first, const char *next);

/* -------------------------------------------------------------------- forms */

typedef struct
{
  const char *action; /* address */
  HxMethod method;    /* GET or POST; POST carries the CSRF token */
  gboolean with_files;
  const char *id;   /* or NULL */
  const char *live; /* id of the part that follows as one types, of a GET form;
                     * or NULL.  The page shows the same part without script */
  const char *confirm; /* asked before it is sent, or NULL */
} HxForm;
/* The faults of its inputs stand together before the first one, each leading
 * to its field; with them those of the call that belong to no field, when the
 * form was sent to this page. */
void hx_form_begin (HxHtml *html, HxCall *call, const HxForm *form);
void hx_form_end (HxHtml *html);

typedef struct
{
  const char *value, *name;
} HxOption; /* value NULL ends them */

typedef struct
{
  const char *name; /* of the field */
  const char *label;
  const char *value; /* or NULL; of many chosen options: each with "\n" */
  const char *hint, *fault;
  const char *type; /* "text", "date", "number", "password", "search", "file",
                     * "textarea", "select", "checkbox", "radio", "hidden";
                     * NULL: text */
  const HxOption *options; /* select, radio; checkbox: a list to tick */
  gboolean required, autofocus, many;
  const char *autocomplete, *inputmode, *accept, *capture;
} HxInput;
void hx_form_input (HxHtml *html, const HxInput *input);
/* Tone: PLAIN and GOOD are what the form is for, WARN another way to send it,
 * BAD what cannot be taken back. */
void hx_form_submit (HxHtml *html, const char *text, HxTone tone);
/* A form of one button. */
void hx_form_button (HxHtml *html, HxCall *call, const char *action,
                     const char *text);

/* ------------------------------------------------------ how people write it */

/* 2023年3月5日; 1938年7月; the caller's. */
char *hx_say_date (HxDate date);
/* 1,234.50 元; 1,486.55 万元 from 10,000 元 on where `wan`. */
char *hx_say_money (gint64 fen, gboolean wan);
/* 95.06%, of a number in 1/100 per cent. */
char *hx_say_percent (gint64 hundredths);

G_END_DECLS

#endif
