import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../support/poll.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { tried } from "./support/tried.ts";

const oversize = "oversize requests";
const slow = "slow requests";
const patient = { headersMs: 600, bodyMs: 600, bytesPerS: 1_000_000, mostConnections: 120 };

let server: TestApp;
let admin: Inject;
let port: number;
beforeAll(async () => {
	server = await buildTestApp({}, { patient });
	admin = await server.person("boss", "admin");
	await server.app.listen({ host: "127.0.0.1", port: 0 });
	port = (server.app.server.address() as { port: number }).port;
});
afterAll(() => server.close());

const json = { "content-type": "application/json" };
const taking = () =>
	server.routes.filter(
		({ method, url }) => ["POST", "PUT", "PATCH", "DELETE"].includes(method) && url !== "/api/session",
	);
const addressOf = (url: string) => url.replace(/:\w+/g, "none-such").replace("*", "some/page");
const isRefused = (status: number) => status >= 400 && status < 500;

describe("oversize", () => {
	it("takes no body above its limit, by any route", async () => {
		const bodies = [
			Buffer.from(JSON.stringify({ name: "x".repeat(300_000) })),
			Buffer.from(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), // no parser may go down with it
			Buffer.from(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join(",")}}`),
			Buffer.from(`{"name":"${"\\u0000".repeat(30_000)}"}`),
			Buffer.from(`{"a":${"1".repeat(200_000)}}`),
		];
		for (const { method, url } of taking()) {
			for (const payload of bodies) {
				const { statusCode, body } = await admin(method, addressOf(url), { payload, headers: json });
				tried(oversize, `${method} ${url}, ${payload.length} bytes`, isRefused(statusCode), `${statusCode} ${body}`);
			}
		}
	});

	it("takes no picture above its limit", async () => {
		const payload = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(40 << 20)]);
		for (const { method, url } of taking().filter(({ url }) => /picture|photo|marking|plan/.test(url))) {
			const { statusCode } = await admin(method, addressOf(url), {
				...{ payload, headers: { "content-type": "image/jpeg" } },
			});
			tried(oversize, `${method} ${url}, 40 MB`, isRefused(statusCode), statusCode);
		}
	});

	it("takes neither endless addresses nor endless headers", async () => {
		const cases = {
			"an address of 100 kB": `GET /api/alerts?before=${"1".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
			"a header of 100 kB": `GET /api/wall HTTP/1.1\r\nHost: x\r\nCookie: ${"a".repeat(100_000)}\r\n\r\n`,
			"5,000 headers": `GET /api/wall HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${"A: b\r\n".repeat(5_000)}\r\n`,
			"two lengths": "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
			"a length and chunks": [
				"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked",
				"\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
			].join(""),
			"a chunk of no size": "POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
			"a header within a header": "GET /api/wall HTTP/1.1\r\nHost: x\r\nA: b\rX-Evil: 1\r\n\r\n",
			"a method that there is not": "EVIL /api/wall HTTP/1.1\r\nHost: x\r\n\r\n",
			"no HTTP at all": "\u0016\u0003\u0001\u0000\r\n\r\n",
		};
		for (const [what, text] of Object.entries(cases)) {
			const said = await talk((socket) => void socket.write(text, "latin1"));
			const statuses = [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
			tried(oversize, what, statuses.every(isRefused) && !said.includes("still open"), said);
		}
	});
});

/** What is answered until the server hangs up; it must, and soon. */
async function talk(speak: (socket: Socket) => void, withinMs = 10_000): Promise<string> {
	const socket = connect(port, "127.0.0.1");
	let said = "";
	socket.on("data", (chunk) => (said += chunk.toString("latin1")));
	socket.on("error", () => {});
	await once(socket, "connect");
	speak(socket);
	const timer = setTimeout(() => socket.destroy(new Error("held")), withinMs);
	const isHeld = await once(socket, "close").then(
		() => false,
		() => !socket.errored?.message.includes("ECONN"),
	);
	clearTimeout(timer);
	return isHeld ? `${said} (still open)` : said;
}

/** A byte now and then, for ever. */
function drip(socket: Socket, begin: string, again: string) {
	socket.write(begin);
	const timer = setInterval(() => socket.write(again), 100);
	socket.on("close", () => clearInterval(timer));
}

describe("slow requests", () => {
	it("are cut off while their headers come, and while their body comes, whoever sends it", async () => {
		const signedIn = await server.nobody("POST", "/api/session", {
			json: { name: "boss", password: "correct-horse-battery" },
		});
		const cookie = String(signedIn.headers["set-cookie"]).split(";", 1)[0];
		const token = signedIn.json<{ csrfToken: string }>().csrfToken;
		const post = (path: string, more = "") =>
			`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n${more}\r\n{`;
		const person = `Cookie: ${cookie}\r\nx-csrf-token: ${token}\r\n`;
		const edge = `Authorization: Bearer ${server.edge("edge-1").token}\r\nTus-Resumable: 1.0.0\r\n`;
		const cases: Record<string, [string, string]> = {
			"nothing at all": ["", ""],
			"half a line": ["GET /he", "a"],
			"headers without an end": ["GET /healthz HTTP/1.1\r\nHost: x\r\n", "A: b\r\n"],
			"a password, letter by letter": [post("/api/session"), "x"],
			"a body of who is refused": [post("/api/cameras"), "x"],
			"a body of a page that there is not": [post("/api/none-such"), "x"],
			"a body in chunks": [
				"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
				"1\r\nx\r\n",
			],
			"a person's body": [post("/api/cameras", person), "x"],
			"an edge's body": [post("/api/edge/evidence", edge), "x"],
		};
		const all = Object.entries(cases).map(async ([what, [begin, again]]) => {
			const said = await talk((socket) => drip(socket, begin, again));
			tried(slow, what, !said.includes("still open"), said);
		});
		await Promise.all(all);
	});

	it("keep nobody else out", async () => {
		const sockets = Array.from({ length: 100 }, () => connect(port, "127.0.0.1"));
		for (const socket of sockets) {
			socket.on("error", () => {});
			drip(socket, "GET /healthz HTTP/1.1\r\n", "A: b\r\n");
		}
		const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
		tried(slow, "another, beside 100 slow ones", answer.status === 200, answer.status);
		await until("all slow ones to be cut off", () => sockets.every(({ closed }) => closed));
		for (const socket of sockets) tried(slow, "one of a hundred", socket.closed);
	});

	it("are let in up to a number, and others again once they are gone", async () => {
		const sockets = Array.from({ length: 200 }, () => connect(port, "127.0.0.1"));
		for (const socket of sockets) socket.on("error", () => {}).resume();
		await until("the surplus to be refused", () => sockets.filter(({ closed }) => closed).length >= 80);
		tried(slow, "connections above the limit", true);
		await until("the rest to be cut off", () => sockets.every(({ closed }) => closed));
		expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
	});
});
