// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kscsi_cmd {
	struct kscsi_host *host;
	u8 cdb[6];
	u8 *sense, *buffer;
	u32 length, result, residue;
	void (*done)(struct kscsi_cmd *cmd);
};

struct kscsi_template {
	int (*queue)(struct kscsi_host *host, struct kscsi_cmd *cmd);
	int (*abort)(struct kscsi_cmd *cmd);
};

struct kscsi_host {
	const struct kscsi_template *template;
	u32 done;
	unsigned long hostdata[];
};
struct kscsi_host *kscsi_alloc(const struct kscsi_template *t, size_t private);
int kscsi_execute(struct kscsi_host *host, u8 opcode, u8 block);
