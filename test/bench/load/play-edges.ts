import { connectAsync, type MqttClient } from "mqtt";
import { edgeClientId, statusEveryMs, topics } from "#contract/topics.ts";
import { wait } from "#platform/wait.ts";
import { jpegOf, sendEvidence } from "../../support/evidence.ts";
import { answerQuestions } from "./load-child.ts";
import { cameraOf, edgeOf, laneOf, siteId } from "./many-lanes.ts";

interface About {
	readonly mqttUrl: string;
	readonly url: string;
	readonly tokens: readonly string[];
	readonly lanes: number;
}

const status = () => JSON.stringify({ v: 1, state: "online", at: Date.now(), version: "0.1.0" });
let uploaded = 0;

await answerQuestions<About, { rate: number; seconds: number }>(async ({ mqttUrl, url, tokens, lanes }) => {
	const waiting = new Set<string>();
	const clients: MqttClient[] = [];
	for (const [edge, token] of tokens.entries()) {
		const address = { siteId, edgeId: edgeOf(edge) };
		const client = await connectAsync(mqttUrl, {
			...{ username: address.edgeId, password: token, clientId: edgeClientId(address.edgeId), protocolVersion: 4 },
		});
		await client.subscribeAsync(topics.ack(address), { qos: 1 });
		client.on("message", (_topic, bytes) => {
			for (const id of (JSON.parse(bytes.toString()) as { applied: string[] }).applied) waiting.delete(id);
		});
		const sayStatus = () => client.publishAsync(topics.status(address), status(), { qos: 1, retain: true });
		await sayStatus();
		setInterval(() => void sayStatus(), statusEveryMs);
		clients.push(client);
	}
	let turn = 0;
	let lastAt = 0;
	const open: { alertId: string; lane: number }[] = [];

	/** One message in twenty is an alert's; the alert's id ends with the instant at which it was sent. */
	function sendOne(): void {
		turn += 1;
		const at = (lastAt = Math.max(lastAt + 1, Date.now()));
		if (turn % 20 === 0) return open.length < 200 ? raise(at) : clear(at);
		const lane = (turn * 37) % lanes;
		const state = ["pending", "clear"][Math.floor(turn / lanes) % 2]!;
		const message = { v: 1, ...placeOf(lane), state, reason: null, since: at, at, alertId: null, clearance: null };
		publish(lane, topics.laneState(addressOf(lane), laneOf(lane)), message, true);
	}

	function raise(at: number): void {
		const lane = (turn * 101) % lanes;
		const alertId = `occ-${lane}-${at}`;
		open.push({ alertId, lane });
		const facts = { cause: "vehicle", label: "car", confidence: 0.9, box: [0.1, 0.2, 0.5, 0.6] };
		const times = { at, enteredAt: at - 120_000, raisedAt: at };
		const message = { v: 1, id: `${alertId}.raised`, alertId, kind: "raised", ...placeOf(lane), ...times, ...facts };
		sendAlert(lane, message);
	}

	function clear(at: number): void {
		const oldest = open.shift();
		if (!oldest) return;
		const { alertId, lane } = oldest;
		const place = placeOf(lane);
		const message = {
			v: 1,
			id: `${alertId}.cleared`,
			alertId,
			kind: "cleared",
			...place,
			at,
			clearedAt: at,
			by: "camera",
		};
		sendAlert(lane, message);
	}

	function sendAlert(lane: number, message: object & { readonly id: string }): void {
		waiting.add(message.id);
		publish(lane, topics.alert(addressOf(lane)), message, false);
	}

	const addressOf = (lane: number) => ({ siteId, edgeId: edgeOf(lane % tokens.length) });
	const placeOf = (lane: number) => ({ laneId: laneOf(lane), cameraId: cameraOf(lane % tokens.length) });
	const publish = (lane: number, topic: string, message: object, retain: boolean) =>
		clients[lane % tokens.length]?.publish(topic, JSON.stringify(message), { qos: 1, retain });

	return async ({ rate, seconds }) => {
		const startedAt = performance.now();
		let messages = 0;
		const isUploading = { now: true };
		const uploads = upload(url, tokens[0] ?? "", isUploading);
		for (; performance.now() - startedAt < seconds * 1000; await wait(5)) {
			const due = ((performance.now() - startedAt) / 1000) * rate;
			for (; messages < due; messages += 1) sendOne();
		}
		isUploading.now = false;
		await uploads;
		const endedAt = performance.now();
		while (waiting.size > 0 && performance.now() - endedAt < 30_000) await wait(20);
		return { messages, acknowledgedMs: waiting.size === 0 ? Math.round(performance.now() - endedAt) : null };
	};
});

/** Two photos of 200 kB a second. */
async function upload(url: string, token: string, isWanted: { now: boolean }): Promise<void> {
	while (isWanted.now) {
		uploaded += 1;
		const id = `photo-${uploaded}`;
		await sendEvidence(
			{ url, token },
			{ id, alertId: `occ-photo-${uploaded}`, kind: "still_raised", content: jpegOf(200_000) },
		);
		await wait(500);
	}
}
