#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: stock-driver.sh BUILD DRIVER
# The unmodified driver passes the script that the isolated one has to pass: what the
# script claims is about any such device.
set -eu
. tests/vm/driver-common.sh
boot "$(stock "$name")" -- --script="$script" --timeout=600
