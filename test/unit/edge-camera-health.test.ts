import { describe, expect, test } from "vitest";
import { type CameraHealth, initialHealth, reduceHealth, type Symptom } from "../../edge/camera-health.ts";

const frame: Symptom = { kind: "frame" };
const lost = (problem: "silent" | "wrong_password"): Symptom => ({ kind: "lost", problem });
const after = (...symptoms: [Symptom, number][]) =>
	symptoms.reduce<CameraHealth>((health, [symptom, at]) => reduceHealth(health, symptom, at), initialHealth(0));

describe("a camera's health", () => {
	test("is connecting until the first picture", () => {
		expect(after([{ kind: "video", video: { codec: "h264", width: 640, height: 360 } }, 5])).toMatchObject({
			state: "connecting",
			since: 0,
			video: { codec: "h264", width: 640, height: 360 },
		});
		expect(after([frame, 10])).toMatchObject({ state: "online", since: 10, problem: null });
	});

	test("keeps the instant since which it is online", () => {
		expect(after([frame, 10], [frame, 20])).toMatchObject({ state: "online", since: 10 });
	});

	test("stays offline while it is tried again, and tells the newest problem", () => {
		expect(after([frame, 10], [lost("silent"), 20], [lost("wrong_password"), 30])).toMatchObject({
			state: "offline",
			problem: "wrong_password",
			since: 20,
		});
	});

	test("is online again with the first picture, without a problem", () => {
		expect(after([lost("silent"), 20], [frame, 30])).toMatchObject({ state: "online", problem: null, since: 30 });
	});

	test("does not change its state when nothing can be recorded", () => {
		expect(after([frame, 10], [{ kind: "recording", ok: false }, 20])).toMatchObject({
			state: "online",
			since: 10,
			recording: false,
		});
	});

	test("is the same object when nothing is new, so that nothing is said", () => {
		const health = after([frame, 10], [{ kind: "recording", ok: false }, 20]);
		expect(reduceHealth(health, frame, 30)).toBe(health);
		expect(reduceHealth(health, { kind: "recording", ok: false }, 30)).toBe(health);
	});
});
