/* Ciphers against published vectors and a slow reference, the key file, and
 * sealed text that was tampered with, moved, or sealed by another key. */
#include "support.h"

#include "base/keyring_internal.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* --------------------------------------------------------------- reference */

#define BLOCK 64

static void
unhex (const char *hex, guint8 *out)
{
  for (gsize i = 0; hex[2 * i] != '\0'; i++)
    out[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) * 16
                      + g_ascii_xdigit_value (hex[2 * i + 1]));
}

static void
assert_hex (const guint8 *bytes, const char *hex)
{
  guint8 expected[BLOCK];

  unhex (hex, expected);
  assert_memory_equal (bytes, expected, strlen (hex) / 2);
}

/* RFC 2104, word by word; keys of at most a block. */
static void
slow_hmac (HxDigestKind kind, GByteArray *key, GByteArray *message, guint8 *out)
{
  g_autoptr (HxDigest) digest = hx_digest_new (kind);
  guint8 inner[BLOCK], outer[BLOCK];

  for (guint i = 0; i < BLOCK; i++)
    {
      inner[i] = (i < key->len ? key->data[i] : 0) ^ 0x36;
      outer[i] = (i < key->len ? key->data[i] : 0) ^ 0x5c;
    }
  hx_digest_update (digest, inner, BLOCK);
  hx_digest_update (digest, message->data, message->len);
  hx_digest_finish (digest, out);
  hx_digest_reset (digest);
  hx_digest_update (digest, outer, BLOCK);
  hx_digest_update (digest, out, HX_DIGEST_SIZE);
  hx_digest_finish (digest, out);
}

static GByteArray *
bytes_of (const void *data, gsize size)
{
  GByteArray *bytes = g_byte_array_new ();

  return g_byte_array_append (bytes, data, (guint)size);
}

/* RFC 5869 without salt, up to 32 bytes. */
static void
slow_hkdf (HxDigestKind kind, GByteArray *secret, const char *info, guint8 *out)
{
  static const guint8 zeros[HX_DIGEST_SIZE] = { 0 };
  g_autoptr (GByteArray) salt = bytes_of (zeros, sizeof zeros);
  g_autoptr (GByteArray) message = bytes_of (info, strlen (info));
  g_autoptr (GByteArray) key = NULL;
  guint8 extracted[HX_DIGEST_SIZE];

  slow_hmac (kind, salt, secret, extracted);
  key = bytes_of (extracted, sizeof extracted);
  g_byte_array_append (message, (const guint8 *)"\1", 1);
  slow_hmac (kind, key, message, out);
}

static void
the_reference_gives_the_published_values (void **state)
{
  guint8 repeated[32], out[HX_DIGEST_SIZE];
  g_autoptr (GByteArray) key = NULL;
  g_autoptr (GByteArray) message = bytes_of ("Hi There", 8);
  g_autoptr (GByteArray) secret = NULL;

  (void)state;
  memset (repeated, 0x0b, sizeof repeated);
  key = bytes_of (repeated, 20);
  slow_hmac (HX_DIGEST_SHA256, key, message, out);
  assert_hex (out, "b0344c61d8db38535ca8afceaf0bf12b" /* RFC 4231, 1 */
                   "881dc200c9833da726e9376c2e32cff7");
  secret = bytes_of (repeated, 22);
  slow_hkdf (HX_DIGEST_SHA256, secret, "", out);
  assert_hex (out, "8da4e775a563c18f715f802a063c5a31" /* RFC 5869, 3 */
                   "b8a11f5c5ee1879ec3454e5f3c738d2d");
}

static void
keys_are_derived_as_the_reference_does (void **state)
{
  guint8 secret[HX_SECRET_SIZE], expected[HX_DIGEST_SIZE];
  guint8 derived[HX_SECRET_SIZE];
  g_autoptr (GByteArray) bytes = NULL;

  (void)state;
  for (guint i = 0; i < sizeof secret; i++)
    secret[i] = (guint8)(i * 7 + 1);
  bytes = bytes_of (secret, sizeof secret);
  slow_hkdf (HX_DIGEST_SHA256, bytes, "hongxia mac", expected);
  assert_true (hx_hkdf ("SHA256", secret, "hongxia mac", derived, 32));
  assert_memory_equal (derived, expected, 32);
  slow_hkdf (HX_DIGEST_SM3, bytes, "hongxia encrypt", expected);
  assert_true (hx_hkdf ("SM3", secret, "hongxia encrypt", derived, 16));
  assert_memory_equal (derived, expected, 16);
}

/* ----------------------------------------------------------------- ciphers */

