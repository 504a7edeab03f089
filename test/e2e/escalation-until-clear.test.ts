import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { HandlingAnswer } from "#contract/handling-api.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { addCamera, demoClip, demoZones } from "../support/scenes.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const escalateMs = {
	re_ring: 1_000,
	manager: 3_000,
	property_manager: 6_000,
	street_and_fire: 9_000,
	police_and_tow: 3_600_000,
};
const levels = ["re_ring", "manager", "property_manager", "street_and_fire"];

test("nobody comes: each level is told once, also through a kill, and no more once the camera sees it clear", async () => {
	const installation = await startInstallation((folder) => ({
		notices: { channels: [{ name: "manager", kind: "file", folder: join(folder, "told") }] },
		handling: { targets: { escalateMs, quiet: null }, tell: [{ channel: "manager", levels }] },
	}));
	atEnd(() => installation.close());
	const camera = await startRtspCamera({ streams: [{ path: "/gate", clip: demoClip }] });
	atEnd(() => camera.close());
	await addCamera(installation, camera.url("/gate"), await demoZones());
	const { api } = installation;
	const alert = await until(
		"the alert",
		() => api.get<{ alerts: AlertAnswer[] }>("/api/alerts").then(({ alerts }) => alerts[0]),
		{ deadlineMs: 120_000, everyMs: 250 },
	);
	const told = async () => {
		const { entries } = await api.get<HandlingAnswer>(`/api/alerts/${alert.id}/handling`);
		return entries.flatMap(({ level }) => (level ? [level] : []));
	};
	await until("the second level", async () => (await told()).length >= 2, { deadlineMs: 20_000 });
	await installation.kill("server");
	installation.start("server");
	// The session is in the database: it is still there.
	await until("the server to be back", () => told().catch(() => null), { deadlineMs: 60_000, everyMs: 250 });
	const find = () => api.get<AlertAnswer>(`/api/alerts/${alert.id}`);
	await until("the camera to see it clear", async () => (await find()).state === "cleared", { deadlineMs: 120_000 });
	const atEndOfIt = await told();
	expect(atEndOfIt).toEqual(levels.slice(0, atEndOfIt.length));
	expect(atEndOfIt.length).toBeGreaterThanOrEqual(3);
	const folder = join(installation.serverDataFolder, "..", "told");
	const files = await until("a notice a level", async () => {
		// A kill may leave a file that was not whole yet, under another name.
		const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json"));
		return names.length >= atEndOfIt.length && names;
	});
	const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
	expect(texts, texts.join("")).toHaveLength(atEndOfIt.length);
	expect(new Set(texts.map((text) => /【升级·(.*?)】/.exec(text)?.[1])).size).toBe(atEndOfIt.length);
	// What would have been due by now is not told: it is clear.
	const { handling } = await find();
	expect(handling.state).not.toBe("on_site");
	expect(await told()).toEqual(atEndOfIt);
}, 300_000);
