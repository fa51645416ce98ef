// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct crtc;
struct plane;
struct atomic;

struct crtc_state {
	struct crtc *crtc;
	_Bool enable, active, planes_changed;
	u32 plane_mask, clock;
};

struct plane_state {
	struct plane *plane;
	struct crtc *crtc;
	int x, y;
	u32 w, h, zpos, alpha;
	_Bool visible;
};

struct crtc_funcs {
	struct crtc_state *(*duplicate)(struct crtc *crtc);
	void (*destroy)(struct crtc *crtc, struct crtc_state *state);
	int (*check)(struct crtc *crtc, struct atomic *state);
	void (*flush)(struct crtc *crtc, struct atomic *state);
};

struct plane_funcs {
	struct plane_state *(*duplicate)(struct plane *plane);
	void (*destroy)(struct plane *plane, struct plane_state *state);
	int (*check)(struct plane *plane, struct atomic *state);
	void (*update)(struct plane *plane, struct atomic *state);
};

struct crtc {
	int index;
	const struct crtc_funcs *funcs;
	struct crtc_state *state;
};

struct plane {
	int index;
	const struct plane_funcs *funcs;
	struct plane_state *state;
};

struct planes_item {
	struct plane *plane;
	struct plane_state *state, *old_state, *new_state;
};

struct atomic {
	struct crtc *crtc;
	struct crtc_state *crtc_state;
	int num_planes;
	struct planes_item *planes;
};

void kcrtc_init(struct crtc *crtc, const struct crtc_funcs *funcs);
void kplane_init(struct plane *plane, const struct plane_funcs *funcs);
struct plane_state *knew_plane_state(struct atomic *state, struct plane *plane);
struct crtc_state *knew_crtc_state(struct atomic *state, struct crtc *crtc);
void kplane_duplicate(struct plane *plane, struct plane_state *copy);
