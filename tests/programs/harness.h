// SPDX-License-Identifier: MIT
/* What a main.c has: start() and stop() load and unload the driver, linked straight or isolated. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int init_module(void);
void cleanup_module(void) __attribute__((weak));

#ifdef ISOLATED
struct ks_end *drv_driver_start(void);
void drv_driver_stop(void);
int drv_kernel_start(void);
void drv_kernel_stop(void);

static int start(void)
{
	drv_driver_start();
	return drv_kernel_start();
}

static void stop(void)
{
	drv_kernel_stop();
	drv_driver_stop();
}
#else
static int start(void)
{
	return init_module();
}

static void stop(void)
{
	if (cleanup_module)
		cleanup_module();
}
#endif

static void __attribute__((constructor)) unbuffered(void)
{
	setbuf(stdout, 0);
}
