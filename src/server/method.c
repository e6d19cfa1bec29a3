#include "server/http.h"

const char *
hx_method_name (HxMethod method)
{
  static const char *const names[]
      = { "GET", "POST", "PUT", "PATCH", "DELETE" };
  g_return_val_if_fail ((gsize)method < G_N_ELEMENTS (names), NULL);
  return names[method];
}
