import { useCallback, useEffect, useRef, useState } from "react";
import { dropDraft, dropPhoto, keepDraft, keepPhoto, keptDraft, photosOf } from "./draft-store.ts";
import { type DrillDraft, withPhoto } from "./drill-draft.ts";

export interface DraftState {
	/** Null: this device is being asked for one. */
	readonly draft: DrillDraft | null;
	/** When it was last kept; null: not yet, or it cannot be. */
	readonly keptAt: number | null;
	readonly cannotKeep: boolean;
	/** Pictures of photos that the server does not have yet, by id. */
	readonly pictures: ReadonlyMap<string, string>;
	readonly change: (part: Partial<DrillDraft>) => void;
	readonly addPhoto: (laneIndex: number, photo: Blob) => Promise<void>;
	readonly removePhoto: (laneIndex: number, photoId: string) => void;
	readonly forget: () => Promise<void>;
}

const keepAfterMs = 400;

/** A draft that lives on this device: what was typed before is there again, and each change is kept at once. */
export function useDraft(begin: DrillDraft): DraftState {
	const [draft, setDraft] = useState<DrillDraft | null>(null);
	const [keptAt, setKeptAt] = useState<number | null>(null);
	const [cannotKeep, setCannotKeep] = useState(false);
	const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(new Map());
	const [first] = useState(begin);
	const isForgotten = useRef(false);

	useEffect(() => {
		let isGone = false;
		const urls: string[] = [];
		void (async () => {
			const known = (await keptDraft(first.userId, first.siteId, first.corrects)) ?? first;
			for (const { id, photo } of await photosOf(known.id)) {
				const url = URL.createObjectURL(photo);
				urls.push(url);
				setPictures((before) => new Map(before).set(id, url));
			}
			if (!isGone) setDraft(known);
		})().catch(() => {
			setCannotKeep(true);
			if (!isGone) setDraft(first);
		});
		return () => {
			isGone = true;
			for (const url of urls) URL.revokeObjectURL(url);
		};
	}, [first]);

	useEffect(() => {
		if (!draft || draft === first) return;
		const timer = setTimeout(() => {
			if (isForgotten.current) return;
			keepDraft(draft).then(
				() => setKeptAt(Date.now()),
				() => setCannotKeep(true),
			);
		}, keepAfterMs);
		return () => clearTimeout(timer);
	}, [draft, first]);

	const change = useCallback((part: Partial<DrillDraft>) => setDraft((before) => before && { ...before, ...part }), []);

	return {
		...{ draft, keptAt, cannotKeep, pictures, change },
		async addPhoto(laneIndex, photo) {
			if (!draft) return;
			const id = `photo.${crypto.getRandomValues(new Uint32Array(3)).join("-")}`;
			await keepPhoto({ id, draftId: draft.id, photo });
			setPictures((before) => new Map(before).set(id, URL.createObjectURL(photo)));
			setDraft((before) => before && withPhoto(before, laneIndex, id));
		},
		removePhoto(laneIndex, photoId) {
			void dropPhoto(photoId).catch(() => undefined);
			setDraft((before) => {
				const lane = before?.lanes[laneIndex];
				if (!before || !lane) return before;
				const photos = lane.photos.filter((id) => id !== photoId);
				return { ...before, lanes: before.lanes.with(laneIndex, { ...lane, photos }) };
			});
		},
		async forget() {
			isForgotten.current = true;
			if (draft) await dropDraft(draft.id);
		},
	};
}
