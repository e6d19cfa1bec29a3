#include "server/memo.h"

typedef struct
{
  gint64 moment;
  guint64 used; /* the memo's count when it was last asked for */
  gpointer box;
} Entry;

struct _HxMemo
{
  GMutex lock;
  GHashTable *entries; /* char * → Entry */
  GDestroyNotify clear;
  guint most;
  guint64 count;
};

HxMemo *
hx_memo_new (guint most, GDestroyNotify clear)
{
  HxMemo *memo = g_new0 (HxMemo, 1);

  g_mutex_init (&memo->lock);
  memo->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  memo->clear = clear;
  memo->most = most;
  return memo;
}

static void
entry_free (const HxMemo *memo, Entry *entry)
{
  hx_memo_release (memo, entry->box);
  g_free (entry);
}

void
hx_memo_free (HxMemo *memo)
{
  GHashTableIter iter;
  gpointer entry;

  if (memo == NULL)
    return;
  g_hash_table_iter_init (&iter, memo->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    entry_free (memo, entry);
  g_hash_table_unref (memo->entries);
  g_mutex_clear (&memo->lock);
  g_free (memo);
}

gboolean
hx_memo_moment (HxConnection *connection, gint64 *moment, GError **error)
{
  return hx_query_integer (connection,
                           "SELECT COALESCE (MAX (seq), 0) FROM change_log"
                           " WHERE bureau_id = 1",
                           0, moment, error);
}

void
hx_memo_release (const HxMemo *memo, gpointer box)
{
  if (box == NULL)
    return;
  if (memo->clear != NULL)
    g_atomic_rc_box_release_full (box, memo->clear);
  else
    g_atomic_rc_box_release (box);
}

gpointer
hx_memo_take (HxMemo *memo, const char *key, gint64 moment)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED
      = g_mutex_locker_new (&memo->lock);
  Entry *entry = g_hash_table_lookup (memo->entries, key);

  if (entry == NULL || entry->moment != moment)
    return NULL;
  entry->used = ++memo->count;
  return g_atomic_rc_box_acquire (entry->box);
}

static void
drop (HxMemo *memo, const char *key)
{
  gpointer own_key, entry;

  if (!g_hash_table_steal_extended (memo->entries, key, &own_key, &entry))
    return;
  g_free (own_key);
  entry_free (memo, entry);
}

static void
drop_oldest (HxMemo *memo)
{
  GHashTableIter iter;
  gpointer key, value;
  const char *oldest = NULL;
  guint64 least = G_MAXUINT64;

  g_hash_table_iter_init (&iter, memo->entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Entry *entry = value;

      if (entry->used >= least)
        continue;
      least = entry->used;
      oldest = key;
    }
  if (oldest != NULL)
    drop (memo, oldest);
}

/* A reader of an older moment may come last: it does not displace the younger
 * answer. */
void
hx_memo_put (HxMemo *memo, const char *key, gint64 moment, gpointer box)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED
      = g_mutex_locker_new (&memo->lock);
  Entry *entry = g_hash_table_lookup (memo->entries, key);

  if (entry != NULL && entry->moment > moment)
    return;
  if (entry != NULL)
    drop (memo, key);
  else if (g_hash_table_size (memo->entries) >= memo->most)
    drop_oldest (memo);
  entry = g_new0 (Entry, 1);
  entry->moment = moment;
  entry->used = ++memo->count;
  entry->box = g_atomic_rc_box_acquire (box);
  g_hash_table_insert (memo->entries, g_strdup (key), entry);
}
