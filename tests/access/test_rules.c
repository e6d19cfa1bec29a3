/* The shipped access.yaml: every role, act and kind, as a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"

/* r read, w write, a approve, v void, u unmask, x export; in the order of
 * liaison, clerk, finance, section, bureau, reviewer, reader. */
typedef struct
{
  const char *kinds;
  const char *roles[7];
} Row;

static const Row table[] = {
  { "cadre", { "rwux", "rwvux", "", "rwavux", "raux", "r", "r" } },
  { "branch", { "r", "rwvux", "", "rwavux", "raux", "r", "r" } },
  { "committee_post merge not_same",
    { "r", "rwvx", "", "rwavx", "rax", "r", "r" } },
  { "volunteer_team", { "r", "rwvux", "", "rwavux", "raux", "r", "r" } },
  { "visit", { "rwvx", "rwvux", "", "rwavux", "raux", "r", "r" } },
  { "care_contact care_plan_item cadre_survey",
    { "rwvx", "rwvx", "", "rwavx", "rax", "r", "" } },
  { "hospital_help doctor_service funeral_help checkup_attendance",
    { "rwvx", "rwvux", "", "rwavux", "raux", "r", "" } },
  { "volunteer_service", { "rwvx", "rwvx", "", "rwavx", "rax", "r", "r" } },
  { "survey_campaign retirement_ceremony ceremony_retiree retirement_step",
    { "r", "rwvx", "", "rwavx", "rax", "r", "" } },
  { "checkup_batch policy_work health_event",
    { "r", "rwvx", "", "rwavx", "rax", "r", "r" } },
  { "aid_payment", { "r", "rwvux", "rux", "rwavux", "raux", "r", "" } },
  { "petition reported_matter", { "", "rwvu", "", "rwavux", "raux", "", "" } },
  { "party_activity theme_activity class_session",
    { "r", "rwvx", "", "rwavx", "rax", "r", "r" } },
  { "assigned_task award briefing class_attendance contest_entry"
    " course_standard discipline_education grand_lecture inspection_tour"
    " party_work_meeting questionnaire research_report study_meeting"
    " training_class venue_use youth_session",
    { "", "rwvx", "", "rwavx", "rax", "r", "r" } },
  { "staff doctor", { "r", "rwvux", "r", "rwavux", "raux", "r", "r" } },
  { "hospital", { "ru", "rwvux", "r", "rwavux", "raux", "r", "r" } },
  { "unit station", { "r", "rwvux", "r", "rwavux", "raux", "r", "r" } },
  { "course policy teaching_point venue",
    { "r", "rwvx", "r", "rwavx", "rax", "r", "r" } },
  { "payment", { "", "r", "rwvux", "ravux", "raux", "rx", "r" } },
  { "acceptance budget_adjustment budget_line carry_over contract fund_plan"
    " spending_forecast unspent_reason",
    { "", "r", "rwvx", "ravx", "rax", "rx", "r" } },
  { "measure milestone milestone_lag milestone_replan monitor_answer"
    " monitor_reply plan_goal plan_task problem target target_result"
    " report_text review_answer score_entry",
    { "", "rwvx", "r", "rwavx", "rax", "rx", "r" } },
};

static const char letters[HX_ACTS + 1] = "rwavux";

static int
load (void **state)
{
  g_autoptr (GError) error = NULL;

  *state = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
  if (error != NULL)
    fail_msg ("%s", error->message);
  return 0;
}

static int
unload (void **state)
{
  hx_catalogue_unref (*state);
  return 0;
}

/* What the table says of a kind, and how many rows name it. */
static const Row *
row_of (const char *kind, guint *count)
{
  const Row *found = NULL;

  *count = 0;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) words = g_strsplit (table[i].kinds, " ", -1);

      if (!g_strv_contains ((const char *const *)words, kind))
        continue;
      found = &table[i];
      ++*count;
    }
  return found;
}

static char *
acts_of (HxCatalogue *catalogue, const HxKind *kind, HxUserRoles role)
{
  const HxIdentity identity = { .roles = role, .catalogue = catalogue };
  g_autoptr (GString) acts = g_string_new (NULL);

  for (guint act = 0; act < HX_ACTS; act++)
    if (hx_identity_may (&identity, act, kind))
      g_string_append_c (acts, letters[act]);
  return g_string_free (g_steal_pointer (&acts), FALSE);
}

