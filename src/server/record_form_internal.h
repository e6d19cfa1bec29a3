/* What the files of the form share. */
#ifndef HX_SERVER_RECORD_FORM_INTERNAL_H
#define HX_SERVER_RECORD_FORM_INTERNAL_H

#include "server/record_form.h"

typedef struct
{
  HxCall *call;
  HxConnection *connection;
  const HxRecordForm *form;
  const HxField *field;
  gboolean is_masked; /* the row holds something that is not to be seen */
  char *cell, *name, *fault;
} HxRecordInput;

/* The input of one field, with label, hint and fault. */
gboolean hx_record_input (HxHtml *html, const HxRecordInput *input,
                          GError **error);
/* A moment of the change log as it was here: 2023-03-05 16:20; the caller's. */
char *hx_record_time (const char *at);

#endif
