import type { PlateClass, PlateColour } from "./grammar.ts";
import { isEmergencyPlate } from "./plate-text.ts";

/** The plate of a vehicle that stands, every character sure, as `normalisePlate` writes it. */
export interface KnownPlate {
	readonly text: string;
	readonly plateClass: PlateClass | null;
	readonly colour: PlateColour;
}

/** By its plate alone: all of these are white. A sign that reads like one on a ground of another colour is something else. */
export const isOnDuty = ({ plateClass, colour }: KnownPlate): boolean =>
	isEmergencyPlate(plateClass) && (colour === "white" || colour === "unknown");
