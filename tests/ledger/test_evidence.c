/* Files behind rows: what is taken, how it is kept, what verify says. */
#include "ledger_test.h"

#include "ledger/edit.h"
#include "ledger/evidence.h"

#include <glib/gstdio.h>

#define JPEG_HEAD "\xFF\xD8\xFF\xE0\x00\x04JF"
#define JPEG_EXIF                                                              \
  "\xFF\xE1\x00\x22"                                                           \
  "Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
#define JPEG_COMMENT "\xFF\xFE\x00\x06here"
#define JPEG_SCAN                                                              \
  "\xFF\xDA\x00\x02"                                                           \
  "ab\xFF\x00"                                                                 \
  "c\xFF\xD0"                                                                  \
  "d"
#define JPEG_END "\xFF\xD9"
#define FILM "ftypmp42 23.12N 113.24E"

static const char pdf[] = "%PDF-1.4\n签到表\n%%EOF\n";

static char *
put_file (Fixture *fixture, const char *name, const void *data, gsize size)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  return path;
}

static void
tell_table (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)fixture;
  assert_true (hx_ledger_evidence (ledger, data, &error));
}

static void
keep (Fixture *fixture, const char *name, const void *data, gsize size,
      HxEvidence *evidence)
{
  g_autofree char *path = put_file (fixture, "upload", data, size);
  g_autoptr (GError) error = NULL;

  hx_evidence_keep (fixture->store, HX_DIGEST_SHA256, path, name, evidence,
                    &error);
  assert_no_error (error);
  in_ledger (fixture, tell_table, evidence);
}

static char *
content_of (Fixture *fixture, const HxEvidence *evidence, gsize *size)
{
  g_autofree char *path = hx_evidence_path (fixture->store, evidence->digest);
  char *data = NULL;

  assert_true (g_file_get_contents (path, &data, size, NULL));
  return data;
}

static void
count_finding (const char *finding, gpointer data)
{
  (void)finding;
  (*(guint *)data)++;
}

static guint
verify (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  guint count = 0;

  assert_true (
      hx_evidence_verify (fixture->store, hx_reader_connection (reader),
                          HX_DIGEST_SHA256, count_finding, &count, &error));
  return count;
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *folder = hx_evidence_folder (fixture->store);
  g_autofree char *upload = g_build_filename (fixture->folder, "upload", NULL);
  const char *const rm[] = { "rm", "-rf", folder, upload, NULL };

  g_spawn_sync (NULL, (char **)(guintptr)rm, NULL, G_SPAWN_SEARCH_PATH, NULL,
                NULL, NULL, NULL, NULL, NULL);
  return fixture_teardown (state);
}

/* ------------------------------------------------------------------- taking */

static void
the_type_is_that_of_the_content (void **state)
{
  static const struct
  {
    const char *data;
    gsize size;
    const char *type;
  } cases[] = {
    { "\xFF\xD8\xFF\xE0", 4, "image/jpeg" },
    { "\x89PNG\r\n\x1A\n", 8, "image/png" },
    { "GIF89a", 6, "image/gif" },
    { "RIFF\1\2\3\4WEBPVP8 ", 16, "image/webp" },
    { "\0\0\0\x18"
      "ftypheic",
      12, "image/heic" },
    { "%PDF-1.7", 8, "application/pdf" },
    { "PK\3\4....word/document.xml", 25,
      "application/vnd.openxmlformats-officedocument.wordprocessingml."
      "document" },
    { "PK\3\4....OFD.xml", 15, "application/ofd" },
    { "PK\3\4....evil.exe", 16, NULL },
    { "<html><script>", 14, NULL },
    { "MZ\x90", 3, NULL },
    { "", 0, NULL },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *type
          = hx_evidence_type ((const guint8 *)cases[i].data, cases[i].size);

      assert_int_equal (g_strcmp0 (type, cases[i].type), 0);
    }
}