static HxBox *
box_with (HxCipher cipher, const guint8 *encrypt)
{
  static const guint8 mac[HX_SECRET_SIZE] = { 1 };
  static const guint8 digest[HX_SECRET_SIZE] = { 2 };
  HxBox *box = hx_box_new_keyed (cipher, &(HxBoxKeys){ encrypt, mac, digest });

  assert_non_null (box);
  return box;
}

/* McGrew and Viega, test case 16. */
static void
aes_gcm_gives_the_published_values (void **state)
{
  guint8 key[32], nonce[12], about[20], plain[60], out[60], tag[16], back[60];
  HxBoxWork work
      = { nonce, about, sizeof about, plain, sizeof plain, out, tag };
  HxBox *box;

  (void)state;
  unhex ("feffe9928665731c6d6a8f9467308308"
         "feffe9928665731c6d6a8f9467308308",
         key);
  unhex ("cafebabefacedbaddecaf888", nonce);
  unhex ("feedfacedeadbeeffeedfacedeadbeefabaddad2", about);
  unhex ("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
         "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
         plain);
  box = box_with (HX_CIPHER_AES, key);
  for (int i = 0; i < 2; i++) /* a context serves again and again */
    {
      assert_true (hx_box_seal (box, &work));
      assert_hex (out,
                  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd"
                  "2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0a"
                  "bcc9f662");
      assert_hex (tag, "76fc6ece0f4e1768cddf8853bb2d551b");
      work.in = out;
      work.out = back;
      assert_true (hx_box_open (box, &work));
      assert_memory_equal (back, plain, sizeof plain);
      work.in = plain;
      work.out = out;
    }
  work.in = out;
  work.out = back;
  assert_true (hx_box_open (box, &work));
  about[0] ^= 1;
  assert_false (hx_box_open (box, &work));
  hx_box_free (box);
}

/* One block of SM4, GB/T 32907 appendix A. */
static void
sm4_block (const guint8 *key, const guint8 *in, guint8 *out)
{
  EVP_CIPHER *method = EVP_CIPHER_fetch (NULL, "SM4-ECB", NULL);
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int size;

  assert_true (EVP_EncryptInit_ex2 (context, method, key, NULL, NULL));
  assert_true (EVP_EncryptUpdate (context, out, &size, in, 16));
  EVP_CIPHER_CTX_free (context);
  EVP_CIPHER_free (method);
}

static void
sm4_counts_up_from_the_nonce_and_signs_with_sm3 (void **state)
{
  guint8 key[16], counter[16] = { 0 }, stream[32], out[20], tag[16];
  guint8 mac[HX_SECRET_SIZE] = { 1 }, expected[HX_DIGEST_SIZE];
  static const guint8 plain[20] = "999999193301010010";
  static const guint8 about[] = "kind\0field\0001";
  HxBoxWork work
      = { counter, about, sizeof about, plain, sizeof plain, out, tag };
  g_autoptr (GByteArray) mac_key = bytes_of (mac, sizeof mac);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  guint64 size = GUINT64_TO_BE ((guint64)sizeof about);
  HxBox *box;

  (void)state;
  unhex ("0123456789abcdeffedcba9876543210", key);
  sm4_block (key, key, stream);
  assert_hex (stream, "681edf34d206965e86b3e94f536e4246");
  memcpy (counter, "nonce-nonce-", 12);
  sm4_block (key, counter, stream);
  counter[15] = 1;
  sm4_block (key, counter, stream + 16);
  counter[15] = 0;
  box = box_with (HX_CIPHER_SM4, key);
  assert_true (hx_box_seal (box, &work));
  for (guint i = 0; i < sizeof plain; i++)
    assert_int_equal (out[i], plain[i] ^ stream[i]);
  g_byte_array_append (message, (const guint8 *)&size, sizeof size);
  g_byte_array_append (message, about, sizeof about);
  g_byte_array_append (message, counter, 12);
  g_byte_array_append (message, out, sizeof out);
  slow_hmac (HX_DIGEST_SM3, mac_key, message, expected);
  assert_memory_equal (tag, expected, sizeof tag);
  hx_box_free (box);
}

