// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_crtc_state {
	struct kcrtc_state base;
	u32 divider, dither, bandwidth;
};

struct x_plane_state {
	u32 burst, reg;
	struct kplane_state base;
};

struct x_crtc {
	struct kcrtc base;
	u32 flushes, table[4];
};

struct x_plane {
	struct kplane base;
	u32 checksum;
	u8 alpha;
};

struct x_drm {
	struct kdrm_dev drm;
	struct x_crtc crtc;
	struct x_plane planes[2];
	u32 live, max_bandwidth;
};

#define to_x(dev) container_of(dev, struct x_drm, drm)
#define to_crtc_state(s) container_of(s, struct x_crtc_state, base)
#define to_plane_state(s) container_of(s, struct x_plane_state, base)

static void crtc_destroy(struct kcrtc *c, struct kcrtc_state *s)
{
	kcrtc_undup(s);
	to_x(c->dev)->live--;
	kfree(to_crtc_state(s));
}

static void crtc_reset(struct kcrtc *c)
{
	struct x_crtc_state *s = kzalloc(sizeof(*s), 0);

	if (c->state)
		crtc_destroy(c, c->state);
	s->divider = 1;
	s->base.crtc = c;
	c->state = &s->base;
	to_x(c->dev)->live++;
}

static struct kcrtc_state *crtc_duplicate(struct kcrtc *c)
{
	struct x_crtc_state *s = kzalloc(sizeof(*s), 0), *old = to_crtc_state(c->state);

	kcrtc_dup(c, &s->base);
	s->divider = old->divider;
	s->dither = old->dither;
	to_x(c->dev)->live++;
	return &s->base;
}

static int crtc_set_property(struct kcrtc *c, struct kcrtc_state *s, u32 prop, u64 value)
{
	if (prop != c->dev->prop_dither)
		return -22;
	to_crtc_state(s)->dither = value;
	return 0;
}

static int mode_valid(struct kcrtc *c, const struct kmode *m)
{
	if (m->clock > 150000)
		return 15;
	return m->htotal < m->hdisplay + 8 ? 3 : 0;
}

static int crtc_check(struct kcrtc *c, struct katomic *a)
{
	struct kcrtc_state *s = knew_crtc_state(a, c);
	struct x_crtc_state *x = to_crtc_state(s);

	if (s->mode_changed)
		x->divider = s->mode.clock ? 300000 / s->mode.clock : 1;
	if (s->gamma && s->gamma->length != 4)
		return -22;
	return x->bandwidth > to_x(c->dev)->max_bandwidth ? -28 : 0;
}

static void crtc_flush(struct kcrtc *c, struct katomic *a)
{
	struct x_crtc *x = container_of(c, struct x_crtc, base);
	struct kcrtc_state *old = a->crtcs[c->index].old;

	x->flushes++;
	for (u32 i = 0; i < 4 && c->state->gamma; i++)
		x->table[i] = c->state->gamma->data[i] << 8 | i;
	report(to_crtc_state(old)->divider * 1000 + to_crtc_state(c->state)->divider);
	report(x->table[3] + to_crtc_state(c->state)->dither + c->state->mode.name[1]);
}

static void plane_destroy(struct kplane *p, struct kplane_state *s)
{
	kplane_undup(s);
	to_x(p->dev)->live--;
	kfree(to_plane_state(s));
}

static void plane_reset(struct kplane *p)
{
	struct x_plane_state *s;

	if (p->state)
		plane_destroy(p, p->state);
	s = kzalloc(sizeof(*s), 0);
	s->base.plane = p;
	s->base.zpos = p->index;
	p->state = &s->base;
	to_x(p->dev)->live++;
}

static struct kplane_state *plane_duplicate(struct kplane *p)
{
	struct x_plane_state *s = kmalloc(sizeof(*s), 0);

	*s = *to_plane_state(p->state);
	kplane_dup(p, &s->base);
	to_x(p->dev)->live++;
	return &s->base;
}

static int plane_check(struct kplane *p, struct katomic *a)
{
	struct kplane_state *s = a->planes[p->index].new;
	struct x_plane_state *x = to_plane_state(s);
	struct kcrtc_state *crtc;

	if (!s->fb)
		return 0;
	crtc = knew_crtc_state(a, s->crtc);
	if (!crtc)
		return -2;
	if (s->x < 0 || s->x + s->w > crtc->mode.hdisplay)
		return -34;
	for (u32 i = 0; i < p->nformats; i++)
		if (p->formats[i] == s->fb->format) {
			x->burst = (i + 1) * 16;
			x->reg = s->y * s->fb->pitch + s->x;
			to_crtc_state(crtc)->bandwidth += s->w * s->h * (i + 1);
			return 0;
		}
	return -22;
}

static void plane_update(struct kplane *p, struct katomic *a)
{
	struct x_plane *x = container_of(p, struct x_plane, base);
	struct kplane_state *s = p->state;

	if (!s->fb) {
		report(-(long)p->index - 5);
		return;
	}
	for (u32 r = 0; r < s->h; r++)
		for (u32 i = 0; i < s->w; i++)
			x->checksum = x->checksum * 3 + s->fb->pixels[r * s->fb->pitch + i];
	s->fb->pixels[0] += x->alpha;
	report(x->checksum % 1000003);
	report(to_plane_state(s)->reg * 100 + to_plane_state(s)->burst);
}

static void release(struct kdrm_dev *d)
{
	struct x_drm *x = to_x(d);

	report(x->live * 100 + x->crtc.flushes);
	kfree(x);
}

static const struct kcrtc_funcs crtc_funcs = {crtc_reset, crtc_duplicate, crtc_destroy,
	crtc_set_property};
static const struct kcrtc_helpers crtc_helpers = {crtc_check, crtc_flush, mode_valid};
static const struct kplane_funcs plane_funcs = {plane_reset, plane_duplicate, plane_destroy,
	plane_check, plane_update};
static const u32 formats[] = {0x38, 0x3631, 0x3432};

static int x_init(void)
{
	struct x_drm *x = kzalloc(sizeof(*x), 0);
	int err = 0;

	x->max_bandwidth = 60;
	x->drm.release = release;
	x->drm.dev_private = x;
	for (u32 i = 0; i < 2; i++) {
		x->planes[i].alpha = 9 + i;
		x->planes[i].base.formats = formats + i;
		x->planes[i].base.nformats = 2;
		x->planes[i].base.funcs = &plane_funcs;
		err += kplane_add(&x->drm, &x->planes[i].base);
	}
	x->crtc.base.funcs = &crtc_funcs;
	x->crtc.base.helpers = &crtc_helpers;
	err += kcrtc_add(&x->drm, &x->crtc.base, &x->planes[0].base);
	report(x->live + err);
	return kdrm_register(&x->drm);
}

module_init(x_init);
