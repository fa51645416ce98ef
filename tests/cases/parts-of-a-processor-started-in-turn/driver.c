// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct glue {
	struct rproc_subdev subdev;
	const char *edge;
	u32 weight, events;
};

struct adsp {
	struct rproc *rproc;
	struct glue glink, ssr;
	u8 sram[32], *ddr;
	u32 kicks, mems, order;
};

static int mem_alloc(struct rproc *rproc, struct rproc_mem *mem)
{
	struct adsp *adsp = rproc->priv;

	mem->va = adsp->ddr = kzalloc(mem->len, 0);
	adsp->mems++;
	return 0;
}

static int mem_release(struct rproc *rproc, struct rproc_mem *mem)
{
	struct adsp *adsp = rproc->priv;

	report(adsp->ddr[1] + adsp->ddr[2] * 256);
	kfree(mem->va);
	mem->va = adsp->ddr = NULL;
	adsp->mems--;
	return 0;
}

static int parse(struct rproc *rproc, const struct firmware *fw)
{
	struct adsp *adsp = rproc->priv;
	size_t at = 2;

	if (fw->size < 4 || fw->data[0] != 'F')
		return -22;
	for (int i = 0; i < fw->data[1]; i++, at += 3) {
		struct rproc_mem *mem;

		if (at + 3 > fw->size)
			return -34;
		if (fw->data[at] == 1) {
			rproc->bootaddr = fw->data[at + 1] << 8 | fw->data[at + 2];
			continue;
		}
		mem = kzalloc(sizeof(*mem), 0);
		mem->da = fw->data[at + 1] << 4;
		mem->len = fw->data[at + 2];
		mem->name[0] = 'm';
		mem->name[1] = '0' + i;
		if (fw->data[at] == 2) {
			mem->va = adsp->sram;
		} else {
			mem->alloc = mem_alloc;
			mem->release = mem_release;
		}
		krproc_add_carveout(rproc, mem);
	}
	return 0;
}

static int start(struct rproc *rproc)
{
	struct adsp *adsp = rproc->priv;

	report(rproc->bootaddr + adsp->mems);
	report(adsp->sram[1] * 10 + adsp->sram[31]);
	return rproc->bootaddr & 1 ? -110 : 0;
}

static int stop(struct rproc *rproc)
{
	struct adsp *adsp = rproc->priv;

	report(adsp->order);
	adsp->order = 0;
	return 0;
}

static void kick(struct rproc *rproc, int vqid)
{
	struct adsp *adsp = rproc->priv;

	if (++adsp->kicks == 2)
		krproc_report_crash(rproc, vqid);
}

static void *to_va(struct rproc *rproc, u64 da, size_t len)
{
	struct adsp *adsp = rproc->priv;

	if (da >= 0x9000 && da + len <= 0x9020)
		return adsp->sram + (da - 0x9000);
	return NULL;
}

static const struct rproc_ops ops = {parse, start, stop, kick, to_va};

static int glue_start(struct rproc_subdev *subdev)
{
	struct glue *glue = container_of(subdev, struct glue, subdev);

	glue->events += glue->weight;
	report(glue->edge[0] + glue->events);
	return 0;
}

static void glink_stop(struct rproc_subdev *subdev, _Bool crashed)
{
	struct glue *glue = container_of(subdev, struct glue, subdev);
	struct adsp *adsp = container_of(glue, struct adsp, glink);

	adsp->order = adsp->order * 10 + 1 + 4 * crashed;
}

static void ssr_stop(struct rproc_subdev *subdev, _Bool crashed)
{
	struct adsp *adsp = container_of(subdev, struct adsp, ssr.subdev);

	adsp->order = adsp->order * 10 + 2 + 4 * crashed;
}

static int x_init(void)
{
	struct rproc *rproc = krproc_alloc("adsp", &ops, sizeof(struct adsp));
	struct adsp *adsp = rproc->priv;

	adsp->rproc = rproc;
	adsp->glink.edge = "lpass";
	adsp->glink.weight = 5;
	adsp->glink.subdev.start = glue_start;
	adsp->glink.subdev.stop = glink_stop;
	adsp->ssr.edge = "ssr";
	adsp->ssr.weight = 1000;
	adsp->ssr.subdev.prepare = glue_start;
	adsp->ssr.subdev.stop = ssr_stop;
	krproc_add_subdev(rproc, &adsp->glink.subdev);
	krproc_add_subdev(rproc, &adsp->ssr.subdev);
	return krproc_add(rproc);
}

module_init(x_init);
