#include "program.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

void
program_setup (Program *program, char **arguments)
{
  program->hongxia = g_canonicalize_filename (arguments[1], NULL);
  program->sample = g_canonicalize_filename (arguments[2], NULL);
  program->folder = g_dir_make_tmp ("hx-cli-XXXXXX", NULL);
  assert_non_null (program->folder);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *each = g_build_filename (path, name, NULL);
      if (g_file_test (each, G_FILE_TEST_IS_DIR))
        remove_folder (each);
      else
        g_unlink (each);
    }
  g_rmdir (path);
}

void
program_teardown (Program *program)
{
  remove_folder (program->folder);
  g_free (program->folder);
  g_free (program->hongxia);
  g_free (program->sample);
}

char *
program_path (const Program *program, const char *name)
{
  return g_build_filename (program->folder, name, NULL);
}

static Said
run (const Program *program, const char *name, char **words)
{
  Said said = { 0 };
  int wait_status = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("sqlite:%s", name);
  g_auto (GStrv) environment = g_get_environ ();
  environment = g_environ_setenv (environment, "HONGXIA_DB", url, TRUE);
  environment = g_environ_setenv (environment, "HONGXIA_USER", "测试员", TRUE);
  environment = g_environ_unsetenv (environment, "HONGXIA_LANG");
  environment = g_environ_unsetenv (environment, "HONGXIA_KEY");
  g_spawn_sync (program->folder, words, environment, G_SPAWN_DEFAULT, NULL,
                NULL, &said.out, &said.err, &wait_status, &error);
  assert_null (error);
  said.status = WIFEXITED (wait_status) ? WEXITSTATUS (wait_status) : -1;
  return said;
}

Said
hongxia (const Program *program, const char *name, int status, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  va_list list;
  g_ptr_array_add (words, g_strdup (program->hongxia));
  va_start (list, status);
  for (const char *word; (word = va_arg (list, const char *)) != NULL;)
    g_ptr_array_add (words, g_strdup (word));
  va_end (list);
  g_ptr_array_add (words, NULL);
  Said said = run (program, name, (char **)words->pdata);
  if (said.status != status)
    {
      g_autofree char *call = g_strjoinv (" ", (char **)words->pdata);
      fail_msg ("%s: exit %d instead of %d\n%s%s", call, said.status, status,
                said.out, said.err);
    }
  return said;
}

void
said_clear (Said *said)
{
  g_free (said->out);
  g_free (said->err);
}

static void
import_line (const Program *program, const char *name, const char *line)
{
  g_auto (GStrv) columns = g_strsplit (line, "\t", -1);
  if (g_strv_length (columns) < 2)
    return;
  g_autofree char *file = g_build_filename ("workbooks", columns[0], NULL);
  g_auto (Said) said
      = hongxia (program, name, 0, "import", columns[1], file, NULL);
  assert_says (said.out, "失败 0");
}

void
program_import_year (const Program *program, const char *name)
{
  char *words[] = { g_strdup (program->sample), g_strdup ("-o"),
                    g_strdup ("workbooks"), NULL };
  g_auto (Said) made = run (program, name, words);
  assert_int_equal (made.status, 0);
  for (guint i = 0; words[i] != NULL; i++)
    g_free (words[i]);
  g_auto (Said) init = hongxia (program, name, 0, "init", NULL);
  g_autofree char *path = program_path (program, "workbooks/order.tsv");
  g_autofree char *order = NULL;
  assert_true (g_file_get_contents (path, &order, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (order, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    import_line (program, name, lines[i]);
}

static void
copy_file (const Program *program, const char *from, const char *to)
{
  g_autofree char *source = program_path (program, from);
  g_autofree char *target = program_path (program, to);
  g_autofree char *data = NULL;
  gsize size = 0;
  assert_true (g_file_get_contents (source, &data, &size, NULL));
  assert_true (g_file_set_contents_full (target, data, (gssize)size,
                                         G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

void
program_copy_key (const Program *program, const char *from, const char *to)
{
  g_autofree char *source = g_strconcat (from, ".key", NULL);
  g_autofree char *target = g_strconcat (to, ".key", NULL);
  copy_file (program, source, target);
}

void
program_copy (const Program *program, const char *from, const char *to)
{
  copy_file (program, from, to);
  program_copy_key (program, from, to);
}

void
program_write (const Program *program, const char *name, const char *text)
{
  g_autofree char *path = program_path (program, name);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

void
program_tamper (const Program *program, const char *name, const char *sql)
{
  g_autofree char *path = program_path (program, name);
  sqlite3 *database = NULL;
  assert_int_equal (sqlite3_open (path, &database), SQLITE_OK);
  assert_int_equal (sqlite3_exec (database, sql, NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal (sqlite3_changes (database), 1);
  sqlite3_close (database);
}

char *
program_ask (const Program *program, const char *name, const char *sql)
{
  g_autofree char *path = program_path (program, name);
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;
  assert_int_equal (sqlite3_open (path, &database), SQLITE_OK);
  assert_int_equal (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL),
                    SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return answer != NULL ? answer : g_strdup ("");
}

char *
made_id_number (guint date, guint number)
{
  /* ISO 7064 MOD 11-2, by the weights 2^(17-i) mod 11. */
  static const guint weights[]
      = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  char *text = g_strdup_printf ("999999%08u%03u?", date, number);
  guint sum = 0;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (guint)(text[i] - '0');
  text[17] = "10X98765432"[sum % 11];
  return text;
}

json_t *
said_json (const Said *said)
{
  json_error_t wrong;
  json_t *json = json_loads (said->out, 0, &wrong);
  if (json == NULL)
    fail_msg ("not JSON: %s", wrong.text);
  return json;
}

json_t *
program_figures (const Program *program, const char *name)
{
  g_auto (Said) said
      = hongxia (program, name, 0, "figures", "2023", "--json", NULL);
  return said_json (&said);
}

json_t *
figure_of (const json_t *figures, const char *key)
{
  for (size_t i = 0; i < json_array_size (figures); i++)
    {
      json_t *figure = json_array_get (figures, i);
      if (strcmp (json_string_value (json_object_get (figure, "key")), key)
          == 0)
        return figure;
    }
  fail_msg ("no figure %s", key);
  return NULL;
}

void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    fail_msg ("no “%s” in: %s", part, text);
}

void
assert_member (const json_t *object, const char *key, const char *text)
{
  const char *is = json_string_value (json_object_get (object, key));
  if (g_strcmp0 (is, text) != 0)
    fail_msg ("%s of %s is %s instead of %s", key,
              json_string_value (json_object_get (object, "key")), is, text);
}
