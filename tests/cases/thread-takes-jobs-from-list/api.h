// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct task;
struct task *thread_run(int (*fn)(void *data), void *data, const char *name);
int thread_stop(struct task *t);
int should_stop(void);
void wait(void);
