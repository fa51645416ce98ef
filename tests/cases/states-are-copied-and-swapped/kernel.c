// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kdrm_dev *device;

static void fb_put(struct kfb *fb)
{
	if (fb)
		fb->refs--;
}

void kcrtc_dup(struct kcrtc *c, struct kcrtc_state *s)
{
	kernel_only();
	*s = *c->state;
	if (s->gamma)
		s->gamma->refs++;
	s->mode_changed = s->planes_changed = 0;
}

void kcrtc_undup(struct kcrtc_state *s)
{
	kernel_only();
	if (s->gamma && !--s->gamma->refs)
		kfree(s->gamma);
}

void kplane_dup(struct kplane *p, struct kplane_state *s)
{
	kernel_only();
	*s = *p->state;
	if (s->fb)
		s->fb->refs++;
}

void kplane_undup(struct kplane_state *s)
{
	kernel_only();
	fb_put(s->fb);
}

struct kcrtc_state *knew_crtc_state(struct katomic *a, struct kcrtc *c)
{
	kernel_only();
	return a->crtcs[c->index].new;
}

int kcrtc_add(struct kdrm_dev *d, struct kcrtc *c, struct kplane *primary)
{
	kernel_only();
	c->dev = d;
	c->index = d->ncrtcs;
	c->primary = primary;
	d->crtcs[d->ncrtcs++] = c;
	c->funcs->reset(c);
	return 0;
}

int kplane_add(struct kdrm_dev *d, struct kplane *p)
{
	kernel_only();
	p->dev = d;
	p->index = d->nplanes;
	d->planes[d->nplanes++] = p;
	p->funcs->reset(p);
	return 0;
}

int kdrm_register(struct kdrm_dev *d)
{
	kernel_only();
	device = d;
	d->prop_dither = 77;
	return d->ncrtcs == 1 && d->nplanes == 2 ? 0 : -22;
}

static struct katomic *begin(void)
{
	struct katomic *a = kzalloc(sizeof(*a), 0);

	a->dev = device;
	for (u32 i = 0; i < device->ncrtcs; i++) {
		a->crtcs[i].ptr = device->crtcs[i];
		a->crtcs[i].old = device->crtcs[i]->state;
		a->crtcs[i].new = device->crtcs[i]->funcs->duplicate(device->crtcs[i]);
		a->crtcs[i].new->state = a;
	}
	for (u32 i = 0; i < device->nplanes; i++) {
		a->planes[i].ptr = device->planes[i];
		a->planes[i].old = device->planes[i]->state;
		a->planes[i].new = device->planes[i]->funcs->duplicate(device->planes[i]);
	}
	return a;
}

static void show(struct kplane_state *s, struct kfb *fb, int x, int y, u32 w, u32 h)
{
	fb_put(s->fb);
	s->fb = fb;
	if (fb)
		fb->refs++;
	s->crtc = fb ? device->crtcs[0] : NULL;
	s->x = x;
	s->y = y;
	s->w = w;
	s->h = h;
}

static void commit(struct katomic *a)
{
	int err = 0;

	for (u32 i = 0; i < 2 && !err; i++)
		err = a->planes[i].ptr->funcs->check(a->planes[i].ptr, a);
	if (!err)
		err = a->crtcs[0].ptr->helpers->check(a->crtcs[0].ptr, a);
	report(err);
	if (!err) {
		a->crtcs[0].old->state = a;
		a->crtcs[0].new->state = NULL;
		a->crtcs[0].ptr->state = a->crtcs[0].new;
		for (u32 i = 0; i < 2; i++) {
			a->planes[i].ptr->state = a->planes[i].new;
			a->planes[i].ptr->funcs->update(a->planes[i].ptr, a);
		}
		a->crtcs[0].ptr->helpers->flush(a->crtcs[0].ptr, a);
	}
	a->crtcs[0].ptr->funcs->destroy(a->crtcs[0].ptr, err ? a->crtcs[0].new : a->crtcs[0].old);
	for (u32 i = 0; i < 2; i++)
		a->planes[i].ptr->funcs->destroy(a->planes[i].ptr,
			err ? a->planes[i].new : a->planes[i].old);
	kfree(a);
}

int later(void)
{
	static const struct kmode modes[3] = {{75000, 16, 8, 26, 10, "16x8"},
		{160000, 16, 8, 30, 10, "fast"}, {50000, 16, 8, 20, 9, "tight"}};
	u8 one[48], two[48];
	struct kfb a = {1, 8, 4, 12, 0x3631, one}, b = {1, 8, 4, 12, 0x3432, two};
	struct kblob *gamma = kzalloc(sizeof(*gamma) + 4, 0);
	struct katomic *s;

	for (int i = 0; i < 48; i++) {
		one[i] = i;
		two[i] = i * i;
	}
	for (int i = 0; i < 3; i++)
		report(device->crtcs[0]->helpers->mode_valid(device->crtcs[0], &modes[i]));
	s = begin();
	s->crtcs[0].new->mode = modes[0];
	s->crtcs[0].new->mode_changed = 1;
	gamma->length = 4;
	gamma->refs = 1;
	gamma->data[3] = 5;
	s->crtcs[0].new->gamma = gamma;
	report(device->crtcs[0]->funcs->set_property(device->crtcs[0], s->crtcs[0].new, 77, 4));
	report(device->crtcs[0]->funcs->set_property(device->crtcs[0], s->crtcs[0].new, 78, 4));
	show(s->planes[0].new, &a, 2, 1, 5, 3);
	commit(s);
	report(a.refs * 100 + gamma->refs);
	s = begin();
	show(s->planes[1].new, &b, 10, 0, 8, 2);
	commit(s);
	s = begin();
	show(s->planes[1].new, &b, 3, 2, 8, 2);
	commit(s);
	s = begin();
	show(s->planes[0].new, NULL, 0, 0, 0, 0);
	commit(s);
	s = begin();
	show(s->planes[0].new, &b, 0, 0, 1, 1);
	commit(s);
	report(one[0] * 1000 + two[0]);
	report(a.refs * 10 + b.refs);
	device->crtcs[0]->funcs->destroy(device->crtcs[0], device->crtcs[0]->state);
	for (int i = 0; i < 2; i++)
		device->planes[i]->funcs->destroy(device->planes[i], device->planes[i]->state);
	device->release(device);
	return a.refs * 10 + b.refs;
}
