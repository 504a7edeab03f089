import { useEffect, useState } from "react";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { evidenceUrl, pictureUrl } from "../api/keepclear-api.ts";
import { Observable, useObservable } from "../observable.ts";
import { dropPicture, keepPicture, keptPicture, picturesKept } from "./guard-store.ts";

/** A phone keeps no more of one alert. */
const mostBytes = 5_000_000;

/** Counts up with each picture that is kept: cards look again. */
const keptNow = new Observable(0);

/** What the alert's picture shows: the photo of the raise, or before it is there the camera's newest. */
export function guardPictureUrl({ id, evidence, cameraId, raisedAt }: AlertAnswer): { key: string; src: string } {
	const still = evidence.find(({ kind }) => kind === "still_raised");
	return still
		? { key: `${id} ${still.id}`, src: evidenceUrl(still.id) }
		: { key: `${id} camera`, src: pictureUrl(cameraId, raisedAt) };
}

/**
 * Keeps the picture of what is given to this phone's guard, to be seen without a network; of nothing else, and no longer
 * than it is given.
 */
export async function keepPicturesOf(mine: readonly AlertAnswer[]): Promise<void> {
	const wanted = new Map(mine.map(guardPictureUrl).map(({ key, src }) => [key, src]));
	const known = await picturesKept();
	for (const key of known) if (!wanted.has(key)) await dropPicture(key);
	for (const [key, src] of wanted) {
		if (known.includes(key)) continue;
		const answer = await fetch(src);
		const picture = answer.ok ? await answer.blob() : null;
		if (!picture?.type.startsWith("image/") || picture.size > mostBytes) continue;
		await keepPicture(key, picture);
		keptNow.set(keptNow.value + 1);
	}
}

/** The kept picture's address in this page, else the server's. */
export function useGuardPicture(alert: AlertAnswer): string {
	const { key, src } = guardPictureUrl(alert);
	const turn = useObservable(keptNow);
	const [kept, setKept] = useState<{ readonly key: string; readonly url: string } | null>(null);
	useEffect(() => {
		let url: string | null = null;
		let isOver = false;
		void keptPicture(key).then(
			(picture) => {
				if (isOver || !picture) return;
				url = URL.createObjectURL(picture);
				setKept({ key, url });
			},
			() => {}, // no database on this device: the server's picture then
		);
		return () => {
			isOver = true;
			if (url !== null) URL.revokeObjectURL(url);
		};
	}, [key, turn]);
	return kept?.key === key ? kept.url : src;
}
