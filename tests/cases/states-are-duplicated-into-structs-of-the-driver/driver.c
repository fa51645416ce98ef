// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct show_state {
	struct drm_crtc_state base;
	u32 pll;
	u32 generation;
};

struct show {
	struct drm_device drm;
	struct drm_crtc crtc;
	struct drm_connector connector;
	u32 regs[4];
	int states;
};

static struct drm_crtc_state *show_duplicate_state(struct drm_crtc *crtc)
{
	struct show *show = container_of(crtc->dev, struct show, drm);
	struct show_state *old = container_of(crtc->state, struct show_state, base);
	struct show_state *state = kzalloc(sizeof(*state), 0);

	if (!state)
		return NULL;
	drm_helper_crtc_duplicate_state(crtc, &state->base);
	state->pll = old->pll;
	state->generation = old->generation + 1;
	show->states++;
	return &state->base;
}

static void show_destroy_state(struct drm_crtc *crtc, struct drm_crtc_state *state)
{
	container_of(crtc, struct show, crtc)->states--;
	kfree(container_of(state, struct show_state, base));
}

static int show_atomic_check(struct drm_crtc *crtc, struct drm_crtc_state *state)
{
	struct show_state *ss = container_of(state, struct show_state, base);

	if (!state->active)
		return 0;
	if (state->mode.clock > 150000)
		return -22;
	ss->pll = state->mode.clock / 25 + crtc->index;
	if (state->mode.flags & 1)
		state->mode_changed = 1;
	return 0;
}

static void show_atomic_flush(struct drm_crtc *crtc, struct drm_crtc_state *old_state)
{
	struct show *show = container_of(crtc, struct show, crtc);
	struct show_state *ss = container_of(crtc->state, struct show_state, base);

	show->regs[0] = crtc->state->active;
	show->regs[1] = crtc->state->mode.hdisplay << 16 | crtc->state->mode.vdisplay;
	show->regs[2] = ss->pll;
	report(show->regs[1]);
	report(show->regs[2] * 100 + ss->generation * 10 + old_state->active);
	report(show->states);
}

static int show_get_modes(struct drm_connector *connector)
{
	static const struct drm_display_mode fixed[] = {{.clock = 25175, .hdisplay = 640, .vdisplay = 480},
		{.clock = 148500, .hdisplay = 1920, .vdisplay = 1080, .flags = 1},
		{.clock = 533000, .hdisplay = 3840, .vdisplay = 2160}};
	int i;

	for (i = 0; i < 3; i++) {
		struct drm_display_mode *mode = drm_mode_duplicate(connector->dev, &fixed[i]);

		if (!mode)
			break;
		mode->name[0] = 'A' + i;
		drm_mode_probed_add(connector, mode);
	}
	return i;
}

static int show_mode_valid(struct drm_connector *connector, const struct drm_display_mode *mode)
{
	return mode->hdisplay > 2560 ? 7 : 0;
}

static const struct drm_crtc_funcs show_crtc_funcs = {show_duplicate_state, show_destroy_state};
static const struct drm_crtc_helper_funcs show_crtc_helpers = {show_atomic_check, show_atomic_flush};
static const struct drm_connector_helper_funcs show_connector_helpers = {
	show_get_modes, show_mode_valid};

static int show_probe(void)
{
	struct show *show = kzalloc(sizeof(*show), 0);
	struct show_state *state = kzalloc(sizeof(*state), 0);

	if (!show || !state)
		return -12;
	show->drm.crtc_list.next = show->drm.crtc_list.prev = &show->drm.crtc_list;
	show->crtc.helper_private = &show_crtc_helpers;
	show->crtc.state = &state->base;
	state->base.crtc = &show->crtc;
	state->generation = 4;
	drm_crtc_init(&show->drm, &show->crtc, &show_crtc_funcs);
	show->connector.helper_private = &show_connector_helpers;
	drm_connector_init(&show->drm, &show->connector);
	report(show->drm.num_crtc * 10 + show->crtc.index);
	report(show->connector.probed_modes.next == &show->connector.probed_modes);
	return drm_dev_register(&show->drm);
}

module_init(show_probe);
