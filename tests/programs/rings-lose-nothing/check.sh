# SPDX-License-Identifier: MIT
# Prints a line for each ring: how many were read, and what came after the last.
sources=$(awk -F'\t' '$2 == "all" && $1 ~ /^(channel|os)\// { print ENVIRON["KS"] "/ks-rt/" $1 }' "$KS/ks-rt/sources")
# shellcheck disable=SC2086
$CC -std=gnu11 -O2 -w -I"$KS" main.c $sources -lpthread -ldl -o ring || exit
for slots in 1 2 16 1024; do
	for style in 0 1 2; do
		./ring $slots $style 20000 || echo "status $?"
	done
done
