// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 freed, seen;

void packet_free(struct packet *packet)
{
	kernel_only();
	freed++;
	seen += packet->seen;
	kfree(packet);
}

int packet_refused(struct packet *packet)
{
	kernel_only();
	switch (packet->kind) {
	case 1:
		if (packet->length > 64)
			goto refuse;
		break;
	case 2:
		if (packet->length > 128)
			goto refuse;
		break;
	default: goto refuse;
	}
	return 0;

refuse:
	packet_free(packet);
	return 1;
}

int packet_checked(struct packet *packet)
{
	kernel_only();
	if (packet->length & 1) {
		packet_free(packet);
		return -22;
	}
	return 0;
}

int link_register(const struct link_ops *ops)
{
	u32 i;

	kernel_only();
	for (i = 0; i < 12; i++) {
		struct packet *packet = kzalloc(sizeof(*packet), 0);

		packet->kind = i % 4;
		packet->length = 20 * i + (i == 6);
		report(ops->transmit(packet));
	}
	report(freed);
	report(seen);
	return 0;
}
