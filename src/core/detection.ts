import type { Box } from "./geometry/shapes.ts";

/** One object found by the model in one frame. */
export interface Detection {
	/** The model's own class name, COCO words for the default model: `car`, `truck`, `person`, … */
	readonly label: string;
	/** The model's score, 0..1. */
	readonly confidence: number;
	readonly box: Box;
}

export const vehicleLabels = ["car", "truck", "bus", "motorcycle", "bicycle"] as const;
export type VehicleLabel = (typeof vehicleLabels)[number];

export function isVehicle(label: string): label is VehicleLabel {
	return (vehicleLabels as readonly string[]).includes(label);
}