static void
a_file_lies_under_its_digest_once (void **state)
{
  Fixture *fixture = *state;
  g_auto (HxEvidence) one = { 0 };
  g_auto (HxEvidence) other = { 0 };
  gsize size = 0;

  keep (fixture, "签到表.pdf", pdf, sizeof pdf - 1, &one);
  keep (fixture, "C:\\照片\\另一个名.pdf", pdf, sizeof pdf - 1, &other);
  assert_string_equal (one.digest, other.digest);
  assert_string_equal (other.name, "另一个名.pdf");
  g_autofree char *content = content_of (fixture, &one, &size);
  assert_int_equal (size, sizeof pdf - 1);
  assert_memory_equal (content, pdf, size);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM evidence"), 1);
  assert_int_equal (verify (fixture), 0);
}

static void
what_is_of_no_type_or_too_large_leaves_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *html = put_file (fixture, "upload", "<html>", 6);
  g_autofree char *folder = hx_evidence_folder (fixture->store);
  g_auto (HxEvidence) evidence = { 0 };
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) large = NULL;

  assert_false (hx_evidence_keep (fixture->store, HX_DIGEST_SHA256, html,
                                  "a.pdf", &evidence, &wrong));
  assert_true (g_error_matches (wrong, HX_ERROR, HX_ERROR_DATA));
  assert_int_equal (truncate (html, HX_EVIDENCE_BYTES_MAX + 1), 0);
  assert_false (hx_evidence_keep (fixture->store, HX_DIGEST_SHA256, html,
                                  "a.pdf", &evidence, &large));
  assert_true (g_error_matches (large, HX_ERROR, HX_ERROR_LIMIT));
  assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* ----------------------------------------------------------------- pictures */

static void
a_picture_loses_place_and_device_and_keeps_how_it_lies (void **state)
{
  static const char jpeg[]
      = JPEG_HEAD JPEG_EXIF JPEG_COMMENT JPEG_SCAN JPEG_END FILM;
  static const char scan[] = JPEG_SCAN JPEG_END;
  Fixture *fixture = *state;
  g_auto (HxEvidence) evidence = { 0 };
  gsize size = 0;

  keep (fixture, "a.jpg", jpeg, sizeof jpeg - 1, &evidence);
  g_autofree char *content = content_of (fixture, &evidence, &size);
  assert_null (memmem (content, size, "here", 4));
  assert_null (memmem (content, size, "113.24E", 7));
  assert_non_null (memmem (content, size, "\x01\x12\0\3\0\0\0\1\0\6", 10));
  assert_memory_equal (content + size - (sizeof scan - 1), scan,
                       sizeof scan - 1);
}

static void
a_picture_that_does_not_hold_together_stays_as_it_is (void **state)
{
  static const char whole[] = JPEG_HEAD JPEG_EXIF JPEG_SCAN JPEG_END;

  (void)state;
  for (gsize size = 3; size < sizeof whole - 1; size++)
    {
      g_autoptr (GBytes) bytes
          = hx_evidence_strip ((const guint8 *)whole, size);

      assert_true (g_bytes_get_size (bytes) <= size + 36);
    }
}

static void
a_png_loses_what_is_written_beside_it (void **state)
{
  static const char png[] = "\x89PNG\r\n\x1A\n"
                            "\0\0\0\4tEXtnoteCRC1"
                            "\0\0\0\2IDATxyCRC2"
                            "\0\0\0\0IENDCRC3behind";
  static const char left[] = "\x89PNG\r\n\x1A\n"
                             "\0\0\0\2IDATxyCRC2"
                             "\0\0\0\0IENDCRC3";
  g_autoptr (GBytes) bytes
      = hx_evidence_strip ((const guint8 *)png, sizeof png - 1);
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  (void)state;
  assert_int_equal (size, sizeof left - 1);
  assert_memory_equal (data, left, size);
}

/* -------------------------------------------------------------------- lines */

