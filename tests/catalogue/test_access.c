/* Loading access.yaml: what a good one becomes, how a wrong one is refused. */
#include "support.h"

#include "catalogue/access.h"

static HxCatalogue *
load_rules (const char *text, GError **error)
{
  return load_with ("access.yaml", text, error);
}

static void
rules_are_read_whole (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue
      = load_rules ("groups: {both: [cadre, visit]}\n"
                    "roles:\n"
                    "  clerk: {read: all, write: [both], export: [cadre]}\n"
                    "  liaison: {read: [visit], void: [visit],\n"
                    "    hides: {visit: [gift]}, names: masked}\n",
                    &error);
  const HxKind *cadre, *visit;

  (void)state;
  if (error != NULL)
    fail_msg ("%s", error->message);
  cadre = hx_catalogue_kind (catalogue, "cadre");
  visit = hx_catalogue_kind (catalogue, "visit");
  assert_int_equal (hx_catalogue_may (catalogue, HX_ACT_READ, cadre),
                    HX_USER_CLERK);
  assert_int_equal (hx_catalogue_may (catalogue, HX_ACT_READ, visit),
                    HX_USER_CLERK | HX_USER_LIAISON);
  assert_int_equal (hx_catalogue_may (catalogue, HX_ACT_WRITE, visit),
                    HX_USER_CLERK);
  assert_int_equal (hx_catalogue_may (catalogue, HX_ACT_VOID, visit),
                    HX_USER_LIAISON);
  assert_int_equal (hx_catalogue_may (catalogue, HX_ACT_EXPORT, visit), 0);
  assert_int_equal (hx_catalogue_may (catalogue, HX_ACT_EXPORT, cadre),
                    HX_USER_CLERK);
  assert_int_equal (
      hx_catalogue_sees (catalogue, visit, hx_kind_field (visit, "gift")),
      HX_USER_CLERK);
  assert_int_equal (hx_catalogue_names (catalogue), HX_USER_CLERK);
}

static void
without_the_file_nobody_may_anything (void **state)
{
  g_autoptr (HxCatalogue) catalogue = load_with ("caps.yaml", "[]\n", NULL);
  const HxKind *cadre = hx_catalogue_kind (catalogue, "cadre");

  (void)state;
  for (guint act = 0; act < HX_ACTS; act++)
    assert_int_equal (hx_catalogue_may (catalogue, act, cadre), 0);
  assert_int_equal (
      hx_catalogue_sees (catalogue, cadre, hx_kind_field (cadre, "name")), 0);
}

static void
wrong_rules_are_refused_with_their_place (void **state)
{
  static const struct
  {
    const char *text, *place, *says;
  } faults[] = {
    { "- 1\n", "1:1", "这里应当是“键: 值”的写法" },
    { "role: {}\n", "1:1", "是不是“roles”？" },
    { "roles: {clark: {read: all}}\n", "1:9", "是不是“clerk”？" },
    { "roles: {security: {read: all}}\n", "1:9", "没有业务角色" },
    { "roles: {clerk: {reads: all}}\n", "1:17", "是不是“read”？" },
    { "roles: {clerk: {read: every}}\n", "1:23", "不是清单" },
    { "roles: {clerk: {read: [vizit]}}\n", "1:24", "是不是“visit”？" },
    { "roles: {clerk: {read: [visit], write: [cadre]}}\n",
      "1:", "“cadre”写了别的权限，却不能看" },
    { "roles: {clerk: {read: all, hides: {visit: [gifd]}}}\n", "1:44",
      "是不是“gift”？" },
    { "roles: {clerk: {read: all, hides: {visit: [cadre]}}}\n", "1:44",
      "不能不给看" },
    { "roles: {clerk: {read: all, unmasks: {visit: [gift]}}}\n", "1:46",
      "本来就不遮盖" },
    { "roles: {clerk: {read: all, hides: {vizit: [gift]}}}\n", "1:36",
      "是不是“visit”？" },
    { "roles: {clerk: {secrets: open}}\n", "1:26", "写 masked" },
    { "roles: {clerk: {names: open}}\n", "1:24", "写 shown" },
    { "groups: {visit: [cadre]}\n", "1:10", "换一个名字" },
    { "groups: {all: [cadre]}\n", "1:10", "换一个名字" },
    { "groups: {some: [cadres]}\n", "1:17", "是不是“cadre”？" },
    { "groups: {some: cadre}\n", "1:16", "这里应当是一个列表" },
    { "groups: [cadre]\nroles: {clerk: {read: [some]}}\n", "1:9",
      "这里应当是" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue = load_rules (faults[i].text, &error);
      g_autofree char *place
          = g_strdup_printf ("access.yaml:%s", faults[i].place);

      if (catalogue != NULL)
        fail_msg ("taken: %s", faults[i].text);
      if (strstr (error->message, place) == NULL
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s: %s", faults[i].text, error->message);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (rules_are_read_whole),
    cmocka_unit_test (without_the_file_nobody_may_anything),
    cmocka_unit_test (wrong_rules_are_refused_with_their_place),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
