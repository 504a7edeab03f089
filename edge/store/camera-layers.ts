import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { CameraState } from "#core/camera.ts";
import { parseLayers, serializeLayers } from "#core/camera-state.ts";
import type { Goods } from "#core/goods/watch-goods.ts";
import type { Logger } from "#platform/log.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/** They change slowly: what a crash costs is learned again within seconds. */
const saveEveryMs = 60_000;

/** How each camera's empty lanes look. On disk before the state that tells of something lying in them. */
export class CameraLayers {
	readonly #store: EdgeStore;
	readonly #log: Logger;
	/** When they were written last, and which things were known then. */
	readonly #saved = new Map<string, { readonly at: number; readonly nextId: number }>();

	constructor(store: EdgeStore, log: Logger) {
		this.#store = store;
		this.#log = log;
	}

	/** Joins the caller's transaction. Writes only where it is time, or where something new lies there. */
	save(cameraId: string, { goods: { layers, nextId } }: CameraState, at: number): void {
		const before = this.#saved.get(cameraId);
		if (!layers || (before && before.nextId === nextId && Math.abs(at - before.at) < saveEveryMs)) return;
		this.#store
			.prepare(
				`INSERT INTO camera_layers (camera_id, layers, saved_at) VALUES (?, ?, ?)
				ON CONFLICT (camera_id) DO UPDATE SET layers = excluded.layers, saved_at = excluded.saved_at`,
			)
			.run(cameraId, deflateRawSync(serializeLayers(layers), { level: 1 }), at);
		this.#saved.set(cameraId, { at, nextId });
	}

	/** Null where there are none that can be read: they are learned anew. */
	load(cameraId: string): Goods["layers"] {
		const row = this.#store.prepare("SELECT layers FROM camera_layers WHERE camera_id = ?").get(cameraId) as
			{ layers: Buffer } | undefined;
		if (!row) return null;
		try {
			return parseLayers(inflateRawSync(row.layers).toString("utf8"));
		} catch (err) {
			this.#log.error({ err, cameraId }, "what the camera's empty lanes look like cannot be read: it is learned anew");
			return null;
		}
	}

	/** Joins the caller's transaction. */
	remove(cameraId: string): void {
		this.#store.prepare("DELETE FROM camera_layers WHERE camera_id = ?").run(cameraId);
		this.#saved.delete(cameraId);
	}
}
