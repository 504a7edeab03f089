import { useEffect } from "react";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeAnswer } from "#contract/edges-api.ts";
import { loadCamera, loadCameras, loadEdges } from "../api/keepclear-api.ts";
import { type Loaded, useLoaded } from "../api/use-loaded.ts";
import type { FeedChange } from "./feed-change.ts";
import { onChanges } from "./live-store.ts";

/** All cameras, kept up to date. */
export function useLiveCameras(): Loaded<readonly CameraAnswer[]> {
	return useKeptUpToDate(
		useLoaded<readonly CameraAnswer[]>("cameras", async (signal) => (await loadCameras(signal)).cameras),
		(cameras, change) => {
			if (change.kind === "camera") return withNewest(cameras, change.value);
			if (change.kind === "removed" && change.value.kind === "camera") {
				return cameras.filter(({ id }) => id !== change.value.id);
			}
			return cameras;
		},
	);
}

/** One camera, kept up to date. */
export function useLiveCamera(id: string): Loaded<CameraAnswer> {
	return useKeptUpToDate(
		useLoaded(`camera ${id}`, (signal) => loadCamera(id, signal)),
		(camera, change) => (change.kind === "camera" && change.value.id === id ? change.value : camera),
	);
}

/** All edge workers, kept up to date. */
export function useLiveEdges(): Loaded<readonly EdgeAnswer[]> {
	return useKeptUpToDate(
		useLoaded<readonly EdgeAnswer[]>("edges", async (signal) => (await loadEdges(signal)).edges),
		(edges, change) => (change.kind === "edge" ? withNewest(edges, change.value) : edges),
	);
}

/** Something that was loaded, with every change of it that the server tells of since. */
export function useKeptUpToDate<T>(loaded: Loaded<T>, changed: (value: T, change: FeedChange) => T): Loaded<T> {
	const { value, put, reload } = loaded;
	useEffect(
		() =>
			onChanges((changes) => {
				if (changes.length === 0) return reload(); // the wall was loaded anew: nobody says what has changed
				if (value === null) return;
				const after = changes.reduce(changed, value);
				if (after !== value) put(after);
			}),
		[value, changed, put, reload],
	);
	return loaded;
}

function withNewest<T extends { readonly id: string }>(all: readonly T[], newest: T): readonly T[] {
	const known = all.some(({ id }) => id === newest.id);
	return known ? all.map((one) => (one.id === newest.id ? newest : one)) : [...all, newest];
}
