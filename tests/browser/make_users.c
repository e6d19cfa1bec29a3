/* Makes the people who walk through the pages: one of each business role and
 * each administrator, named by the key of the role, each with the password
 * that is given.
 *
 *   make-users sqlite:FILE PASSWORD */
#include "access/account.h"
#include "measure/measure.h"

typedef struct
{
  const char *hash;
} Work;

static gboolean
add (HxLedger *ledger, gpointer data, GError **error)
{
  const Work *work = data;
  for (guint i = 0; i < HX_USER_ROLES; i++)
    {
      const HxAccountNew account = {
        .login = hx_user_role_key (i),
        .name = hx_user_role_name (i),
        .roles = 1u << i,
        .hash = work->hash,
      };
      gint64 id = 0;
      if (!hx_account_add (ledger, &account, &id, error)
          || !hx_account_set_password (ledger, id, work->hash, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
migrate (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  return hx_access_migrate (connection, error);
}

static gboolean
make (const char *url, const char *password, GError **error)
{
  static const HxAuthor author = { "测试员", "试验" };
  g_autoptr (HxStore) store = hx_store_open (url, HX_STORE_OPEN, NULL, error);
  g_autoptr (HxReader) reader
      = store != NULL ? hx_store_reader (store, error) : NULL;
  g_autoptr (HxCatalogue) catalogue
      = reader != NULL
            ? hx_catalogue_installed (hx_reader_connection (reader), error)
            : NULL;
  g_autofree char *hash
      = catalogue != NULL ? hx_password_hash (password, error) : NULL;
  Work work = { hash };
  return hash != NULL && hx_write (store, migrate, NULL, error)
         && hx_measure_write (store, catalogue, &author, add, &work, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc == 3 && make (argv[1], argv[2], &error))
    return 0;
  g_printerr ("make-users: %s\n",
              error != NULL ? error->message : "URL PASSWORD");
  return 1;
}
