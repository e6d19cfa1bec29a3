/* What systemd hands to a service and wants to hear of it, by the plain
 * protocols: sockets from descriptor 3 on, words to a datagram socket. */
#ifndef HX_CLI_SYSTEMD_H
#define HX_CLI_SYSTEMD_H

#include <glib.h>

G_BEGIN_DECLS

/* The first socket that was handed over; 0: none. */
int hx_systemd_socket (void);
/* "READY=1", "STOPPING=1"; nothing where nobody listens. */
void hx_systemd_notify (const char *state);

G_END_DECLS

#endif
