import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { RtspReader, RtspSyntaxError } from "#platform/rtsp/messages.ts";
import type { CameraAddress } from "./camera-address.ts";
import { CameraError } from "./camera-error.ts";
import type { CameraNetworks } from "./camera-networks.ts";
import { connectToCamera } from "./connect-to-camera.ts";
import { RtspDialogue } from "./rtsp-dialogue.ts";

/**
 * Stands between ffmpeg and a camera for one session, so that ffmpeg is given `rtsp://127.0.0.1:<port>/camera` and
 * neither `ps` nor anything that ffmpeg writes can show a password: the relay puts the camera's own address into the
 * requests and answers the question for the password itself. It also hears in the camera's own words why there is no
 * picture. With TCP the video runs through it; with UDP it goes straight to ffmpeg and only the requests run here.
 *
 * The first connection only is let in. Somebody on this machine who is faster than ffmpeg would see the video once and
 * ffmpeg would fail; the password they would not see.
 */
export class RtspRelay {
	readonly url: string;
	readonly #camera: Socket;
	readonly #server: Server;
	readonly #dialogue: RtspDialogue;
	readonly #closed: Promise<unknown>;
	#viewer: Socket | null = null;
	#dataAt: number | null = null;
	#problem: CameraError | null = null;

	/** Connects to the camera. @throws CameraError: no_route, refused, timeout. */
	static async open(
		address: CameraAddress,
		how: { networks: CameraNetworks; timeoutMs: number },
		signal: AbortSignal,
	): Promise<RtspRelay> {
		const camera = await connectToCamera(address, how, signal);
		try {
			const server = createServer({ pauseOnConnect: true });
			server.maxConnections = 1;
			server.listen(0, "127.0.0.1");
			await once(server, "listening");
			return new RtspRelay(address, camera, server);
		} catch (error) {
			camera.destroy();
			throw error;
		}
	}

	private constructor(address: CameraAddress, camera: Socket, server: Server) {
		const { port } = server.address() as AddressInfo;
		this.url = `rtsp://127.0.0.1:${port}/camera`;
		this.#camera = camera;
		this.#server = server;
		this.#dialogue = new RtspDialogue(address, this.url, camera.remoteAddress ?? "");
		this.#closed = once(camera, "close").catch(() => {});
		camera.on("error", () => camera.destroy());
		camera.on("close", () => this.close());
		server.once("connection", (viewer: Socket) => {
			server.close();
			this.#join(viewer);
		});
	}

	/** What the camera said or did, where that explains why there is no picture. */
	get problem(): CameraError | null {
		return this.#problem ?? this.#dialogue.problem;
	}

	/** When video last came through here (monotonic ms); with UDP it never does. */
	get dataAt(): number | null {
		return this.#dataAt;
	}

	/** Fulfilled when the camera's connection is closed, by whichever side. */
	get closed(): Promise<unknown> {
		return this.#closed;
	}

	close() {
		this.#server.close();
		this.#camera.destroy();
		this.#viewer?.destroy();
	}

	#join(viewer: Socket) {
		this.#viewer = viewer;
		viewer.setNoDelay(true);
		viewer.on("error", () => viewer.destroy());
		viewer.on("close", () => this.#camera.end());
		this.#pump(viewer, this.#camera, (message) => this.#dialogue.fromViewer(message));
		this.#pump(this.#camera, viewer, (message) => this.#dialogue.fromCamera(message));
		viewer.resume();
	}

	#pump(from: Socket, to: Socket, translate: RtspDialogue["fromCamera"]) {
		const reader = new RtspReader();
		from.on("data", (chunk: Buffer) => {
			from.cork();
			to.cork();
			try {
				for (const item of reader.take(chunk)) {
					if (item.kind === "interleaved") {
						if (from === this.#camera) this.#dataAt = performance.now();
						to.write(item.whole);
					} else {
						const { onward, back } = translate(item);
						if (onward) to.write(onward);
						if (back) from.write(back);
					}
				}
			} catch (error) {
				if (!(error instanceof RtspSyntaxError)) throw error;
				this.#problem ??= this.#notRtsp();
				this.close();
			} finally {
				from.uncork();
				to.uncork();
			}
			if (to.writableNeedDrain) {
				from.pause();
				to.once("drain", () => from.resume());
			}
		});
	}

	#notRtsp(): CameraError {
		return this.#dataAt === null
			? new CameraError("no_video", "what answers there is not a camera's video service (RTSP): is the port right?")
			: new CameraError("corrupt_stream", "the camera sent data that are not RTSP");
	}
}
