/* base: what every other room stands on.
 *
 * Errors and their wording, exact decimals and money, dates (solar, lunar,
 * birthdays, festivals), Chinese numerals and number wording, ID numbers, text
 * normalisation, digests, a streaming JSON writer, interface language.
 *
 * Ownership: a returned `char *` is the caller's (g_free); a `const char *`
 * is borrowed.  Nothing here keeps global state but the interface language,
 * which is per thread.  All functions are thread-safe on distinct arguments.
 * No floating point appears in this room.
 */
#ifndef HX_BASE_H
#define HX_BASE_H

#include <gio/gio.h>
#include <glib.h>

G_BEGIN_DECLS

/* ------------------------------------------------------------------ errors
 *
 * Every error is one sentence in three parts, `what: where: what to do`, in
 * the user's language.  `where` (file, line, row, field) and `what to do` may
 * be left out.  The code decides the exit status of a command.
 */

#define HX_ERROR (hx_error_quark ())
GQuark hx_error_quark (void);

typedef enum
{
  HX_ERROR_FINDING = 1, /* a check found something: exit 1 */
  HX_ERROR_USAGE = 2,   /* the call is wrong: exit 2 */
  HX_ERROR_DATA = 3,    /* the input is at fault: exit 3 */
  HX_ERROR_STORE,       /* the store is at fault: exit 3 */
  HX_ERROR_LIMIT,       /* a stated maximum was passed: exit 3 */
  HX_ERROR_NOT_FOUND,   /* nothing of that name: exit 3 */
  HX_ERROR_CONFLICT,    /* contradicts what is there: exit 3 */
  HX_ERROR_FORBIDDEN,   /* not for this user: exit 3 */
} HxErrorCode;

/* Set *error to "what: where: what_to_do"; parts that are NULL are left out.
 * Always returns FALSE, so that `return hx_fail (…);` reads as it acts. */
gboolean hx_fail (GError **error, HxErrorCode code, const char *what,
                  const char *where, const char *what_to_do);

