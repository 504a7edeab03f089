import { fine, type FinePicture } from "./window.ts";

/** Day, dusk, infrared …: lights are told by what the lane looks like in them, not by the clock. */
export interface Light {
	/** When the lane came to be seen in it, the last time. */
	readonly since: number;
	/** When it was last seen in it, and for how long altogether. */
	readonly seenAt: number;
	readonly seenMs: number;
	/** At which hours of the day (UTC), a bit each. */
	readonly hours: number;
}

/** A light in which the lane is not seen now, and what the empty lane looks like in it. Plain data. */
export interface OtherLight extends Light {
	/** In brightness steps: what is not averaged any further needs no finer ones. */
	readonly picture: Uint8Array;
	/** 1 for the cells of which it is known. */
	readonly known: Uint8Array;
}

/** With the one in which the lane is seen: four. Each has a byte a pixel and one a cell, 61 kB of 320 by 180 pixels. */
const mostOtherLights = 3;
/** A light seen for less than this may be headlights that stood there for a moment: it goes before any other. */
const provenMs = 600_000;

const hourMs = 3_600_000;

export const newLight = (since: number): Light => ({ since, seenAt: since, seenMs: 0, hours: 0 });

export function seenIn({ since, seenMs, hours }: Light, at: number, elapsedMs: number): Light {
	const hour = Math.floor(at / hourMs) % 24;
	return { since, seenAt: at, seenMs: seenMs + elapsedMs, hours: hours | (1 << hour) };
}

/** The light goes, and is remembered for when it comes back. */
export function kept(lights: readonly OtherLight[], light: Light, reference: FinePicture, known: Uint8Array) {
	const picture = Uint8Array.from(reference, (value) => Math.min(255, Math.round(value / fine)));
	return [{ ...light, picture, known }, ...lights].toSorted(worthMore).slice(0, mostOtherLights);
}

function worthMore(a: Light, b: Light): number {
	return Number(b.seenMs >= provenMs) - Number(a.seenMs >= provenMs) || b.seenAt - a.seenAt;
}

/** What the empty lane looks like in these cells is not known any more. */
export function withoutCells(lights: readonly OtherLight[], cells: readonly number[]): readonly OtherLight[] {
	if (cells.length === 0) return lights;
	return lights.map((light) => {
		const known = light.known.slice();
		for (const cell of cells) known[cell] = 0;
		return { ...light, known };
	});
}
