/* duplicates.yaml: what speaks for two rows of a register being one person,
 * what against, and which pairs are looked at; see people/duplicate.h.
 *
 * One entry a register:
 *
 *   - of: cadre
 *     list: 60                  # pairs of this weight or more are listed
 *     sure: 100                 # from here on they are nearly sure
 *     not_same: not_same        # register of pairs known to be two people
 *     merges: merge             # register in which merging notes what it did
 *     evidence:
 *       - {key: name_same, name: 姓名相同, test: name_same, field: name,
 *          weight: 45}
 *       - {key: phone, name: 电话相同, test: shared, weight: 20,
 *          fields: [phone, landline]}
 *     candidates:               # pairs that share all keys of one line
 *       - [name.sound]
 *       - [name.less_one, birth_date.year]
 *
 * Tests by the field they need; of a family the one that holds best counts:
 *   text    name_same name_variant name_sound name_near_sound name_swapped
 *           name_left_out name_different (see hx_name_compare), name_gap
 *           (equal but for 〇, ? and the like)
 *   date    date_same date_swapped (day and month) date_near (one part
 *           differs) date_open (equal as far as known) date_differ
 *   id_number  id_near (equal but for one character or two neighbours swapped;
 * of 15 characters or more, four of them different) id_tail (the last four)
 * id_differ (both valid, none of these) shared  a value of one phone field in
 * any of the others same, differ   any other field but secret, evidence and
 * attendees Keys of candidates: text `sound`, `less_one`, `first`; date `day`,
 * `month`, `year`, `month_day`; id_number `tail`; phone `any` (all phone
 * fields); other fields by themselves. `not_same` is a register with the
 * references `one` and `other` and the text `reason`; `merges` one with text
 * `register`, `reason` and the integers `keep`, `other`, `first`, `last`.  Both
 * are optional.
 *
 * Ownership: as everything of the catalogue.
 */
#ifndef HX_CATALOGUE_DUPLICATE_H
#define HX_CATALOGUE_DUPLICATE_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  HX_EVIDENCE_NAME_SAME,
  HX_EVIDENCE_NAME_VARIANT,
  HX_EVIDENCE_NAME_SOUND,
  HX_EVIDENCE_NAME_NEAR_SOUND,
  HX_EVIDENCE_NAME_SWAPPED,
  HX_EVIDENCE_NAME_LEFT_OUT,
  HX_EVIDENCE_NAME_DIFFERENT,
  HX_EVIDENCE_NAME_GAP,
  HX_EVIDENCE_DATE_SAME,
  HX_EVIDENCE_DATE_SWAPPED,
  HX_EVIDENCE_DATE_NEAR,
  HX_EVIDENCE_DATE_OPEN,
  HX_EVIDENCE_DATE_DIFFER,
  HX_EVIDENCE_ID_NEAR,
  HX_EVIDENCE_ID_TAIL,
  HX_EVIDENCE_ID_DIFFER,
  HX_EVIDENCE_SHARED,
  HX_EVIDENCE_SAME,
  HX_EVIDENCE_DIFFER
} HxEvidenceTest;

typedef struct
{
  char *key;
  char *name; /* in words a clerk understands */
  HxEvidenceTest test;
  GPtrArray *fields; /* HxField, borrowed; one but for `shared` */
  int weight;        /* below 0: against */
} HxEvidence;

typedef enum
{
  HX_PART_VALUE,
  HX_PART_SOUND,
  HX_PART_LESS_ONE,
  HX_PART_FIRST,
  HX_PART_DAY,
  HX_PART_MONTH,
  HX_PART_YEAR,
  HX_PART_MONTH_DAY,
  HX_PART_TAIL,
  HX_PART_ANY
} HxKeyPart;

typedef struct
{
  const HxField *field; /* ANY: one of the phones */
  HxKeyPart part;
} HxCandidateKey;

#define HX_EVIDENCE_MAX 60 /* of one register */

typedef struct
{
  const HxKind *of;
  int list, sure;
  const HxKind *not_same, *merges; /* or NULL */
  GPtrArray *evidence;             /* HxEvidence; never empty */
  GPtrArray *candidates;           /* GArray of HxCandidateKey; never empty */
} HxDuplicateRules;

/* NULL when the catalogue has no rules for duplicates of this register. */
const HxDuplicateRules *hx_catalogue_duplicates (const HxCatalogue *catalogue,
                                                 const HxKind *of);

G_END_DECLS

#endif