/* The same with a printf-format for `what` alone. */
gboolean hx_failf (GError **error, HxErrorCode code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Put "where" behind the first part of an existing error: used by a caller
 * that knows the file or row that its callee did not. */
void hx_error_at (GError **error, const char *where);

/* 1, 2 or 3 as in the enumeration; errors of other domains are 3, none is 0. */
int hx_error_exit_status (const GError *error);

/* ---------------------------------------------------- interface language
 *
 * Source strings are Chinese; English is a gettext catalogue (po/en.po)
 * carried inside the binary.  The language is per thread and starts as
 * Chinese.  `N_` marks a string in a table for extraction only.
 */

typedef enum
{
  HX_LANGUAGE_CHINESE,
  HX_LANGUAGE_ENGLISH
} HxLanguage;

void hx_language_set (HxLanguage language);
HxLanguage hx_language_get (void);
/* "zh", "zh_CN.UTF-8", "en", "en_US" …; FALSE if it is neither. */
gboolean hx_language_parse (const char *name, HxLanguage *language);
/* Take `mo`, a .mo file as msgfmt writes it, as the catalogue of a language
 * (English alone has one).  Once, at the start of main; every offset in it is
 * checked.  Until then all text is Chinese, as is text it does not hold. */
gboolean hx_language_load (HxLanguage language, GBytes *mo, GError **error);
const char *hx_text (const char *chinese) G_GNUC_FORMAT (1);
#define _(chinese) hx_text (chinese)
#define N_(chinese) (chinese)

/* -------------------------------------------------------------------- text
 *
 * Cells of old workbooks hold full-width digits and letters, ideographic and
 * no-break spaces, zero-width marks and a byte-order mark.
 */

/* TRUE if `length` bytes (or to the NUL, -1) are valid UTF-8 with no NUL. */
gboolean hx_text_is_valid (const char *text, gssize length);
/* Full-width ASCII (U+FF01–FF5E) to half-width, every kind of space to one
 * U+0020, zero-width marks removed, ends trimmed. For matching and parsing;
 * what the user wrote in a text field is kept as hx_text_trim leaves it. */
char *hx_text_normalise (const char *text);
/* The same into `out` (cleared first), for hot loops. */
void hx_text_normalise_into (const char *text, GString *out);
/* Ends trimmed (Unicode spaces, zero-width marks, BOM), inside untouched. */
char *hx_text_trim (const char *text);
/* Lower room for names of columns: normalised, without spaces, brackets with
 * what they hold, asterisks and colons, ASCII lower-cased: "金额（元）*" and
 * "金额" give the same.  A label all in brackets keeps what they hold. */
char *hx_text_column_key (const char *label);
/* Number of Unicode characters. */
gsize hx_text_characters (const char *text);

/* Masking for output: 张三丰 → 张＊＊, 999999193301010010 →
 * 999999********0010, 13800138000 → 138****8000, other text → all but its
 * first character as ＊ (never longer than 4 ＊; a single character is all
 * ＊). NULL gives NULL. */
char *hx_mask_name (const char *name);
char *hx_mask_id_number (const char *number);
char *hx_mask_phone (const char *phone);
char *hx_mask_text (const char *text);

/* ---------------------------------------------------------------- decimals
 *
 * An exact decimal: units × 10^-scale.  scale is 0…12.
 */

typedef struct
{
  gint64 units;
  guint scale;
} HxDecimal;

#define HX_DECIMAL_SCALE_MAX 12

/* Optional sign, digits, thousands separators (`,` or full-width, in threes
 * only), optional fraction.  No exponent.  More than max_scale places is an
 * error (never rounded silently), trailing zeros aside.  The result has
 * exactly the places written (≤ max_scale). */
gboolean hx_decimal_parse (const char *text, guint max_scale,
                           HxDecimal *decimal, GError **error);
/* Same value at another scale; FALSE when it is not exact or overflows. */
gboolean hx_decimal_rescale (HxDecimal *decimal, guint scale);
/* "-12.50" with exactly `scale` places. */
char *hx_decimal_format (HxDecimal decimal);
/* <0, 0, >0; exact whatever the scales. */
int hx_decimal_compare (HxDecimal a, HxDecimal b);

/* The one rounding rule of the house: numerator × 10^scale / denominator,
 * half away from zero (四舍五入).  FALSE when denominator is 0 or the result
 * does not fit.  128-bit inside. */
gboolean hx_round_half_up (gint64 numerator, gint64 denominator, guint scale,
                           gint64 *result);

/* ------------------------------------------------------------------- money
 *
 * Money is gint64 分.  The largest amount is 9,000,000,000,000.00 元.
 */

#define HX_MONEY_MAX G_GINT64_CONSTANT (900000000000000)

typedef enum
{
  HX_MONEY_YUAN,     /* 元 */
  HX_MONEY_WAN_YUAN, /* 万元 */
  HX_MONEY_YI_YUAN   /* 亿元 */
} HxMoneyUnit;

/* "1,234.50", "¥1234.5", "1486.55万元", "1486.55 万", "20元".  A unit in the
 * text wins over `unit`.  More precise than one 分 is an error, as is more
 * than HX_MONEY_MAX either way. */
gboolean hx_money_parse (const char *text, HxMoneyUnit unit, gint64 *fen,
                         GError **error);
/* "1234.50" in 元. */
char *hx_money_format_yuan (gint64 fen);
/* "1486.55" in 万元 with `decimals` places (at most 6), half-up. */
char *hx_money_format_wan (gint64 fen, guint decimals);

/* ------------------------------------------------------------------- dates
 *
 * Proleptic Gregorian.  Old files hold partial dates (1938-07, 1938): then
 * day, or month and day, are 0.  Years 1 to 9999.
 */

typedef struct
{
  gint16 year;
  gint8 month; /* 0: not known */
  gint8 day;   /* 0: not known */
} HxDate;

#define HX_DATE_TEXT_SIZE 11

/* 2023-03-05, 2023/3/5, 2023.3.5, 20230305, 2023年3月5日, 二〇二三年三月五日,
 * each with full-width digits or spaces, and with a time of day behind it,
 * which is dropped.  Partial: 1938-07, 1938.7, 193807, 1938年7月, 1938年, 1938
 * — an error unless `partial`.  A date that no calendar has (1938-02-30) is
 * an error and never moved. */
gboolean hx_date_parse (const char *text, gboolean partial, HxDate *date,
                        GError **error);
/* Excel serial: 1900 system with its false 29 February 1900 (serial 60 is an
 * error), or the 1904 system.  FALSE before the first day of the system (there
 * programs differ) and after 9999. */
gboolean hx_date_from_serial (gint64 serial, gboolean epoch_1904, HxDate *date);
gboolean hx_date_is_valid (int year, int month, int day);
int hx_date_days_in_month (int year, int month);
/* "2023-03-05", "1938-07" or "1938" into a buffer of HX_DATE_TEXT_SIZE. */
void hx_date_format (HxDate date, char *buffer);
/* 20230305; 0 for unknown parts (19380700). Sorts as dates do. */
gint32 hx_date_number (HxDate date);
HxDate hx_date_from_number (gint32 number);
/* Days since 1970-01-01 of a whole date, and back. */
gint64 hx_date_days (HxDate date);
HxDate hx_date_from_days (gint64 days);
int hx_date_compare (HxDate a, HxDate b);
HxDate hx_date_today (void);
/* UTC now, "2023-03-05T08:00:00.123456Z" (caller frees). */
char *hx_time_now (void);

/* ------------------------------------------------------- lunar calendar
 *
 * 农历 by GB/T 33661-2017, from 1900-01-31, the first day of its year 1900, to
 * 2100-12-31.  Months are those of the almanac in force: days begin at
 * midnight of 120° east, before 1929 of Beijing.  Held as a table computed
 * from the motions of Sun and Moon by samples/lunar-table.  Three months begin
 * on days that the turning of the Earth has yet to settle: 2057-09-29,
 * 2089-09-04 and 2097-08-07 may each be one day off.
 */

typedef struct
{
  gint16 year;      /* the Gregorian year in which it begins; 0: not known */
  gint8 month;      /* 1…12 */
  gint8 day;        /* 1…30 */
  gboolean is_leap; /* the second month of this number in its year */
} HxLunarDate;

#define HX_LUNAR_TEXT_SIZE 32

/* A whole date within the range; else an error that says which it is. */
gboolean hx_lunar_from_date (HxDate date, HxLunarDate *lunar, GError **error);
/* An error where the year has no such leap month, the month no day 30, or the
 * date is out of range. */
gboolean hx_lunar_to_date (HxLunarDate lunar, HxDate *date, GError **error);
/* The month that is followed by a leap month, 0 for none or out of range. */
int hx_lunar_leap_month (int year);
/* 29 or 30; 0 if there is no such month, or the year is out of range. */
int hx_lunar_days_in_month (int year, int month, gboolean is_leap);
/* 癸卯年闰二月初三, or 闰二月初三 if the year is not known, into a buffer of
 * HX_LUNAR_TEXT_SIZE.  The eleventh and twelfth month are written with their
 * numbers. */
void hx_lunar_format (HxLunarDate lunar, char *buffer);
/* 正月初一, 闰四月十五, 腊月廿九, 冬月三十, 8月15日, with 农历, 阴历, 旧历 or
 * 夏历 before it or not, and with a year or not: 2023年, 二〇二三年, 癸卯年.
 * With such a word also 农历1938.8.15 and 阴历8-15.  A year named 癸卯 is the
 * last of that name up to `latest_year`.  With a year the day must be in the
 * calendar; without one, day 30 and a leap month are taken as they are. */
gboolean hx_lunar_parse (const char *text, int latest_year, HxLunarDate *lunar,
                         GError **error);

/* --------------------------------------------------------------- birthdays */

/* When those born on 29 February have their day in common years. */
typedef enum
{
  HX_LEAP_DAY_FEBRUARY_28,
  HX_LEAP_DAY_MARCH_1
} HxLeapDayRule;

/* FALSE if month or day of birth are not known. */
gboolean hx_birthday_solar (HxDate birth, int year, HxLeapDayRule rule,
                            HxDate *day);

#define HX_BIRTHDAYS_MAX 2

/* The birthdays by the lunar calendar that fall into the Gregorian year: none,
 * one or two, in their order, into `days` (HX_BIRTHDAYS_MAX); how many.  One
 * born in a leap month has the leap month where the year has it, else the
 * plain month of that number; one born on day 30 has the last day of a short
 * month.  The year of birth does not matter and may be 0.  The age reached is
 * the lunar year of the day less that of birth. */
guint hx_birthday_lunar (HxLunarDate birth, int year, HxDate *days);

/* --------------------------------------------------------------- festivals
 *
 * Each falls once in every year from 1900 to 2100.  除夕 and 腊八 belong to the
 * year of the 春节 that follows: 腊八 of 2023 is 2022-12-30.
 */

typedef enum
{
  HX_FESTIVAL_LABA,         /* 腊八, lunar 12-08 */
  HX_FESTIVAL_NEW_YEAR_EVE, /* 除夕, the day before 春节 */
  HX_FESTIVAL_SPRING,       /* 春节, lunar 1-01 */
  HX_FESTIVAL_LANTERN,      /* 元宵, lunar 1-15 */
  HX_FESTIVAL_QINGMING,     /* 清明, the Sun at 15° */
  HX_FESTIVAL_DRAGON_BOAT,  /* 端午, lunar 5-05 */
  HX_FESTIVAL_PARTY_DAY,    /* 七一 */
  HX_FESTIVAL_ARMY_DAY,     /* 八一 */
  HX_FESTIVAL_MID_AUTUMN,   /* 中秋, lunar 8-15 */
  HX_FESTIVAL_DOUBLE_NINTH, /* 重阳, lunar 9-09 */
  HX_FESTIVAL_NATIONAL_DAY, /* 国庆 */
} HxFestival;

#define HX_FESTIVALS 11

/* FALSE outside 1900…2100, and for 腊八 of 1900. */
gboolean hx_festival_date (HxFestival festival, int year, HxDate *date);
/* "mid_autumn": for catalogues. */
const char *hx_festival_key (HxFestival festival);
/* 中秋, in the user's language. */
const char *hx_festival_name (HxFestival festival);
/* A key, a name or another name in use: 中秋节, 敬老节, 建军节, 大年三十. */
gboolean hx_festival_parse (const char *text, HxFestival *festival);

/* ------------------------------------------------------- Chinese numerals */

/* 0…99,999,999 as 三百二十, 一万零五; NULL outside. */
char *hx_numeral_chinese (gint64 number);
/* 三百二十, 两千, 二〇二三, 廿五, 十; whole text only.  三百五 is refused: it
 * may mean 305 or 350. */
gboolean hx_numeral_parse (const char *text, gint64 *number);

/* ------------------------------------------------------------- ID numbers
 *
 * 公民身份号码, GB 11643-1999: 17 digits and a check character by ISO 7064
 * MOD 11-2; digits 7–14 are the birth date; digit 17 is odd for men.
 * 15-digit numbers (before 1999) are widened with 19 and a check character.
 */

#define HX_ID_NUMBER_SIZE 19

typedef struct
{
  char number[HX_ID_NUMBER_SIZE]; /* 18 characters, half-width, X large */
  HxDate birth;
  int sex;                  /* GB/T 2261.1: 1 男, 2 女 */
  gboolean widened;         /* came as 15 digits */
  gboolean region_assigned; /* first two digits are a province: else a hint */
} HxIdNumber;

/* Accepts full-width digits, spaces, x.  The error says what is wrong: length,
 * a character, the birth date, the check character (and what it should be). */
gboolean hx_id_number_parse (const char *text, HxIdNumber *id, GError **error);
/* The check character of the first 17 digits, 0 if they are not digits. */
char hx_id_number_check_character (const char *digits);

/* Mainland mobile or land line, digits with -, brackets and spaces allowed,
 * +86 dropped; normalised to digits (land lines keep area code and one -, and
 * may lack an area code).  No extensions. */
gboolean hx_phone_parse (const char *text, char **phone, GError **error);

/* ---------------------------------------------------------- number wording
 *
 * How a report states a number.  A wording is derived from the exact value
 * and never says what is untrue of it:
 *
 *   多 10     386     380多    floor to 10, and 380 < value < 390
 *   余 10     386     380余    the same with another word
 *   近 1万    9870    近万     next multiple above, and value ≥ 95 % of it
 *   超 0.1万  39412   3.9万    floor to 1000, and 39000 < value (超过3.9万)
 *   约 0.1万  13021   1.3万    nearest multiple; off by at most half a step
 *   整 10000  60000   6万      exactly a multiple
 *   万元      14865500 元 in 分 → 1486.55
 *   万元 0    200000 元 in 分 → 20: fewer than two places must lose nothing
 *   %2        ratio → 95.06%
 *   汉字      3       三
 *   千分      39412   39,412
 *
 * The number alone is produced (`380多`, `近万`, `超过3.9万`, `1.3万`,
 * `6万多`): 多 and 余 stand behind a 万 (6万多) when the step is 1万 or more.
 * When no true wording exists (380 has no 多 at 10), the call fails and says
 * why.  Steps are whole numbers of at most a 万亿, as 10, 1,000, 1万 or 0.1万.
 * Money takes 万元 and 千分 (both in 万元) alone.
 */

typedef struct
{
  gint64 numerator;   /* value = numerator / denominator, in `unit` */
  gint64 denominator; /* > 0 */
  gboolean is_money;  /* numerator is 分 and denominator 1 */
} HxExact;

/* `filter` is the text after the bar: "多 10", "%2", "万元". NULL or "" gives
 * the plain exact number with `decimals` places (money in 万元, 2). */
gboolean hx_wording_derive (HxExact value, const char *filter, guint decimals,
                            char **wording, GError **error);
/* TRUE if `filter` is one of the above with a well-formed step. */
gboolean hx_wording_is_filter (const char *filter, GError **error);
/* Whether the filter approximates (多 余 近 超 约): such a wording can be
 * approved and held while the exact value moves beneath it. */
gboolean hx_wording_is_approximate (const char *filter);

/* ----------------------------------------------------------------- digests */

typedef enum
{
  HX_DIGEST_SHA256,
  HX_DIGEST_SM3
} HxDigestKind;

#define HX_DIGEST_SIZE 32
#define HX_DIGEST_HEX_SIZE 65

typedef struct _HxDigest HxDigest;
/* NULL only where the system's OpenSSL lacks the algorithm. */
HxDigest *hx_digest_new (HxDigestKind kind);
void hx_digest_free (HxDigest *digest);
/* Start again; a new digest is already started. */
void hx_digest_reset (HxDigest *digest);
void hx_digest_update (HxDigest *digest, const void *data, gsize size);
/* Writes HX_DIGEST_SIZE bytes; the digest must be reset before further use. */
void hx_digest_finish (HxDigest *digest, guint8 *out);
void hx_digest_hex (const guint8 *bytes, char *hex); /* HX_DIGEST_HEX_SIZE */
gboolean hx_digest_from_hex (const char *hex, guint8 *bytes);
/* A whole file; streaming, 64 KiB at a time. */
gboolean hx_digest_file (HxDigestKind kind, const char *path, guint8 *out,
                         GError **error);
const char *hx_digest_kind_name (HxDigestKind kind); /* "sha256", "sm3" */
gboolean hx_digest_kind_parse (const char *name, HxDigestKind *kind);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxDigest, hx_digest_free)

