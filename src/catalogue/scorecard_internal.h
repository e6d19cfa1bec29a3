/* The parts of loading a scorecard.  Private to the room catalogue. */
#ifndef HX_CATALOGUE_SCORECARD_INTERNAL_H
#define HX_CATALOGUE_SCORECARD_INTERNAL_H

#include "catalogue/catalogue_internal.h"

/* A decimal of at most `scale` places; FALSE when it is missing, or wrong and
 * then a fault. */
gboolean hx_score_number (HxLoader *loader, const HxNode *mapping,
                          const char *key, guint scale, HxDecimal *number);
/* `known` gets the keys that a rule of this node may have (HxKey). */
void hx_rule_keys (const HxNode *node, GArray *known);
/* Of a row, or of an option of one; NULL with a fault. */
HxRule *hx_rule_load (HxLoader *loader, const HxNode *node, HxDecimal points,
                      guint decimals);
void hx_rule_free (HxRule *rule);
/* Whether something of it is filled in by hand. */
gboolean hx_rule_is_manual (const HxRule *rule);
/* value, ratio or change, without_base, absolute. */
void hx_source_load (HxLoader *loader, const HxNode *node, HxSource *source);
/* Codes of the level of a target. */
char **hx_score_levels (HxLoader *loader, const HxNode *node, const char *key);

#endif
