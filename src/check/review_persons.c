/* V21: what is personal in a text that is to be published.
 *
 *   numbers   ID numbers with a right date of birth, telephones, cards of 16 to
 *             19 digits
 *   addresses a road with a house number
 *   names     two to four characters that begin with a surname and stand apart,
 *             before a title (张某同志) or in a row before its number
 *             (张某、李某2名老同志)
 *
 * All values are masked.  A text that is not marked as public is read too, for
 * most reports are published later: then it is a warning. */
#include "check/review_internal.h"
#include "check/review_scan.h"

#include <string.h>

#define CARD_MIN 16
#define CARD_MAX 19
#define DIGITS_MAX 24
#define MOBILE_DIGITS 11
#define PERSON_MIN 2
#define PERSON_MAX 4
#define ROW_MAX 20 /* names */

static void
found_personal (HxReviewCase *review, const HxTextBlock *block, gsize at,
                const char *what, const char *masked)
{
  g_autofree char *rule = g_strdup_printf (_ ("公开的文字里不出现%s"), what);
  const HxFound found = {
    .block = block,
    .offset = at,
    .rule = rule,
    .value = masked,
    .advice = _ ("删去，或改为“1名老同志”这样的说法"),
    .is_secret = TRUE,
    .is_mild = !review->options->is_public,
  };

  hx_review_found (review, 21, &found);
}

/* ------------------------------------------------------------------- numbers
 */

static char *
masked_number (const char *digits, const char **what)
{
  const gsize length = strlen (digits);
  HxIdNumber id;

  if ((length == 15 || length == 18) && hx_id_number_parse (digits, &id, NULL))
    {
      *what = _ ("身份证号");
      return hx_mask_id_number (digits);
    }
  if (length == MOBILE_DIGITS && digits[0] == '1' && digits[1] >= '3')
    {
      *what = _ ("电话号码");
      return hx_mask_phone (digits);
    }
  if (length >= CARD_MIN && length <= CARD_MAX)
    {
      *what = _ ("证件号码或银行卡号");
      return hx_mask_id_number (digits);
    }
  return NULL;
}

/* 020-81234567, 0757-1234567 */
static char *
masked_line (const char *digits, const char *behind, const char **what)
{
  gsize more = *behind == '-' ? strspn (behind + 1, "0123456789") : 0;

  if (digits[0] != '0' || strlen (digits) < 3 || strlen (digits) > 4 || more < 7
      || more > 8)
    return NULL;
  *what = _ ("电话号码");
  return g_strdup_printf ("%s-****", digits);
}

static gsize
digits_at (const char *text, gsize at, GString *digits)
{
  const char *p = text + at;

  g_string_truncate (digits, 0);
  while (digits->len <= DIGITS_MAX)
    {
      gunichar character = g_utf8_get_char (p);

      if (hx_scan_is_digit (character))
        g_string_append_c (
            digits,
            (char)(character >= 0xFF10 ? character - 0xFF10 + '0' : character));
      else if (digits->len == 17 && (character == 'X' || character == 'x'))
        g_string_append_c (digits, 'X');
      else
        break;
      p = hx_text_next (p);
    }
  return (gsize)(p - text);
}

static void
find_numbers (HxReviewCase *review, const HxTextBlock *block)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *text = block->words->str;

  for (gsize at = 0; text[at] != '\0';)
    {
      gsize end = digits_at (text, at, digits);
      const char *what = NULL;
      g_autofree char *masked = end == at || digits->len > CARD_MAX
                                    ? NULL
                                    : masked_number (digits->str, &what);

      if (masked == NULL && end > at)
        masked = masked_line (digits->str, text + end, &what);
      if (masked != NULL && !hx_text_block_is_fact (block, at, end))
        found_personal (review, block, at, what, masked);
      at = end > at ? end : at + hx_text_width (text + at);
    }
}

/* ----------------------------------------------------------------- addresses
 */

static gboolean
is_house_number (const char *text)
{
  const char *p = text;

  while (hx_scan_is_digit (g_utf8_get_char (p)))
    p = hx_text_next (p);
  return p > text && g_str_has_prefix (p, "号");
}

static void
find_addresses (HxReviewCase *review, const HxTextBlock *block)
{
  const char *const *roads = HX_REVIEW_WORD (review, HX_REVIEW_ROADS);
  const char *text = block->words->str;
  gsize at = 0, length;

  while (hx_words_find (text, &at, roads, &length))
    {
      const char *start = text + at;

      for (guint i = 0; i < 2 && start > text; i++)
        start = g_utf8_prev_char (start);
      g_autofree char *masked = g_strdup_printf (
          "%.*s＊＊号", (int)(text + at + length - start), start);
      if (is_house_number (text + at + length))
        found_personal (review, block, (gsize)(start - text), _ ("住址"),
                        masked);
      at += length;
    }
}

