import { expect, test } from "vitest";
import { serverConfigSchema } from "../../src/server/config.ts";
import { isName } from "../../src/server/tls/names.ts";
import { ownNames } from "../../src/server/tls/own-names.ts";

const machine = { name: "Keepclear-1", addresses: ["192.168.1.20"] };
const namesOf = (config: object) => ownNames(serverConfigSchema.parse(config), machine);

test("a certificate of our own is for the machine, where it listens, and what the configuration says", () => {
	expect(namesOf({ tls: { kind: "own" } })).toEqual(["localhost", "127.0.0.1", "::1", "keepclear-1", "192.168.1.20"]);
	const all = namesOf({
		tls: { kind: "own", names: ["fire.estate.example", "10.0.0.9"] },
		listen: { host: "0.0.0.0" },
		mqtt: { kind: "embedded", host: "10.0.0.8" },
		publicUrl: "https://[fd00::1]:8443/",
	});
	for (const name of ["fire.estate.example", "10.0.0.9", "10.0.0.8", "fd00::1"]) expect(all).toContain(name);
	expect(all).not.toContain("0.0.0.0");
	expect(new Set(all).size).toBe(all.length);
});

test("a name is one: nothing that OpenSSL's configuration could read as more", () => {
	for (const name of ["a", "a-b.c", "xn--fiqs8s", "10.0.0.1", "fd00::1"]) expect(isName(name), name).toBe(true);
	for (const name of ["", "a b", "a,DNS:evil", "a\nb", "-a", "a-", "a..b", "é", "*.a", `${"a".repeat(64)}.b`])
		expect(isName(name), name).toBe(false);
});

test("TLS of ours leaves no second certificate for the broker, and no page by http", () => {
	const own = { kind: "own" };
	const broker = { kind: "embedded", tls: { certificateFile: "a", keyFile: "b" } };
	expect(() => serverConfigSchema.parse({ tls: own, mqtt: broker })).toThrow("the broker shows what tls names");
	expect(() => serverConfigSchema.parse({ tls: own, publicUrl: "http://x" })).toThrow("must begin with https://");
	expect(serverConfigSchema.parse({ tls: { kind: "off" }, mqtt: broker }).mqtt).toMatchObject(broker);
	expect(() => serverConfigSchema.parse({ tls: { kind: "own", names: ["a b"] } })).toThrow("must be a name");
});
