import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edgeSubscriptions, serverSubscriptions, topics } from "#contract/topics.ts";
import { explainMqttError } from "#platform/mqtt-error.ts";
import { type BrokerUser, mayPublish, maySubscribe } from "../../src/server/broker/broker-access.ts";
import { PacketGuard } from "../../src/server/broker/packet-guard.ts";
import { edgeOne, edgeTwo } from "../support/wire-store.ts";

const server: BrokerUser = { kind: "server" };
const edge: BrokerUser = { kind: "edge", address: edgeOne };

describe("an edge", () => {
	it.each([
		topics.status(edgeOne),
		topics.alert(edgeOne),
		topics.laneState(edgeOne, "any-lane"),
		topics.cameraHealth(edgeOne, "any-camera"),
	])("writes to %s", (topic) => {
		expect(mayPublish(edge, topic)).toBe(true);
		expect(mayPublish(server, topic)).toBe(false);
	});

	it.each([
		topics.alert(edgeTwo),
		topics.status({ ...edgeOne, siteId: "mall" }),
		topics.alert({ ...edgeOne, edgeId: "edge-1x" }),
		topics.ack(edgeOne),
		topics.config(edgeOne),
		topics.job(edgeTwo),
		"keepclear/v1/garden/edge-1/x",
		"$SYS/broker/clients",
		"#",
	])("does not write to %s", (topic) => {
		expect(mayPublish(edge, topic)).toBe(false);
	});

	it("reads what the server says to it, and nothing else", () => {
		for (const topic of edgeSubscriptions(edgeOne)) expect(maySubscribe(edge, topic)).toBe(true);
		for (const filter of [
			...edgeSubscriptions(edgeTwo),
			...serverSubscriptions,
			"#",
			"keepclear/v1/garden/edge-1/#",
			"keepclear/v1/garden/+/ack",
			topics.alert(edgeOne),
			"$SYS/#",
		]) {
			expect(maySubscribe(edge, filter)).toBe(false);
		}
	});
});

it("the server reads what edges say and writes what it says to them", () => {
	for (const filter of serverSubscriptions) expect(maySubscribe(server, filter)).toBe(true);
	for (const topic of edgeSubscriptions(edgeTwo)) expect(mayPublish(server, topic)).toBe(true);
	for (const filter of ["#", "$SYS/#"]) expect(maySubscribe(server, filter)).toBe(false);
});

describe("the guard of a connection", () => {
	const packet = (bodyBytes: number) => {
		const length: number[] = [];
		for (let left = bodyBytes; ; left >>= 7) {
			length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
			if (left <= 0x7f) break;
		}
		return Buffer.concat([Buffer.from([0x30, ...length]), Buffer.alloc(bodyBytes, 0xff)]);
	};
	const limits = { maxPacketBytes: 1000, packetsPerSecond: 10, burst: 50, bytesPerSecond: 1_000, burstBytes: 100_000 };

	it("lets packets of the allowed size pass, however the bytes are cut", () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 50 }),
				fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
				(sizes, cuts) => {
					const guard = new PacketGuard(limits, () => 0);
					const bytes = Buffer.concat(sizes.map(packet));
					for (let at = 0, cut = 0; at < bytes.length; cut++) {
						const size = cuts[cut % cuts.length] ?? 1;
						expect(guard.take(bytes.subarray(at, at + size))).toBeNull();
						at += size;
					}
				},
			),
		);
	});

	it("ends it at the first packet that is too large, before its body has come", () => {
		const guard = new PacketGuard(limits, () => 0);
		expect(guard.take(packet(1000))).toBeNull();
		expect(guard.take(packet(1001).subarray(0, 3))).toBe("packet too large");
		expect(new PacketGuard(limits, () => 0).take(Buffer.from([0x30, 0xff, 0xff, 0xff]))).toBe("packet too large");
	});

	it("ends it when packets come faster than allowed for longer than a burst", () => {
		let now = 0;
		const guard = new PacketGuard(limits, () => now);
		for (let number = 0; number < 50; number++) expect(guard.take(packet(0))).toBeNull();
		expect(guard.take(packet(0))).toBe("too many packets");
		const patient = new PacketGuard(limits, () => now);
		for (let number = 0; number < 500; number++, now += 101) expect(patient.take(packet(0))).toBeNull();
	});

	it("ends it when bytes come faster than allowed for longer than a burst", () => {
		let now = 0;
		const guard = new PacketGuard({ ...limits, burst: 10_000 }, () => now);
		for (let number = 0; number < 99; number++) expect(guard.take(packet(998))).toBeNull();
		expect(guard.take(packet(998))).toBe("too many bytes");
		const patient = new PacketGuard({ ...limits, packetsPerSecond: 1_000 }, () => now);
		for (let number = 0; number < 500; number++, now += 1_001) expect(patient.take(packet(998))).toBeNull();
	});
});

it("trouble with the broker is told in words, without user or password", () => {
	const url = "mqtt://someone:word@broker.example:1884";
	const words = [5, "ECONNREFUSED", "ENOTFOUND", "DEPTH_ZERO_SELF_SIGNED_CERT", "EPROTO"].map((code) =>
		explainMqttError(Object.assign(new Error("x"), { code }), url),
	);
	expect(words).toEqual([
		expect.stringContaining("broker.example:1884 refuses this user name and password"),
		"nothing listens at broker.example:1884",
		expect.stringContaining("cannot be resolved"),
		expect.stringContaining("caFile"),
		expect.stringContaining("TLS"),
	]);
	expect(words.join()).not.toMatch(/someone|word@/);
});
