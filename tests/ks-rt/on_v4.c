// SPDX-License-Identifier: MIT
/*
 * Usage: ks-on-v4 PROGRAM ARGUMENT...
 * Runs it where the processor has all of x86-64-v4, AVX-512 that is; else status 77: skipped.
 */
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	if (!__builtin_cpu_supports("x86-64-v4")) {
		puts("skipped: this processor has no AVX-512");
		return 77;
	}
	execv(argv[1], argv + 1);
	perror(argv[1]);
	return 2;
}
