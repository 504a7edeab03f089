// A camera of our own as a program: tsx src/simulator/main.ts --clip FILE [--path /camera] [--port 8554]
// Prints one line of JSON, {"url":"rtsp://…"}, once it can be watched.
import { once } from "node:events";
import { parseArgs } from "node:util";
import { InputError } from "#platform/input-error.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { startRtspCamera } from "./rtsp-camera.ts";

const usage = "allowed are --clip FILE, --path /PATH, --port NUMBER and --host ADDRESS";

function readArguments() {
	try {
		const options = {
			clip: { type: "string" },
			path: { type: "string", default: "/camera" },
			port: { type: "string", default: "0" },
			host: { type: "string", default: "127.0.0.1" },
		} as const;
		const { clip, path, port, host } = parseArgs({ options }).values;
		if (!clip) throw new InputError(`--clip is missing; ${usage}`);
		if (!path.startsWith("/")) throw new InputError(`--path ${path}: must begin with /`);
		if (!/^\d+$/.test(port) || Number(port) > 65_535) throw new InputError(`--port ${port}: must be 0 to 65535`);
		return { clip, path, port: Number(port), host };
	} catch (error) {
		throw error instanceof InputError ? error : new InputError(`${(error as Error).message}; ${usage}`);
	}
}

try {
	const signal = shutdownSignal();
	const { clip, path, port, host } = readArguments();
	const camera = await startRtspCamera({ streams: [{ path, clip }], port, host });
	process.stdout.write(`${JSON.stringify({ url: camera.url(path) })}\n`);
	if (!signal.aborted) await once(signal, "abort");
	await camera.close();
} catch (error) {
	process.stderr.write(`simulated camera: ${(error as Error).message}\n`);
	process.exitCode = error instanceof InputError ? 2 : 1;
}