/* ------------------------------------------------------------- JSON writer
 *
 * Streams into a GString that the caller owns.  Keys and strings are escaped;
 * invalid UTF-8 becomes U+FFFD.  Commas are placed by the writer; values on
 * the top level follow each other with nothing between.  At most 63 levels.
 */

typedef struct
{
  GString *out;
  guint depth;
  gboolean pretty; /* two-space indent, one member a line */
  guint8 used[64]; /* private */
} HxJson;

void hx_json_init (HxJson *json, GString *out, gboolean pretty);
void hx_json_object_begin (HxJson *json);
void hx_json_object_end (HxJson *json);
void hx_json_array_begin (HxJson *json);
void hx_json_array_end (HxJson *json);
void hx_json_key (HxJson *json, const char *key);
void hx_json_string (HxJson *json, const char *text); /* NULL writes null */
void hx_json_integer (HxJson *json, gint64 number);
/* A number with the places it has: 7.740. */
void hx_json_decimal (HxJson *json, HxDecimal decimal);
void hx_json_bool (HxJson *json, gboolean value);
void hx_json_null (HxJson *json);
/* A value that is JSON already, written as it is. */
void hx_json_raw (HxJson *json, const char *text);
/* key and value in one call */
void hx_json_member (HxJson *json, const char *key, const char *text);
void hx_json_member_integer (HxJson *json, const char *key, gint64 number);
/* Escaped, with quotes, appended to `out`: for the hot path of the log. */
void hx_json_append_string (GString *out, const char *text);

