// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum { CID_BRIGHTNESS = 1, CID_AUTOGAIN, CID_GAIN, CID_PATTERN, CID_CURVE };

struct v4l2_ctrl;

struct v4l2_ctrl_ops {
	int (*g_volatile_ctrl)(struct v4l2_ctrl *ctrl);
	int (*try_ctrl)(struct v4l2_ctrl *ctrl);
	int (*s_ctrl)(struct v4l2_ctrl *ctrl);
};

struct v4l2_ctrl_handler {
	struct v4l2_ctrl *first;
	int error;
	int count;
};

union v4l2_ctrl_ptr {
	int *p_s32;
	u16 *p_u16;
	void *p;
};

struct v4l2_ctrl_config {
	const struct v4l2_ctrl_ops *ops;
	unsigned id;
	int min, max, def;
	unsigned elems;
	const char *const *qmenu;
};

struct v4l2_ctrl {
	struct v4l2_ctrl *next;
	struct v4l2_ctrl_handler *handler;
	struct v4l2_ctrl **cluster;
	unsigned ncontrols;
	const struct v4l2_ctrl_ops *ops;
	unsigned id;
	int minimum, maximum;
	unsigned elems;
	const char *const *qmenu;
	_Bool is_new;
	int val;
	struct {
		int val;
	} cur;
	union v4l2_ctrl_ptr p_new;
};

int v4l2_ctrl_handler_init(struct v4l2_ctrl_handler *hdl);
void v4l2_ctrl_handler_free(struct v4l2_ctrl_handler *hdl);
struct v4l2_ctrl *v4l2_ctrl_new_std(struct v4l2_ctrl_handler *hdl, const struct v4l2_ctrl_ops *ops,
	unsigned id, int min, int max, int def);
struct v4l2_ctrl *v4l2_ctrl_new_custom(
	struct v4l2_ctrl_handler *hdl, const struct v4l2_ctrl_config *cfg);
void v4l2_ctrl_cluster(unsigned n, struct v4l2_ctrl **controls);
int v4l2_ctrl_handler_setup(struct v4l2_ctrl_handler *hdl);
int v4l2_async_register_subdev(struct v4l2_ctrl_handler *hdl);
