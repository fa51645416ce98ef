// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define KERR_PTR(err) ((void *)(long)(err))

struct kdrm_dev;
struct kcrtc;
struct kplane;
struct katomic;

struct kmode {
	u32 clock;
	u16 hdisplay, vdisplay, htotal, vtotal;
	char name[12];
};

struct kblob {
	u32 refs, length;
	u8 data[];
};

struct kfb {
	u32 refs, width, height, pitch, format;
	u8 *pixels;
};

struct kcrtc_state {
	struct kcrtc *crtc;
	_Bool active, mode_changed : 1, planes_changed : 1;
	u32 plane_mask;
	struct kmode mode;
	struct kblob *gamma;
	struct katomic *state;
};

struct kplane_state {
	struct kplane *plane;
	struct kcrtc *crtc;
	struct kfb *fb;
	int x, y;
	u32 w, h, zpos;
	struct katomic *state;
};

struct kcrtc_funcs {
	void (*reset)(struct kcrtc *c);
	struct kcrtc_state *(*duplicate)(struct kcrtc *c);
	void (*destroy)(struct kcrtc *c, struct kcrtc_state *s);
	int (*set_property)(struct kcrtc *c, struct kcrtc_state *s, u32 prop, u64 value);
};

struct kcrtc_helpers {
	int (*check)(struct kcrtc *c, struct katomic *a);
	void (*flush)(struct kcrtc *c, struct katomic *a);
	int (*mode_valid)(struct kcrtc *c, const struct kmode *m);
};

struct kplane_funcs {
	void (*reset)(struct kplane *p);
	struct kplane_state *(*duplicate)(struct kplane *p);
	void (*destroy)(struct kplane *p, struct kplane_state *s);
	int (*check)(struct kplane *p, struct katomic *a);
	void (*update)(struct kplane *p, struct katomic *a);
};

struct kcrtc {
	struct kdrm_dev *dev;
	u32 index;
	const struct kcrtc_funcs *funcs;
	const struct kcrtc_helpers *helpers;
	struct kcrtc_state *state;
	struct kplane *primary;
};

struct kplane {
	struct kdrm_dev *dev;
	u32 index;
	const u32 *formats;
	u32 nformats;
	const struct kplane_funcs *funcs;
	struct kplane_state *state;
};

struct kdrm_dev {
	struct kcrtc *crtcs[2];
	struct kplane *planes[2];
	u32 ncrtcs, nplanes;
	u32 prop_dither;
	void *dev_private;
	void (*release)(struct kdrm_dev *d);
};

struct katomic {
	struct kdrm_dev *dev;
	u32 async;

	struct {
		struct kcrtc *ptr;
		struct kcrtc_state *old, *new;
	} crtcs[2];

	struct {
		struct kplane *ptr;
		struct kplane_state *old, *new;
	} planes[2];
};

void kcrtc_dup(struct kcrtc *c, struct kcrtc_state *s);
void kcrtc_undup(struct kcrtc_state *s);
void kplane_dup(struct kplane *p, struct kplane_state *s);
void kplane_undup(struct kplane_state *s);
struct kcrtc_state *knew_crtc_state(struct katomic *a, struct kcrtc *c);
int kcrtc_add(struct kdrm_dev *d, struct kcrtc *c, struct kplane *primary);
int kplane_add(struct kdrm_dev *d, struct kplane *p);
int kdrm_register(struct kdrm_dev *d);