/* ------------------------------------------------------------------- files */

/* Written beside, synced, renamed over: all or nothing.  An old file's
 * permissions are kept; a symbolic link is replaced, not followed. */
gboolean hx_file_replace (const char *path, const char *data, gssize size,
                          GError **error);

/* Long work reports itself here; returning FALSE asks it to stop. total is 0
 * while unknown. */
typedef gboolean (*HxProgress) (guint64 done, guint64 total, gpointer data);

/* ---------------------------------------------------------- names: pinyin
 *
 * How a person's name is spelled, sorted, searched and compared.
 *
 * The readings of the 8,105 characters of the 通用规范汉字表 are in the
 * program, the surname readings (单 shan, 缪 miao, 万俟 moqi …) on top of
 * them; any other character, beyond the BMP too, is folded to its standard
 * form (張 → 张) or read by ICU, which is opened when the first such character
 * comes.  Every character is looked up once and remembered.
 *
 * Spelling is without tones, in small ASCII letters; ü is `v` (吕 lv, 略 lve).
 * Two characters that make a surname of their own come before the surname of
 * the first (单于飞 chan yu fei, 单小飞 shan xiao fei).  Latin letters and
 * digits are kept, lower-cased and without accents; full-width forms become
 * half-width.  Middle dots, spaces, hyphens and apostrophes separate and are
 * dropped.  A character that nobody can read stands for itself.  Bytes that
 * are not UTF-8 are passed over; after HX_NAME_CHARACTERS_MAX characters a
 * name is cut.
 *
 * A reader may be used by one thread at a time: open one for each thread.
 * Opening takes a millisecond and never fails; the first traditional character
 * takes some 40 ms, the first one that ICU must read a fifth of a second, the
 * first sort key 15 ms.  After that a core gives, a second, some 3 million
 * sort keys, 2.5 million names' search keys, 8 million names' blocking keys
 * or comparisons.
 */

