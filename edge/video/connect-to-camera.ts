import { type Socket, connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import type { CameraAddress } from "./camera-address.ts";
import { CameraError } from "./camera-error.ts";
import { type CameraNetworks, lookupWithin, outsideNetworks } from "./camera-networks.ts";

/** An open connection to the camera. @throws CameraError: no_route, refused, timeout. */
export function connectToCamera(
	address: CameraAddress,
	{ networks, timeoutMs }: { networks: CameraNetworks; timeoutMs: number },
	signal: AbortSignal,
): Promise<Socket> {
	return new Promise((resolve, reject) => {
		if (isIP(address.host) && !networks.has(address.host)) return reject(outside(address));
		const socket = openSocket(address, networks);
		const timer = setTimeout(() => fail(new CameraError("timeout", `${nameOf(address)} does not answer`)), timeoutMs);
		const fail = (error: unknown) => {
			release();
			socket.on("error", () => {});
			socket.destroy();
			reject(error instanceof Error ? error : new Error(String(error)));
		};
		const onError = (error: NodeJS.ErrnoException) => fail(explain(error, address));
		const onAbort = () => fail(signal.reason);
		const release = () => {
			clearTimeout(timer);
			socket.off("error", onError);
			signal.removeEventListener("abort", onAbort);
		};
		socket.once("error", onError);
		socket.once(address.isTls ? "secureConnect" : "connect", () => {
			release();
			socket.setNoDelay(true);
			resolve(socket);
		});
		signal.addEventListener("abort", onAbort, { once: true });
		if (signal.aborted) onAbort();
	});
}

/**
 * Cameras prove themselves by certificates that they signed themselves; there is no authority to ask. TLS therefore
 * keeps listeners out, not somebody who sits on the wire and plays the camera: that is the network's to prevent.
 */
function openSocket({ isTls, host, port }: CameraAddress, networks: CameraNetworks): Socket {
	const name = isIP(host) ? {} : { servername: host };
	const to = { host, port, lookup: lookupWithin(networks) };
	return isTls ? connectTls({ ...to, rejectUnauthorized: false, ...name }) : connect(to);
}

const outside = (address: CameraAddress) =>
	new CameraError(
		"no_route",
		`${nameOf(address)} is not in a network that cameras may be in: see cameraNetworks in the edge's configuration`,
	);

function explain(error: NodeJS.ErrnoException, address: CameraAddress): CameraError {
	if (error.code === outsideNetworks) return outside(address);
	const { problem, says } = explanations[error.code ?? ""] ?? unexplained(error, address);
	return new CameraError(problem, `${nameOf(address)} ${says}`, { cause: error });
}

type Explanation = { problem: CameraError["problem"]; says: string };

const noRoute: Explanation = { problem: "no_route", says: "cannot be reached from here" };
const noName: Explanation = { problem: "no_route", says: "is a name that nobody here knows" };
const explanations: Readonly<Record<string, Explanation>> = {
	ECONNREFUSED: { problem: "refused", says: "refuses the connection: nothing answers at this port" },
	ECONNRESET: { problem: "refused", says: "broke off the connection" },
	ETIMEDOUT: { problem: "timeout", says: "does not answer" },
	EHOSTUNREACH: noRoute,
	ENETUNREACH: noRoute,
	EHOSTDOWN: noRoute,
	EADDRNOTAVAIL: noRoute,
	EINVAL: noRoute,
	ENOTFOUND: noName,
	EAI_AGAIN: noName,
};

function unexplained(error: NodeJS.ErrnoException, { isTls }: CameraAddress): Explanation {
	if (isTls) return { problem: "refused", says: "does not speak TLS at this port: rtsp:// in place of rtsps://?" };
	return { problem: "unknown", says: `cannot be connected to (${error.code ?? error.message})` };
}

const nameOf = ({ host, port }: CameraAddress) => `${host.includes(":") ? `[${host}]` : host}:${port}`;
