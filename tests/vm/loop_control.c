// SPDX-License-Identifier: MIT
// The requests of /dev/loop-control: loop_control add|remove NUMBER, or loop_control free. Prints the number.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include <linux/loop.h>

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	const int file = open("/dev/loop-control", O_RDWR);
	const int number = argc > 2 ? atoi(argv[2]) : 0;
	int result;

	if (strcmp(what, "add") == 0)
		result = ioctl(file, LOOP_CTL_ADD, number);
	else if (strcmp(what, "remove") == 0)
		result = ioctl(file, LOOP_CTL_REMOVE, number);
	else if (strcmp(what, "free") == 0)
		result = ioctl(file, LOOP_CTL_GET_FREE);
	else
		return 2;
	if (result < 0)
		printf("%s\n", strerror(errno));
	else
		printf("%d\n", result);
	return result < 0;
}
