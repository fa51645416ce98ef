// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct drm_device;
struct drm_crtc;

struct drm_display_mode {
	int clock;
	u16 hdisplay, vdisplay;
	u32 flags;
	char name[16];
	struct list_head head;
};

struct drm_crtc_state {
	struct drm_crtc *crtc;
	_Bool active, mode_changed;
	struct drm_display_mode mode;
	void *gamma_lut;
};

struct drm_crtc_funcs {
	struct drm_crtc_state *(*atomic_duplicate_state)(struct drm_crtc *crtc);
	void (*atomic_destroy_state)(struct drm_crtc *crtc, struct drm_crtc_state *state);
};

struct drm_crtc_helper_funcs {
	int (*atomic_check)(struct drm_crtc *crtc, struct drm_crtc_state *state);
	void (*atomic_flush)(struct drm_crtc *crtc, struct drm_crtc_state *old_state);
};

struct drm_crtc {
	struct drm_device *dev;
	struct list_head head;
	unsigned index;
	const struct drm_crtc_funcs *funcs;
	const struct drm_crtc_helper_funcs *helper_private;
	struct drm_crtc_state *state;
};

struct drm_connector;

struct drm_connector_helper_funcs {
	int (*get_modes)(struct drm_connector *connector);
	int (*mode_valid)(struct drm_connector *connector, const struct drm_display_mode *mode);
};

struct drm_connector {
	struct drm_device *dev;
	struct list_head probed_modes;
	const struct drm_connector_helper_funcs *helper_private;
};

struct drm_device {
	struct list_head crtc_list;
	int num_crtc;
	struct drm_connector *connector;
};

int drm_crtc_init(struct drm_device *dev, struct drm_crtc *crtc, const struct drm_crtc_funcs *funcs);
int drm_connector_init(struct drm_device *dev, struct drm_connector *connector);
struct drm_display_mode *drm_mode_duplicate(
	struct drm_device *dev, const struct drm_display_mode *mode);
void drm_mode_probed_add(struct drm_connector *connector, struct drm_display_mode *mode);
void drm_helper_crtc_duplicate_state(struct drm_crtc *crtc, struct drm_crtc_state *state);
int drm_dev_register(struct drm_device *dev);