static void
a_digest_is_the_hmac_of_domain_and_text (void **state)
{
  static const HxDigestKind kinds[]
      = { [HX_CIPHER_AES] = HX_DIGEST_SHA256, [HX_CIPHER_SM4] = HX_DIGEST_SM3 };
  guint8 encrypt[32] = { 3 }, digest[HX_SECRET_SIZE] = { 2 };
  g_autoptr (GByteArray) key = bytes_of (digest, sizeof digest);
  g_autoptr (GByteArray) message = bytes_of ("phone\00013800138000", 17);

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      HxBox *box = box_with ((HxCipher)i, encrypt);
      guint8 expected[HX_DIGEST_SIZE], got[HX_DIGEST_SIZE];

      slow_hmac (kinds[i], key, message, expected);
      assert_true (hx_box_digest (box, "phone", "13800138000", 11, got));
      assert_memory_equal (got, expected, sizeof got);
      hx_box_free (box);
    }
}

/* ---------------------------------------------------------------- key files */

typedef struct
{
  char *folder, *path;
} Fixture;

static int
setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("hx-key-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a.key", NULL);
  *state = fixture;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      if (g_unlink (path) != 0)
        g_rmdir (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
  return 0;
}

static mode_t
mode_of (const char *path)
{
  GStatBuf status;

  assert_int_equal (g_lstat (path, &status), 0);
  return status.st_mode & 07777;
}

static void
a_new_key_is_its_owners_alone_and_is_not_overwritten (void **state)
{
  Fixture *fixture = *state;
  mode_t old = umask (0);
  g_autoptr (HxKeyring) keyring
      = hx_keyring_create (fixture->path, HX_CIPHER_SM4, NULL);
  g_autoptr (GError) error = NULL;
  HxCipher cipher = HX_CIPHER_AES;

  umask (old);
  assert_non_null (keyring);
  assert_int_equal (mode_of (fixture->path), 0600);
  assert_int_equal (hx_keyring_newest (keyring), 1);
  assert_true (hx_keyring_cipher (keyring, 1, &cipher));
  assert_int_equal (cipher, HX_CIPHER_SM4);
  assert_null (hx_keyring_create (fixture->path, HX_CIPHER_AES, &error));
  assert_error (error, HX_ERROR_CONFLICT, fixture->path);
}

static void
a_key_that_others_can_read_is_not_used (void **state)
{
  static const mode_t modes[] = { 0640, 0604, 0660, 0644, 0601, 0602 };
  Fixture *fixture = *state;

  hx_keyring_unref (hx_keyring_create (fixture->path, HX_CIPHER_AES, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_int_equal (g_chmod (fixture->path, modes[i]), 0);
      assert_null (hx_keyring_open (fixture->path, &error));
      assert_error (error, HX_ERROR_DATA, "chmod 600");
    }
  g_chmod (fixture->path, 0400);
  hx_keyring_unref (hx_keyring_open (fixture->path, NULL));
}

static void
what_is_no_key_file_is_refused_with_its_line (void **state)
{
  static const char hex[]
      = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  static const struct
  {
    const char *before, *after;
  } cases[] = {
    { "1 aes-256-gcm 0", "\n" },
    { "0 aes-256-gcm ", "\n" },
    { "x aes-256-gcm ", "\n" },
    { "1 rot13 ", "\n" },
    { "1 ", "\n" },
    { "1 aes-256-gcm ", " more\n" },
    { "2 aes-256-gcm ", "\n1 aes 00\n" },
    { "99999 aes-256-gcm ", "\n" },
    { "# nothing ", "\n" },
    { "-1 aes-256-gcm ", "\n" },
  };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = g_strconcat (cases[i].before, hex, cases[i].after, NULL);
      g_autoptr (GError) error = NULL;

      g_file_set_contents_full (fixture->path, text, -1,
                                G_FILE_SET_CONTENTS_NONE, 0600, NULL);
      assert_null (hx_keyring_open (fixture->path, &error));
      assert_error (error, HX_ERROR_DATA, fixture->path);
    }
}

static void
a_missing_or_odd_place_is_a_clear_error (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) nowhere = NULL;
  g_autofree char *below = g_build_filename (fixture->path, "b.key", NULL);

  assert_null (hx_keyring_open (fixture->path, &missing));
  assert_error (missing, HX_ERROR_NOT_FOUND, "--key");
  assert_null (hx_keyring_open (fixture->folder, &folder));
  assert_error (folder, HX_ERROR_DATA, fixture->folder);
  assert_null (hx_keyring_create (below, HX_CIPHER_AES, &nowhere));
  assert_error (nowhere, HX_ERROR_NOT_FOUND, below);
}

static void
a_file_without_end_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text = g_strnfill (HX_KEYRING_FILE_MAX + 1, '#');
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (fixture->path, text, -1, G_FILE_SET_CONTENTS_NONE,
                            0600, NULL);
  assert_null (hx_keyring_open (fixture->path, &error));
  assert_error (error, HX_ERROR_LIMIT, fixture->path);
}

