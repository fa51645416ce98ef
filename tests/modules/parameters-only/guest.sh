# SPDX-License-Identifier: MIT
# Which of its modules has a parameter is not said here.
parameter() { echo /sys/module/*/parameters/"$1"; }
# set_to NAME VALUE
set_to() { echo "$2" >"$(parameter "$1")"; }
value() { cat "$(parameter "$1")"; }
claim "loads" load_modules
claim "it spoke" sh -c 'dmesg | grep "ks_parameters: number 4"'
claim "its parameters are there" test -e "$(parameter doubled)" || {
	unload_modules
	exit 1
}
equal "a number reads" "$(value number)" 4
claim "a number is written" set_to number 5
equal "it reads again" "$(value number)" 5
claim "one of its own is written" set_to doubled 20
equal "its own function shows it" "$(value doubled)" 40
claim "a flag is written" set_to flag Y
claim "one of its own is written again" set_to doubled 20
equal "its own function knows the others" "$(value doubled)" 45
refuse "its own function refuses" set_to doubled 2000
claim "unloads" unload_modules
claim "it spoke again" sh -c 'dmesg | grep "ks_parameters: number 5, doubled 45"'
