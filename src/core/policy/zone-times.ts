import type { PolicyKeys } from "../scene.ts";

/** Some hours of some days, by the clock on the site's wall. */
export interface HoursOfDay {
	/** The days on which it begins, 1 Monday to 7 Sunday; absent: every day. */
	readonly days?: readonly number[] | undefined;
	/** `"22:00"`: from this minute on … */
	readonly from: string;
	/** … until this one begins; on the next day where it is not later than `from`. `"24:00"` is midnight. */
	readonly to: string;
}

/** Keys of the policy that are others at these hours. */
export interface PolicyHours extends HoursOfDay {
	readonly policy: PolicyKeys;
}

/** A vehicle may stand in the lane for a time. */
export interface Permit {
	readonly id: string;
	/** Whose, as `normalisePlate` writes it; null: every vehicle's. */
	readonly plate: string | null;
	/** Instants, ms: from the first until just before the second. */
	readonly from: number;
	readonly until: number;
}

/** What holds for a zone at some times only. Plain data. */
export interface ZoneTimes {
	/** IANA name, such as `Asia/Shanghai`. */
	readonly timeZone: string;
	/** Where several hold at once, the last that sets a key decides. */
	readonly hours: readonly PolicyHours[];
	/** When the zone is watched; null: always. */
	readonly armed: readonly HoursOfDay[] | null;
	readonly permits: readonly Permit[];
}
