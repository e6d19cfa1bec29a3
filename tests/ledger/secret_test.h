/* People with secret fields, for the tests that seal, rotate and install. */
#ifndef HX_SECRET_TEST_H
#define HX_SECRET_TEST_H

#include "ledger_test.h"

#include "ledger/secret.h"

#define ID_NUMBER "999999193301010010"
#define OTHER_ID_NUMBER "999999193301010037"
#define PHONE "13800138000"

int secret_setup (void **state);
const char *secret_cadre_yaml (void);
/* 张三 with all that is secret, 李四 with the same telephone. */
void put_people (Fixture *fixture, HxLedger *ledger, gpointer data);

typedef struct
{
  gint64 id;
  const char *cells[3];
  char *fault; /* the caller's */
} Change;

/* An InLedger on a Change. */
void change_row (Fixture *fixture, HxLedger *ledger, gpointer data);
void reopen (Fixture *fixture, GError **error);
void assert_clean (Fixture *fixture);
/* Verifying finds something that says `part`. */
void assert_finding (Fixture *fixture, const char *part);

#endif
