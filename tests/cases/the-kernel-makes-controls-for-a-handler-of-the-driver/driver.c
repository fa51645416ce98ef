// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct sensor {
	u8 regs[8];
	u32 curve_sum;
	struct v4l2_ctrl_handler hdl;
	struct {
		struct v4l2_ctrl *autogain;
		struct v4l2_ctrl *gain;
	};
	struct v4l2_ctrl *pattern;
	int light;
};

static int sensor_g_volatile_ctrl(struct v4l2_ctrl *ctrl)
{
	struct sensor *sensor = container_of(ctrl->handler, struct sensor, hdl);

	if (ctrl->id == CID_AUTOGAIN)
		sensor->gain->val = 60 - sensor->light++;
	return 0;
}

static int sensor_try_ctrl(struct v4l2_ctrl *ctrl)
{
	if (ctrl->id == CID_BRIGHTNESS)
		ctrl->val &= ~1;
	return 0;
}

static int sensor_s_ctrl(struct v4l2_ctrl *ctrl)
{
	struct sensor *sensor = container_of(ctrl->handler, struct sensor, hdl);

	switch (ctrl->id) {
	case CID_BRIGHTNESS:
		sensor->regs[1] = ctrl->val;
		return 0;
	case CID_AUTOGAIN:
		sensor->regs[2] = sensor->autogain->val;
		if (!sensor->autogain->val && sensor->gain->is_new)
			sensor->regs[3] = sensor->gain->val;
		return 0;
	case CID_PATTERN:
		sensor->regs[4] = ctrl->qmenu[ctrl->val][0];
		return 0;
	case CID_CURVE:
		sensor->curve_sum = 0;
		for (unsigned i = 0; i < ctrl->elems; i++)
			sensor->curve_sum = sensor->curve_sum * 2 + ctrl->p_new.p_u16[i];
		return 0;
	}
	return -22;
}

static const struct v4l2_ctrl_ops sensor_ops = {
	sensor_g_volatile_ctrl, sensor_try_ctrl, sensor_s_ctrl};
static const char *const patterns[] = {"Disabled", "Bars", "Grid", NULL};

static int sensor_probe(void)
{
	struct v4l2_ctrl_config pattern = {&sensor_ops, CID_PATTERN, 0, 2, 1, 1, patterns};
	struct v4l2_ctrl_config curve = {&sensor_ops, CID_CURVE, 0, 4000, 300, 4, NULL};
	struct sensor *sensor = kzalloc(sizeof(*sensor), 0);
	int ret;

	v4l2_ctrl_handler_init(&sensor->hdl);
	v4l2_ctrl_new_std(&sensor->hdl, &sensor_ops, CID_BRIGHTNESS, 0, 255, 129);
	sensor->autogain = v4l2_ctrl_new_std(&sensor->hdl, &sensor_ops, CID_AUTOGAIN, 0, 1, 0);
	sensor->gain = v4l2_ctrl_new_std(&sensor->hdl, &sensor_ops, CID_GAIN, 0, 63, 17);
	sensor->pattern = v4l2_ctrl_new_custom(&sensor->hdl, &pattern);
	v4l2_ctrl_new_custom(&sensor->hdl, &curve);
	if (sensor->hdl.error) {
		ret = sensor->hdl.error;
		v4l2_ctrl_handler_free(&sensor->hdl);
		kfree(sensor);
		return ret;
	}
	v4l2_ctrl_cluster(2, &sensor->autogain);
	report(v4l2_ctrl_new_std(&sensor->hdl, &sensor_ops, 9, 5, 4, 0) == NULL);
	report(sensor->hdl.error);
	sensor->hdl.error = 0;
	ret = v4l2_ctrl_handler_setup(&sensor->hdl);
	report(sensor->regs[1] << 16 | sensor->regs[3] << 8 | sensor->regs[4]);
	report(sensor->curve_sum);
	report(sensor->pattern->cur.val + sensor->hdl.count);
	return ret ? ret : v4l2_async_register_subdev(&sensor->hdl);
}

module_init(sensor_probe);
