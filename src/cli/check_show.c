#include "cli/check_show.h"

static const char *
word_of (const HxReviewFinding *finding)
{
  if (finding->blocks)
    return _ ("拦下");
  return finding->reason != NULL ? _ ("已答复") : _ ("提醒");
}

static void
print_part (const char *label, const char *text)
{
  if (text != NULL && *text != '\0')
    hx_cli_print ("    %s%s\n", label, text);
}

static void
print_finding (const HxReviewFinding *finding)
{
  g_autofree char *lines
      = finding->line == 0 ? g_strdup ("")
                           : g_strdup_printf (_ ("（第 %u 行第 %u 个字）"),
                                              finding->line, finding->column);

  hx_cli_print ("%s %s %s  %s%s\n", finding->check->id, word_of (finding),
                finding->check->name, finding->place, lines);
  print_part (_ ("规则："), finding->rule);
  print_part (_ ("发现："), finding->value);
  print_part (_ ("办法："), finding->advice);
  if (finding->reason == NULL)
    return;
  hx_cli_print (_ ("    答复：%s（%s）\n"), finding->reason, finding->signer);
  if (finding->blocks)
    hx_cli_print ("    %s\n", _ ("这一项不能以答复代替改正"));
}

void
hx_cli_review_print (const HxReviewResult *review)
{
  for (guint i = 0; i < review->findings->len; i++)
    print_finding (review->findings->pdata[i]);
  hx_cli_print (_ ("共 %u 处：拦下 %u 处，提醒 %u 处；已答复 %u 处\n"),
                review->findings->len, review->blocking, review->warnings,
                review->answered);
}

/* --------------------------------------------------------------------- JSON */

static void
finding_json (HxJson *json, const HxReviewFinding *finding)
{
  hx_json_object_begin (json);
  hx_json_member (json, "check", finding->check->id);
  hx_json_member (json, "name", finding->check->name);
  hx_json_member (json, "severity",
                  finding->severity == HX_REVIEW_BLOCK ? "block" : "warn");
  hx_json_key (json, "blocks");
  hx_json_bool (json, finding->blocks);
  hx_json_key (json, "answerable");
  hx_json_bool (json,
                finding->severity == HX_REVIEW_WARN || finding->is_answerable);
  hx_json_member (json, "place", finding->place);
  if (finding->line > 0)
    {
      hx_json_member_integer (json, "line", finding->line);
      hx_json_member_integer (json, "column", finding->column);
    }
  hx_json_member (json, "rule", finding->rule);
  hx_json_member (json, "value", finding->value);
  hx_json_member (json, "advice", finding->advice);
  if (finding->reason != NULL)
    {
      hx_json_member (json, "reason", finding->reason);
      hx_json_member (json, "signer", finding->signer);
    }
  hx_json_object_end (json);
}

void
hx_cli_review_json (const HxReviewResult *review,
                    const HxReviewOptions *options)
{
  g_autoptr (GString) out = g_string_new (NULL);
  char as_of[HX_DATE_TEXT_SIZE];
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", options->year);
  if (options->as_of.year != 0)
    {
      hx_date_format (options->as_of, as_of);
      hx_json_member (&json, "as_of", as_of);
    }
  if (options->draft != NULL)
    hx_json_member (&json, "draft", options->draft->name);
  hx_json_member_integer (&json, "blocking", review->blocking);
  hx_json_member_integer (&json, "warnings", review->warnings);
  hx_json_member_integer (&json, "answered", review->answered);
  hx_json_key (&json, "findings");
  hx_json_array_begin (&json);
  for (guint i = 0; i < review->findings->len; i++)
    finding_json (&json, review->findings->pdata[i]);
  hx_json_array_end (&json);
  hx_json_object_end (&json);
  hx_cli_print ("%s\n", out->str);
}

/* ------------------------------------------------------------------ refusing
 */

gboolean
hx_cli_review_pass (const HxReviewResult *review, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  if (review->blocking == 0)
    return TRUE;
  g_string_append_printf (all, _ ("报告有 %u 处没有改正，不能出具"),
                          review->blocking);
  for (guint i = 0; i < review->findings->len; i++)
    {
      const HxReviewFinding *finding = review->findings->pdata[i];

      if (finding->blocks)
        g_string_append_printf (all, "\n  %s %s：%s（%s）", finding->check->id,
                                finding->place, finding->value, finding->rule);
    }
  g_string_append_c (all, '\n');
  g_string_append (all, _ ("改正或答复后再出报告（hongxia check 有办法）；"
                           "先看一看用 report --draft"));
  return hx_fail (error, HX_ERROR_FINDING, all->str, NULL, NULL);
}
