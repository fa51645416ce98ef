#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: isolated-driver.sh BUILD DRIVER
# A driver of pipelines/drivers/ works in its domain as its script claims.
set -eu
. tests/vm/driver-common.sh
boot out/pipeline/ks-rt/linux/ks_rt.ko "$folder/modules/${name}_driver.ko" "$folder/modules/${name}_kernel.ko" -- \
	--script="$script" --timeout=600