static void
each_role_may_with_each_kind_what_the_table_says (void **state)
{
  const GPtrArray *kinds = hx_catalogue_kinds (*state);

  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *kind = kinds->pdata[i];
      guint count;
      const Row *row = row_of (kind->key, &count);

      if (count != 1)
        fail_msg ("%s stands %u times in the table", kind->key, count);
      for (guint r = 0; r < G_N_ELEMENTS (row->roles); r++)
        {
          const HxUserRoles role = HX_USER_LIAISON << r;
          g_autofree char *acts = acts_of (*state, kind, role);

          if (!g_str_equal (acts, row->roles[r]))
            fail_msg ("%s %s: \"%s\", not \"%s\"", hx_user_role_key (r + 3),
                      kind->key, acts, row->roles[r]);
        }
    }
}

static void
administrators_may_nothing_with_any_kind (void **state)
{
  const GPtrArray *kinds = hx_catalogue_kinds (*state);

  for (guint i = 0; i < kinds->len; i++)
    {
      g_autofree char *acts
          = acts_of (*state, kinds->pdata[i], HX_USER_ADMINISTRATORS);

      assert_string_equal (acts, "");
    }
}

static gboolean
sees (HxCatalogue *catalogue, HxUserRoles roles, const char *kind_key,
      const char *field_key)
{
  const HxIdentity identity = { .roles = roles, .catalogue = catalogue };
  const HxKind *kind = hx_catalogue_kind (catalogue, kind_key);
  const HxField *field = hx_kind_field (kind, field_key);

  assert_non_null (field);
  return hx_identity_sees (&identity, kind, field);
}

static void
fields_are_there_for_those_who_need_them (void **state)
{
  static const struct
  {
    const char *kind, *field;
    HxUserRoles yes, no;
  } cases[] = {
    { "cadre", "name", HX_USER_PEOPLE | HX_USER_READER | HX_USER_REVIEWER,
      HX_USER_FINANCE },
    { "cadre", "bank_card", HX_USER_CLERK | HX_USER_SECTION,
      HX_USER_LIAISON | HX_USER_READER | HX_USER_REVIEWER },
    { "cadre", "id_number", HX_USER_PEOPLE, HX_USER_READER | HX_USER_REVIEWER },
    { "payment", "bank_card", HX_USER_FINANCE | HX_USER_BUREAU,
      HX_USER_CLERK | HX_USER_REVIEWER | HX_USER_READER },
    { "petition", "matter", HX_USER_CLERK | HX_USER_SECTION,
      HX_USER_LIAISON | HX_USER_REVIEWER | HX_USER_READER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint r = 0; r < HX_USER_ROLES; r++)
      {
        const HxUserRoles role = 1u << r;
        const gboolean seen
            = sees (*state, role, cases[i].kind, cases[i].field);

        if ((cases[i].yes & role) != 0 && !seen)
          fail_msg ("%s does not see %s", hx_user_role_key (r), cases[i].field);
        if ((cases[i].no & role) != 0 && seen)
          fail_msg ("%s sees %s", hx_user_role_key (r), cases[i].field);
      }
}

static void
who_has_two_roles_sees_what_one_of_them_sees (void **state)
{
  assert_true (
      sees (*state, HX_USER_LIAISON | HX_USER_CLERK, "cadre", "bank_card"));
  assert_false (
      sees (*state, HX_USER_LIAISON | HX_USER_READER, "cadre", "bank_card"));
}

static void
who_comes_from_outside_is_shown_no_names (void **state)
{
  for (guint r = 0; r < HX_USER_ROLES; r++)
    {
      const HxIdentity identity = { .roles = 1u << r, .catalogue = *state };
      const gboolean inside
          = hx_identity_audience (&identity) == HX_AUDIENCE_INSIDE;

      assert_int_equal (inside,
                        (1u << r
                         & (HX_USER_LIAISON | HX_USER_CLERK | HX_USER_FINANCE
                            | HX_USER_SECTION | HX_USER_BUREAU))
                            != 0);
    }
}

static void
a_token_for_reading_reads_and_exports_and_nothing_else (void **state)
{
  const HxIdentity identity
      = { .roles = HX_USER_SECTION, .reads_only = TRUE, .catalogue = *state };
  const HxKind *cadre = hx_catalogue_kind (*state, "cadre");

  for (guint act = 0; act < HX_ACTS; act++)
    assert_int_equal (hx_identity_may (&identity, act, cadre),
                      act == HX_ACT_READ || act == HX_ACT_EXPORT);
  assert_false (
      hx_identity_unmasks (&identity, cadre, hx_kind_field (cadre, "phone")));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_role_may_with_each_kind_what_the_table_says),
    cmocka_unit_test (administrators_may_nothing_with_any_kind),
    cmocka_unit_test (fields_are_there_for_those_who_need_them),
    cmocka_unit_test (who_has_two_roles_sees_what_one_of_them_sees),
    cmocka_unit_test (who_comes_from_outside_is_shown_no_names),
    cmocka_unit_test (a_token_for_reading_reads_and_exports_and_nothing_else),
  };

  return cmocka_run_group_tests (tests, load, unload);
}
