#include "plan/plan_json.h"

static const char *
state_key (HxRolledState state)
{
  static const char *const keys[]
      = { "added", "present", "filled", "left_out" };
  return keys[state];
}

const char *
hx_rolled_state_name (HxRolledState state)
{
  static const char *const names[]
      = { N_ ("新增"), N_ ("已有"), N_ ("补基期"), N_ ("已作废") };
  return hx_text (names[state]);
}

void
hx_roll_json (const HxRoll *roll, int year, gboolean is_dry, GString *out)
{
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", year + 1);
  hx_json_member_integer (&json, "added", roll->added);
  hx_json_member_integer (&json, "present", roll->present);
  hx_json_member_integer (&json, "filled", roll->filled);
  hx_json_member_integer (&json, "left_out", roll->left_out);
  hx_json_key (&json, "dry_run");
  hx_json_bool (&json, is_dry);
  hx_json_key (&json, "rows");
  hx_json_array_begin (&json);
  for (guint i = 0; i < roll->rows->len; i++)
    {
      const HxRolled *rolled = roll->rows->pdata[i];
      hx_json_object_begin (&json);
      hx_json_member (&json, "kind", rolled->kind->key);
      hx_json_member (&json, "from", rolled->from);
      hx_json_member (&json, "number", rolled->number);
      hx_json_member (&json, "name", rolled->name);
      hx_json_member (&json, "state", state_key (rolled->state));
      hx_json_object_end (&json);
    }
  hx_json_array_end (&json);
  hx_json_object_end (&json);
}
