import { BlockList, isIP } from "node:net";
import { checkedLookup, type Resolver } from "#platform/checked-lookup.ts";
import { InputError } from "#platform/input-error.ts";

/** Where cameras may be. An address given as a camera's is a way to make the edge connect to something. */
export interface CameraNetworks {
	/** @param address a number, not a name */
	has(address: string): boolean;
}

/** `anywhere`: for who gives the address on the command line of his own machine. */
export const anywhere: CameraNetworks = { has: () => true };

/**
 * What no camera of a site has and others do not expect us to reach: this machine, addresses without a router (those of the
 * metadata of clouds among them), groups.
 */
const nowhere = [
	...["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"],
	"100.100.100.200/32", // Alibaba Cloud's metadata, within the addresses of carriers
	...["::/127", "fe80::/10", "fec0::/10", "ff00::/8"],
	"fd00:ec2::254/128", // Amazon's, within private addresses
];

/**
 * @param networks as `192.168.8.0/24` or one address; then these alone. Absent: everywhere but `nowhere`.
 * @throws InputError
 */
export function cameraNetworks(networks?: readonly string[]): CameraNetworks {
	const list = listOf(networks ?? nowhere);
	const isListed = networks !== undefined;
	return {
		has(address) {
			const plain = plainAddress(address);
			const family = isIP(plain) === 4 ? "ipv4" : "ipv6";
			return isIP(plain) !== 0 && list.check(plain, family) === isListed;
		},
	};
}

export const isNetwork = (text: string): boolean => {
	const [, address = "", prefix] = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
	const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1;
	return bits > 0 && Number(prefix ?? bits) <= bits;
};

function listOf(networks: readonly string[]): BlockList {
	const list = new BlockList();
	for (const network of networks) {
		if (!isNetwork(network)) throw new InputError(`cameraNetworks: ${network} is no network such as 192.168.8.0/24`);
		const [address = "", prefix] = network.split("/");
		const isV4 = isIP(address) === 4;
		list.addSubnet(address, Number(prefix ?? (isV4 ? 32 : 128)), isV4 ? "ipv4" : "ipv6");
	}
	return list;
}

/** Without zone and brackets; an IPv4 address in the form of an IPv6 one is an IPv4 address. */
function plainAddress(address: string): string {
	const plain = address.replace(/^\[|\]$/g, "").split("%", 1)[0] ?? "";
	const mapped = /^::(?:ffff:(?:0:)?)?(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
	if (mapped) return mapped;
	const [, high, low] = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(plain) ?? [];
	if (high === undefined || low === undefined) return plain;
	const value = parseInt(high, 16) * 65_536 + parseInt(low, 16);
	return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

export const outsideNetworks = "EOUTSIDE";
/** What lies outside is left out. */
export const lookupWithin = (networks: CameraNetworks, resolve?: Resolver) =>
	checkedLookup((addresses) => addresses.filter(({ address }) => networks.has(address)), outsideNetworks, resolve);