/* --------------------------------------------------------------------- names
 */

static gboolean
is_han (gunichar character)
{
  return g_unichar_get_script (character) == G_UNICODE_SCRIPT_HAN;
}

static gboolean
is_part (gunichar character)
{
  return is_han (character) || character == 0x00B7;
}

/* The end of a run of Chinese characters. */
static gsize
run_end (const char *text, gsize at)
{
  while (is_part (g_utf8_get_char (text + at)))
    at += hx_text_width (text + at);
  return at;
}

static gboolean
is_name (HxReviewCase *review, const char *text, gsize start, gsize end)
{
  const glong length = g_utf8_strlen (text + start, (gssize)(end - start));
  gsize surname
      = hx_words_at (text + start, HX_REVIEW_WORD (review, HX_REVIEW_SURNAMES));

  return length >= PERSON_MIN && length <= PERSON_MAX && surname > 0
         && surname < end - start
         && hx_words_at (text + start,
                         HX_REVIEW_WORD (review, HX_REVIEW_NO_NAMES))
                == 0;
}

/* “2名同志” behind so many names, or a title right behind the last. */
static gboolean
is_title (HxReviewCase *review, const char *text, gsize at, guint names)
{
  static const char *const measures[] = { "名", "位", "等", NULL };
  gsize end;
  int count = 0;

  if (hx_words_at (text + at, HX_REVIEW_WORD (review, HX_REVIEW_TITLES)) > 0)
    return TRUE;
  if (g_str_has_prefix (text + at, "等"))
    at += strlen ("等");
  count = hx_scan_small (text, at, &end);
  if (count < (int)names || hx_words_at (text + end, measures) == 0)
    return FALSE;
  end += hx_words_at (text + end, measures);
  return hx_words_at (text + end, HX_REVIEW_WORD (review, HX_REVIEW_TITLES)) > 0
         || (count == (int)names
             && hx_words_at (text + end,
                             HX_REVIEW_WORD (review, HX_REVIEW_GROUPS))
                    > 0);
}

/* The end of the last name of a row, before its title; `start`: there is none.
 */
static gsize
name_before_title (HxReviewCase *review, const char *text, gsize start,
                   guint names)
{
  gsize at = start;

  for (guint i = 0; i <= PERSON_MAX && text[at] != '\0'; i++)
    {
      if (i >= PERSON_MIN && is_name (review, text, start, at)
          && is_title (review, text, at, names))
        return at;
      if (!is_part (g_utf8_get_char (text + at)))
        return start;
      at += hx_text_width (text + at);
    }
  return start;
}

static void
found_names (HxReviewCase *review, const HxTextBlock *block, gsize start,
             const GArray *ends)
{
  for (guint i = 0; i < ends->len; i++)
    {
      gsize end = g_array_index (ends, gsize, i);
      g_autofree char *name
          = g_strndup (block->words->str + start, end - start);
      g_autofree char *masked = hx_mask_name (name);

      found_personal (review, block, start, _ ("个人姓名"), masked);
      start = end + strlen ("、");
    }
}

/* A row of names, each apart by 、, of which the last has a title: its end. */
static gsize
names_at (HxReviewCase *review, const HxTextBlock *block, gsize start)
{
  const char *text = block->words->str;
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize at = start;

  while (ends->len < ROW_MAX)
    {
      gsize end = name_before_title (review, text, at, ends->len + 1);
      gboolean is_last = end > at;

      if (!is_last)
        end = run_end (text, at);
      if (!is_last
          && (!is_name (review, text, at, end)
              || !g_str_has_prefix (text + end, "、")))
        return start;
      g_array_append_val (ends, end);
      if (is_last)
        {
          found_names (review, block, start, ends);
          return end;
        }
      at = end + strlen ("、");
    }
  return start;
}

static void
find_names (HxReviewCase *review, const HxTextBlock *block)
{
  const char *text = block->words->str;
  gunichar before = 0;

  for (gsize at = 0; text[at] != '\0';)
    {
      gunichar here = g_utf8_get_char (text + at);
      gsize end = at;

      if (is_part (here) && !is_part (before) && !hx_scan_is_digit (before))
        end = names_at (review, block, at);
      before = here;
      at = end > at ? end : at + hx_text_width (text + at);
    }
}

gboolean
hx_review_persons (HxReviewCase *review, GError **error)
{
  (void)error;
  for (guint i = 0; review->text != NULL && i < review->text->blocks->len; i++)
    {
      const HxTextBlock *block = review->text->blocks->pdata[i];

      find_numbers (review, block);
      find_addresses (review, block);
      find_names (review, block);
    }
  return TRUE;
}
