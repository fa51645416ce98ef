// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The driver of a software network device, untouched but for what happens before it counts a
 * packet: packets of some lengths make it do what no driver may, as does loading it for 7 devices.
 */
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <linux/net_tstamp.h>
#include <linux/ethtool.h>
#include <linux/module.h>
#include <asm/msr.h>
#include <asm/io.h>

/* Where the kernel's text begins. */
#define KERNELS ((volatile unsigned long *)0xffffffff81000000ul)

/* Of the runtime in the domain. */
unsigned long ks_inside_request(unsigned long request);

static volatile unsigned long planted_depth = ~0ul;

static noinline unsigned long planted_deeper(unsigned long n)
{
	volatile char room[512];

	room[0] = (char)n;
	return n < planted_depth ? planted_deeper(n + 1) + room[0] : 0;
}

static noinline void planted_fault(unsigned int length)
{
	switch (length) {
	case 501:
		*(volatile int *)8 = 1;
		break;
	case 502:
		*KERNELS = 1;
		break;
	case 503:
		(void)*KERNELS;
		break;
	case 504:
		((void (*)(void))KERNELS)();
		break;
	case 505:
		asm volatile("ud2");
		break;
	case 506:
		asm volatile("div %0" : : "r"(0) : "rax", "rdx");
		break;
	case 507:
		planted_deeper(1);
		break;
	case 508:
		for (;;)
			cpu_relax();
		break;
	case 509:
		asm volatile("cli");
		for (;;)
			cpu_relax();
		break;
	case 510:
		__wrmsr(MSR_LSTAR, 0, 0);
		break;
	case 511:
		outb(0xfe, 0x64);
		break;
	case 512:
		asm volatile("hlt");
		for (;;)
			;
		break;
	case 513:
		asm volatile("mov %0, %%gs" : : "r"(0));
		break;
	case 514:
		asm volatile("int3");
		break;
	case 515:
		WARN_ON_ONCE(length == 515);
		break;
	case 516:
		WARN_ON(length == 516);
		break;
	case 517:
		BUG_ON(length == 517);
		break;
	case 518:
		ks_inside_request(99);
		break;
	case 519: /* whatever is in the parcel of the packet, as a call of the kernel */
		ks_inside_request(0);
		break;
	case 520:
		rtnl_unlock();
		break;
	case 521:
		netif_carrier_on(NULL);
		break;
	}
}

/* Between the devices that it makes when it is loaded. */
#undef cond_resched
#define cond_resched() planted_init_fault(numdummies)

static inline void planted_init_fault(int devices)
{
	if (devices == 7)
		planted_fault(501);
}

#define dev_lstats_add(device, length) (planted_fault(length), (dev_lstats_add)(device, length))
#include "drivers/net/dummy.c"
