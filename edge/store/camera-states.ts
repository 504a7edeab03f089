import type { CameraState } from "#core/camera.ts";
import { parseCameraState, serializeCameraState } from "#core/camera-state.ts";
import type { Logger } from "#platform/log.ts";
import { CameraLayers } from "./camera-layers.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/** The rules' state of each camera. */
export class CameraStates {
	readonly #store: EdgeStore;
	readonly #log: Logger;
	readonly #layers: CameraLayers;

	constructor(store: EdgeStore, log: Logger) {
		this.#store = store;
		this.#log = log;
		this.#layers = new CameraLayers(store, log);
	}

	/** Joins the caller's transaction. */
	save(cameraId: string, state: CameraState, at: number): void {
		this.#store
			.prepare(
				`INSERT INTO camera_states (camera_id, state, saved_at) VALUES (?, ?, ?)
				ON CONFLICT (camera_id) DO UPDATE SET state = excluded.state, saved_at = excluded.saved_at`,
			)
			.run(cameraId, serializeCameraState(state), at);
		this.#layers.save(cameraId, state, at);
	}

	/** Undefined where there is none, or none that can be read: such a one is put aside. */
	load(cameraId: string, at: number): CameraState | undefined {
		const row = this.#store.prepare("SELECT state FROM camera_states WHERE camera_id = ?").get(cameraId) as
			{ state: string } | undefined;
		if (!row) return undefined;
		try {
			const state = parseCameraState(row.state);
			return { ...state, goods: { ...state.goods, layers: this.#layers.load(cameraId) } };
		} catch (err) {
			this.#putAside(cameraId, row.state, (err as Error).message, at);
			this.#log.error(
				{ err, cameraId },
				"the camera's stored state cannot be used: it was put aside and the camera begins afresh. An alert that " +
					"was open may be raised a second time",
			);
			return undefined;
		}
	}

	/** Cameras of which a state is stored. */
	cameraIds(): string[] {
		return this.#store.prepare("SELECT camera_id FROM camera_states ORDER BY 1").pluck().all() as string[];
	}

	/** Joins the caller's transaction. */
	remove(cameraId: string): void {
		this.#store.prepare("DELETE FROM camera_states WHERE camera_id = ?").run(cameraId);
		this.#layers.remove(cameraId);
	}

	#putAside(cameraId: string, state: string, why: string, at: number): void {
		this.#store.transaction(() => {
			this.#store.prepare("INSERT INTO camera_states_aside VALUES (?, ?, ?, ?)").run(cameraId, state, why, at);
			this.#store.exec(
				`DELETE FROM camera_states_aside WHERE rowid NOT IN
				(SELECT rowid FROM camera_states_aside ORDER BY put_aside_at DESC LIMIT 20)`,
			);
			this.remove(cameraId);
		})();
	}
}
