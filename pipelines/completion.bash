# SPDX-License-Identifier: MIT
# Completes any ks- tool, and pipelines/demo, from its own --help. Source it from ~/.bashrc:
#	. pipelines/completion.bash

# The options of a tool, one a line; those that take one of a few values as --option=VALUE.
_ks_options() {
	"$1" --help 2>/dev/null | sed -n 's/^ *\(-[^ ]*\)\(.*\)/\1 \2/p' |
		while read -r names type _; do
			values=$(expr "$type" : '.*{\(.*\)}$')
			for name in ${names//,/ }; do
				case $type in
				*{*}) printf '%s\n' ${values//,/ } | sed "s/^/$name=/" ;;
				*) printf '%s\n' "$name" ;;
				esac
			done
		done
}

# _ks TOOL WORD PREVIOUS
_ks() {
	local word=$2
	COMPREPLY=()
	# "=" is a word of its own: --dump = js
	if [ "$word" = = ] || [ "$3" = = ]; then
		local option=${COMP_WORDS[COMP_CWORD - 2]}
		[ "$word" != = ] || { option=$3 word=; }
		COMPREPLY=($(compgen -W "$(_ks_options "$1" | sed -n "s/^$option=//p")" -- "$word"))
		return
	fi
	case $word in
	-*)
		COMPREPLY=($(compgen -W "$(_ks_options "$1" | sed 's/=.*/=/' | sort -u)" -- "$word"))
		case ${COMPREPLY-} in
		*=) compopt -o nospace 2>/dev/null || : ;;
		esac
		;;
	*) COMPREPLY=($(compgen -f -- "$word")) ;;
	esac
}

complete -o filenames -F _ks ks-pdg ks-prune ks-shared ks-sync ks-atomic ks-idl ks-idlc ks-link ks-ninja ks-vm pipelines/demo
