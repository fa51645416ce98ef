// SPDX-License-Identifier: MIT
// A process that keeps values in its vector registers and odd modes in the control words while the
// packets that it sends cross into a driver's domain: vectors ADDRESS COUNT. Status 0 if all is as it was.
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#define LEGACY 512
#define CONTROL 0		// of x87, in what FXSAVE writes
#define MXCSR 24
#define VECTORS 160
#define VECTORS_SIZE 256

static _Alignas(16) uint8_t before[LEGACY], after[LEGACY];

// sendto() between a load and a store of all registers, with nothing of the compiler's between them.
static long send_between(int socket, const void *data, size_t size, const struct sockaddr_in *to)
{
	long result = SYS_sendto;
	register long flags __asm__("r10") = 0;
	register const void *address __asm__("r8") = to;
	register long length __asm__("r9") = sizeof(*to);

	__asm__ volatile("fxrstor64 %1\n\tsyscall\n\tfxsave64 %2"
			 : "+a"(result)
			 : "m"(before), "m"(after), "D"((long)socket), "S"(data), "d"(size), "r"(flags),
			   "r"(address), "r"(length)
			 : "rcx", "r11", "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
			   "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
	return result;
}

static int differs(const char *what, size_t at, size_t size)
{
	if (!memcmp(before + at, after + at, size))
		return 0;
	printf("%s differ\n", what);
	return 1;
}

int main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
	int udp = socket(AF_INET, SOCK_DGRAM, 0), bad = 0;

	if (argc != 3 || udp < 0 || !inet_aton(argv[1], &to.sin_addr))
		return 2;
	__asm__ volatile("fxsave64 %0" : "=m"(before));
	before[CONTROL + 1] ^= 0x0c; // to round to zero
	before[MXCSR + 1] ^= 0x60;
	for (int i = 0; i < atoi(argv[2]) && !bad; i++) {
		for (int k = 0; k < VECTORS_SIZE; k++)
			before[VECTORS + k] = (uint8_t)(i * 7 + k * 11 + 1);
		if (send_between(udp, "vectors", 7, &to) != 7) {
			printf("not sent\n");
			return 2;
		}
		bad = differs("vector registers", VECTORS, VECTORS_SIZE) +
		      differs("modes of the vector unit", MXCSR, 4) + differs("modes of the x87", CONTROL, 2);
	}
	return bad;
}
