// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct crtc *screen;
static struct plane *planes[4];
static int num_planes;

void kcrtc_init(struct crtc *crtc, const struct crtc_funcs *funcs)
{
	kernel_only();
	crtc->index = 1;
	crtc->funcs = funcs;
	screen = crtc;
}

void kplane_init(struct plane *plane, const struct plane_funcs *funcs)
{
	kernel_only();
	plane->funcs = funcs;
	plane->index = num_planes;
	planes[num_planes++] = plane;
}

struct plane_state *knew_plane_state(struct atomic *state, struct plane *plane)
{
	kernel_only();
	return state->planes[plane->index].new_state;
}

struct crtc_state *knew_crtc_state(struct atomic *state, struct crtc *crtc)
{
	kernel_only();
	return state->crtc == crtc ? state->crtc_state : NULL;
}

void kplane_duplicate(struct plane *plane, struct plane_state *copy)
{
	kernel_only();
	*copy = *plane->state;
	copy->visible = 0;
}

static int commit(int x, u32 w, u32 alpha)
{
	struct atomic *a = kzalloc(sizeof(*a), 0);
	int err = 0;

	a->crtc = screen;
	a->crtc_state = screen->funcs->duplicate(screen);
	a->crtc_state->enable = 1;
	a->num_planes = num_planes;
	a->planes = kzalloc(num_planes * sizeof(*a->planes), 0);
	for (int i = 0; i < num_planes; i++) {
		struct planes_item *item = &a->planes[i];

		item->plane = planes[i];
		item->old_state = planes[i]->state;
		item->new_state = item->state = planes[i]->funcs->duplicate(planes[i]);
		item->new_state->crtc = alpha ? screen : NULL;
		item->new_state->x = x + 3 * i;
		item->new_state->y = i;
		item->new_state->w = w;
		item->new_state->h = 4 + i;
		item->new_state->alpha = alpha;
		a->crtc_state->plane_mask |= 1u << i;
	}
	for (int i = 0; i < num_planes && !err; i++)
		err = planes[i]->funcs->check(planes[i], a);
	if (!err)
		err = screen->funcs->check(screen, a);
	if (!err) {
		struct crtc_state *old = screen->state;

		screen->state = a->crtc_state;
		a->crtc_state = old;
		for (int i = 0; i < num_planes; i++) {
			planes[i]->state = a->planes[i].new_state;
			a->planes[i].state = a->planes[i].old_state;
			planes[i]->funcs->update(planes[i], a);
		}
		screen->funcs->flush(screen, a);
	}
	for (int i = 0; i < num_planes; i++)
		planes[i]->funcs->destroy(planes[i], a->planes[i].state);
	screen->funcs->destroy(screen, a->crtc_state);
	kfree(a->planes);
	kfree(a);
	return err;
}

int later(void)
{
	report(commit(5, 10, 255));
	report(commit(-2, 8, 100));
	report(commit(0, 40, 1));
	report(commit(1, 9, 0));
	report(screen->state->clock);
	return planes[0]->state->w * 10 + planes[1]->state->visible;
}
