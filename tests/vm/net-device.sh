# SPDX-License-Identifier: MIT
# Uses a software network device of kind "dummy" as a person would. The modules may be
# the stock driver or the isolated one: every claim is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
kind=dummy
stat() { cat "/sys/class/net/$1/statistics/$2"; }
mac() { cat "/sys/class/net/$1/address"; }
has() { [ -e "/sys/class/net/$1" ]; }
lacks() { [ ! -e "/sys/class/net/$1" ]; }
flags() { cat "/sys/class/net/$1/flags"; }
driver() { ethtool -i "$1" | sed -n 's/^driver: //p'; }
# ping DEVICE ADDRESS COUNT: nobody answers, every packet is sent
send() { ping -n -q -c "$3" -i 0.02 -W 1 -s 100 -I "$1" "$2" >/dev/null; [ $? = 1 ]; }

life() {
	claim "$1 loads" load_modules || exit 1
	claim "$1 has the device made at load" has ${kind}0
	claim "$1 deletes it" ip link del ${kind}0
	claim "$1 no longer has it" lacks ${kind}0
	claim "$1 creates one" ip link add ${kind}0 type $kind
	equal "$1 driver name" "$(driver ${kind}0)" "$kind"
	claim "$1 time stamping query" ethtool -T ${kind}0
	equal "$1 flags: broadcast, noarp" "$(flags ${kind}0)" 0x82
	claim "$1 sets the MAC" ip link set ${kind}0 address 02:00:00:00:00:07
	equal "$1 has the MAC" "$(mac ${kind}0)" 02:00:00:00:00:07
	refuse "$1 multicast MAC" ip link set ${kind}0 address 01:00:00:00:00:07
	claim "$1 sets an address" ip addr add 10.9.8.1/24 dev ${kind}0
	claim "$1 goes up" ip link set ${kind}0 up
	equal "$1 is up" "$(flags ${kind}0)" 0x83
	claim "$1 promiscuous" ip link set ${kind}0 promisc on
	claim "$1 changes the MAC while up" ip link set ${kind}0 address 02:00:00:00:00:08
	ks_calls=$(runtime crossings_to_driver)
	claim "$1 sends" send ${kind}0 10.9.8.2 5
	claim "$1 each packet crosses" crossed "$ks_calls" 5
	equal "$1 counts packets" "$(stat ${kind}0 tx_packets)" 5
	equal "$1 counts bytes" "$(stat ${kind}0 tx_bytes)" 710
	equal "$1 received nothing" "$(stat ${kind}0 rx_packets)" 0
	claim "$1 sends more" send ${kind}0 10.9.8.3 20
	equal "$1 counts them too" "$(stat ${kind}0 tx_packets) $(stat ${kind}0 tx_bytes)" "25 3550"
	ip -s link show ${kind}0
	equal "$1 carrier" "$(cat /sys/class/net/${kind}0/carrier)" 1
	claim "$1 carrier off" ip link set ${kind}0 carrier off
	equal "$1 carrier is off" "$(cat /sys/class/net/${kind}0/carrier)" 0
	claim "$1 carrier on" ip link set ${kind}0 carrier on
	equal "$1 carrier is on" "$(cat /sys/class/net/${kind}0/carrier)" 1
	claim "$1 goes down" ip link set ${kind}0 down
	equal "$1 is down" "$(flags ${kind}0)" 0x182
	claim "$1 second device" ip link add ${kind}1 address 02:00:00:00:00:09 type $kind
	equal "$1 second device has its MAC" "$(mac ${kind}1)" 02:00:00:00:00:09
	equal "$1 first device keeps its MAC" "$(mac ${kind}0)" 02:00:00:00:00:08
	refuse "$1 device with a multicast MAC" ip link add ${kind}2 address 01:00:00:00:00:09 type $kind
	refuse "$1 device with an all-zero MAC" ip link add ${kind}2 address 00:00:00:00:00:00 type $kind
	claim "$1 refused devices are not there" lacks ${kind}2
	claim "$1 deletes the first" ip link del ${kind}0
	claim "$1 second device goes up" ip link set ${kind}1 up
	claim "$1 unloads with a device up" unload_modules
	claim "$1 devices are gone" lacks ${kind}1
	equal "$1 modules are gone" "$(loaded_modules)" ""
}

devices=16
churn() {
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ip link add churn$ks_i type $kind || return 1
		ip link set churn$ks_i up || return 1
		ks_i=$((ks_i + 1))
	done
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ip link del churn$ks_i || return 1
		ks_i=$((ks_i + 1))
	done
}

ip link set lo up
life first
life second

load_modules
balanced $devices churn
finish
