import { hostname, networkInterfaces } from "node:os";
import { hostOf } from "#platform/host-of.ts";
import type { ServerConfig } from "../config.ts";
import { isName } from "./names.ts";

interface Machine {
	readonly name: string;
	/** IPv4 addresses in its networks. */
	readonly addresses: readonly string[];
}

/** What a certificate of our own is for: every name and address under which this server is reached, as far as it can know. */
export function ownNames(
	{ tls, listen, mqtt, publicUrl }: Pick<ServerConfig, "tls" | "listen" | "mqtt" | "publicUrl">,
	machine: Machine = thisMachine(),
): readonly string[] {
	const given = tls.kind === "own" ? tls.names : [];
	const listened = [listen.host, mqtt.kind === "embedded" ? mqtt.host : ""].filter(
		(host) => !["", "0.0.0.0", "::"].includes(host),
	);
	const byUrl = publicUrl === undefined ? [] : [hostOf(new URL(publicUrl))];
	const all = ["localhost", "127.0.0.1", "::1", ...byUrl, ...given, ...listened, machine.name, ...machine.addresses];
	return [...new Set(all.map((name) => name.toLowerCase()).filter(isName))];
}

function thisMachine(): Machine {
	const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
	const addresses = all.filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) => address);
	return { name: hostname(), addresses };
}
