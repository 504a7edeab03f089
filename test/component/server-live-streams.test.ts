import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { readStreamPiece, type StreamPiece, writeStreamPiece } from "#contract/live-stream.ts";
import { streamHubOf } from "../../src/server/live/stream-hub.ts";
import { until } from "../support/poll.ts";
import { type Person, startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let admin: Person;
let token: string;
let cameraId: string;

beforeAll(async () => {
	server = await startTestServer();
	admin = await server.admin();
	token = server.createEdge("edge-1").token;
	const body = { name: "gate", edgeId: "edge-1", url: "rtsp://10.0.0.9/a" };
	cameraId = (await admin.json<CameraAnswer>("/api/cameras", { method: "POST", json: body })).id;
});
afterAll(() => server.stop());

interface Client {
	readonly socket: WebSocket;
	readonly pieces: StreamPiece[];
	readonly words: { state: string; reason?: string }[];
	readonly closed: () => number | null;
}

function connect(path: string, headers: Record<string, string>): Client {
	const socket = new WebSocket(server.url.replace("http", "ws") + path, { headers });
	const pieces: StreamPiece[] = [];
	const words: Client["words"] = [];
	let code: number | null = null;
	socket.on("message", (data: Buffer, isBinary: boolean) => {
		const piece = isBinary ? readStreamPiece(data) : null;
		if (piece) pieces.push(piece);
		else words.push(JSON.parse(data.toString()) as Client["words"][number]);
	});
	socket.on("error", () => {});
	socket.on("close", (closeCode) => (code = closeCode));
	return { socket, pieces, words, closed: () => code };
}

const watch = (cookie = admin.cookie, more: Record<string, string> = {}, form = "copy") =>
	connect(`/api/cameras/${cameraId}/stream?form=${form}`, { cookie, origin: server.url, ...more });

const statusOf = (client: Client) =>
	new Promise<number | undefined>((resolve) => {
		client.socket.once("unexpected-response", (_request, response) => {
			resolve(response.statusCode);
			client.socket.terminate();
		});
		client.socket.once("open", () => resolve(101));
	});

/** What an edge fetches when it is told of a job: here the job is looked up where the hub keeps it. */
async function jobId(): Promise<string> {
	const asked: string[] = [];
	const hub = streamHubOf(server.parts);
	const { notifier } = server.parts;
	const publish = notifier.publishJob.bind(notifier);
	notifier.publishJob = (edge, id) => {
		asked.push(id);
		publish(edge, id);
	};
	const edge = { ...server.parts, id: "edge-1" } as never;
	return until("the edge to be asked", () => asked.find((id) => hub.findJob(edge, id)), { deadlineMs: 15_000 });
}

const dial = (id: string, bearer = token) => connect(`/api/edge/streams/${id}`, { authorization: `Bearer ${bearer}` });

function send(edge: Client, kind: StreamPiece["kind"], bytes = 10, mediaMs = 0) {
	const codec = kind === "head" ? "avc1.64001f" : "";
	edge.socket.send(writeStreamPiece({ kind, time: 40, mediaMs, codec, bytes: new Uint8Array(bytes) }));
}

const kindsOf = ({ pieces }: Client) => pieces.map(({ kind }) => kind).join(" ");

describe("live video", () => {
	it("is refused without a session, from another site's page, of no camera, and to a foreign edge", async () => {
		expect(await statusOf(watch(""))).toBe(401);
		expect(await statusOf(watch("keepclear=made-up"))).toBe(401);
		expect(await statusOf(watch(admin.cookie, { origin: "https://evil.example" }))).toBe(403);
		expect(await statusOf(connect("/api/cameras/none/stream", { cookie: admin.cookie }))).toBe(404);
		expect(await statusOf(connect(`/api/cameras/${cameraId}/stream?form=huge`, { cookie: admin.cookie }))).toBe(400);
		expect(await statusOf(dial("stream-none"))).toBe(404);
		expect(await statusOf(dial("stream-none", "made-up"))).toBe(401);
	});

	it("is shared: begins at a key frame, is stopped after the last viewer, and goes on after an edge that was lost", async () => {
		const asking = jobId();
		const first = watch();
		const id = await asking;
		const other = server.createEdge("edge-2").token;
		expect(await statusOf(dial(id, other))).toBe(404);
		const edge = dial(id);
		expect(await statusOf(edge)).toBe(101);
		send(edge, "head");
		send(edge, "other");
		send(edge, "key", 10, 1000);
		send(edge, "other", 10, 1250);
		await until("a head, a key frame and what follows", () => kindsOf(first) === "head key other", {
			lastSeen: () => kindsOf(first),
		});
		const late = Date.now() - (first.pieces[1]?.time ?? 0);
		expect(late).toBeGreaterThanOrEqual(40);
		expect(late).toBeLessThan(5_000);

		const second = watch();
		await until("the same, for one who comes later", () => kindsOf(second) === "head key other");
		expect(await (await admin.fetch("/metrics")).text()).toMatch(/live_streams 1\n[^]*live_viewers 2\n/);

		edge.socket.terminate();
		await until("both to be told", () => [first, second].every(({ words }) => words.at(-1)?.state === "edge_lost"));
		const again = dial(await jobId());
		await statusOf(again);
		send(again, "head");
		send(again, "key");
		await until("both to see again", () =>
			[first, second].every((one) => kindsOf(one).endsWith("head key") && one.words.at(-1)?.state === "playing"),
		);
		await until("silence of the camera to be told", () => first.words.at(-1)?.state === "camera_lost", {
			deadlineMs: 12_000,
			lastSeen: () => first.words.at(-1),
			// The edge goes on saying that it is there.
			...(setTimeout(() => again.socket.send('{"kind":"beat"}'), 3_000) && {}),
		});
		first.socket.close();
		second.socket.close();
		await until("the edge to be let go", () => again.closed() !== null, { deadlineMs: 15_000 });
		expect(await (await admin.fetch("/metrics")).text()).toMatch(/live_streams 0\n[^]*live_viewers 0\n/);
	});

	it("leaves out what a slow viewer does not take, up to a later key frame", async () => {
		const asking = jobId();
		const slow = watch();
		const edge = dial(await asking);
		await statusOf(edge);
		send(edge, "head");
		await until("the head", () => kindsOf(slow) === "head");
		(slow.socket as unknown as { _socket: { pause(): void; resume(): void } })._socket.pause();
		for (let group = 0; group < 40; group += 1) {
			send(edge, "key", 1 << 20, group * 1000);
			send(edge, "other", 1 << 20, group * 1000 + 500);
			await new Promise((resolve) => edge.socket.ping(resolve));
		}
		(slow.socket as unknown as { _socket: { pause(): void; resume(): void } })._socket.resume();
		await until("it to go on", async () => {
			send(edge, "key", 1000, 90_000);
			send(edge, "other", 1000, 90_500);
			return slow.pieces.at(-1)?.mediaMs === 90_500;
		});
		const big = slow.pieces.filter(({ bytes }) => bytes.length === 1 << 20);
		expect(big.length).toBeLessThan(40);
		// Never what goes on without what it goes on from.
		for (const [index, piece] of slow.pieces.entries()) {
			if (piece.kind === "other") expect(slow.pieces[index - 1]?.mediaMs).toBe(piece.mediaMs - 500);
		}
		slow.socket.close();
	});

	it("says why there is none", async () => {
		const asking = jobId();
		const viewer = watch(admin.cookie, {}, "transcoded");
		const edge = dial(await asking);
		await statusOf(edge);
		edge.socket.send('{"kind":"refused","reason":"busy"}');
		await until("the refusal", () => viewer.words.at(-1)?.reason === "busy");
		viewer.socket.close();
	});

	it("ends with the session, and is given to one person six times at most", async () => {
		const person = await server.signIn("admin", server.adminPassword);
		const six = Array.from({ length: 6 }, () => watch(person.cookie));
		await Promise.all(six.map(statusOf));
		await until("all six to be let in", () => six.every(({ words }) => words.length > 0));
		const seventh = watch(person.cookie);
		await until("the seventh to be refused", () => seventh.closed() === 4429);
		expect(seventh.words).toEqual([{ state: "refused", reason: "too_many_viewers" }]);
		await person.fetch("/api/session", { method: "DELETE" });
		await until("all to be closed", () => six.every((one) => one.closed() === 4401), { deadlineMs: 12_000 });
	});
});
