import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { CameraHealthMessage } from "#contract/messages/index.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import { openUrl, storedUrl } from "../secrets/sealed-values.ts";
import type { Store } from "../store/open-store.ts";
import { hidePassword } from "./camera-url.ts";
import { viewConfirmedOf } from "./view-confirmations-store.ts";
import { zonesOf } from "./zones-store.ts";

export interface CameraRow {
	readonly id: string;
	readonly edgeId: string;
	readonly name: string;
	/** With its password: for the camera's own edge alone. */
	readonly url: string;
	readonly transport: CameraAnswer["transport"];
	readonly sampleEveryMs: number;
	readonly gbId: string | null;
	readonly direction: string | null;
	/** Null: nobody knows. */
	readonly audioOut: 0 | 1 | null;
	readonly health: string | null;
	readonly pictureAt: number | null;
	readonly applied: 0 | 1;
}

/** Cameras that were removed are not among them. */
const select = `SELECT c.id, c.edge_id AS edgeId, c.name, c.url, c.url_sealed AS urlSealed, c.transport, c.sample_every_ms AS sampleEveryMs,
		c.gb_id AS gbId, c.direction, c.audio_out AS audioOut, c.health, c.picture_at AS pictureAt, e.applied_revision >= e.config_revision AS applied
	FROM cameras c JOIN edges e ON e.id = c.edge_id WHERE c.removed_at IS NULL`;

/** As it is stored: `url` with *** in place of passwords. */
type StoredRow = CameraRow & { readonly urlSealed: string | null };
const rowOf = (store: Store, { urlSealed, ...row }: StoredRow): CameraRow => ({
	...row,
	url: openUrl(store, row.id, row.url, urlSealed),
});

export function findCamera(store: Store, id: string): CameraRow | undefined {
	const row = store.prepare<[string], StoredRow>(`${select} AND c.id = ?`).get(id);
	return row && rowOf(store, row);
}

export function listCameras(store: Store, sites: VisibleSites): readonly CameraRow[] {
	return store
		.prepare<[object], StoredRow>(`${select} AND ${inVisibleSites("e.site_id")} ORDER BY c.created_at, c.id`)
		.all({ sites: sitesParameter(sites) })
		.map((row) => rowOf(store, row));
}

export function listCamerasOfEdge(store: Store, edgeId: string): readonly CameraRow[] {
	return store
		.prepare<[string], StoredRow>(`${select} AND c.edge_id = ? ORDER BY c.created_at, c.id`)
		.all(edgeId)
		.map((row) => rowOf(store, row));
}

export function insertCamera(
	store: Store,
	camera: Pick<
		CameraRow,
		"id" | "edgeId" | "name" | "url" | "transport" | "sampleEveryMs" | "gbId" | "direction" | "audioOut"
	> & {
		createdAt: number;
	},
): void {
	store
		.prepare(
			`INSERT INTO cameras (id, edge_id, name, url, url_sealed, transport, sample_every_ms, gb_id, direction, audio_out,
				created_at)
			VALUES (@id, @edgeId, @name, @url, @urlSealed, @transport, @sampleEveryMs, @gbId, @direction, @audioOut, @createdAt)`,
		)
		.run({ ...camera, ...storedUrl(store, camera.id, camera.url) });
}

export function updateCamera(
	store: Store,
	camera: Pick<CameraRow, "id" | "name" | "url" | "transport" | "sampleEveryMs" | "gbId" | "direction" | "audioOut">,
): void {
	store
		.prepare(
			`UPDATE cameras SET name = @name, url = @url, url_sealed = @urlSealed, transport = @transport, sample_every_ms = @sampleEveryMs,
				gb_id = @gbId, direction = @direction, audio_out = @audioOut
			WHERE id = @id`,
		)
		.run({
			id: camera.id,
			name: camera.name,
			...storedUrl(store, camera.id, camera.url),
			transport: camera.transport,
			sampleEveryMs: camera.sampleEveryMs,
			gbId: camera.gbId,
			direction: camera.direction,
			audioOut: camera.audioOut,
		});
}

/** Its address goes, and with it the password; its name stays for the alerts of the past. */
export function setCameraRemoved(store: Store, id: string, at: number): void {
	store
		.prepare("UPDATE cameras SET removed_at = ?, url = '', url_sealed = NULL, picture_at = NULL WHERE id = ?")
		.run(at, id);
}

export function setPictureAt(store: Store, id: string, at: number): void {
	store.prepare("UPDATE cameras SET picture_at = ? WHERE id = ?").run(at, id);
}

export function cameraAnswerOf(store: Store, camera: CameraRow): CameraAnswer {
	return {
		id: camera.id,
		name: camera.name,
		edgeId: camera.edgeId,
		url: hidePassword(camera.url),
		transport: camera.transport,
		sampleEveryMs: camera.sampleEveryMs,
		gbId: camera.gbId,
		direction: camera.direction,
		audioOut: camera.audioOut === null ? null : camera.audioOut === 1,
		zones: [...zonesOf(store, camera.id)],
		health: camera.health === null ? null : healthOf(JSON.parse(camera.health) as CameraHealthMessage),
		pictureAt: camera.pictureAt,
		applied: camera.applied === 1,
		viewConfirmed: viewConfirmedOf(store, camera.id),
	};
}

const healthOf = ({ state, problem, since, recording, video }: CameraHealthMessage): CameraAnswer["health"] => ({
	state,
	problem,
	since,
	recording,
	video,
});
