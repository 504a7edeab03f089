/**
 * How long evidence of an alert is kept: by what became of it. Kept no longer than its purpose asks (个人信息保护法 19) and
 * no shorter than the law does: 30 days for video of public places (公共安全视频图像信息系统管理条例 17), two years for
 * what may yet be punished (行政处罚法 36).
 */
export const retentionClasses = ["unconfirmed", "confirmed", "transferred"] as const;
export type RetentionClass = (typeof retentionClasses)[number];

export type RetentionDays = Readonly<Record<RetentionClass, number>>;
export const defaultRetentionDays: RetentionDays = { unconfirmed: 30, confirmed: 365, transferred: 730 };

export interface Kept {
	/** Null: what it shows is not over yet. */
	readonly clearedAt: number | null;
	/** A person confirmed it, and nobody has rejected that since. */
	readonly isConfirmed: boolean;
	/** When it was last handed to an authority. */
	readonly transferredAt: number | null;
	/** A person said that it is to be kept for as long as that holds. */
	readonly isHeld: boolean;
}

const dayMs = 24 * 3_600_000;

export function retentionClassOf({ isConfirmed, transferredAt }: Kept): RetentionClass {
	if (transferredAt !== null) return "transferred";
	return isConfirmed ? "confirmed" : "unconfirmed";
}

/** From when its evidence is to be deleted; null: not for the time being. Milliseconds. */
export function deletesAt(kept: Kept, days: RetentionDays): number | null {
	if (kept.clearedAt === null || kept.isHeld) return null;
	const from = Math.max(kept.clearedAt, kept.transferredAt ?? kept.clearedAt);
	return from + days[retentionClassOf(kept)] * dayMs;
}
