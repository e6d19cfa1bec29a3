#include "support.h"

#include <glib/gstdio.h>

static void
digest_hex (HxDigest *digest, const char *text, gsize size, char *hex)
{
  guint8 bytes[HX_DIGEST_SIZE];

  hx_digest_update (digest, text, size);
  hx_digest_finish (digest, bytes);
  hx_digest_hex (bytes, hex);
}

static void
known_texts_have_their_known_digests (void **state)
{
  static const struct
  {
    HxDigestKind kind;
    const char *text, *hex;
  } cases[] = {
    { HX_DIGEST_SHA256, "",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { HX_DIGEST_SHA256, "abc",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { HX_DIGEST_SM3, "",
      "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b" },
    { HX_DIGEST_SM3, "abc",
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HxDigest) digest = hx_digest_new (cases[i].kind);
      char hex[HX_DIGEST_HEX_SIZE];

      assert_non_null (digest);
      digest_hex (digest, cases[i].text, strlen (cases[i].text), hex);
      assert_string_equal (hex, cases[i].hex);
    }
}

static void
a_reset_digest_starts_again (void **state)
{
  (void)state;
  for (int kind = HX_DIGEST_SHA256; kind <= HX_DIGEST_SM3; kind++)
    {
      g_autoptr (HxDigest) digest = hx_digest_new ((HxDigestKind)kind);
      char first[HX_DIGEST_HEX_SIZE], again[HX_DIGEST_HEX_SIZE];

      digest_hex (digest, "abc", 3, first);
      hx_digest_reset (digest);
      digest_hex (digest, "abc", 3, again);
      assert_string_equal (first, again);
      hx_digest_reset (digest);
      hx_digest_update (digest, "left over", 9);
      hx_digest_reset (digest);
      digest_hex (digest, "abc", 3, again);
      assert_string_equal (first, again);
    }
}

static void
pieces_digest_as_the_whole (void **state)
{
  g_autoptr (HxDigest) digest = hx_digest_new (HX_DIGEST_SM3);
  g_autofree char *text = g_strnfill (1000, 'a');
  char whole[HX_DIGEST_HEX_SIZE], pieces[HX_DIGEST_HEX_SIZE];

  (void)state;
  digest_hex (digest, text, 1000, whole);
  hx_digest_reset (digest);
  for (gsize i = 0; i < 999; i += 3)
    hx_digest_update (digest, text, 3);
  digest_hex (digest, text, 1, pieces);
  assert_string_equal (whole, pieces);
}

static void
hexadecimal_goes_both_ways (void **state)
{
  guint8 bytes[HX_DIGEST_SIZE], back[HX_DIGEST_SIZE];
  char hex[HX_DIGEST_HEX_SIZE];

  (void)state;
  for (guint i = 0; i < HX_DIGEST_SIZE; i++)
    bytes[i] = (guint8)(i * 37 + 11);
  hx_digest_hex (bytes, hex);
  assert_int_equal (strlen (hex), 64);
  assert_true (hx_digest_from_hex (hex, back));
  assert_memory_equal (bytes, back, HX_DIGEST_SIZE);
  hex[63] = 'g';
  assert_false (hx_digest_from_hex (hex, back));
  hex[63] = '\0';
  assert_false (hx_digest_from_hex (hex, back));
  assert_false (hx_digest_from_hex ("", back));
  assert_false (hx_digest_from_hex (NULL, back));
}

static void
a_file_digests_as_its_content (void **state)
{
  static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 300000 };
  g_autofree char *folder = g_dir_make_tmp ("hx-digest-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "佐证.bin", NULL);

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strnfill (sizes[i], 'x');
      g_autoptr (HxDigest) digest = hx_digest_new (HX_DIGEST_SHA256);
      guint8 bytes[HX_DIGEST_SIZE];
      char expected[HX_DIGEST_HEX_SIZE], hex[HX_DIGEST_HEX_SIZE];

      digest_hex (digest, text, sizes[i], expected);
      assert_true (g_file_set_contents (path, text, (gssize)sizes[i], NULL));
      assert_true (hx_digest_file (HX_DIGEST_SHA256, path, bytes, NULL));
      hx_digest_hex (bytes, hex);
      assert_string_equal (hex, expected);
    }
  g_unlink (path);
  g_rmdir (folder);
}

static void
a_file_that_cannot_be_read_is_named (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("hx-digest-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "没有", NULL);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) directory = NULL;
  guint8 bytes[HX_DIGEST_SIZE];

  (void)state;
  assert_false (hx_digest_file (HX_DIGEST_SM3, path, bytes, &missing));
  assert_error (missing, HX_ERROR_NOT_FOUND, path);
  assert_false (hx_digest_file (HX_DIGEST_SM3, folder, bytes, &directory));
  assert_error (directory, HX_ERROR_DATA, "文件夹");
  g_rmdir (folder);
}

static void
kinds_go_by_name (void **state)
{
  HxDigestKind kind = HX_DIGEST_SHA256;

  (void)state;
  assert_true (hx_digest_kind_parse ("sm3", &kind));
  assert_int_equal (kind, HX_DIGEST_SM3);
  assert_true (hx_digest_kind_parse ("sha256", &kind));
  assert_int_equal (kind, HX_DIGEST_SHA256);
  assert_false (hx_digest_kind_parse ("md5", &kind));
  assert_false (hx_digest_kind_parse (NULL, &kind));
  assert_string_equal (hx_digest_kind_name (HX_DIGEST_SM3), "sm3");
  assert_string_equal (hx_digest_kind_name (HX_DIGEST_SHA256), "sha256");
  hx_digest_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (known_texts_have_their_known_digests),
    cmocka_unit_test (a_reset_digest_starts_again),
    cmocka_unit_test (pieces_digest_as_the_whole),
    cmocka_unit_test (hexadecimal_goes_both_ways),
    cmocka_unit_test (a_file_digests_as_its_content),
    cmocka_unit_test (a_file_that_cannot_be_read_is_named),
    cmocka_unit_test (kinds_go_by_name),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
