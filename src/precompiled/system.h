/* What nearly every file includes, read by the compiler once a room.
 *
 * Only time is saved: each file still includes what it uses, and the analysers
 * read the files without this one (b_pch=false in script/lint).
 */
#include <gio/gio.h>
#include <glib.h>
#include <jansson.h>
#include <string.h>
