/* bench: what the measuring programs share.
 *
 * A program prints one measurement a line: a name, a tab, a value.  A name
 * that comes more than once is a row of samples; script/bench takes the
 * median.  Nothing is judged here.
 *
 * Ownership: a base owns its store and its reference to the catalogue.
 */
#ifndef BENCH_H
#define BENCH_H

#include "measure/measure.h"

G_BEGIN_DECLS

typedef struct
{
  HxStore *store;
  HxCatalogue *catalogue;
} BenchBase;

/* An installed database at a path; options may be NULL. */
gboolean bench_open (BenchBase *base, const char *path,
                     const HxStoreOptions *options, GError **error);
void bench_close (BenchBase *base);

/* Microseconds of a clock that only goes forward. */
gint64 bench_now (void);
/* Since `start`, printed in milliseconds. */
void bench_put_time (const char *name, gint64 start);
void bench_put_integer (const char *name, gint64 value);
/* Memory of this process that is in use now, in KiB. */
gint64 bench_resident_kib (void);

/* A whole number from 1 up; 0 when the text is none. */
guint bench_number (const char *text);
/* Prints the error, if there is one; the status to leave main with. */
int bench_status (const char *program, GError *error);

G_END_DECLS

#endif
