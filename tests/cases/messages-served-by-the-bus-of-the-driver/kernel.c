// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct adapter *adapter;

static int transfer(struct message *msgs, int num)
{
	int status = 0;

	for (int try = 0; try <= adapter->retries; try++) {
		status = adapter->algo->xfer(adapter, msgs, num);
		if (status != -5)
			break;
	}
	return status;
}

int adapter_add(struct adapter *a)
{
	u8 data[6] = {3, 10, 20, 30, 40, 50};
	struct message m = {0x50, 0, 6, data};

	kernel_only();
	adapter = a;
	a->nr = 7;
	report(a->name[9]);
	report(transfer(&m, 1));
	return 0;
}

int later(void)
{
	u8 reg = 4, in[8] = {0}, block[33] = {0}, more[4] = {2, 99, 98, 97};
	struct message get[2] = {{0x50, 0, 1, &reg}, {0x50, READ, 3, in}};
	struct message many[3] = {
		{0x52, 0, 4, more}, {0x52, 0, 1, &reg}, {0x52, READ | RECV_LEN, 1, block}};
	struct message bad[2] = {{0x52, 0, 2, more}, {0x10, READ, 8, in}};

	report(transfer(get, 2));
	report(in[0] * 10000 + in[1] * 100 + in[2]);
	report(transfer(many, 3));
	report(many[2].len);
	report(block[0] + block[1] * 10 + block[2] * 1000);
	report(transfer(bad, 2));
	report(adapter->algo->functionality(adapter));
	return 0;
}
