/* The words of a source, ready to be searched.  Private to the room check.
 *
 * Reports come broken into printed lines: a line ends inside a sentence,
 * between a number and its unit, inside a unit.  Here the spaces and line ends
 * are gone, full-width letters and digits are half-width, and every byte
 * knows which character of the source it came from.  Two numbers that only a
 * space parted are still parted, by one space; a heading that stands alone on
 * its line ends with '\n', and so does a cell of a table and what stands
 * before it.
 *
 * Ownership: words own what is in them.  Threads: read-only once made.
 */
#ifndef HX_CHECK_WORDS_H
#define HX_CHECK_WORDS_H

#include "check/source.h"

G_BEGIN_DECLS

typedef struct
{
  GString *clean;  /* UTF-8 */
  GArray *origins; /* guint32: by byte of `clean`, the character in the source;
                    * one more at the end */
  GArray *lines;   /* guint32: bytes of `clean` where a line of the source
                    * begins, ascending */
  GArray *steps;   /* guint32: by character of the source, its byte there; one
                    * more at the end */
} HxWords;

/* How an item or a heading begins. */
typedef enum
{
  HX_MARK_NONE,
  HX_MARK_CHAPTER, /* 一、 */
  HX_MARK_SECTION, /* （一） */
  HX_MARK_ITEM,    /* 1. 1、 */
  HX_MARK_POINT    /* （1） 1） ① */
} HxMark;

HxWords *hx_words_new (const HxSource *source);
void hx_words_free (HxWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxWords, hx_words_free)

/* What a line that begins at this byte begins with; `end` is behind it. */
HxMark hx_words_mark (const HxWords *words, gsize from, gsize *end);
/* The first byte that came of this character of the source or a later one. */
gsize hx_words_byte (const HxWords *words, gsize character);
/* The bytes [from, until) of `clean` end with `suffix`. */
gboolean hx_words_end_with (const HxWords *words, gsize from, gsize until,
                            const char *suffix);
/* They hold `part`; its byte, or G_MAXSIZE. */
gsize hx_words_search (const HxWords *words, gsize from, gsize until,
                       const char *part);
/* The last of them. */
gsize hx_words_search_last (const HxWords *words, gsize from, gsize until,
                            const char *part);
/* What stands in the source for these bytes. */
char *hx_words_original (const HxWords *words, const HxSource *source,
                         gsize from, gsize until);

G_END_DECLS

#endif