static void
a_generation_is_added_and_the_old_ones_stay (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *link_path
      = g_build_filename (fixture->folder, "link.key", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (HxKeyring) keyring = NULL;
  HxCipher cipher = HX_CIPHER_AES;

  hx_keyring_unref (hx_keyring_create (fixture->path, HX_CIPHER_AES, NULL));
  g_file_get_contents (fixture->path, &before, NULL, NULL);
  assert_int_equal (symlink (fixture->path, link_path), 0);
  keyring = hx_keyring_extend (link_path, HX_CIPHER_SM4, NULL);
  assert_non_null (keyring);
  assert_int_equal (hx_keyring_count (keyring), 2);
  assert_int_equal (hx_keyring_newest (keyring), 2);
  assert_true (hx_keyring_cipher (keyring, 2, &cipher));
  assert_int_equal (cipher, HX_CIPHER_SM4);
  g_file_get_contents (fixture->path, &after, NULL, NULL);
  assert_true (g_str_has_prefix (after, before));
  assert_int_equal (mode_of (fixture->path), 0600);
  assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
}

/* ------------------------------------------------------------------ sealing */

static const HxPlace place = { "cadre", "phone", 7 };

static HxSealer *
new_sealer (const Fixture *fixture, HxCipher cipher)
{
  g_autoptr (HxKeyring) keyring = NULL;

  g_unlink (fixture->path);
  keyring = hx_keyring_create (fixture->path, cipher, NULL);
  assert_non_null (keyring);
  return hx_sealer_new (keyring);
}

static void
sealed_text_opens_again_and_is_never_the_same_twice (void **state)
{
  static const char *const texts[] = { "1",
                                       "13800138000",
                                       "999999193301010010",
                                       "广州市荔湾区𠮷祥路一号",
                                       "",
                                       "with \"quotes\", \\ and\nlines" };
  for (HxCipher cipher = HX_CIPHER_AES; cipher <= HX_CIPHER_SM4; cipher++)
    {
      g_autoptr (HxSealer) sealer = new_sealer (*state, cipher);
      g_autoptr (GString) first = g_string_new (NULL);
      g_autoptr (GString) second = g_string_new (NULL);
      g_autoptr (GString) back = g_string_new (NULL);

      for (guint i = 0; i < 1000; i++)
        {
          const char *text = texts[i % G_N_ELEMENTS (texts)];

          assert_true (hx_sealer_seal (sealer, 1, &place, text, first, NULL));
          assert_true (hx_sealer_seal (sealer, 1, &place, text, second, NULL));
          assert_string_not_equal (first->str, second->str);
          assert_true (g_str_has_prefix (first->str, "hx1:1:"));
          assert_int_equal (strlen (first->str), first->len);
          if (strlen (text) > 4)
            assert_null (strstr (first->str, text));
          assert_true (
              hx_sealer_open (sealer, &place, second->str, back, NULL));
          assert_string_equal (back->str, text);
        }
    }
}

static void
what_was_tampered_with_or_moved_does_not_open (void **state)
{
  static const HxPlace others[] = { { "cadre", "phone", 8 },
                                    { "cadre", "landline", 7 },
                                    { "staff", "phone", 7 },
                                    { "cadrep", "hone", 7 } };
  for (HxCipher cipher = HX_CIPHER_AES; cipher <= HX_CIPHER_SM4; cipher++)
    {
      g_autoptr (HxSealer) sealer = new_sealer (*state, cipher);
      g_autoptr (GString) sealed = g_string_new (NULL);
      g_autoptr (GString) back = g_string_new (NULL);

      assert_true (
          hx_sealer_seal (sealer, 1, &place, "13800138000", sealed, NULL));
      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        {
          g_autoptr (GError) error = NULL;

          assert_false (
              hx_sealer_open (sealer, &others[i], sealed->str, back, &error));
          assert_error (error, HX_ERROR_DATA, others[i].field);
        }
      for (gsize i = strlen ("hx1:1:"); i < sealed->len; i++)
        {
          char kept = sealed->str[i];

          sealed->str[i] = kept == 'A' ? 'B' : 'A';
          assert_false (
              hx_sealer_open (sealer, &place, sealed->str, back, NULL));
          assert_string_equal (back->str, "");
          sealed->str[i] = kept;
        }
      assert_true (hx_sealer_open (sealer, &place, sealed->str, back, NULL));
    }
}

static void
what_is_no_sealed_text_does_not_open (void **state)
{
  static const char *const texts[]
      = { "",
          "13800138000",
          "hx1:",
          "hx1:1",
          "hx1:1:",
          "hx1:x:AA",
          "hx1:0:AAAA",
          "hx1:1:AAA",
          "hx2:1:A",
          "hx1:1:????",
          "hx1:1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
          "hx1:99999999999999999999:AAAA" };
  g_autoptr (HxSealer) sealer = new_sealer (*state, HX_CIPHER_AES);
  g_autoptr (GString) back = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (hx_sealer_open (sealer, &place, texts[i], back, &error));
      assert_error (error, HX_ERROR_DATA, "cadre 7 phone");
    }
}

