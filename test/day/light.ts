/** Shares of the day that is played: it begins in daylight, goes through a night with infrared, and ends in daylight. */
const duskAt = 0.4;
const infraredAt = 0.46;
const dawnAt = 0.85;
const dayAt = 0.9;

export interface Light {
	readonly infrared: boolean;
	/** How bright, 1 for a clear day. */
	readonly gain: number;
	/** Standard deviation of the sensor's noise, in brightness steps. */
	readonly noise: number;
}

/** @param share of the day, 0..1 */
export function lightAt(share: number): Light {
	if (share >= infraredAt && share < dawnAt) return { infrared: true, gain: 0.8, noise: 3.5 };
	const darkness = share < infraredAt ? ramp(share, duskAt, infraredAt) : 1 - ramp(share, dawnAt, dayAt);
	const clouds = 1 + 0.12 * Math.sin(share * 211) + 0.06 * Math.sin(share * 1703);
	return { infrared: false, gain: clouds * (1 - 0.65 * darkness), noise: 1 + 2 * darkness };
}

const ramp = (value: number, from: number, to: number) => Math.min(1, Math.max(0, (value - from) / (to - from)));
