#include "secret_test.h"

static const char cadre_yaml[]
    = "key: cadre\n"
      "name: 老干部\n"
      "identity: [id_number]\n"
      "refer_by: [id_number, card, name]\n"
      "unit: street\n"
      "fields:\n"
      "  - {key: name, name: 姓名, required: true, max: 10}\n"
      "  - {key: id_number, name: 身份证号, type: id_number, required: true,"
      " unique: true, secret: true}\n"
      "  - {key: sex, name: 性别, type: choice, codes: sex, secret: true}\n"
      "  - {key: street, name: 街道, type: ref, to: unit}\n"
      "  - {key: card, name: 证号, unique: true, secret: true}\n"
      "  - {key: phone, name: 电话, type: phone, secret: true}\n"
      "  - {key: landline, name: 座机, type: phone, secret: true}\n"
      "  - {key: address, name: 住址, secret: true}\n";

int
secret_setup (void **state)
{
  fixture_setup (state);
  use_catalogue (*state, "registers/cadre.yaml", cadre_yaml);
  return 0;
}

void
put_people (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const unit[] = { "name=一街", NULL };
  static const char *const first[]
      = { "name=张三",    "id_number=" ID_NUMBER,  "sex=男",
          "phone=" PHONE, "landline=020-81234567", "address=昌华大街1号",
          "card=Ａ-77",   "street=一街",           NULL };
  static const char *const second[]
      = { "name=李四", "id_number=" OTHER_ID_NUMBER, "phone=" PHONE, NULL };

  (void)data;
  put_cells (ledger, fixture->unit, unit, NULL);
  put_cells (ledger, fixture->cadre, first, NULL);
  put_cells (ledger, fixture->cadre, second, NULL);
}

void
change_row (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Change *change = data;
  g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
  HxFaults faults = { NULL };
  g_autoptr (GError) error = NULL;

  if (!hx_row_load (hx_ledger_connection (ledger), row, change->id, &error))
    g_error ("%s", error->message);
  set_cells (ledger, row, change->cells);
  if (!hx_row_check (ledger, row, NULL, &faults, &error)
      || !hx_ledger_change (ledger, row, &faults, &error))
    change->fault
        = g_strdup (error != NULL ? error->message : faults.faults->pdata[0]);
  g_clear_pointer (&faults.faults, g_ptr_array_unref);
}

static void
count_findings (const char *finding, gpointer data)
{
  GString *all = data;

  g_string_append_printf (all, "%s\n", finding);
}

/* What verify says, one finding a line. */
static char *
verify (Fixture *fixture)
{
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  g_autoptr (GError) error = NULL;
  GString *all = g_string_new (NULL);

  hx_ledger_verify (hx_reader_connection (reader), fixture->catalogue,
                    count_findings, all, NULL, &error);
  assert_no_error (error);
  return g_string_free (all, FALSE);
}

void
assert_clean (Fixture *fixture)
{
  g_autofree char *findings = verify (fixture);

  assert_string_equal (findings, "");
}

void
assert_finding (Fixture *fixture, const char *part)
{
  g_autofree char *findings = verify (fixture);

  if (strstr (findings, part) == NULL)
    assert_string_equal (findings, part);
}

void
reopen (Fixture *fixture, GError **error)
{
  g_autofree char *url = g_strdup (hx_store_url (fixture->store));

  g_clear_pointer (&fixture->store, hx_store_close);
  fixture->store = hx_store_open (url, HX_STORE_OPEN, NULL, error);
}

const char *
secret_cadre_yaml (void)
{
  return cadre_yaml;
}
