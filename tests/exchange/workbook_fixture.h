/* Workbooks for tests, part by part, and tables as one string. */
#ifndef HX_WORKBOOK_FIXTURE_H
#define HX_WORKBOOK_FIXTURE_H

#include "exchange/exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>

#define FIXTURE_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define FIXTURE_RELATIONS                                                      \
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

typedef struct
{
  const char *name; /* NULL ends a list */
  const char *data;
  gsize size;           /* 0: to the NUL */
  const char *password; /* or NULL */
  gboolean stored;      /* not compressed */
} FixturePart;

/* A workbook of one sheet 名单; what is NULL is left out. */
typedef struct
{
  const char *rows;       /* inside sheetData */
  const char *strings;    /* inside sst */
  const char *styles;     /* inside styleSheet */
  const char *properties; /* attributes of workbookPr */
} Fixture;

/* A zip in a folder of its own: its path (g_free). */
char *fixture_zip (const char *name, const FixturePart *parts);
char *fixture_workbook (const Fixture *fixture);
/* The same workbook of one cell 甲 with one part of it replaced, or left out
 * where the data is NULL. */
char *fixture_with (const FixturePart *part);
/* A file of these bytes. */
char *fixture_file (const char *name, const char *data, gsize size);
/* The file and its folder, and the path itself. */
void fixture_remove (char *path);

/* Rows as "3:cell|cell\n".  A cell is its text behind a mark: none for text,
 * # number, @ date, % time, ? bool, ! error; and before = a formula, ~ one
 * without a value, $ lossy, (original) after a number that is written
 * otherwise.  Ends with "FAIL message" if it does. */
char *fixture_rows (HxTable *table);
/* Open, read all, remove the file; the error of opening is "FAIL …" too. */
char *fixture_read (char *path, const HxTableLimits *limits);

#endif
