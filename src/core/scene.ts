import type { Calibration } from "./clearance/calibration.ts";
import type { Polygon } from "./geometry/shapes.ts";

/** What a polygon stands for; the words of `SCENE.json` and of the page. */
export const zoneKinds = [
	"fire_lane", // 消防车通道
	"aerial_site", // 消防车登高操作场地
	"evacuation_passage", // 疏散通道
	"safety_exit", // 安全出口
	"hydrant_front", // 消火栓前
	"ignore", // 屏蔽区域: what lies in it never counts
] as const;
export type ZoneKind = (typeof zoneKinds)[number];

/** A polygon in one camera's picture that stands for (part of) a lane. */
export interface Zone {
	readonly id: string;
	readonly kind: ZoneKind;
	readonly polygon: Polygon;
	/** Absent: nothing is told in metres. */
	readonly calibration?: Calibration | undefined;
}

/** How long something must be seen, or be gone, before it counts, and how wide a free lane is. Never frames, never pixels. */
export interface Policy {
	/** A vehicle must stand this long before the lane counts as occupied. */
	readonly vehicleOnDelayMs: number;
	/** Piled goods must lie this long. */
	readonly objectOnDelayMs: number;
	/** So long after the entry the picture is taken that shows what stands there as it stood there at the entry (E2). */
	readonly confirmAfterMs: number;
	/** The lane must be free this long before it counts as clear. */
	readonly offDelayMs: number;
	/** No frame for this long: the lane is unknown. */
	readonly blindAfterMs: number;
	/** A lane that is calibrated counts as clear with so many metres left beside what stands there … */
	readonly clearWidthM: number;
	/** … and as blocked with fewer than these; between the two it is narrowed. */
	readonly blockedWidthM: number;
	/** Piled goods that lie so long are a fixed obstacle (固定障碍物). */
	readonly fixedAfterMs: number;
}

/** What may be set for a site, for a zone, and for some hours of the day at either. */
export type PolicyKeys = { readonly [K in Exclude<keyof Policy, "blindAfterMs">]?: Policy[K] | undefined };

/** Used where nothing else is set. */
export const defaultPolicy: Policy = {
	vehicleOnDelayMs: 120_000,
	objectOnDelayMs: 300_000,
	confirmAfterMs: 180_000,
	offDelayMs: 10_000,
	blindAfterMs: 8_000,
	clearWidthM: 4, // GB 50016
	blockedWidthM: 3, // a fire engine of 2.5 m and its mirrors
	fixedAfterMs: 24 * 3_600_000,
};

/** What differs from `defaultPolicy` by what the zone stands for: nobody waits two minutes before a hydrant. */
export const kindPolicies: { readonly [K in ZoneKind]?: PolicyKeys } = {
	safety_exit: { vehicleOnDelayMs: 60_000 },
	hydrant_front: { vehicleOnDelayMs: 60_000 },
};

/** A policy whose keys are those of the last that sets them; a key that is absent or undefined sets nothing. */
export function mergePolicies(
	base: Policy,
	...own: readonly { readonly [K in keyof Policy]?: Policy[K] | undefined }[]
): Policy {
	return own.reduce<Policy>(
		(policy, keys) => ({
			vehicleOnDelayMs: keys.vehicleOnDelayMs ?? policy.vehicleOnDelayMs,
			objectOnDelayMs: keys.objectOnDelayMs ?? policy.objectOnDelayMs,
			confirmAfterMs: keys.confirmAfterMs ?? policy.confirmAfterMs,
			offDelayMs: keys.offDelayMs ?? policy.offDelayMs,
			blindAfterMs: keys.blindAfterMs ?? policy.blindAfterMs,
			clearWidthM: keys.clearWidthM ?? policy.clearWidthM,
			blockedWidthM: keys.blockedWidthM ?? policy.blockedWidthM,
			fixedAfterMs: keys.fixedAfterMs ?? policy.fixedAfterMs,
		}),
		base,
	);
}

/** A camera that is sampled seldom is not blind between two samples: three must be missed. */
export function blindAfterMs(sampleEveryMs: number): number {
	return Math.max(defaultPolicy.blindAfterMs, 3 * sampleEveryMs);
}
