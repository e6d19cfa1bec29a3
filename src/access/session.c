/* Finding who is there.
 *
 * Requests come many thousand times a second and change nothing, so what was
 * found is kept: a table from the digest of a cookie or token to an identity.
 * `epoch` says of when an entry is; when accounts, units or settings changed it
 * goes up and every entry is read anew at its next use.  Once a second the
 * tables are asked whether another process changed them.
 */
#include "access/session_internal.h"

#include <sodium.h>

typedef struct
{
  guint8 digest[HX_SHA256_SIZE];
  guint8 agent[HX_SHA256_SIZE]; /* sessions */
  HxIdentity *identity;         /* NULL: wants_code */
  gboolean is_token;
  gint64 id, epoch;
  gint64 idle; /* seconds without use until the end; 0: none */
  gint64 ends_at, seen_at, written_at;
} Entry;

static guint
digest_hash (gconstpointer digest)
{
  guint hash;

  memcpy (&hash, digest, sizeof hash);
  return hash;
}

static gboolean
digest_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, HX_SHA256_SIZE) == 0;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry == NULL)
    return;
  hx_identity_free (entry->identity);
  g_free (entry);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

static gint64
machine_clock (gpointer data)
{
  (void)data;
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
migrate (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  return hx_access_migrate (connection, error);
}

HxSessions *
hx_sessions_new (HxStore *store, HxCatalogue *catalogue, const HxClock *clock,
                 GError **error)
{
  g_autoptr (HxSessions) sessions = g_new0 (HxSessions, 1);

  g_mutex_init (&sessions->mutex);
  g_mutex_init (&sessions->hashing);
  sessions->store = store;
  sessions->catalogue = hx_catalogue_ref (catalogue);
  sessions->clock = clock != NULL ? *clock : (HxClock){ machine_clock, NULL };
  sessions->entries
      = g_hash_table_new_full (digest_hash, digest_equal, NULL, entry_free);
  sessions->checked_at = -1;
  if (sodium_init () < 0)
    {
      hx_fail (error, HX_ERROR_STORE, _ ("系统没有所需的摘要算法"), NULL, NULL);
      return NULL;
    }
  if (!hx_write (store, migrate, NULL, error)
      || !hx_sessions_refresh (sessions, error))
    return NULL;
  return g_steal_pointer (&sessions);
}

void
hx_sessions_free (HxSessions *sessions)
{
  if (sessions == NULL)
    return;
  g_hash_table_unref (sessions->entries);
  hx_catalogue_unref (sessions->catalogue);
  g_mutex_clear (&sessions->mutex);
  g_mutex_clear (&sessions->hashing);
  g_free (sessions->decoy);
  g_free (sessions);
}

gint64
hx_sessions_now (HxSessions *sessions)
{
  return sessions->clock.now (sessions->clock.data);
}

HxCatalogue *
hx_sessions_catalogue (HxSessions *sessions)
{
  HxCatalogue *catalogue;

  g_mutex_lock (&sessions->mutex);
  catalogue = hx_catalogue_ref (sessions->catalogue);
  g_mutex_unlock (&sessions->mutex);
  return catalogue;
}

void
hx_sessions_set_catalogue (HxSessions *sessions, HxCatalogue *catalogue)
{
  HxCatalogue *old;

  g_mutex_lock (&sessions->mutex);
  old = sessions->catalogue;
  sessions->catalogue = hx_catalogue_ref (catalogue);
  sessions->epoch++;
  g_mutex_unlock (&sessions->mutex);
  hx_catalogue_unref (old);
}

void
hx_sessions_forget (HxSessions *sessions)
{
  g_mutex_lock (&sessions->mutex);
  sessions->checked_at = -1;
  sessions->epoch++;
  g_mutex_unlock (&sessions->mutex);
}

gboolean
hx_sessions_refresh (HxSessions *sessions, GError **error)
{
  const gint64 now = hx_sessions_now (sessions);
  g_autoptr (HxReader) reader = NULL;
  HxAccessSettings settings;
  gint64 generation = 0;
  gboolean is_due;

  g_mutex_lock (&sessions->mutex);
  is_due = sessions->checked_at != now;
  sessions->checked_at = now;
  g_mutex_unlock (&sessions->mutex);
  if (!is_due)
    return TRUE;
  reader = hx_store_reader (sessions->store, error);
  if (reader == NULL
      || !hx_access_generation (hx_reader_connection (reader), &generation,
                                error)
      || !hx_access_settings (hx_reader_connection (reader), &settings, error))
    return FALSE;
  g_mutex_lock (&sessions->mutex);
  if (sessions->generation != generation)
    sessions->epoch++;
  sessions->generation = generation;
  sessions->settings = settings;
  g_mutex_unlock (&sessions->mutex);
  return TRUE;
}

HxAccessSettings
hx_sessions_settings (HxSessions *sessions)
{
  HxAccessSettings settings;

  g_mutex_lock (&sessions->mutex);
  settings = sessions->settings;
  g_mutex_unlock (&sessions->mutex);
  return settings;
}

/* ------------------------------------------------------------------- loading
 */

static gboolean
fill_session (HxStatement *statement, const HxAccessSettings *settings,
              Entry *entry)
{
  const gint64 created_at = hx_column_integer (statement, 2);
  const gboolean wants_code = hx_column_integer (statement, 4) != 0;

  entry->id = hx_column_integer (statement, 0);
  entry->seen_at = entry->written_at = hx_column_integer (statement, 3);
  entry->idle = settings->idle_seconds;
  entry->ends_at
      = created_at + (wants_code ? HX_CODE_SECONDS : settings->session_seconds);
  if (hx_column_size (statement, 5) != HX_SHA256_SIZE)
    return FALSE;
  memcpy (entry->agent, hx_column_blob (statement, 5), HX_SHA256_SIZE);
  return !wants_code;
}

static void
fill_token (HxStatement *statement, Entry *entry, HxIdentity *limits)
{
  const char *roles = hx_column_text (statement, 4);

  entry->id = hx_column_integer (statement, 0);
  entry->ends_at = hx_column_integer (statement, 2);
  entry->seen_at = entry->written_at = hx_column_integer (statement, 3);
  hx_user_roles_parse (roles != NULL ? roles : "", &limits->roles, NULL);
  limits->reads_only = hx_column_integer (statement, 5) == 0;
}

static HxStatement *
ask (HxConnection *connection, const Entry *entry, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      entry->is_token
          ? "SELECT id, user_id, ends_at, seen_at, roles, writes"
            " FROM user_token WHERE bureau_id = ?1 AND digest = ?2"
          : "SELECT id, user_id, created_at, seen_at, wants_code, agent"
            " FROM user_session WHERE bureau_id = ?1 AND digest = ?2",
      error);

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_blob (statement, 2, entry->digest, HX_SHA256_SIZE);
  return statement;
}

