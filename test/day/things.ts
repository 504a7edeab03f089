import type { Box } from "#core/geometry/shapes.ts";

/** Something that is in front of the camera for a while. Instants are ms of the day that is played. */
export interface DayThing {
	/** Tells its looks and its detections from those of others. */
	readonly id: number;
	/** What the model calls it when it is right; null: no name of the model's (a carton). */
	readonly label: "car" | "truck" | "bus" | "person" | null;
	readonly width: number;
	readonly height: number;
	/** Where the middle of its lower edge is: from point to point in straight lines, at the given instants. */
	readonly path: readonly { readonly at: number; readonly x: number; readonly y: number }[];
}

/** Null while it is not there. Reaches beyond the picture while it comes and goes. */
export function boxAt({ path, width, height }: DayThing, at: number): Box | null {
	const next = path.findIndex((point) => point.at >= at);
	const [from, to] = [path[next - 1] ?? path[next], path[next]];
	if (!from || !to || at < from.at) return null;
	const share = to.at === from.at ? 1 : (at - from.at) / (to.at - from.at);
	const [x, y] = [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)];
	return { x1: x - width / 2, y1: y - height, x2: x + width / 2, y2: y };
}

export const firstAt = ({ path }: DayThing) => path[0]?.at ?? Infinity;
export const lastAt = ({ path }: DayThing) => path.at(-1)?.at ?? -Infinity;
