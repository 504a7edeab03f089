import { BlockList, isIP } from "node:net";
import { checkedLookup } from "#platform/checked-lookup.ts";

/** Addresses that are not out on the internet: this machine, this network, others of special use (RFC 6890). */
const special = new BlockList();
for (const [net, prefix] of [
	...([
		["0.0.0.0", 8],
		["10.0.0.0", 8],
		["100.64.0.0", 10],
		["127.0.0.0", 8],
		["169.254.0.0", 16],
	] as const),
	...([
		["172.16.0.0", 12],
		["192.0.0.0", 24],
		["192.0.2.0", 24],
		["192.88.99.0", 24],
	] as const),
	...([
		["192.168.0.0", 16],
		["198.18.0.0", 15],
		["198.51.100.0", 24],
		["203.0.113.0", 24],
	] as const),
	...([
		["224.0.0.0", 4],
		["240.0.0.0", 4],
	] as const),
]) {
	special.addSubnet(net, prefix, "ipv4");
}

/** Of IPv6 only global unicast (2000::/3) is out there, less what stands for IPv4 or documentation in it. */
const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");
const special6 = new BlockList();
for (const [net, prefix] of [
	["2001::", 23],
	["2001:db8::", 32],
	["2002::", 16],
] as const) {
	special6.addSubnet(net, prefix, "ipv6");
}

export function isPublicAddress(address: string): boolean {
	const plain = address.replace(/^\[|\]$/g, "").split("%", 1)[0] ?? "";
	switch (isIP(plain)) {
		case 4:
			return !special.check(plain, "ipv4");
		case 6:
			return global6.check(plain, "ipv6") && !special6.check(plain, "ipv6");
		default:
			return false;
	}
}

export const notPublic = "ENOTPUBLIC";

/** All that a name stands for must be out there: one that also names this network is refused. */
export const publicLookup = checkedLookup(
	(addresses) => (addresses.every(({ address }) => isPublicAddress(address)) ? addresses : []),
	notPublic,
);
