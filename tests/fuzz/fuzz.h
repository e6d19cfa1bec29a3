/* Fuzzers: one file a subject, each with the entry that libFuzzer calls.
 *
 *   CC=clang meson setup build-fuzz -Dfuzz=true -Db_lundef=false \
 *     -Db_sanitize=address,undefined
 *   ninja -C build-fuzz && build-fuzz/tests/fuzz/fuzz-docx -max_total_time=60
 */
#ifndef HX_FUZZ_H
#define HX_FUZZ_H

#include "check/source_internal.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Read the bytes, and have the answer pass as a child's does; aborts when it
 * does not. */
void fuzz_read (void (*reader) (gpointer prepared, GBytes *bytes,
                                HxScribe *scribe),
                const uint8_t *data, size_t size);

#endif
