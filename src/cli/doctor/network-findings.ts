import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import mqtt from "mqtt";
import type { MqttAccess } from "#platform/mqtt-connection.ts";
import { explainMqttError } from "#platform/mqtt-error.ts";
import { endsSoonMs } from "../../server/tls/certificate-keeper.ts";
import { type Finding, fine, wrong } from "./finding.ts";

const answerWithinMs = 5_000;

/** Null where it could be opened; otherwise the system's code, such as EADDRINUSE. */
export function tryPort(host: string, port: number): Promise<string | null> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
		server.listen({ host, port }, () => server.close(() => resolve(null)));
	});
}

/** Whether anything takes a connection there. */
export function answersAt(host: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host, port, timeout: answerWithinMs });
		const settle = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once("connect", () => settle(true));
		socket.once("error", () => settle(false));
		socket.once("timeout", () => settle(false));
	});
}

/** Signs in at a broker and goes at once. */
export async function signInFinding(access: MqttAccess, clientId: string): Promise<Finding> {
	const about = "broker";
	const { url, username, password, ca } = access;
	const client = mqtt.connect(url, {
		...{ clientId, username, password, protocolVersion: 4, clean: true, reconnectPeriod: 0 },
		connectTimeout: answerWithinMs,
		...(ca ? { ca } : {}),
	});
	try {
		await new Promise<void>((resolve, reject) => {
			client.once("connect", () => resolve());
			client.once("error", reject);
			client.once("close", () => reject(new Error("the broker closed the connection")));
		});
		return fine(about, `${url} takes ${username}`);
	} catch (error) {
		return wrong(about, `${url}: ${explainMqttError(error, url)}`);
	} finally {
		client.end(true);
	}
}

/** A certificate of ours: readable, in force, and for some time yet. */
export async function certificateFinding(file: string, now = Date.now()): Promise<Finding> {
	return endFinding("certificate", file, () => readFile(file), now);
}

/** The authority that an edge trusts: without it neither server nor broker is believed any more. */
export const authorityFinding = (pem: string, now = Date.now()): Promise<Finding> =>
	endFinding("authority", "the authority that this edge trusts", async () => Buffer.from(pem), now);

async function endFinding(about: string, name: string, read: () => Promise<Buffer>, now: number): Promise<Finding> {
	let until: number;
	try {
		until = Date.parse(new X509Certificate(await read()).validTo);
	} catch (error) {
		return wrong(
			about,
			`${name} is no certificate that can be read (${(error as NodeJS.ErrnoException).code ?? "not PEM"})`,
		);
	}
	const day = new Date(until).toISOString().slice(0, 10);
	if (until < now)
		return wrong(about, `${name} has ended on ${day}: nobody connects any more; put a new one in its place`);
	if (until < now + endsSoonMs) return wrong(about, `${name} ends on ${day}: put a new one in its place before`);
	return fine(about, `${name} holds until ${day}`);
}
