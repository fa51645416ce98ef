// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct v4l2_ctrl_handler *subdev;

int v4l2_ctrl_handler_init(struct v4l2_ctrl_handler *hdl)
{
	kernel_only();
	memset(hdl, 0, sizeof(*hdl));
	return 0;
}

void v4l2_ctrl_handler_free(struct v4l2_ctrl_handler *hdl)
{
	struct v4l2_ctrl *next;

	kernel_only();
	for (struct v4l2_ctrl *ctrl = hdl->first; ctrl; ctrl = next) {
		next = ctrl->next;
		kfree(ctrl);
	}
	hdl->first = NULL;
}

struct v4l2_ctrl *v4l2_ctrl_new_custom(
	struct v4l2_ctrl_handler *hdl, const struct v4l2_ctrl_config *cfg)
{
	struct v4l2_ctrl *ctrl;

	kernel_only();
	if (hdl->error)
		return NULL;
	if (cfg->min > cfg->max) {
		hdl->error = -34;
		return NULL;
	}
	ctrl = kzalloc(sizeof(*ctrl) + cfg->elems * sizeof(u16), 0);
	ctrl->handler = hdl;
	ctrl->ops = cfg->ops;
	ctrl->id = cfg->id;
	ctrl->minimum = cfg->min;
	ctrl->maximum = cfg->max;
	ctrl->elems = cfg->elems;
	ctrl->qmenu = cfg->qmenu;
	ctrl->val = ctrl->cur.val = cfg->def;
	if (cfg->elems > 1)
		ctrl->p_new.p = ctrl + 1;
	else
		ctrl->p_new.p_s32 = &ctrl->val;
	for (unsigned i = 0; cfg->elems > 1 && i < cfg->elems; i++)
		ctrl->p_new.p_u16[i] = cfg->def + i;
	ctrl->next = hdl->first;
	hdl->first = ctrl;
	hdl->count++;
	return ctrl;
}

struct v4l2_ctrl *v4l2_ctrl_new_std(struct v4l2_ctrl_handler *hdl, const struct v4l2_ctrl_ops *ops,
	unsigned id, int min, int max, int def)
{
	struct v4l2_ctrl_config cfg = {ops, id, min, max, def, 1, NULL};

	return v4l2_ctrl_new_custom(hdl, &cfg);
}

void v4l2_ctrl_cluster(unsigned n, struct v4l2_ctrl **controls)
{
	kernel_only();
	for (unsigned i = 0; i < n; i++) {
		controls[i]->cluster = controls;
		controls[i]->ncontrols = n;
	}
}

static int set_ctrl(struct v4l2_ctrl *ctrl)
{
	struct v4l2_ctrl *master = ctrl->cluster ? ctrl->cluster[0] : ctrl;
	int ret;

	if (ctrl->val < ctrl->minimum || ctrl->val > ctrl->maximum)
		return -34;
	ctrl->is_new = 1;
	ret = master->ops->try_ctrl(master);
	if (!ret)
		ret = master->ops->s_ctrl(master);
	ctrl->is_new = 0;
	if (!ret)
		ctrl->cur.val = ctrl->val;
	return ret;
}

int v4l2_ctrl_handler_setup(struct v4l2_ctrl_handler *hdl)
{
	int ret = 0;

	kernel_only();
	for (struct v4l2_ctrl *ctrl = hdl->first; ctrl && !ret; ctrl = ctrl->next)
		ret = set_ctrl(ctrl);
	return ret;
}

int v4l2_async_register_subdev(struct v4l2_ctrl_handler *hdl)
{
	kernel_only();
	subdev = hdl;
	return 0;
}

static struct v4l2_ctrl *find(unsigned id)
{
	struct v4l2_ctrl *ctrl = subdev->first;

	while (ctrl && ctrl->id != id)
		ctrl = ctrl->next;
	return ctrl;
}

int later(void)
{
	struct v4l2_ctrl *gain = find(CID_GAIN), *brightness = find(CID_BRIGHTNESS);

	brightness->val = 77;
	report(set_ctrl(brightness));
	report(brightness->cur.val);
	report(gain->cluster[0]->ops->g_volatile_ctrl(gain->cluster[0]));
	report(gain->val);
	gain->val = 64;
	report(set_ctrl(gain));
	report(find(CID_PATTERN)->qmenu[2][0]);
	return subdev->count;
}
