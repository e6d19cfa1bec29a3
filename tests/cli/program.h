/* Running the built programs as a user does, and reading what they say. */
#ifndef HX_TEST_PROGRAM_H
#define HX_TEST_PROGRAM_H

#include "base/base.h"

#include <jansson.h>

typedef struct
{
  char *hongxia; /* the programs' paths */
  char *sample;
  char *folder; /* temporary, the working directory of every call */
} Program;

/* Often the exit status, which `hongxia` looks at, is all that is asked. */
typedef struct
{
  int status;
  char *out;
  char *err;
} G_GNUC_UNUSED Said;

void program_setup (Program *program, char **arguments);
void program_teardown (Program *program);

/* `hongxia` with these words (NULL ends them) on the database `name` in the
 * folder; fails the test unless it exits with `status`. */
Said hongxia (const Program *program, const char *name, int status,
              ...) G_GNUC_NULL_TERMINATED;
void said_clear (Said *said);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Said, said_clear)

/* The whole sample year imported into the database `name`. */
void program_import_year (const Program *program, const char *name);
/* A second database with the content, and the key, of a first that nobody has
 * open; the key alone. */
void program_copy_key (const Program *program, const char *from,
                       const char *to);
void program_copy (const Program *program, const char *from, const char *to);
char *program_path (const Program *program, const char *name);
void program_write (const Program *program, const char *name, const char *text);
/* One statement by the engine itself, past the program. */
void program_tamper (const Program *program, const char *name, const char *sql);

/* The first column of the first row of a query, "" when there is none. */
char *program_ask (const Program *program, const char *name, const char *sql);
/* A valid ID number of the unassigned region: 999999, the date, a number
 * below 1000 and the check digit; the caller's. */
char *made_id_number (guint date, guint number);

/* What a command with --json printed; the caller's. */
json_t *said_json (const Said *said);
/* `figures 2023 --json`, and one of them (borrowed). */
json_t *program_figures (const Program *program, const char *name);
json_t *figure_of (const json_t *figures, const char *key);

void assert_says (const char *text, const char *part);
void assert_member (const json_t *object, const char *key, const char *text);

#endif
