#!/bin/sh
# SPDX-License-Identifier: MIT
# The shape of each artifact is the one kept under compat/ for its version. After a change
# of shape: raise the version beside the struct, then BLESS=1.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
status=0
kinds=$("$build/bin/ks-shapes")
for kind in $kinds; do
	shape=$("$build/bin/ks-shapes" "$kind")
	version=$(echo "$shape" | sed -n '1s/.* //p')
	file=$here/compat/$kind-$version.schema
	echo "$shape" | "$here/bin/golden" "$file" || {
		echo "compat: the shape of $kind artifacts is not that of version $version" >&2
		status=1
	}
	repeated=$(echo "$shape" | sed -n 's/^[a-z_][a-z_]*$/&/p' | sort | uniq -d)
	[ -z "$repeated" ] || {
		echo "compat: two tables of $kind artifacts have one name: $repeated" >&2
		status=1
	}
	! echo "$shape" | grep -E '^  (table|row) ' || {
		echo "compat: a column of $kind artifacts has a name that JSON Lines need" >&2
		status=1
	}
done
exit $status
