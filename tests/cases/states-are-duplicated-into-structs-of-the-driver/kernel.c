// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct drm_device *registered;

int drm_crtc_init(struct drm_device *dev, struct drm_crtc *crtc, const struct drm_crtc_funcs *funcs)
{
	kernel_only();
	crtc->dev = dev;
	crtc->funcs = funcs;
	crtc->head.next = &dev->crtc_list;
	crtc->head.prev = dev->crtc_list.prev;
	dev->crtc_list.prev->next = &crtc->head;
	dev->crtc_list.prev = &crtc->head;
	crtc->index = 2 + dev->num_crtc++;
	return 0;
}

int drm_connector_init(struct drm_device *dev, struct drm_connector *connector)
{
	kernel_only();
	connector->dev = dev;
	connector->probed_modes.next = connector->probed_modes.prev = &connector->probed_modes;
	dev->connector = connector;
	return 0;
}

struct drm_display_mode *drm_mode_duplicate(
	struct drm_device *dev, const struct drm_display_mode *mode)
{
	struct drm_display_mode *made = kzalloc(sizeof(*made), 0);

	kernel_only();
	*made = *mode;
	return made;
}

void drm_mode_probed_add(struct drm_connector *connector, struct drm_display_mode *mode)
{
	kernel_only();
	mode->head.next = &connector->probed_modes;
	mode->head.prev = connector->probed_modes.prev;
	connector->probed_modes.prev->next = &mode->head;
	connector->probed_modes.prev = &mode->head;
}

void drm_helper_crtc_duplicate_state(struct drm_crtc *crtc, struct drm_crtc_state *state)
{
	kernel_only();
	memcpy(state, crtc->state, sizeof(*state));
	state->mode_changed = 0;
}

int drm_dev_register(struct drm_device *dev)
{
	kernel_only();
	registered = dev;
	return 0;
}

static int commit(struct drm_crtc *crtc, const struct drm_display_mode *mode)
{
	struct drm_crtc_state *state = crtc->funcs->atomic_duplicate_state(crtc), *old = crtc->state;
	int ret;

	state->active = 1;
	state->mode = *mode;
	state->mode.head.next = state->mode.head.prev = NULL;
	ret = crtc->helper_private->atomic_check(crtc, state);
	if (ret) {
		crtc->funcs->atomic_destroy_state(crtc, state);
		return ret;
	}
	crtc->state = state;
	crtc->helper_private->atomic_flush(crtc, old);
	crtc->funcs->atomic_destroy_state(crtc, old);
	return state->mode_changed;
}

int later(void)
{
	struct drm_connector *connector = registered->connector;
	struct drm_crtc *crtc = container_of(registered->crtc_list.next, struct drm_crtc, head);
	struct list_head *next;

	report(connector->helper_private->get_modes(connector));
	for (struct list_head *at = connector->probed_modes.next; at != &connector->probed_modes; at = next) {
		struct drm_display_mode *mode = container_of(at, struct drm_display_mode, head);

		next = at->next;
		report(mode->name[0] + connector->helper_private->mode_valid(connector, mode));
		report(commit(crtc, mode));
		kfree(mode);
	}
	connector->probed_modes.next = connector->probed_modes.prev = &connector->probed_modes;
	return crtc->state->mode.vdisplay;
}
