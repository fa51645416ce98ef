// SPDX-License-Identifier: MIT
// A run: init, what the kernel comes to later, exit. What was reported is printed however it ends.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <signal.h>

extern int trace_place[], traced;
extern long trace_value[];
int later(void);
void __sanitizer_set_death_callback(void (*callback)(void));

static void print_trace(void)
{
	static int printed;

	if (printed++)
		return;
	for (int i = 0; i < traced; i++)
		printf("%d %ld\n", trace_place[i], trace_value[i]);
	fflush(stdout);
}

static void give_up(int signal)
{
	(void)signal;
	print_trace();
	_exit(124);
}

static int outcome(int (*start)(void), void (*stop)(void))
{
	int status;

	signal(SIGALRM, give_up);
	alarm(5);
	__sanitizer_set_death_callback(print_trace);
	status = start();
	printf("init %d\n", status);
	if (!status) {
		later();
		stop();
	}
	print_trace();
	printf("end\n");
	return 0;
}
