/** The pace at which the golden nights were recorded and are watched. */
export const nightEveryMs = 1000;

/** Two recordings are decoded, three seconds of work, on a machine that may be busy. */
export const footageTimeoutMs = 120_000;

/** A night's frames are made anew: two or three seconds of work. */
export const nightTimeoutMs = 120_000;

/** The name under which `recorded-detections.ts` finds what the model saw in a night. */
export const nightRecording = (name: string) => `nights/${name}`;

/** Nights whose timelines are kept: some of each kind of trouble, since each takes two or three seconds. */
export const goldenNights = [
	"night-infrared",
	"headlights-over-standing-car",
	"occlusion-bus-waits",
	"two-cars",
	"goods-cartons-taken-away",
	"goods-unloaded-from-a-car",
	"goods-left-as-it-gets-dark",
	"night-switch-to-infrared",
	"shadows-empty-lane",
	"gaps-stream-lost",
	"blind-lens-covered",
] as const;
