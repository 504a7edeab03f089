import type { PolicyBody } from "#contract/zones.ts";
import { maxOffDelayMs } from "#core/policy/check-policy.ts";

export interface PolicyField {
	readonly key: keyof PolicyBody;
	/** What a person types: seconds, metres or hours, `scale` of the policy's own unit. */
	readonly unit: "s" | "m" | "h";
	readonly scale: number;
	readonly min: number;
	readonly max: number;
}

export const delayFields = [
	{ key: "vehicleOnDelayMs", unit: "s", scale: 1000, min: 0, max: 86_400 },
	{ key: "objectOnDelayMs", unit: "s", scale: 1000, min: 0, max: 172_800 },
	{ key: "offDelayMs", unit: "s", scale: 1000, min: 0, max: maxOffDelayMs / 1000 },
] as const satisfies readonly PolicyField[];

export const allFields = [
	...delayFields,
	{ key: "clearWidthM", unit: "m", scale: 1, min: 0.5, max: 30 },
	{ key: "blockedWidthM", unit: "m", scale: 1, min: 0.5, max: 30 },
	{ key: "confirmAfterMs", unit: "s", scale: 1000, min: 10, max: 3_600 },
	{ key: "fixedAfterMs", unit: "h", scale: 3_600_000, min: 1, max: 720 },
] as const satisfies readonly PolicyField[];

/** What was typed, in the policy's own unit; null where it is not to be taken, undefined where nothing stands there. */
export function readField({ scale, min, max }: PolicyField, text: string): number | null | undefined {
	const typed = text.trim();
	if (typed === "") return undefined;
	if (!/^\d+(\.\d{1,2})?$/.test(typed) || Number(typed) < min || Number(typed) > max) return null;
	return scale === 1 ? Number(typed) : Math.round(Number(typed) * scale);
}

/** At most two digits after the point. */
export const showField = ({ scale }: PolicyField, value: number): string => String(Number((value / scale).toFixed(2)));

/** The same with one key set otherwise; undefined takes it out. */
export function withKey(policy: PolicyBody, key: keyof PolicyBody, value: number | undefined): PolicyBody {
	const changed = { ...policy };
	if (value === undefined) delete changed[key];
	else changed[key] = value;
	return changed;
}
