import type { Quad } from "./quad.ts";

/** A place that may be a plate, in pixels of the picture. */
export interface PlatePlace {
	readonly quad: Quad;
	/** Another shape that it may have. */
	readonly sheared?: Quad | null;
	readonly confidence: number;
	/** `text`: any writing, one row of it. `one`, `two`: a plate with so many rows. */
	readonly rows: "text" | "one" | "two";
}
