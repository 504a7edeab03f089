import { once } from "node:events";
import type { LookupAddress } from "node:dns";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, isIP, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCameraUrl } from "../../edge/video/camera-address.ts";
import { anywhere, cameraNetworks, lookupWithin, outsideNetworks } from "../../edge/video/camera-networks.ts";
import { connectToCamera } from "../../edge/video/connect-to-camera.ts";
import { probeCamera } from "../../edge/video/probe-camera.ts";
import { callOut } from "../../src/server/notices/call-out.ts";
import { buildTestApp } from "../support/server-app.ts";
import { tried } from "./support/tried.ts";

const byCamera = "SSRF by a camera's address";
const byCall = "SSRF by webhooks and push";

/** This machine in every way that resolvers take, and what lies beside it. */
const loopbacks = [
	...[
		"127.0.0.1",
		"localhost",
		"LOCALHOST",
		"localhost.",
		"127.1",
		"127.0.1",
		"2130706433",
		"0x7f000001",
		"0177.0.0.1",
	],
	...["0x7f.1", "0", "0.0.0.0", "127.255.255.254", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"],
	...["[0:0:0:0:0:0:0:1]", "[::127.0.0.1]"],
];
const unwanted = [
	...["169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]", "[fe80::a9fe:a9fe]", "[fd00:ec2::254]"],
	...["100.100.100.200", "224.0.0.1", "239.255.255.250", "255.255.255.255", "[ff02::1]", "0.1.2.3"],
];

/** Somebody at this machine who must never hear anything. */
let heard = 0;
const trap = createServer((socket) => {
	heard += 1;
	socket.destroy();
});
let port: number;
beforeAll(async () => {
	trap.listen(0, "127.0.0.1");
	await once(trap, "listening");
	({ port } = trap.address() as AddressInfo);
});
afterAll(() => void trap.close());

const signal = () => new AbortController().signal;

describe("a camera's address", () => {
	it("leads neither to the edge itself nor to where no camera is, in whatever way it is written", async () => {
		for (const host of [...loopbacks, ...unwanted]) {
			for (const scheme of ["rtsp", "rtsps"]) {
				const how = { networks: cameraNetworks(), timeoutMs: 3_000 };
				const said = await (async () =>
					connectToCamera(parseCameraUrl(`${scheme}://${host}:${port}/`), how, signal()))().then(
					(socket) => `connected to ${socket.destroy().remoteAddress}`,
					(error: Error) => error.message,
				);
				// What this machine's resolver does not know is no way in either.
				tried(byCamera, `${scheme}://${host}`, !said.startsWith("connected"), said);
			}
		}
		expect(heard).toBe(0);
	});

	it("is told why, in words that name the setting", async () => {
		const how = { networks: cameraNetworks(), timeoutMs: 3_000 };
		for (const host of ["127.0.0.1", "localhost"]) {
			const refused = connectToCamera(parseCameraUrl(`rtsp://${host}:${port}/`), how, signal());
			await expect(refused).rejects.toThrow(/is not in a network that cameras may be in: see cameraNetworks/);
		}
	});

	it("leads to the networks of the configuration, where it has any, and to no other", () => {
		const lan = cameraNetworks(["192.168.8.0/24", "10.9.0.1", "fd12::/16"]);
		for (const address of ["192.168.8.0", "192.168.8.255", "10.9.0.1", "fd12::7", "::ffff:192.168.8.20"])
			expect(lan.has(address), address).toBe(true);
		const outside = [
			"192.168.9.1",
			"10.9.0.2",
			"127.0.0.1",
			"8.8.8.8",
			"::1",
			"fd13::1",
			"::ffff:10.0.0.1",
			"nonsense",
			"",
		];
		for (const address of outside) tried(byCamera, `${address}, outside of a list`, !lan.has(address), address);
		expect(cameraNetworks(["127.0.0.0/8"]).has("127.0.0.1")).toBe(true);
		for (const address of ["192.168.1.20", "10.0.0.9", "172.16.3.4", "8.8.8.8", "fd12::7", "2400:3200::1"])
			expect(cameraNetworks().has(address), address).toBe(true);
		for (const network of ["10.0.0.0/33", "lan", "10.0.0.0/", "::/129", "10.0.0/8"])
			expect(() => cameraNetworks([network]), network).toThrow(/is no network/);
	});

	it("is looked up once: a name that says another address a moment later leads nowhere else", async () => {
		const answers: LookupAddress[][] = [
			[{ address: "192.168.8.20", family: 4 }],
			[{ address: "127.0.0.1", family: 4 }],
			[
				{ address: "169.254.169.254", family: 4 },
				{ address: "192.168.8.20", family: 4 },
			],
			[
				{ address: "::1", family: 6 },
				{ address: "fe80::1", family: 6 },
			],
		];
		for (const [round, addresses] of answers.entries()) {
			for (const all of [true, false]) {
				const lookup = lookupWithin(cameraNetworks(), (_host, _options, found) => found(null, addresses));
				const [code, given] = await new Promise<[string | undefined, string]>((resolve) =>
					lookup("camera.evil.example", { all }, (error, address) => resolve([error?.code, JSON.stringify(address)])),
				);
				const isClean = !/127\.0|169\.254|::1|fe80/.test(given) && (code === undefined || code === outsideNetworks);
				tried(byCamera, `rebinding, answer ${round}`, isClean, given);
			}
		}
	});

	it("is not left for another that a camera names, in a redirection or as the source of its video", async () => {
		const camera = createServer((socket: Socket) => {
			socket.on("error", () => {});
			socket.on("data", (chunk) => {
				const sequence = /CSeq: (\d+)/i.exec(chunk.toString())?.[1] ?? "1";
				const elsewhere = `rtsp://127.0.0.1:${port}/`;
				socket.write(
					`RTSP/1.0 302 Found\r\nCSeq: ${sequence}\r\nLocation: ${elsewhere}\r\nContent-Base: ${elsewhere}\r\n\r\n`,
				);
			});
		});
		camera.listen(0, "127.0.0.1");
		await once(camera, "listening");
		try {
			for (const transport of ["tcp", "udp"] as const) {
				const url = `rtsp://127.0.0.1:${(camera.address() as AddressInfo).port}/`;
				const result = await probeCamera({ url, transport, networks: anywhere, timeoutMs: 8_000, signal: signal() });
				tried(byCamera, `a redirection, ${transport}`, heard === 0 && !result.ok, result);
			}
		} finally {
			camera.close();
		}
	});
});

describe("what the server calls", () => {
	const call = { method: "POST", headers: {}, body: "{}" } as const;

	it("is neither this machine nor its network, unless the configuration says so", async () => {
		const inner = [...loopbacks, ...unwanted, "10.0.0.1", "172.16.0.1", "192.168.0.1", "[fc00::1]", "100.64.0.1"];
		for (const host of inner) {
			for (const scheme of ["http", "https"]) {
				if (!URL.canParse(`${scheme}://${host}:${port}/`)) continue;
				const url = new URL(`${scheme}://${host}:${port}/`);
				const said = await callOut(
					{ timeoutMs: 2_000, allowPrivateAddress: false },
					{ ...call, url },
					{ signal: signal() },
				);
				tried(byCall, url.href, "sent" in said && !said.sent, said);
			}
		}
		expect(heard).toBe(0);
	});

	it("is not followed elsewhere by a redirection", async () => {
		for (const status of [301, 302, 303, 307, 308]) {
			const gateway = createHttpServer((_request, response) =>
				response.writeHead(status, { location: `http://127.0.0.1:${port}/` }).end(),
			);
			gateway.listen(0, "127.0.0.1");
			await once(gateway, "listening");
			const url = new URL(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`);
			await callOut({ timeoutMs: 2_000, allowPrivateAddress: true }, { ...call, url }, { signal: signal() });
			gateway.close();
			tried(byCall, `a redirection by ${status}`, heard === 0, heard);
		}
	});

	it("is a push service on the internet, where a person's browser names it", async () => {
		const server = await buildTestApp();
		try {
			const guo = await server.person("guo", "guard");
			const keys = {
				p256dh: Buffer.alloc(65, 4).toString("base64url"),
				auth: Buffer.alloc(16, 1).toString("base64url"),
			};
			for (const host of [...loopbacks, ...unwanted, "192.168.0.1"]) {
				const endpoint = `https://${host}:${port}/x`;
				// A name is looked at when it is called: see above, and component/server-push.test.ts.
				if (isIP(new URL(endpoint).hostname.replace(/^\[|\]$/g, "")) === 0) continue;
				const { statusCode, body } = await guo("PUT", "/api/push/subscription", {
					json: { endpoint, keys, language: "en" },
				});
				tried(byCall, `a phone at ${host}`, statusCode === 400, `${statusCode} ${body}`);
			}
		} finally {
			await server.close();
		}
	});
});