/* Who it is; a disabled user is nobody. */
static gboolean
load_identity (HxConnection *connection, HxCatalogue *catalogue, gint64 user_id,
               Entry *entry, GError **error)
{
  g_autoptr (GError) none = NULL;

  entry->identity = hx_identity_new (connection, catalogue, user_id, &none);
  if (none == NULL || g_error_matches (none, HX_ERROR, HX_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&none));
  return FALSE;
}

/* FALSE with *error; entry->id stays 0 when there is none. */
static gboolean
load_entry (HxSessions *sessions, HxConnection *connection, Entry *entry,
            GError **error)
{
  const HxAccessSettings settings = hx_sessions_settings (sessions);
  g_autoptr (HxCatalogue) catalogue = hx_sessions_catalogue (sessions);
  HxStatement *statement = ask (connection, entry, error);
  HxIdentity limits = { .roles = HX_USER_NOBODY };
  gboolean is_somebody = TRUE;
  gint64 user_id;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  step = hx_step (statement, error);
  if (step != HX_STEP_ROW)
    {
      hx_statement_reset (statement);
      return step == HX_STEP_DONE;
    }
  user_id = hx_column_integer (statement, 1);
  if (entry->is_token)
    fill_token (statement, entry, &limits);
  else
    is_somebody = fill_session (statement, &settings, entry);
  hx_statement_reset (statement);
  if (!is_somebody)
    return TRUE;
  if (!load_identity (connection, catalogue, user_id, entry, error))
    return FALSE;
  if (entry->identity == NULL)
    {
      entry->id = 0;
      return TRUE;
    }
  if (limits.roles != HX_USER_NOBODY)
    entry->identity->roles &= limits.roles;
  entry->identity->reads_only = limits.reads_only;
  *(entry->is_token ? &entry->identity->token_id : &entry->identity->session_id)
      = entry->id;
  return TRUE;
}

/* --------------------------------------------------------------------- find */

static gboolean
is_alive (const Entry *entry, const guint8 *agent, gint64 now)
{
  return now < entry->ends_at
         && (entry->idle == 0 || now - entry->seen_at < entry->idle)
         && (entry->is_token
             || memcmp (entry->agent, agent, HX_SHA256_SIZE) == 0);
}

typedef struct
{
  gboolean is_token;
  gint64 id, at;
} Seen;

static gboolean
write_seen (HxConnection *connection, gpointer data, GError **error)
{
  const Seen *seen = data;

  return hx_access_run (connection,
                        seen->is_token ? "UPDATE user_token SET seen_at = ?3"
                                         " WHERE bureau_id = ?1 AND id = ?2"
                                       : "UPDATE user_session SET seen_at = ?3"
                                         " WHERE bureau_id = ?1 AND id = ?2",
                        HX_INTEGERS (HX_BUREAU_ID, seen->id, seen->at), NULL,
                        error);
}

/* Under the mutex: what is known and still holds; says whether it is to be
 * written that it was used. */
static gboolean
take (HxSessions *sessions, Entry *entry, const guint8 *agent,
      HxVisitor *visitor, Seen *seen)
{
  const gint64 now = hx_sessions_now (sessions);

  if (!is_alive (entry, agent, now))
    return FALSE;
  visitor->wants_code = entry->identity == NULL;
  if (entry->identity == NULL)
    return TRUE;
  visitor->identity = hx_identity_ref (entry->identity);
  entry->seen_at = now;
  if (now - entry->written_at >= HX_SEEN_SECONDS)
    {
      *seen = (Seen){ entry->is_token, entry->id, now };
      entry->written_at = now;
    }
  return TRUE;
}

