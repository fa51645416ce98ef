#!/bin/sh
# SPDX-License-Identifier: MIT
# The completion offers what --help lists.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
command -v bash >/dev/null || exit 77
PATH=$build/bin:$PATH bash -eu -c '
	. "$1"
	complete -p ks-shared >/dev/null
	COMP_WORDS=(ks-shared --du) COMP_CWORD=1
	_ks ks-shared --du ks-shared
	[ "${COMPREPLY[*]}" = --dump= ]
	COMP_WORDS=(ks-shared --dump = js) COMP_CWORD=3
	_ks ks-shared js =
	[ "${COMPREPLY[*]}" = json ]
	COMP_WORDS=(ks-idl --readiness = j) COMP_CWORD=3
	_ks ks-idl j =
	[ "${COMPREPLY[*]}" = json ]
	COMP_WORDS=(ks-shared -) COMP_CWORD=1
	_ks ks-shared - ks-shared
	for option in -h --help --version -o --load= -q -v --strict; do
		case " ${COMPREPLY[*]} " in
		*" $option "*) ;;
		*) echo "completion: $option is not offered" >&2; exit 1 ;;
		esac
	done
	cd "$(dirname "$1")/.."
	complete -p pipelines/demo >/dev/null
	COMP_WORDS=(pipelines/demo --s) COMP_CWORD=1
	_ks pipelines/demo --s pipelines/demo
	[ "${COMPREPLY[*]}" = --script ]
' bash "$here/../pipelines/completion.bash"
