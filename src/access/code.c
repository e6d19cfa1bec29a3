/* One-time codes. */
#include "access/code.h"
#include "access/access_internal.h"

#include <errno.h>
#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>

#define SECRET_SIZE 20 /* as long as a digest of SHA-1 */
#define STEP_SECONDS 30
#define DIGITS 6
#define WAITS (-1) /* totp_step of a secret that was never used */
#define QUIET 4
#define RECOVERY_SIZE 16

static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";

static HxPlace
place_of (gint64 user_id)
{
  return (HxPlace){ HX_SUBJECT_USER, "totp", user_id };
}

typedef struct
{
  char *secret; /* base 32; NULL: none */
  gint64 step;
} Code;

static void
code_clear (Code *code)
{
  if (code->secret != NULL)
    sodium_memzero (code->secret, strlen (code->secret));
  g_free (code->secret);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Code, code_clear)

static gboolean
load_code (HxConnection *connection, gint64 user_id, Code *code, GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT totp, totp_step FROM user_account"
                      " WHERE bureau_id = ?1 AND id = ?2",
                      error);
  g_autofree char *sealed = NULL;
  g_autoptr (GString) open = g_string_new (NULL);
  const HxPlace place = place_of (user_id);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, user_id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    {
      sealed = g_strdup (hx_column_text (statement, 0));
      code->step = hx_column_integer (statement, 1);
    }
  hx_statement_reset (statement);
  if (step == HX_STEP_ERROR || sealed == NULL)
    return step != HX_STEP_ERROR;
  if (!hx_connection_unseal (connection, &place, sealed, open, error))
    return FALSE;
  code->secret = g_string_free (g_steal_pointer (&open), FALSE);
  return TRUE;
}

/* NULL: none any more. */
static gboolean
store_secret (HxConnection *connection, gint64 user_id, const char *secret,
              GError **error)
{
  const HxPlace place = place_of (user_id);
  g_autoptr (GString) sealed = g_string_new (NULL);
  HxStatement *statement;

  if (secret != NULL
      && !hx_connection_seal (connection, &place, secret, sealed, error))
    return FALSE;
  statement = hx_statement (connection,
                            "UPDATE user_account SET totp = ?3, totp_step = ?4"
                            " WHERE bureau_id = ?1 AND id = ?2",
                            error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, user_id);
  hx_bind_text (statement, 3, secret != NULL ? sealed->str : NULL, -1);
  hx_bind_integer (statement, 4, secret != NULL ? WAITS : 0);
  return hx_step_done (statement, error);
}

static gboolean
store_step (HxConnection *connection, gint64 user_id, gint64 step,
            GError **error)
{
  return hx_access_run (connection,
                        "UPDATE user_account SET totp_step = ?3"
                        " WHERE bureau_id = ?1 AND id = ?2",
                        HX_INTEGERS (HX_BUREAU_ID, user_id, step), NULL, error);
}

/* -------------------------------------------------------------------- codes */

static char *
random_base32 (guint characters)
{
  char *text = g_malloc0 (characters + 1);

  for (guint i = 0; i < characters; i++)
    text[i] = base32[randombytes_uniform (32)];
  return text;
}

static gboolean
code_of_step (const char *secret, gint64 step, char *code)
{
  g_autofree char *large = g_ascii_strup (secret, -1);
  char *bytes = NULL;
  size_t size = 0;
  int result;

  if (oath_base32_decode (large, strlen (large), &bytes, &size) != OATH_OK)
    return FALSE;
  result = oath_totp_generate (bytes, size, step * STEP_SECONDS, STEP_SECONDS,
                               0, DIGITS, code);
  sodium_memzero (bytes, size);
  free (bytes);
  return result == OATH_OK;
}

/* The step that the code is of, later than the last one; 0: none. */
static gint64
step_of (const Code *code, const char *text, gint64 now)
{
  const gint64 middle = now / STEP_SECONDS;
  gint64 found = 0;
  char expected[DIGITS + 1];

  if (strlen (text) != DIGITS)
    return 0;
  for (gint64 step = middle - 1; step <= middle + 1; step++)
    if (step > code->step && code_of_step (code->secret, step, expected)
        && sodium_memcmp (expected, text, DIGITS) == 0)
      found = step;
  return found;
}

/* Digits as people type them: with spaces, full-width. */
static char *
clean (const char *text)
{
  g_autofree char *normal = hx_text_normalise (text);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = normal; *p != '\0'; p++)
    if (*p != ' ' && *p != '-')
      g_string_append_c (out, g_ascii_tolower (*p));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ----------------------------------------------------------------- recovery */

static void
recovery_digest (const char *clean_code, gint64 user_id, guint8 *digest)
{
  g_autofree char *text = g_strdup_printf ("recovery:%" G_GINT64_FORMAT ":%s",
                                           user_id, clean_code);

  hx_access_digest (text, digest);
}

static gboolean
forget_recovery (HxConnection *connection, gint64 user_id, GError **error)
{
  return hx_access_run (connection,
                        "DELETE FROM user_recovery"
                        " WHERE bureau_id = ?1 AND user_id = ?2",
                        HX_INTEGERS (HX_BUREAU_ID, user_id), NULL, error);
}

