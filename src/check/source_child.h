/* check/source_child: the process that reads what is not plain text.
 *
 * hx_source_read starts the program itself (or the one that the environment
 * variable HONGXIA_READER names) once more, with the word below and the kind
 * as its arguments, the file as standard input and a pipe as standard output.
 * Before it looks at the file's first byte the process gives up everything but
 * reading that file, writing the pipe, memory and time within limits: a file
 * that breaks a library breaks a process that can do nothing.
 *
 * So main () of a program that reads sources begins with
 *
 *   if (argc == 3 && strcmp (argv[1], HX_SOURCE_CHILD) == 0)
 *     return hx_source_child_main (argv[2], STDIN_FILENO, STDOUT_FILENO);
 *
 * A system without filters of system calls (seccomp) keeps the limits, and
 * says so on the debug log.
 */
#ifndef HX_CHECK_SOURCE_CHILD_H
#define HX_CHECK_SOURCE_CHILD_H

#include "base/base.h"

G_BEGIN_DECLS

#define HX_SOURCE_CHILD "--read-source"
#define HX_SOURCE_SECONDS 30 /* by the clock; then it is killed */

/* The exit status: 0 when an answer was written, of whatever kind. */
int hx_source_child_main (const char *kind, int input, int output);

G_END_DECLS

#endif
