#include "year.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Columns of a register: id, unit, then these. */
static const char *const row_queries[N_REGISTERS] = {
  "SELECT id, unit_id, status, category, level, politics, hardship,"
  " five_elders, exit, birthday_kind, birth_date, retired, NULL, day, until"
  " FROM reg_cadre WHERE void = 0",
  "SELECT id, unit_id, '', '', '', '', '', '', '', '', NULL, NULL, term_end,"
  " day, until FROM reg_branch WHERE void = 0",
  "SELECT id, unit_id, '', '', '', '', '', '', '', '', NULL, NULL, NULL,"
  " day, until FROM reg_teaching_point WHERE void = 0",
};

static const struct
{
  Register of;
  const char *query; /* whose, id, day, kind, festival */
} record_queries[N_RECORDS] = {
  { CADRE, "SELECT cadre, id, day, occasion, festival FROM rec_visit" },
  { CADRE, "SELECT cadre, id, day, channel, '' FROM rec_care_contact" },
  { CADRE, "SELECT cadre, id, day, result, '' FROM rec_checkup_attendance" },
  { CADRE, "SELECT cadre, id, day, kind, '' FROM rec_hospital_help" },
  { CADRE, "SELECT cadre, id, day, kind, '' FROM rec_funeral_help" },
  { CADRE, "SELECT cadre, id, day, step, '' FROM rec_retirement_step" },
  { CADRE, "SELECT cadre, id, day, talked, '' FROM rec_ceremony_retiree" },
  { CADRE, "SELECT cadre, id, day, '', '' FROM rec_class_attendance" },
  { BRANCH, "SELECT branch, id, day, kind, '' FROM rec_party_activity" },
  { POINT, "SELECT point, id, day, kind, '' FROM reg_class_session" },
};

static const char *
word (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);

  return g_intern_string (text != NULL ? text : "");
}

static Day
day (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "-", 3);
  const guint n = g_strv_length (parts);

  return (Day){ n > 0 ? (int)g_ascii_strtoll (parts[0], NULL, 10) : 0,
                n > 1 ? (int)g_ascii_strtoll (parts[1], NULL, 10) : 0,
                n > 2 ? (int)g_ascii_strtoll (parts[2], NULL, 10) : 0 };
}

static sqlite3_stmt *
ask (sqlite3 *database, const char *query)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (database, query, -1, &statement, NULL) != SQLITE_OK)
    fail_msg ("%s: %s", query, sqlite3_errmsg (database));
  return statement;
}

static void
clear_row (gpointer data)
{
  g_array_unref (((Row *)data)->records);
}

static GArray *
read_rows (sqlite3 *database, Register of)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  sqlite3_stmt *statement = ask (database, row_queries[of]);

  g_array_set_clear_func (rows, clear_row);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const Row row = {
        .id = sqlite3_column_int64 (statement, 0),
        .unit = sqlite3_column_int64 (statement, 1),
        .status = word (statement, 2),
        .category = word (statement, 3),
        .level = word (statement, 4),
        .politics = word (statement, 5),
        .hardship = word (statement, 6),
        .elder = word (statement, 7),
        .exit = word (statement, 8),
        .is_lunar = strcmp (word (statement, 9), "lunar") == 0,
        .birth = day (statement, 10),
        .retired = day (statement, 11),
        .term_end = day (statement, 12),
        .since = day (statement, 13),
        .until = day (statement, 14),
        .records = g_array_new (FALSE, FALSE, sizeof (Record)),
      };

      g_array_append_val (rows, row);
    }
  sqlite3_finalize (statement);
  assert_true (rows->len > 0);
  return rows;
}

static void
read_records (sqlite3 *database, Year *year, What what)
{
  const GArray *rows = year->rows[record_queries[what].of];
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autofree char *query
      = g_strconcat (record_queries[what].query, " WHERE void = 0", NULL);
  sqlite3_stmt *statement = ask (database, query);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (places,
                         GINT_TO_POINTER ((int)g_array_index (rows, Row, i).id),
                         &g_array_index (rows, Row, i));
  for (; sqlite3_step (statement) == SQLITE_ROW; n++)
    {
      const Record record
          = { what, sqlite3_column_int64 (statement, 1), day (statement, 2),
              word (statement, 3), word (statement, 4) };
      const Row *row = g_hash_table_lookup (
          places, GINT_TO_POINTER (sqlite3_column_int (statement, 0)));

      if (row != NULL)
        g_array_append_val (row->records, record);
    }
  sqlite3_finalize (statement);
  assert_true (n > 0);
}

Year *
year_read (const char *path)
{
  Year *year = g_new0 (Year, 1);
  sqlite3 *database = NULL;

  assert_int_equal (
      sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  for (int i = 0; i < N_REGISTERS; i++)
    year->rows[i] = read_rows (database, (Register)i);
  for (int i = 0; i < N_RECORDS; i++)
    read_records (database, year, (What)i);
  sqlite3_close (database);
  return year;
}

void
year_free (Year *year)
{
  for (int i = 0; i < N_REGISTERS; i++)
    g_array_unref (year->rows[i]);
  g_clear_pointer (&year->items, g_array_unref);
  g_free (year);
}
