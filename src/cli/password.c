#include "cli/user.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LINE_MAX_SIZE 1024

/* Without the line's end; NULL with *error. */
static char *
read_line (GError **error)
{
  char line[LINE_MAX_SIZE];
  if (fgets (line, sizeof line, stdin) == NULL)
    {
      hx_fail (error, HX_ERROR_USAGE, _ ("没有读到密码"), NULL, NULL);
      return NULL;
    }
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

static char *
ask (const char *prompt, GError **error)
{
  g_printerr ("%s", prompt);
  char *line = read_line (error);
  g_printerr ("\n");
  return line;
}

static char *
ask_twice (GError **error)
{
  g_autofree char *first = ask (_ ("密码："), error);
  if (first == NULL)
    return NULL;
  g_autofree char *second = ask (_ ("再输一遍："), error);
  if (second == NULL)
    return NULL;
  if (strcmp (first, second) == 0)
    return g_steal_pointer (&first);
  hx_fail (error, HX_ERROR_USAGE, _ ("两遍密码不一样"), NULL, NULL);
  return NULL;
}

char *
hx_cli_ask_password (GError **error)
{
  struct termios before;
  if (isatty (STDIN_FILENO) == 0 || tcgetattr (STDIN_FILENO, &before) != 0)
    return read_line (error);
  struct termios silent = before;
  silent.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  char *password = ask_twice (error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  return password;
}
