// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct alg *L[4];
static int n;

static void use(struct alg *a)
{
	struct tfm t = {0, kzalloc(a->ctxsize, 0)};
	u8 in[16] = {1, 1, 1, 2, 2, 3, 3, 3, 3}, out[16] = {0};
	report(a->name[1]);
	a->init(&t);
	if (a->type == 1) {
		report(a->u.cipher.setkey(&t, in, 2));
		report(t.flags);
		report(a->u.cipher.setkey(&t, in, a->u.cipher.max));
		a->u.cipher.encrypt(&t, out, in);
		report(out[0] + out[3] * 256 + out[7] * 65536);
	} else {
		u32 dn = 16;
		report(a->u.comp.compress(&t, in, 9, out, &dn));
		report(dn);
		report(out[0] + out[3] * 256 + out[5] * 65536);
	}
	kfree(t.ctx);
}

int alg_register(struct alg *a)
{
	kernel_only();
	L[n++] = a;
	use(a);
	return a->blocksize;
}

int later(void)
{
	use(L[0]);
	use(L[1]);
	return 0;
}
