#include "support.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  char *path;
} Place;

static int
make_place (void **state)
{
  Place *place = g_new0 (Place, 1);

  place->folder = g_dir_make_tmp ("hx-file-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "报告.html", NULL);
  *state = place;
  return 0;
}

static int
clear_place (void **state)
{
  Place *place = *state;

  g_unlink (place->path);
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
  g_free (place);
  return 0;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (directory) != NULL)
    count++;
  return count;
}

static void
assert_content (const char *path, const char *expected, gsize size)
{
  g_autofree char *content = NULL;
  gsize length;

  assert_true (g_file_get_contents (path, &content, &length, NULL));
  assert_int_equal (length, size);
  assert_memory_equal (content, expected, size);
}

static void
a_new_file_holds_the_bytes_given (void **state)
{
  const Place *place = *state;

  assert_true (hx_file_replace (place->path, "a\0b", 3, NULL));
  assert_content (place->path, "a\0b", 3);
  assert_true (hx_file_replace (place->path, "全文", -1, NULL));
  assert_content (place->path, "全文", 6);
  assert_true (hx_file_replace (place->path, "", 0, NULL));
  assert_content (place->path, "", 0);
}

static void
a_replaced_file_keeps_its_permissions_and_leaves_nothing (void **state)
{
  const Place *place = *state;
  GStatBuf status;

  assert_true (hx_file_replace (place->path, "one", -1, NULL));
  assert_int_equal (g_chmod (place->path, 0640), 0);
  assert_true (hx_file_replace (place->path, "two", -1, NULL));
  assert_content (place->path, "two", 3);
  assert_int_equal (g_stat (place->path, &status), 0);
  assert_int_equal (status.st_mode & 0777, 0640);
  assert_int_equal (count_files (place->folder), 1);
}

static void
who_has_the_old_file_open_still_reads_it (void **state)
{
  const Place *place = *state;
  g_autoptr (GMappedFile) old = NULL;

  assert_true (hx_file_replace (place->path, "old", -1, NULL));
  old = g_mapped_file_new (place->path, FALSE, NULL);
  assert_true (hx_file_replace (place->path, "new", -1, NULL));
  assert_memory_equal (g_mapped_file_get_contents (old), "old", 3);
  assert_content (place->path, "new", 3);
}

static void
a_missing_folder_is_named (void **state)
{
  const Place *place = *state;
  g_autofree char *path
      = g_build_filename (place->folder, "没有", "报告.html", NULL);
  g_autoptr (GError) error = NULL;

  assert_false (hx_file_replace (path, "x", -1, &error));
  assert_error (error, HX_ERROR_NOT_FOUND, path);
  assert_error (error, HX_ERROR_NOT_FOUND, "没有这个文件或文件夹");
  assert_int_equal (count_files (place->folder), 0);
}

static void
a_folder_in_the_way_stays_and_nothing_is_left (void **state)
{
  const Place *place = *state;
  g_autofree char *inside = g_build_filename (place->folder, "里", NULL);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir (inside, 0700), 0);
  assert_false (hx_file_replace (inside, "x", -1, &error));
  assert_error (error, HX_ERROR_DATA, "文件夹");
  assert_int_equal (count_files (place->folder), 1);
  assert_int_equal (g_rmdir (inside), 0);
}

static void
a_write_that_fails_half_way_leaves_the_old_file (void **state)
{
  const Place *place = *state;
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;
  struct rlimit kept, small;

  assert_true (hx_file_replace (place->path, "old", -1, NULL));
  assert_int_equal (getrlimit (RLIMIT_FSIZE, &kept), 0);
  small = (struct rlimit){ 4096, kept.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &small), 0);
  hx_file_replace (place->path, large, -1, &error);
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &kept), 0);
  signal (SIGXFSZ, SIG_DFL);
  assert_error (error, HX_ERROR_DATA, "文件写不进去");
  assert_content (place->path, "old", 3);
  assert_int_equal (count_files (place->folder), 1);
}

#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, make_place, clear_place)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_new_file_holds_the_bytes_given),
    TEST (a_replaced_file_keeps_its_permissions_and_leaves_nothing),
    TEST (who_has_the_old_file_open_still_reads_it),
    TEST (a_write_that_fails_half_way_leaves_the_old_file),
    TEST (a_missing_folder_is_named),
    TEST (a_folder_in_the_way_stays_and_nothing_is_left),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