static void
a_line_holds_name_and_digest_or_a_name_alone (void **state)
{
  const HxEvidence evidence
      = { .digest = "0123456789abcdef0123456789abcdef0123456789abcdef"
                    "0123456789abcdef",
          .name = (char *)(guintptr) "第#3次.jpg" };
  g_autofree char *line = hx_evidence_line (&evidence);
  g_autofree char *name = NULL;

  (void)state;
  assert_string_equal (hx_evidence_digest (line, &name), evidence.digest);
  assert_string_equal (name, "第#3次.jpg");
  assert_null (hx_evidence_digest ("签到表.jpg", NULL));
  assert_null (hx_evidence_digest ("第#3次", NULL));
}

/* ------------------------------------------------------------------- verify */

static void
a_file_that_is_gone_torn_or_replaced_is_found (void **state)
{
  Fixture *fixture = *state;
  g_auto (HxEvidence) evidence = { 0 };

  keep (fixture, "签到表.pdf", pdf, sizeof pdf - 1, &evidence);
  g_autofree char *path = hx_evidence_path (fixture->store, evidence.digest);
  assert_true (g_file_set_contents (path, "%PDF-1.4\n别的", -1, NULL));
  assert_int_equal (verify (fixture), 1);
  assert_int_equal (truncate (path, 3), 0);
  assert_int_equal (verify (fixture), 1);
  g_unlink (path);
  assert_int_equal (verify (fixture), 1);
  g_clear_pointer (&evidence.name, g_free);
  keep (fixture, "签到表.pdf", pdf, sizeof pdf - 1, &evidence);
  assert_int_equal (verify (fixture), 0);
}

static void
a_torn_file_is_written_anew_by_the_next_upload (void **state)
{
  Fixture *fixture = *state;
  g_auto (HxEvidence) evidence = { 0 };
  g_auto (HxEvidence) again = { 0 };

  keep (fixture, "签到表.pdf", pdf, sizeof pdf - 1, &evidence);
  g_autofree char *path = hx_evidence_path (fixture->store, evidence.digest);
  assert_int_equal (truncate (path, 5), 0);
  keep (fixture, "签到表.pdf", pdf, sizeof pdf - 1, &again);
  assert_int_equal (verify (fixture), 0);
}

static void
a_copy_holds_every_file_and_a_missing_one_is_an_error (void **state)
{
  Fixture *fixture = *state;
  g_auto (HxEvidence) evidence = { 0 };
  g_autofree char *from = hx_evidence_folder (fixture->store);
  g_autofree char *to = g_strconcat (from, "/copy", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;
  guint count = 0;

  keep (fixture, "签到表.pdf", pdf, sizeof pdf - 1, &evidence);
  reader = hx_store_reader (fixture->store, &error);
  assert_true (hx_evidence_copy (hx_reader_connection (reader), from, to,
                                 &count, &error));
  assert_int_equal (count, 1);
  g_autofree char *copied
      = g_strdup_printf ("%s/%.2s/%s", to, evidence.digest, evidence.digest);
  assert_true (g_file_test (copied, G_FILE_TEST_EXISTS));
  g_unlink (copied);
  assert_false (hx_evidence_copy (hx_reader_connection (reader), to, from,
                                  &count, &error));
  assert_non_null (error);
}

#define TEST(function)                                                         \
  cmocka_unit_test_setup_teardown (function, fixture_setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (the_type_is_that_of_the_content),
    TEST (a_file_lies_under_its_digest_once),
    TEST (what_is_of_no_type_or_too_large_leaves_nothing),
    TEST (a_picture_loses_place_and_device_and_keeps_how_it_lies),
    TEST (a_picture_that_does_not_hold_together_stays_as_it_is),
    TEST (a_png_loses_what_is_written_beside_it),
    TEST (a_line_holds_name_and_digest_or_a_name_alone),
    TEST (a_file_that_is_gone_torn_or_replaced_is_found),
    TEST (a_torn_file_is_written_anew_by_the_next_upload),
    TEST (a_copy_holds_every_file_and_a_missing_one_is_an_error),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