/* TRUE: the table answered, be it that there is nobody. */
static gboolean
find_kept (HxSessions *sessions, const Entry *wanted, HxVisitor *visitor,
           Seen *seen)
{
  gboolean known = FALSE;
  Entry *entry;

  g_mutex_lock (&sessions->mutex);
  entry = g_hash_table_lookup (sessions->entries, wanted->digest);
  if (entry != NULL && entry->epoch == sessions->epoch)
    {
      known = TRUE;
      take (sessions, entry, wanted->agent, visitor, seen);
    }
  g_mutex_unlock (&sessions->mutex);
  return known;
}

/* The time of last use in memory is nearer than that of the table. */
static void
keep (HxSessions *sessions, Entry *entry, const guint8 *agent,
      HxVisitor *visitor, Seen *seen)
{
  const Entry *old;

  g_mutex_lock (&sessions->mutex);
  old = g_hash_table_lookup (sessions->entries, entry->digest);
  if (old != NULL)
    {
      entry->seen_at = MAX (entry->seen_at, old->seen_at);
      entry->written_at = MAX (entry->written_at, old->written_at);
    }
  if (g_hash_table_size (sessions->entries) >= HX_ENTRIES_MAX)
    g_hash_table_remove_all (sessions->entries);
  take (sessions, entry, agent, visitor, seen);
  g_hash_table_replace (sessions->entries, entry->digest, entry);
  g_mutex_unlock (&sessions->mutex);
}

static void
drop (HxSessions *sessions, const guint8 *digest)
{
  g_mutex_lock (&sessions->mutex);
  g_hash_table_remove (sessions->entries, digest);
  g_mutex_unlock (&sessions->mutex);
}

static gboolean
find_stored (HxSessions *sessions, const Entry *wanted, HxVisitor *visitor,
             Seen *seen, GError **error)
{
  g_autoptr (Entry) entry = g_new0 (Entry, 1);
  g_autoptr (HxReader) reader = NULL;

  memcpy (entry->digest, wanted->digest, HX_SHA256_SIZE);
  entry->is_token = wanted->is_token;
  g_mutex_lock (&sessions->mutex);
  entry->epoch = sessions->epoch;
  g_mutex_unlock (&sessions->mutex);
  reader = hx_store_reader (sessions->store, error);
  if (reader == NULL
      || !load_entry (sessions, hx_reader_connection (reader), entry, error))
    return FALSE;
  if (entry->id == 0)
    drop (sessions, wanted->digest);
  else
    keep (sessions, g_steal_pointer (&entry), wanted->agent, visitor, seen);
  return TRUE;
}

static gboolean
find (HxSessions *sessions, const Entry *wanted, HxVisitor *visitor,
      GError **error)
{
  Seen seen = { 0 };

  if (!hx_sessions_refresh (sessions, error)
      || (!find_kept (sessions, wanted, visitor, &seen)
          && !find_stored (sessions, wanted, visitor, &seen, error)))
    return FALSE;
  return seen.id == 0 || hx_write (sessions->store, write_seen, &seen, error);
}

/* Out of the cookie, so that it needs no place of its own. */
static void
make_csrf (const char *cookie, char *csrf)
{
  g_autofree char *text = g_strconcat ("csrf:", cookie, NULL);
  guint8 digest[HX_SHA256_SIZE];

  hx_access_digest (text, digest);
  sodium_bin2base64 (csrf, HX_CSRF_SIZE, digest, sizeof digest,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

gboolean
hx_sessions_find (HxSessions *sessions, const char *cookie, const char *agent,
                  HxVisitor *visitor, GError **error)
{
  Entry wanted = { .is_token = FALSE };

  *visitor = (HxVisitor){ 0 };
  if (cookie == NULL || strlen (cookie) != HX_SECRET_LENGTH)
    return TRUE;
  hx_access_digest (cookie, wanted.digest);
  hx_access_digest (agent != NULL ? agent : "", wanted.agent);
  if (!find (sessions, &wanted, visitor, error))
    return FALSE;
  if (visitor->identity != NULL || visitor->wants_code)
    make_csrf (cookie, visitor->csrf);
  return TRUE;
}

gboolean
hx_sessions_find_token (HxSessions *sessions, const char *token,
                        HxVisitor *visitor, GError **error)
{
  Entry wanted = { .is_token = TRUE };

  *visitor = (HxVisitor){ 0 };
  if (token == NULL || !g_str_has_prefix (token, HX_TOKEN_PREFIX)
      || strlen (token) != strlen (HX_TOKEN_PREFIX) + HX_SECRET_LENGTH)
    return TRUE;
  hx_access_digest (token, wanted.digest);
  return find (sessions, &wanted, visitor, error);
}

void
hx_visitor_clear (HxVisitor *visitor)
{
  g_clear_pointer (&visitor->identity, hx_identity_free);
}
