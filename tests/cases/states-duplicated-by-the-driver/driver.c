// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_crtc_state {
	struct crtc_state base;
	u32 channels, bandwidth;
};

struct x_plane_state {
	struct plane_state base;
	u32 channel;
};

struct x_plane {
	struct plane base;
	u32 regs[3];
	int live;
};

struct display {
	struct crtc crtc;
	struct x_plane planes[2];
	u32 flushes, limit;
};

static struct crtc_state *crtc_duplicate(struct crtc *crtc)
{
	struct x_crtc_state *old = container_of(crtc->state, struct x_crtc_state, base);
	struct x_crtc_state *copy = kzalloc(sizeof(*copy), 0);

	*copy = *old;
	copy->base.planes_changed = 0;
	copy->bandwidth = 0;
	return &copy->base;
}

static void crtc_destroy(struct crtc *crtc, struct crtc_state *state)
{
	kfree(container_of(state, struct x_crtc_state, base));
}

static int crtc_check(struct crtc *crtc, struct atomic *atomic)
{
	struct display *d = container_of(crtc, struct display, crtc);
	struct crtc_state *state = knew_crtc_state(atomic, crtc);
	struct x_crtc_state *x = container_of(state, struct x_crtc_state, base);

	if (!state->enable)
		return 0;
	if (x->bandwidth > d->limit)
		return -28;
	state->clock = 10 * x->bandwidth + x->channels;
	return 0;
}

static void crtc_flush(struct crtc *crtc, struct atomic *atomic)
{
	struct display *d = container_of(crtc, struct display, crtc);

	d->flushes++;
	report(crtc->state->clock + d->flushes);
}

static struct plane_state *plane_duplicate(struct plane *plane)
{
	struct x_plane *x = container_of(plane, struct x_plane, base);
	struct x_plane_state *copy = kzalloc(sizeof(*copy), 0);

	kplane_duplicate(plane, &copy->base);
	copy->channel = container_of(plane->state, struct x_plane_state, base)->channel;
	x->live++;
	return &copy->base;
}

static void plane_destroy(struct plane *plane, struct plane_state *state)
{
	container_of(plane, struct x_plane, base)->live--;
	kfree(container_of(state, struct x_plane_state, base));
}

static int plane_check(struct plane *plane, struct atomic *atomic)
{
	struct plane_state *state = knew_plane_state(atomic, plane);
	struct crtc_state *crtc_state;
	struct x_crtc_state *xc;

	if (!state->crtc) {
		state->visible = 0;
		return 0;
	}
	crtc_state = knew_crtc_state(atomic, state->crtc);
	xc = container_of(crtc_state, struct x_crtc_state, base);
	if (state->x < 0) {
		state->w += state->x;
		state->x = 0;
	}
	state->visible = state->w > 0 && state->alpha > 0;
	container_of(state, struct x_plane_state, base)->channel = ++xc->channels;
	xc->bandwidth += state->w * state->h;
	return 0;
}

static void plane_update(struct plane *plane, struct atomic *atomic)
{
	struct x_plane *x = container_of(plane, struct x_plane, base);
	struct x_plane_state *state = container_of(plane->state, struct x_plane_state, base);

	x->regs[0] = state->base.visible ? state->base.x << 8 | state->base.y : 0xffff;
	x->regs[1] = state->base.w * 100 + state->base.h;
	x->regs[2] = state->channel;
	for (int i = 0; i < 3; i++)
		report(x->regs[i]);
}

static const struct crtc_funcs crtc_funcs = {crtc_duplicate, crtc_destroy, crtc_check, crtc_flush};
static const struct plane_funcs plane_funcs = {
	plane_duplicate, plane_destroy, plane_check, plane_update};

static int x_init(void)
{
	struct display *d = kzalloc(sizeof(*d), 0);
	struct x_crtc_state *first = kzalloc(sizeof(*first), 0);

	d->limit = 150;
	first->base.crtc = &d->crtc;
	d->crtc.state = &first->base;
	kcrtc_init(&d->crtc, &crtc_funcs);
	for (int i = 0; i < 2; i++) {
		struct x_plane_state *state = kzalloc(sizeof(*state), 0);

		state->base.plane = &d->planes[i].base;
		state->base.alpha = 255;
		d->planes[i].base.state = &state->base;
		d->planes[i].live = 1;
		kplane_init(&d->planes[i].base, &plane_funcs);
		report(d->planes[i].base.index);
	}
	return 0;
}

module_init(x_init);
