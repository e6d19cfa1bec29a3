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
