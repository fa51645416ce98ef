// SPDX-License-Identifier: MIT
// As the kernel's, which is not ours to warn about, might be.
static inline int check(const void *pointer, unsigned int size) { return 0; }
static inline int compare(int one, unsigned int other) { return one < other; }
#define EXPORT_SYMBOL(name) void *const ks_exported_##name = (void *)name
