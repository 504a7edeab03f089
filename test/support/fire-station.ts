import type { CameraAnswer } from "#contract/cameras-api.ts";
import { buildTestApp, type Inject, type TestApp } from "./server-app.ts";

/** A station with one site of two lanes, the site's manager, an administrator; another site is not the station's. */
export interface FireStation {
	readonly server: TestApp;
	readonly boss: Inject;
	readonly manager: Inject;
	readonly station: Inject;
	/** Of the station's site. */
	readonly cameraId: string;
}

export async function startFireStation(): Promise<FireStation> {
	const server = await buildTestApp({ timeZone: "Asia/Shanghai" });
	server.clock.now = Date.parse("2026-11-26T12:00:00Z");
	const boss = await server.person("boss", "admin");
	server.edge("edge-1");
	server.edge("edge-2", "harbour");
	const manager = await server.person("manager", "property_manager", { scopes: [{ kind: "site", id: "estate" }] });
	const station = await server.person("清禾站", "fire_station", { scopes: [{ kind: "site", id: "estate" }] });
	const cameraId = await camera(boss, "edge-1", ["gate-lane", "ring-lane"]);
	await camera(boss, "edge-2", ["harbour-lane"]);
	return { server, boss, manager, station, cameraId };
}

async function camera(boss: Inject, edgeId: string, lanes: readonly string[]): Promise<string> {
	const json = { name: "东门", edgeId, url: "rtsp://10.0.0.9/live" };
	const { id } = (await boss("POST", "/api/cameras", { json })).json<CameraAnswer>();
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.5, 0.9],
	];
	const zones = lanes.map((lane) => ({ id: lane, name: `${lane} 通道`, kind: "fire_lane", polygon }));
	await boss("PUT", `/api/cameras/${id}/zones`, { json: { zones } });
	return id;
}
