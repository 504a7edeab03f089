import type { OccupancyCause } from "#core/occupancy/types.ts";

/** What `replay --json` prints. Times count from the first frame, by the video's own time stamps. */
export interface ReplayReport {
	readonly video: string;
	readonly durationMs: number;
	readonly zones: readonly { readonly id: string; readonly occupancies: readonly ReportedOccupancy[] }[];
	readonly stats: ReplayStats;
}

export interface ReportedOccupancy {
	readonly enteredAtMs: number;
	readonly raisedAtMs: number;
	/** Null where the zone is still occupied at the end. */
	readonly clearedAtMs: number | null;
	readonly cause: OccupancyCause;
	readonly label: string;
	readonly confidence: number;
	/** As it was read over the stay: unread characters are `-`, 无车牌 where there is none; null where nobody read it. */
	readonly plate: string | null;
}

export interface ReplayStats {
	readonly framesDecoded: number;
	readonly framesInferred: number;
	/** CPU time of everything that took part: this process with those of its models, and its ffmpeg children. */
	readonly cpuMs: number;
	readonly wallMs: number;
}
