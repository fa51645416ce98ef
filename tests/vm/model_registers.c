// SPDX-License-Identifier: MIT
// What a script cannot do by other programs with /dev/cpu/N/msr: model_registers WHAT N [REGISTER [VALUE]].
// Each word is a scenario, which says where it fails.

#define _GNU_SOURCE
#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <x86intrin.h>

#include <asm/msr.h>

// What QEMU answers who asks which hypervisor it is: TCGTCGTCGTCG.
enum { emulated_b = 0x54474354, emulated_c = 0x43544743, emulated_d = 0x47435447 };
enum { time_stamp = 0x10, apic_base = 0x1b, protection_keys = 0x6e1 };

static void *volatile const nowhere = (void *)8;

static void fail(int line, const char *what)
{
	printf("line %d: %s: %s\n", line, what, strerror(errno));
	exit(1);
}

#define must(condition)                             \
	do {                                        \
		if (!(condition))                   \
			fail(__LINE__, #condition); \
	} while (0)
#define refused(error, call)                                 \
	do {                                                 \
		errno = 0;                                   \
		if ((call) >= 0 || errno != (error))         \
			fail(__LINE__, #call " => " #error); \
	} while (0)

static int file_of(int cpu, int flags)
{
	char path[32];
	int file;

	snprintf(path, sizeof(path), "/dev/cpu/%d/msr", cpu);
	file = open(path, flags);
	must(file >= 0);
	return file;
}

static uint64_t get(int file, unsigned int reg)
{
	uint64_t value = 0;

	must(pread(file, &value, sizeof(value), reg) == sizeof(value));
	return value;
}

static void set(int file, unsigned int reg, uint64_t value)
{
	must(pwrite(file, &value, sizeof(value), reg) == sizeof(value));
}

// QEMU's own processor, which has the time, but not as a register.
static int is_timeless(void)
{
	unsigned int a, b, c, d;

	__cpuid(0x40000000, a, b, c, d);
	return b == emulated_b && c == emulated_c && d == emulated_d;
}

// On that processor, between two readings of its own.
static void time_of(int cpu)
{
	const int file = file_of(cpu, O_RDONLY);
	cpu_set_t only;

	CPU_ZERO(&only);
	CPU_SET(cpu, &only);
	must(sched_setaffinity(0, sizeof(only), &only) == 0);
	for (int i = 0; i < 20; i++) {
		const uint64_t before = __rdtsc();
		const uint64_t value = get(file, time_stamp);
		const uint64_t after = __rdtsc();

		if (is_timeless()) {
			must(value == 0);
			continue;
		}
		if (value < before || value > after)
			printf("%llx, between %llx and %llx\n", (unsigned long long)value,
			       (unsigned long long)before, (unsigned long long)after);
		must(before <= value && value <= after);
	}
}

// By the two requests that pass all registers.
static void requests(int cpu, unsigned int reg)
{
	const int file = file_of(cpu, O_RDWR), readable = file_of(cpu, O_RDONLY),
		  writable = file_of(cpu, O_WRONLY);
	const uint64_t was = get(file, reg), value = 0x0000123456789abcULL + (uint64_t)cpu;
	uint32_t regs[8] = { 0 };

	regs[1] = reg;
	regs[3] = 77;
	must(ioctl(file, X86_IOC_RDMSR_REGS, regs) == 0);
	must(regs[0] == (uint32_t)was && regs[2] == (uint32_t)(was >> 32) && regs[1] == reg &&
	     regs[3] == 77);
	regs[0] = (uint32_t)value;
	regs[2] = (uint32_t)(value >> 32);
	must(ioctl(file, X86_IOC_WRMSR_REGS, regs) == 0);
	must(get(file, reg) == value);
	refused(EBADF, ioctl(readable, X86_IOC_WRMSR_REGS, regs));
	refused(EBADF, ioctl(writable, X86_IOC_RDMSR_REGS, regs));
	refused(EFAULT, ioctl(file, X86_IOC_RDMSR_REGS, nowhere));
	refused(EFAULT, ioctl(file, X86_IOC_WRMSR_REGS, nowhere));
	refused(ENOTTY, ioctl(file, _IO('c', 0x7f), regs));
	set(file, reg, was);
}

static void errors(int cpu, unsigned int reg)
{
	const int file = file_of(cpu, O_RDWR);
	uint64_t values[3] = { 0 }, was = get(file, reg);
	char bytes[16];

	refused(EINVAL, pread(file, bytes, 4, reg));
	refused(EINVAL, pread(file, bytes, 12, reg));
	refused(EINVAL, pwrite(file, bytes, 7, reg));
	refused(EFAULT, pread(file, nowhere, 8, reg));
	refused(EFAULT, pwrite(file, nowhere, 8, reg));
	refused(EINVAL, lseek(file, 0, SEEK_END));
	must(pread(file, bytes, 0, reg) == 0);
	// The same register again and again.
	must(pread(file, values, sizeof(values), reg) == sizeof(values));
	must(values[0] == was && values[1] == was && values[2] == was);
	values[2] = was + 0x1000;
	must(pwrite(file, values, sizeof(values), reg) == sizeof(values));
	must(get(file, reg) == was + 0x1000);
	set(file, reg, was);
}

// A processor refuses the first; emulators do not, but one of them the second, another the third.
static void faults(int cpu)
{
	const int file = file_of(cpu, O_RDWR);
	const uint64_t ones = ~0ULL;
	uint64_t value = 0;

	if (pread(file, &value, sizeof(value), 0x12345678) == sizeof(value) &&
	    pwrite(file, &ones, sizeof(ones), protection_keys) == sizeof(ones))
		must(pwrite(file, &ones, sizeof(ones), apic_base) < 0);
	must(errno == EIO);
}

static void busy(int cpu, unsigned int reg)
{
	const int file = file_of(cpu, O_RDWR);
	const uint64_t base = get(file, apic_base), was = get(file, reg);

	for (uint64_t i = 1; i <= 250; i++) {
		const uint64_t value = i * 0x10001 + (uint64_t)cpu;

		set(file, reg, value);
		must(get(file, apic_base) == base);
		must(get(file, reg) == value);
	}
	set(file, reg, was);
}

// Says when it is ready, reads until it cannot, and says why.
static void until_gone(int cpu)
{
	const int file = file_of(cpu, O_RDONLY);
	uint64_t value;

	printf("ready\n");
	fflush(stdout);
	while (pread(file, &value, sizeof(value), apic_base) == sizeof(value))
		usleep(1000);
	printf("%s\n", strerror(errno));
}

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "";
	const int cpu = argc > 2 ? atoi(argv[2]) : 0;
	const unsigned int reg = argc > 3 ? (unsigned int)strtoul(argv[3], NULL, 0) : 0;

	if (strcmp(what, "time") == 0)
		time_of(cpu);
	else if (strcmp(what, "faults") == 0)
		faults(cpu);
	else if (strcmp(what, "until_gone") == 0)
		until_gone(cpu);
	else if (strcmp(what, "requests") == 0 && reg)
		requests(cpu, reg);
	else if (strcmp(what, "errors") == 0 && reg)
		errors(cpu, reg);
	else if (strcmp(what, "busy") == 0 && reg)
		busy(cpu, reg);
	else
		return 2;
	return 0;
}