#define HX_NAME_CHARACTERS_MAX 64

typedef struct _HxPinyin HxPinyin;

HxPinyin *hx_pinyin_new (void);
void hx_pinyin_free (HxPinyin *pinyin);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxPinyin, hx_pinyin_free)

/* Append the primary spelling: 欧阳春燕 → "ou yang chun yan", 阿卜杜拉·买买提
 * → "a bu du la mai mai ti", "李John" → "li john". */
void hx_pinyin_spell (HxPinyin *pinyin, const char *name, GString *out);
/* Append one letter a character, one for a run of Latin letters: "oycy". */
void hx_pinyin_initials (HxPinyin *pinyin, const char *name, GString *out);

/* Append the bytes by which names sort, for a BLOB column compared bytewise:
 * by the sound of the surname as a surname (曾 with the z, 单 with shan), then
 * in ICU's zh-u-co-pinyin order (tone, strokes, then the next character).
 * Names in Latin letters come first.  Fails only if ICU cannot open its
 * collation.  The keys hold as long as hx_name_sort_version does. */
gboolean hx_name_sort_key (HxPinyin *pinyin, const char *name, GByteArray *out,
                           GError **error);
/* "72.1/153.120.42": store it beside the keys and rebuild them when it is
 * another.  NULL if ICU cannot open its collation.  Caller frees. */
