import { expect, test } from "vitest";
import { initialCameraState } from "#core/camera.ts";
import { overlaySchema } from "#contract/live-api.ts";
import { LiveView } from "../../edge/centre/live-view.ts";
import { ServerError } from "../../edge/centre/server-client.ts";
import type { Overlay } from "../../edge/evidence/overlay.ts";
import { until } from "../support/poll.ts";
import { oneLane } from "../support/synthetic-camera.ts";
import { silentLog } from "../support/watched-camera.ts";

const frame = { capturedAt: 1, width: 32, height: 18, rgb: new Uint8Array(32 * 18 * 3) };
const seen = { at: 1, state: initialCameraState(), scene: oneLane(), looks: [], detections: [] };

function liveView(answer: () => Promise<void> = async () => {}) {
	const sent: Overlay[] = [];
	const server = {
		live: (_cameraId: string, overlay: Overlay) => {
			sent.push(overlay);
			return answer();
		},
	};
	return { sent, view: new LiveView({ server, log: silentLog, signal: new AbortController().signal }) };
}

test("nothing is sent while nobody looks; a look goes out when somebody does, in the contract's words", async () => {
	const { sent, view } = liveView();
	view.offer("gate", frame, seen);
	view.watch("gate", 10_000);
	view.offer("yard", frame, seen);
	view.offer("gate", frame, seen);
	view.offer("gate", frame, seen); // too soon after the first
	const [overlay] = await until("a look to be sent", () => (sent.length > 0 ? sent : undefined));
	expect(sent).toHaveLength(1);
	expect(overlaySchema.parse(overlay)).toEqual(overlay);
});

test("it ends when the server says that nobody looks any more", async () => {
	let answered = 0;
	const { sent, view } = liveView(async () => {
		answered += 1;
		throw new ServerError("nobody looks", 409);
	});
	view.watch("gate", 60_000);
	view.offer("gate", frame, seen);
	await until("the answer", () => answered === 1);
	await new Promise((resolve) => setImmediate(resolve));
	view.offer("gate", frame, seen);
	expect(sent).toHaveLength(1);
});
