/* SPDX-License-Identifier: Dual MIT/GPL */
/* What the visor asks of its surroundings. Called in root mode too, where nothing else may be. */
#ifndef KS_VISOR_OS_H
#define KS_VISOR_OS_H

#include "ks-rt/visor/visor.h"

/* Where the kernel maps a frame of memory, whoever's it is. Must be mapped in every process. */
void *ks_visor_os_virtual(ks_u64 physical);

#endif
