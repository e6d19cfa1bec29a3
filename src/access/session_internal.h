/* What the files of sessions share. */
#ifndef HX_SESSION_INTERNAL_H
#define HX_SESSION_INTERNAL_H

#include "access/access_internal.h"

#define HX_ENTRIES_MAX 20000
#define HX_CODE_SECONDS 300 /* between the password and the code */
#define HX_SECRET_LENGTH 43

struct _HxSessions
{
  HxStore *store; /* borrowed */
  HxClock clock;
  GMutex hashing; /* one Argon2id at a time */
  char *decoy;    /* a hash for names that nobody has */

  GMutex mutex; /* over all below */
  HxCatalogue *catalogue;
  HxAccessSettings settings;
  GHashTable *entries; /* digest → Entry */
  gint64 epoch, generation, checked_at;
};

gint64 hx_sessions_now (HxSessions *sessions);
HxCatalogue *hx_sessions_catalogue (HxSessions *sessions); /* the caller's */
HxAccessSettings hx_sessions_settings (HxSessions *sessions);
/* Asks at most once a second whether something changed. */
gboolean hx_sessions_refresh (HxSessions *sessions, GError **error);
/* A write with a ledger, and then everything is asked anew. */
gboolean hx_sessions_write (HxSessions *sessions, const HxAuthor *author,
                            HxAccessFunc function, gpointer data,
                            GError **error);
/* An id that no session or token has. */
gint64 hx_sessions_random_id (void);

#endif