char *hx_name_sort_version (HxPinyin *pinyin);

/* ---------------------------------------------------------- names: search
 *
 * A name gives a handful of strings to be kept in an index; what the user
 * types gives one string; the people sought have a key that begins with it.
 *
 *   曾国藩    曾国藩 国藩 藩             the name from each character on
 *             zengguofan cengguofan guofan fan    every common reading
 *             zgf cgf gf                 initials
 *
 * 吕 is found by lv, lü, lyu and also by lu: keys with v are given with u too.
 * 曾 is found by zeng and ceng, 張 by 张.  At most 16 readings of one name are
 * given; a name with more keeps to the primary readings of its last
 * characters.
 */

typedef enum
{
  HX_NAME_KEY_HAN = 1 << 0,      /* in standard characters, folded */
  HX_NAME_KEY_PINYIN = 1 << 1,   /* spelled, nothing between */
  HX_NAME_KEY_INITIALS = 1 << 2, /* first letters */
  HX_NAME_KEY_PARTS = 1 << 3,    /* from later characters on as well */
  HX_NAME_KEY_ALL = 15
} HxNameKeys;

/* `key` is valid during the call. */
typedef void (*HxNameKeyFound) (const char *key, gpointer data);

/* Calls `found` once for each different key of the kinds wanted.  The key of
 * a name in Latin letters is of the kind PINYIN.  Parts by initials have at
 * least two letters. */
