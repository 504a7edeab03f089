import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { startBrowser } from "../support/browser.ts";
import { startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { addCamera, demoZones, stretchStanding } from "../support/scenes.ts";
import { endings, keepForReading } from "../support/story.ts";
import { laneIs, openWall } from "../support/wall.ts";

const atEnd = endings();

test("a camera lost while the lane is occupied: unknown, nothing cleared; then the same occupancy goes on", async () => {
	const folder = await mkdtemp(join(tmpdir(), "keepclear-clip-"));
	atEnd(() => rm(folder, { recursive: true, force: true }));
	const clip = join(folder, "stands-long.mp4");
	await stretchStanding(clip, 20, 30, 8);
	const installation = await startInstallation();
	atEnd(() => installation.close());
	const camera = await startRtspCamera({ streams: [{ path: "/gate", clip }] });
	atEnd(() => camera.close());
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const [zone] = await addCamera(installation, camera.url("/gate"), await demoZones()).then(({ zones }) => zones);
	const lane = zone?.id ?? "";
	const { page } = await openWall(browser, installation);
	atEnd(() => keepForReading("camera-lost-while-occupied", installation, page));
	await laneIs(page, lane, ["occupied"], 90_000);
	const alerts = async () => (await installation.api.get<{ alerts: AlertAnswer[] }>("/api/alerts")).alerts;
	const [before] = await alerts();

	const stalledAt = Date.now();
	camera.stall("/gate");
	await laneIs(page, lane, ["unknown"], 20_000);
	expect(Date.now() - stalledAt).toBeLessThan(15_000);
	expect(await alerts()).toMatchObject([{ id: before!.id, state: "open", clearedAt: null }]);

	camera.resume("/gate");
	await laneIs(page, lane, ["occupied"], 45_000);
	expect(await alerts()).toMatchObject([
		{ id: before!.id, state: "open", enteredAt: before!.enteredAt, raisedAt: before!.raisedAt },
	]);

	// The edge's own end is no reason to lose the occupancy either.
	await installation.kill("edge");
	await laneIs(page, lane, ["unknown"], 60_000);
	installation.start("edge");
	await until("the same alert to be cleared once", async () => (await alerts())[0]?.state === "cleared", {
		deadlineMs: 150_000,
		lastSeen: () => installation.logs().slice(-3000),
	});
	expect(await alerts()).toMatchObject([{ id: before!.id, enteredAt: before!.enteredAt, clearedBy: "camera" }]);
});
