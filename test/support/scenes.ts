import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { sceneFileSchema } from "#contract/scene-file.ts";
import { loadFile } from "#platform/input-error.ts";
import type { RunningInstallation } from "./installation.ts";

/** The project's own recording: a vehicle drives in, stands in the fire lane, leaves; another only passes. */
export const demoClip = fileURLToPath(new URL("../../fixtures/clips/demo-fire-lane.mp4", import.meta.url));

export const demoZones = async () =>
	(await loadFile(sceneFileSchema, demoClip.replace(/\.mp4$/, ".scene.json"))).zones.map(({ id, kind, polygon }) => ({
		id,
		kind,
		polygon,
		name: "南门消防车通道",
	}));

/** Adds the camera and its zones as the page does. */
export async function addCamera(
	{ api, edgeId }: RunningInstallation,
	url: string,
	zones: readonly unknown[],
): Promise<CameraAnswer> {
	const camera = await api.post<CameraAnswer>("/api/cameras", { name: "南门摄像机", edgeId, url, sampleEveryMs: 1000 });
	return api.put<CameraAnswer>(`/api/cameras/${camera.id}/zones`, { zones });
}

/** The demo recording with the standing vehicle's time made longer: `fromS` to `toS` is shown `times` times. */
export async function stretchStanding(file: string, fromS: number, toS: number, times: number): Promise<void> {
	const part = (index: number, range: string) => `[0:v]trim=${range},setpts=PTS-STARTPTS[p${index}]`;
	const ranges = [`end=${fromS}`, ...Array<string>(times).fill(`start=${fromS}:end=${toS}`), `start=${toS}`];
	const labels = ranges.map((_, index) => `[p${index}]`).join("");
	const graph = `${ranges.map((range, index) => part(index, range)).join(";")};${labels}concat=n=${ranges.length}:v=1[out]`;
	await promisify(execFile)("ffmpeg", [
		...["-v", "error", "-y", "-i", demoClip, "-filter_complex", graph, "-map", "[out]"],
		...["-c:v", "libx264", "-preset", "ultrafast", "-crf", "23", "-g", "24", file],
	]);
}