void hx_name_search_keys (HxPinyin *pinyin, const char *name, HxNameKeys kinds,
                          HxNameKeyFound found, gpointer data);
/* What the user typed as the beginning of a key: folded, or lower-cased
 * without tones, spaces and apostrophes, ü, u: and lyu as v, jv as ju.  Where
 * Han and Latin are mixed (欧阳cy) it ends where the first kind does: then
 * sieve the hits by hx_name_matches.  "" if nothing is left.  Caller frees. */
char *hx_name_query (HxPinyin *pinyin, const char *query);
/* Whether the query fits the name from some character on, each character
 * being written as itself, spelled, or by its initial, and the last spelling
 * cut short: 欧阳春燕 is matched by 欧阳cy, ouych, oyangcy, chuny, 春燕.
 * TRUE for all whose key begins with hx_name_query, if it is not mixed.  An
 * empty query matches nothing. */
gboolean hx_name_matches (HxPinyin *pinyin, const char *name,
                          const char *query);
/* The same in two steps, for one query and many names. */
char *hx_name_pattern (HxPinyin *pinyin, const char *query);
gboolean hx_name_fits (HxPinyin *pinyin, const char *name, const char *pattern);

/* ------------------------------------------------------ names: similarity
 *
 * Whether two names may be one person's, for lists of likely duplicates.  The
 * first rule that holds is the answer:
 *
 *   same         equal but for spaces, dots, width, case and accents
 *   variant      equal but for traditional and variant characters (張/张,
 *                峯/峰, 喆/哲); 淼 and 渺 are none
 *   sound        each character has a reading in common (小/晓)
 *   near sound   the same, with n/l, zh/z, ch/c, sh/s, in/ing, en/eng,
 *                an/ang (ian, uan alike) taken as one
 *   swapped      two neighbours changed places (张明华/张华明)
 *   left out     one character is missing and two or more are left
 *   different    one character of three or more differs, but not the first
 *                of three: surnames are misheard, and that is near sound
 *
 * The last three compare the folded characters.  Two names of two characters
 * that share one are not similar: every tenth pair would be.
 */

typedef enum
{
  HX_SIMILAR_NONE,
  HX_SIMILAR_DIFFERENT,
  HX_SIMILAR_LEFT_OUT,
  HX_SIMILAR_SWAPPED,
  HX_SIMILAR_NEAR_SOUND,
  HX_SIMILAR_SOUND,
  HX_SIMILAR_VARIANT,
  HX_SIMILAR_SAME
} HxSimilarRule;

typedef enum
{
  HX_SIMILAR_GRADE_NONE,
  HX_SIMILAR_GRADE_WEAK,   /* different, left out: with another sign only */
  HX_SIMILAR_GRADE_LIKELY, /* swapped, near sound */
  HX_SIMILAR_GRADE_STRONG, /* sound, variant */
  HX_SIMILAR_GRADE_SAME
} HxSimilarGrade;

HxSimilarRule hx_name_compare (HxPinyin *pinyin, const char *a, const char *b);
HxSimilarGrade hx_similar_grade (HxSimilarRule rule);
/* "near_sound"; for files and JSON. */
const char *hx_similar_rule_name (HxSimilarRule rule);
/* 近音; for people, in their language. */
const char *hx_similar_rule_label (HxSimilarRule rule);

/* Blocking: two names that hx_name_compare finds similar share at least one
 * of these keys, so only people that share a key need to be compared.
 *
 *   HX_BLOCK_ALONE    the sound; shared for near sound or better.  In a
 *                     million people a key is shared by few: compare all.
 *   HX_BLOCK_WITH     the name less one character; shared for the rest.  Many
 *                     people share one: put another sign behind it (year and
 *                     month of birth, telephone, unit) and compare those
 *                     that share both.
 *
 * The first byte says which.  A name of three characters gives about five.  A
 * million invented names make 8 million pairs by ALONE, 350 million by WITH. */
#define HX_BLOCK_ALONE '='
#define HX_BLOCK_WITH '~'

void hx_name_blocking_keys (HxPinyin *pinyin, const char *name,
                            HxNameKeyFound found, gpointer data);

G_END_DECLS

#endif
