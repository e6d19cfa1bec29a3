#include "sample.h"

/* The teaching points: two classes a week in two terms, the lecture of each
 * head, and December.  Those who came are rows of their own, and others were
 * counted at the lectures without their names.  The attendances are spread
 * over the sessions so that their sums are exact.  The people of a point come
 * in turn, so that each of them comes about three times.
 */

#define TERM_SESSIONS 64 /* a point, until the middle of November */
#define LATE_SESSIONS 6  /* a point, in December */
#define AUTUMN 42        /* the first session of the second term */
#define SESSIONS (TERM_SESSIONS + 1 + LATE_SESSIONS)
#define LECTURE TERM_SESSIONS /* its number among the sessions of a point */

#define TERM_ATTENDANCES 38112
#define LECTURE_ATTENDANCES 1000
#define LECTURE_GUESTS 300 /* counted, not named */
#define LATE_ATTENDANCES 3703

typedef struct
{
  guint block;
  guint point;
  guint number; /* of the point's sessions, from 0 */
  guint attendances;
  guint first; /* the first of the point's people who comes */
  HxDate day;
} Session;

typedef void (*EachSession) (const Sample *sample, Sheet *sheet, Random *random,
                             const Session *session);

static HxDate
session_day (const Session *session)
{
  guint week = session->number / 2;
  guint weekday = (session->point + session->number % 2 * 2) % 5;
  HxDate monday = sample_day (2, 20);

  if (session->number == LECTURE)
    return sample_days_after (sample_day (6, 12),
                              (int)(session->point / 5 * 14 + weekday));
  if (session->number > LECTURE)
    {
      monday = sample_day (12, 4);
      week = (session->number - LECTURE - 1) / 2;
    }
  else if (session->number >= AUTUMN)
    {
      monday = sample_day (9, 4);
      week = (session->number - AUTUMN) / 2;
    }
  return sample_days_after (monday, (int)(week * 7 + weekday));
}

static guint
people_of_point (guint point)
{
  return (SAMPLE_PEOPLE - point + SAMPLE_POINTS - 1) / SAMPLE_POINTS;
}

static char *
session_number (const Session *session)
{
  return g_strdup_printf ("KC2023-%02u-%03u", session->point + 1,
                          session->block * SESSIONS + session->number + 1);
}

/* Every session of a block; both workbooks make the same ones. */
static void
each_session (const Sample *sample, Random *random, Sheet *sheet, guint block,
              EachSession each)
{
  Random plan = { sample->seed + block };
  g_autofree guint *term
      = random_spread (&plan, TERM_ATTENDANCES, TERM_SESSIONS * SAMPLE_POINTS);
  g_autofree guint *lecture
      = random_spread (&plan, LECTURE_ATTENDANCES, SAMPLE_POINTS);
  g_autofree guint *late
      = random_spread (&plan, LATE_ATTENDANCES, LATE_SESSIONS * SAMPLE_POINTS);

  for (guint point = 0; point < SAMPLE_POINTS; point++)
    {
      Session session = { .block = block, .point = point };

      for (guint i = 0; i < SESSIONS; i++)
        {
          guint before = i * SAMPLE_POINTS + point;
          guint after = before - (LECTURE + 1) * SAMPLE_POINTS;

          session.number = i;
          session.day = session_day (&session);
          session.attendances = i < LECTURE    ? term[before]
                                : i == LECTURE ? lecture[point]
                                               : late[after];
          each (sample, sheet, random, &session);
          session.first += session.attendances;
        }
    }
}

static void
write_lecture (Sheet *sheet, const Session *session)
{
  g_autofree char *number = session_number (session);
  g_autofree char *point = sample_point (session->point);
  g_autofree char *head = sample_number (sample_head (session->point));

  ROW (sheet, TEXT (number), DATE (session->day), TEXT (point),
       TEXT ("专题党课"), EMPTY, TEXT ("感悟思想伟力 凝聚奋进力量"),
       TEXT (head), EMPTY, TEXT ("线下"), NUMBER (5),
       NUMBER (LECTURE_GUESTS / SAMPLE_POINTS));
}

static void
write_session (const Sample *sample, Sheet *sheet, Random *random,
               const Session *session)
{
  static const char *const kinds[SAMPLE_COURSES]
      = { "统一内容", "特色课程", "特色课程", "送学上门" };
  guint choice = (session->point + session->number) % SAMPLE_COURSES;
  const char *course = sample_course (choice);
  g_autofree char *number = session_number (session);
  g_autofree char *point = sample_point (session->point);
  g_autofree char *title
      = g_strdup_printf ("%s（第%u课）", course, session->number + 1);
  g_autofree char *teacher
      = sample_name (random, random_between (random, 1, 2));

  (void)sample;
  if (session->number == LECTURE)
    {
      write_lecture (sheet, session);
      return;
    }
  ROW (sheet, TEXT (number), DATE (session->day), TEXT (point),
       TEXT (kinds[choice]), TEXT (course), TEXT (title), EMPTY, TEXT (teacher),
       TEXT ("线下"), NUMBER (5), EMPTY);
}

static guint
index_at (const Session *session, guint place)
{
  return session->block * SAMPLE_PEOPLE + session->point
         + place * SAMPLE_POINTS;
}

static gboolean
take (const Sample *sample, const Session *session, gboolean *taken,
      guint place)
{
  const Person *person = &sample->people[index_at (session, place)];

  if (taken[place] || !sample_is_there (person, session->day))
    return FALSE;
  return taken[place] = TRUE;
}

/* Places in turn; who is not there on the day is replaced by somebody from the
 * other half of the point's people. */
static void
write_attendances (const Sample *sample, Sheet *sheet, Random *random,
                   const Session *session)
{
  const guint people = people_of_point (session->point);
  g_autofree char *number = session_number (session);
  g_autofree gboolean *taken = g_new0 (gboolean, people);
  guint others = session->first + people / 2;

  (void)random;
  for (guint i = 0; i < session->attendances; i++)
    {
      guint place = (session->first + i) % people;

      while (!take (sample, session, taken, place))
        place = others++ % people;
      g_autofree char *person = sample_number (index_at (session, place));

      ROW (sheet, TEXT (person), TEXT (number), DATE (session->day),
           TEXT ("线下"));
    }
}

static void
write_classes (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint block = 0; block < sample->scale; block++)
    each_session (sample, random, sheet, block, write_session);
}

static void
write_lists (const Sample *sample, Random *random, Sheet *sheet)
{
  for (guint block = 0; block < sample->scale; block++)
    each_session (sample, random, sheet, block, write_attendances);
}

static void
write_standards (const Sample *sample, Random *random, Sheet *sheet)
{
  (void)sample;
  (void)random;
  ROW (sheet, DATE (sample_day (2, 13)), TEXT ("课前思政"), NUMBER (5),
       TEXT ("荔老〔2023〕8号"));
}

const Workbook learning_workbooks[] = {
  { "22年度教学标准",
    "course_standard",
    write_standards,
    { "执行日期", "标准事项", "标准值", "依据文件" } },
  { "23教学课次",
    "class_session",
    write_classes,
    { "课次编号", "上课日期", "分教点", "课次类别", "课程", "课题", "授课校长",
      "授课教师", "开展方式", "课前思政分钟", "未实名人次" } },
  { "24课次签到",
    "class_attendance",
    write_lists,
    { CADRE, "课次编号", "签到日期", "学习方式" } },
  { 0 },
};
