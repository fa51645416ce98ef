// SPDX-License-Identifier: MIT
#include <linux/api.h>

void ksort(void *base, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	kernel_only();
	u8 *b = base;
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j && cmp(b + j * size, b + (j - 1) * size) < 0; j--)
			for (size_t k = 0; k < size; k++) {
				u8 t = b[j * size + k];
				b[j * size + k] = b[(j - 1) * size + k];
				b[(j - 1) * size + k] = t;
			}
}

void *kbsearch(const void *key, const void *base, size_t n, size_t size,
	int (*cmp)(const void *, const void *))
{
	kernel_only();
	const u8 *b = base;
	while (n) {
		const u8 *m = b + n / 2 * size;
		int r = cmp(key, m);
		if (!r)
			return (void *)m;
		if (r > 0) {
			b = m + size;
			n = n - n / 2 - 1;
		} else
			n /= 2;
	}
	return NULL;
}
