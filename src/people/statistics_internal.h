/* What the cross tables and the balance share. */
#ifndef HX_PEOPLE_STATISTICS_INTERNAL_H
#define HX_PEOPLE_STATISTICS_INTERNAL_H

#include "people/statistics.h"

#include <string.h>

/* Classes as they are met. */
typedef struct
{
  const HxStatisticsQuery *query;
  const GArray *dimensions; /* HxDimension; NULL: one class */
  GHashTable *by_key;       /* key → HxKnownClass */
  GPtrArray *classes;       /* HxKnownClass */
  GHashTable *units;        /* unit id → its place in the tree */
} HxClasses;

typedef struct
{
  HxClass class;
  gint64 ranks[HX_DIMENSIONS_MAX];
  guint met, place; /* the number it was met by; its place once sorted */
} HxKnownClass;

HxClasses *hx_classes_new (const HxStatisticsQuery *query,
                           const GArray *dimensions, GError **error);
void hx_classes_free (HxClasses *classes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxClasses, hx_classes_free)
/* The class of a row on a day; NULL with *error. */
HxKnownClass *hx_classes_of (HxClasses *classes, const HxRow *row, HxDate day,
                             GError **error);
/* In their order, as HxClass; the classes are empty afterwards. */
GPtrArray *hx_classes_take (HxClasses *classes);
void hx_class_free (gpointer data);

#endif
