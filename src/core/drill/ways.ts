/** Ways in to a site: the best, and the other where it is blocked. */
export const ways = ["best", "other"] as const;
export type Way = (typeof ways)[number];

/** Which way in a lane belongs to, as the property says. */
export const laneEntries = ["none", "best", "other", "both"] as const;
export type LaneEntry = (typeof laneEntries)[number];

export interface LaneOfSite {
	readonly laneId: string;
	readonly kind: string;
	/** Absent: nobody has said. */
	readonly entry?: LaneEntry | undefined;
}

/** The lanes of a way. Where nobody has said which is the best way in, every fire lane of the site is taken to be it. */
export function lanesOfWay<T extends LaneOfSite>(lanes: readonly T[], way: Way): readonly T[] {
	const named = lanes.filter(({ entry }) => entry === way || entry === "both");
	if (named.length > 0 || way === "other") return named;
	return lanes.filter(({ kind }) => kind === "fire_lane");
}
