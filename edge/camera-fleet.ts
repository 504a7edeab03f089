import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { CameraScene } from "#core/camera.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import type { Logger } from "#platform/log.ts";
import { backoffMs, wait } from "#platform/wait.ts";
import { type EdgeCamera, sameStream, sceneOf } from "./camera-scene.ts";
import type { CameraSupervisor } from "./camera-supervisor.ts";
import type { CameraWatch } from "./camera-watch.ts";
import { InOrder } from "./in-order.ts";

export interface CameraFleetParts {
	/** Cameras of which an earlier run left a state behind. */
	readonly rememberedIds: () => readonly string[];
	readonly watchOf: (cameraId: string, scene: CameraScene) => CameraWatch;
	readonly superviseWith: (camera: EdgeCamera, watch: CameraWatch) => CameraSupervisor;
	/** The camera is watched no more: forget what is kept of it. */
	readonly retire: (cameraId: string) => void;
	readonly log: Logger;
}

interface Running {
	readonly camera: EdgeCamera;
	readonly scene: CameraScene;
	readonly supervisor: CameraSupervisor;
	stop(): Promise<void>;
}

/** The cameras of this edge. A change of one leaves the others alone; a change of zones leaves its connection alone. */
export class CameraFleet {
	readonly #parts: CameraFleetParts;
	readonly #running = new Map<string, Running>();
	readonly #changes = new InOrder();
	#stopped = false;

	constructor(parts: CameraFleetParts) {
		this.#parts = parts;
	}

	/** Resolves when every camera works by `config`. */
	adopt(config: EdgeConfigAnswer): Promise<void> {
		return this.#changes.do(async () => {
			if (this.#stopped) return;
			const wanted = new Set(config.cameras.map(({ id }) => id));
			const known = new Set([...this.#running.keys(), ...this.#parts.rememberedIds()]);
			for (const id of known) if (!wanted.has(id)) await this.#retire(id);
			await Promise.all(config.cameras.map((camera) => this.#adoptOne(camera, sceneOf(camera, config))));
		});
	}

	/** The plate of what an occupancy of a camera is about. False while that camera is not watched. */
	async knowPlate(cameraId: string, occupancyId: string, plate: KnownPlate): Promise<boolean> {
		const running = this.#running.get(cameraId);
		await running?.supervisor.knowPlate(occupancyId, plate);
		return running !== undefined;
	}

	/** With its password. Null where no such camera is watched. */
	urlOf(cameraId: string): string | null {
		return this.#running.get(cameraId)?.camera.url ?? null;
	}

	/** Stops every camera when `signal` is aborted; returns when they have stopped. */
	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) await wait(3_600_000, signal);
		await this.#changes.do(async () => {
			this.#stopped = true;
			await Promise.all([...this.#running.values()].map((running) => running.stop()));
			this.#running.clear();
		});
	}

	async #adoptOne(camera: EdgeCamera, scene: CameraScene): Promise<void> {
		const running = this.#running.get(camera.id);
		if (running && sameStream(running.camera, camera)) {
			if (JSON.stringify(running.scene) !== JSON.stringify(scene)) await running.supervisor.adoptScene(scene);
			this.#running.set(camera.id, { ...running, camera, scene });
			return;
		}
		await running?.stop();
		const watch = this.#parts.watchOf(camera.id, scene);
		await watch.begin();
		const supervisor = this.#parts.superviseWith(camera, watch);
		const ending = new AbortController();
		const ended = this.#keepRunning(camera.id, supervisor, ending.signal);
		this.#running.set(camera.id, {
			camera,
			scene,
			supervisor,
			stop: () => {
				ending.abort();
				return ended;
			},
		});
	}

	/** A fault of ours in one camera must not end the others. */
	async #keepRunning(cameraId: string, supervisor: CameraSupervisor, signal: AbortSignal): Promise<void> {
		for (let attempt = 0; !signal.aborted; attempt++) {
			try {
				await supervisor.run(signal);
			} catch (err) {
				this.#parts.log.error({ err, cameraId }, "the camera's supervision failed and is started again");
				await wait(backoffMs(attempt), signal);
			}
		}
	}

	/** What was open in its zones is cleared by `zone_removed`: nobody watches the place any more. */
	async #retire(cameraId: string): Promise<void> {
		await this.#running.get(cameraId)?.stop();
		this.#running.delete(cameraId);
		const watch = this.#parts.watchOf(cameraId, { zones: [] });
		await watch.begin();
		this.#parts.retire(cameraId);
		this.#parts.log.info({ cameraId }, "the camera is watched no more");
	}
}