static void
another_key_does_not_open_and_an_unknown_generation_is_told (void **state)
{
  g_autoptr (HxSealer) mine = new_sealer (*state, HX_CIPHER_AES);
  g_autoptr (HxSealer) other = new_sealer (*state, HX_CIPHER_AES);
  g_autoptr (GString) sealed = g_string_new (NULL);
  g_autoptr (GString) back = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;

  assert_true (hx_sealer_seal (mine, 1, &place, "13800138000", sealed, NULL));
  assert_false (hx_sealer_open (other, &place, sealed->str, back, &error));
  assert_error (error, HX_ERROR_DATA, "cadre 7 phone");
  sealed->str[4] = '2';
  assert_false (hx_sealer_open (mine, &place, sealed->str, back, &unknown));
  assert_error (unknown, HX_ERROR_NOT_FOUND, "2");
}

static void
both_ciphers_live_in_one_file (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxSealer) old = new_sealer (fixture, HX_CIPHER_SM4);
  g_autoptr (HxKeyring) keyring
      = hx_keyring_extend (fixture->path, HX_CIPHER_AES, NULL);
  g_autoptr (HxSealer) sealer = hx_sealer_new (keyring);
  g_autoptr (GString) sealed = g_string_new (NULL);
  g_autoptr (GString) back = g_string_new (NULL);

  assert_true (hx_sealer_seal (old, 1, &place, "旧", sealed, NULL));
  assert_true (hx_sealer_open (sealer, &place, sealed->str, back, NULL));
  assert_string_equal (back->str, "旧");
  assert_true (hx_sealer_seal (sealer, 2, &place, "新", sealed, NULL));
  assert_true (g_str_has_prefix (sealed->str, "hx1:2:"));
  assert_true (hx_sealer_open (sealer, &place, sealed->str, back, NULL));
  assert_string_equal (back->str, "新");
  assert_int_not_equal (hx_sealer_digest (sealer, 1, "phone", "1", 1),
                        hx_sealer_digest (sealer, 2, "phone", "1", 1));
}

static void
digests_are_equal_for_equal_text_of_one_domain (void **state)
{
  g_autoptr (HxSealer) sealer = new_sealer (*state, HX_CIPHER_AES);
  gint64 digest = hx_sealer_digest (sealer, 1, "phone", "13800138000", 11);

  assert_true (digest > 0);
  assert_int_equal (digest,
                    hx_sealer_digest (sealer, 1, "phone", "13800138000x", 11));
  assert_int_not_equal (
      digest, hx_sealer_digest (sealer, 1, "phone", "13800138001", 11));
  assert_int_not_equal (
      digest, hx_sealer_digest (sealer, 1, "phone/4", "13800138000", 11));
  assert_int_equal (hx_sealer_digest (sealer, 2, "phone", "1", 1), 0);
}

int
main (void)
{
#define EACH(test) cmocka_unit_test_setup_teardown (test, setup, teardown)
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_reference_gives_the_published_values),
    cmocka_unit_test (keys_are_derived_as_the_reference_does),
    cmocka_unit_test (aes_gcm_gives_the_published_values),
    cmocka_unit_test (sm4_counts_up_from_the_nonce_and_signs_with_sm3),
    cmocka_unit_test (a_digest_is_the_hmac_of_domain_and_text),
    EACH (a_new_key_is_its_owners_alone_and_is_not_overwritten),
    EACH (a_key_that_others_can_read_is_not_used),
    EACH (what_is_no_key_file_is_refused_with_its_line),
    EACH (a_missing_or_odd_place_is_a_clear_error),
    EACH (a_file_without_end_is_refused),
    EACH (a_generation_is_added_and_the_old_ones_stay),
    EACH (sealed_text_opens_again_and_is_never_the_same_twice),
    EACH (what_was_tampered_with_or_moved_does_not_open),
    EACH (what_is_no_sealed_text_does_not_open),
    EACH (another_key_does_not_open_and_an_unknown_generation_is_told),
    EACH (both_ciphers_live_in_one_file),
    EACH (digests_are_equal_for_equal_text_of_one_domain),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
