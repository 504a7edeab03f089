import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { ClientConnection, type OfferedStream } from "./client-connection.ts";
import type { G711Codec } from "#core/sound/g711.ts";
import { loadClip } from "./clip.ts";
import { type HeardPacket, Loudspeaker } from "./loudspeaker.ts";
import { LoopedStream } from "./looped-stream.ts";

export interface SimulatedStream {
	/** `/yard`; may hold a query. */
	readonly path: string;
	/** A file with H.264 or H.265: .mp4, .h264, .h265 … */
	readonly clip: string;
	/** With a user, a password is asked for. Both are compared as they stand here, not percent-encoded. */
	readonly user?: string;
	readonly password?: string;
	/** Default: digest. */
	readonly auth?: "basic" | "digest";
	/** It has a loudspeaker (ONVIF audio out) that takes this. Default: none. */
	readonly audioOut?: G711Codec;
}

/** A running simulated camera; what it can be told to do wrong is what real ones do. */
export interface SimulatedCamera {
	readonly port: number;
	/** With the stream's user and password, percent-encoded. */
	url(path: string): string;
	/** Sends nothing any more, but keeps every connection open: a hung camera. */
	stall(path: string): void;
	resume(path: string): void;
	/** Cuts the connections of those who watch. */
	dropClients(path: string): void;
	/**
	 * Shows another clip from now on, in the middle of the session where the codec stays the same (size and shape may
	 * change); with another codec those who watch are dropped, as a camera does whose settings are changed.
	 */
	changeClip(path: string, clip: string): Promise<void>;
	/** Sends noise in place of pictures until it is told to stop. */
	corrupt(path: string, isCorrupt: boolean): void;
	/** Puts bytes that are no RTSP in the middle of the connections (those over TCP). */
	garble(path: string): void;
	/** Asks for another password from now on and drops those who watch: somebody changed the camera's settings. */
	changePassword(path: string, password: string): void;
	/** What its loudspeaker was sent since the start; RTP. */
	heard(path: string): readonly HeardPacket[];
	/** Hangs up in the middle of what it is told, once it has heard so many packets in all. */
	cutSpeech(path: string, afterPackets: number): void;
	/** How many are watching. */
	clients(path: string): number;
	close(): Promise<void>;
}

/** A camera of our own over real RTSP, for the demo and the tests: loops clips, to any number of viewers. */
export async function startRtspCamera(options: {
	readonly streams: readonly SimulatedStream[];
	/** Default: any free one. */
	readonly port?: number;
	/** Default: 127.0.0.1. */
	readonly host?: string;
}): Promise<SimulatedCamera> {
	const host = options.host ?? "127.0.0.1";
	const offered = new Map((await Promise.all(options.streams.map(offer))).map((stream) => [stream.path, stream]));
	const clients = new Set<ClientConnection>();
	const server = createServer((socket) => {
		const client = new ClientConnection(socket, (path) => offered.get(path));
		clients.add(client);
		socket.once("close", () => clients.delete(client));
	});
	server.listen(options.port ?? 0, host);
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;

	const at = (path: string) => {
		const stream = offered.get(path);
		if (!stream) throw new Error(`the simulated camera has no stream ${path}`);
		return stream;
	};
	const watching = (path: string) => [...clients].filter((client) => client.path === at(path).path);
	const dropClients = (path: string) => watching(path).forEach((client) => client.drop());
	return {
		port,
		url: (path) => `rtsp://${userInfo(at(path))}${host.includes(":") ? `[${host}]` : host}:${port}${path}`,
		stall: (path) => void (at(path).stalled = true),
		resume: (path) => void (at(path).stalled = false),
		dropClients,
		changeClip: async (path, file) => {
			const clip = await loadClip(file);
			const { stream } = at(path);
			if (clip.codec !== stream.clip.codec) dropClients(path);
			stream.change(clip);
		},
		corrupt: (path, isCorrupt) => void (at(path).corrupt = isCorrupt),
		garble: (path) => watching(path).forEach((client) => client.isUdp || client.garble(randomBytes(4096))),
		changePassword: (path, password) => {
			const stream = at(path);
			stream.credentials = { user: stream.credentials?.user ?? "admin", password };
			dropClients(path);
		},
		heard: (path) => at(path).loudspeaker?.heard ?? [],
		cutSpeech: (path, afterPackets) => {
			const { loudspeaker } = at(path);
			if (loudspeaker) loudspeaker.cutsAfter = afterPackets;
		},
		clients: (path) => watching(path).length,
		close: async () => {
			for (const { stream } of offered.values()) stream.stop();
			for (const client of clients) client.drop();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

async function offer({ path, clip, user, password, auth, audioOut }: SimulatedStream): Promise<OfferedStream> {
	return {
		path,
		stream: new LoopedStream(await loadClip(clip)),
		credentials: user === undefined ? null : { user, password: password ?? "" },
		auth: auth ?? "digest",
		stalled: false,
		corrupt: false,
		loudspeaker: audioOut ? new Loudspeaker(audioOut) : null,
	};
}

const userInfo = ({ credentials }: OfferedStream) =>
	credentials ? `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}@` : "";
