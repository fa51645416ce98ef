// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct state S;
static struct uport *P;
static u8 got[8];
static int n;

void port_rx(struct uport *p, u8 ch, char flag)
{
	kernel_only();
	got[n++ & 7] = ch;
	p->icount.rx++;
}

static void send(const char *t)
{
	for (; *t; t++) {
		S.xmit.buf[S.xmit.head] = *t;
		S.xmit.head = (S.xmit.head + 1) & 63;
	}
	P->ops->start_tx(P);
	report(S.xmit.tail * 100 + S.xmit.head);
	report(P->icount.tx * 1000 + P->icount.rx * 10 + P->ops->tx_empty(P));
	report(got[0] + P->x_char * 256);
}

int port_add(struct uport *p)
{
	kernel_only();
	P = p;
	p->state = &S;
	S.xmit.buf = kzalloc(64, 0);
	p->ops->startup(p);
	p->x_char = 17;
	send("hello");
	return p->line;
}

int later(void)
{
	send("ab");
	return 0;
}