/* One statement about one recovery code; *changed: how many rows it was. */
static gboolean
run_recovery (HxConnection *connection, const char *sql, gint64 user_id,
              const char *clean_code, gint64 *changed, GError **error)
{
  HxStatement *statement = hx_statement (connection, sql, error);
  guint8 digest[HX_SHA256_SIZE];

  if (statement == NULL)
    return FALSE;
  recovery_digest (clean_code, user_id, digest);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, user_id);
  hx_bind_blob (statement, 3, digest, sizeof digest);
  if (!hx_step_done (statement, error))
    return FALSE;
  *changed = hx_changes (connection);
  return TRUE;
}

/* "abcdefgh-ijklmnop" */
static char *
with_dash (const char *code)
{
  return g_strdup_printf ("%.*s-%s", RECOVERY_SIZE / 2, code,
                          code + RECOVERY_SIZE / 2);
}

static gboolean
make_recovery (HxConnection *connection, gint64 user_id, char ***codes,
               GError **error)
{
  g_auto (GStrv) made = g_new0 (char *, HX_RECOVERY_CODES + 1);
  gint64 changed;

  if (!forget_recovery (connection, user_id, error))
    return FALSE;
  for (guint i = 0; i < HX_RECOVERY_CODES; i++)
    {
      g_autofree char *code = random_base32 (RECOVERY_SIZE);

      if (!run_recovery (connection,
                         "INSERT INTO user_recovery"
                         " (bureau_id, user_id, digest) VALUES (?1, ?2, ?3)",
                         user_id, code, &changed, error))
        return FALSE;
      made[i] = with_dash (code);
    }
  *codes = g_steal_pointer (&made);
  return TRUE;
}

/* ---------------------------------------------------------------- enrolling */

char *
hx_code_address (const char *login, const char *secret)
{
  g_autofree char *account = g_uri_escape_string (login, NULL, FALSE);
  g_autofree char *large = g_ascii_strup (secret, -1);

  return g_strdup_printf ("otpauth://totp/Hongxia:%s?secret=%s&issuer=Hongxia",
                          account, large);
}

gboolean
hx_code_begin (HxLedger *ledger, gint64 user_id, char **secret, char **address,
               GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autoptr (HxAccount) account = hx_account_load (connection, user_id, error);
  g_autofree char *made = NULL;

  if (account == NULL)
    return FALSE;
  if (account->has_code)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("已经在用动态口令"), NULL,
                    _ ("换手机请先停用再重新绑定"));
  made = random_base32 (SECRET_SIZE * 8 / 5);
  if (!store_secret (connection, user_id, made, error))
    return FALSE;
  *address = hx_code_address (account->login, made);
  *secret = g_steal_pointer (&made);
  return TRUE;
}

char *
hx_code_waiting (HxConnection *connection, gint64 user_id, GError **error)
{
  g_auto (Code) code = { 0 };

  if (!load_code (connection, user_id, &code, error) || code.step != WAITS)
    return NULL;
  return g_steal_pointer (&code.secret);
}

gboolean
hx_code_confirm (HxLedger *ledger, gint64 user_id, const char *text, gint64 now,
                 char ***recovery, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autofree char *typed = clean (text);
  g_auto (Code) code = { 0 };
  gint64 step;

  *recovery = NULL;
  if (!load_code (connection, user_id, &code, error))
    return FALSE;
  if (code.secret == NULL || code.step != WAITS)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("没有等待确认的动态口令"),
                    NULL, _ ("请重新绑定"));
  if ((step = step_of (&code, typed, now)) == 0)
    return TRUE;
  return store_step (connection, user_id, step, error)
         && hx_account_note (ledger, user_id, "code", error)
         && make_recovery (connection, user_id, recovery, error);
}

gboolean
hx_code_end (HxLedger *ledger, gint64 user_id, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);

  return store_secret (connection, user_id, NULL, error)
         && forget_recovery (connection, user_id, error)
         && hx_account_note (ledger, user_id, "no code", error);
}

gboolean
hx_code_use (HxLedger *ledger, gint64 user_id, const char *text, gint64 now,
             gboolean *right, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autofree char *typed = clean (text);
  g_auto (Code) code = { 0 };
  gint64 step;
  gint64 changed = 0;

  *right = FALSE;
  if (!load_code (connection, user_id, &code, error))
    return FALSE;
  if (code.secret == NULL || code.step == WAITS)
    return TRUE;
  step = step_of (&code, typed, now);
  if (step != 0)
    {
      *right = TRUE;
      return store_step (connection, user_id, step, error);
    }
  if (!run_recovery (connection,
                     "DELETE FROM user_recovery WHERE bureau_id = ?1"
                     " AND user_id = ?2 AND digest = ?3",
                     user_id, typed, &changed, error))
    return FALSE;
  *right = changed == 1;
  return TRUE;
}

/* ------------------------------------------------------------------ picture */

char *
hx_code_picture (const char *text, guint *side, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  QRcode *picture = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

  if (picture == NULL)
    {
      hx_fail (error, HX_ERROR_LIMIT, _ ("画不出二维码"), g_strerror (errno),
               NULL);
      return NULL;
    }
  for (int y = 0; y < picture->width; y++)
    for (int x = 0; x < picture->width; x++)
      if (picture->data[y * picture->width + x] & 1)
        g_string_append_printf (path, "M%d,%dh1v1h-1z", x + QUIET, y + QUIET);
  *side = (guint)picture->width + 2 * QUIET;
  QRcode_free (picture);
  return g_string_free (g_steal_pointer (&path), FALSE);
}
