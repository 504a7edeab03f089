import type { OccupancyCause } from "#core/occupancy/types.ts";
import type { Policy } from "#core/scene.ts";
import type { ReplayReport, ReportedOccupancy } from "../replay/report.ts";
import { type TruthClip, type TruthEvent, vehicleEventKinds } from "./truth-file.ts";

/** A piece of time in seconds from the first frame. */
export interface Stretch {
	readonly startS: number;
	readonly endS: number;
}

export interface ExpectedStretch extends Stretch {
	readonly polygon: string;
	readonly cause: OccupancyCause;
}

export interface StretchScore {
	readonly expected: ExpectedStretch;
	/** The reported occupancy that covers most of it, if one covers half of it. */
	readonly found: ReportedOccupancy | null;
	readonly causeWrong: boolean;
	/** How many reported occupancies overlap it. */
	readonly alerts: number;
	readonly startErrorS: number | null;
	/** Null also where the end lies at the clip's end. */
	readonly endErrorS: number | null;
}

export interface ClipScore {
	readonly file: string;
	readonly scored: boolean;
	readonly durationS: number;
	readonly stretches: readonly StretchScore[];
	/** Reported occupancies that overlap nothing that happened. */
	readonly falseAlerts: readonly (ReportedOccupancy & { readonly polygon: string })[];
}

const mergeGapS = 3;
const graceS = 0.5;

export function scoreClip(clip: TruthClip, report: ReplayReport, policy: Policy): ClipScore {
	const reported = (polygon: string) => report.zones.find(({ id }) => id === polygon)?.occupancies ?? [];
	const clipEndS = clip.duration_s;
	const lasting = (occupancy: ReportedOccupancy): Stretch => ({
		startS: occupancy.enteredAtMs / 1000,
		endS: occupancy.clearedAtMs === null ? Math.max(clipEndS, report.durationMs / 1000) : occupancy.clearedAtMs / 1000,
	});
	const stretches = expectedStretches(clip, policy).map((expected): StretchScore => {
		const over = reported(expected.polygon).filter((occupancy) => overlapS(lasting(occupancy), expected) > 0);
		const most = over.toSorted((a, b) => overlapS(lasting(b), expected) - overlapS(lasting(a), expected))[0];
		const covered = most ? overlapS(lasting(most), expected) : 0;
		const found = most && covered * 2 >= expected.endS - expected.startS ? most : null;
		const endsWithClip = expected.endS > clipEndS - policy.offDelayMs / 1000;
		return {
			expected,
			found,
			causeWrong: found !== null && found.cause !== expected.cause,
			alerts: over.length,
			startErrorS: found && Math.abs(lasting(found).startS - expected.startS),
			endErrorS: found && !endsWithClip ? Math.abs(lasting(found).endS - expected.endS) : null,
		};
	});
	const falseAlerts = Object.keys(clip.polygons).flatMap((polygon) =>
		reported(polygon)
			.filter(
				(occupancy) => !clip.events.some((event) => event.polygon === polygon && touches(event, lasting(occupancy))),
			)
			.map((occupancy) => ({ polygon, ...occupancy })),
	);
	return { file: clip.file, scored: clip.scored, durationS: clip.duration_s, stretches, falseAlerts };
}

/** What must be reported: vehicles' stays and goods apart, merged where they meet, without what is too short. */
export function expectedStretches(clip: TruthClip, policy: Policy): ExpectedStretch[] {
	const isVehicle = ({ kind }: TruthEvent) => (vehicleEventKinds as readonly string[]).includes(kind);
	const groups = [
		{ cause: "vehicle" as const, onDelayMs: policy.vehicleOnDelayMs, counts: isVehicle },
		{
			cause: "object" as const,
			onDelayMs: policy.objectOnDelayMs,
			counts: ({ kind }: TruthEvent) => kind === "left_object",
		},
	];
	return Object.keys(clip.polygons).flatMap((polygon) =>
		groups.flatMap(({ cause, onDelayMs, counts }) =>
			merged(clip.events.filter((event) => event.polygon === polygon && counts(event)))
				.filter(({ startS, endS }) => endS - startS >= onDelayMs / 1000 + graceS)
				.map((stretch) => ({ ...stretch, polygon, cause })),
		),
	);
}

function merged(events: readonly TruthEvent[]): Stretch[] {
	const stretches: Stretch[] = [];
	for (const { start_s, end_s } of events.toSorted((a, b) => a.start_s - b.start_s)) {
		const last = stretches.at(-1);
		if (last && start_s - last.endS < mergeGapS) {
			stretches.splice(-1, 1, { startS: last.startS, endS: Math.max(last.endS, end_s) });
		} else {
			stretches.push({ startS: start_s, endS: end_s });
		}
	}
	return stretches;
}

function overlapS(a: Stretch, b: Stretch): number {
	return Math.min(a.endS, b.endS) - Math.max(a.startS, b.startS);
}

function touches(event: TruthEvent, stretch: Stretch): boolean {
	return overlapS({ startS: event.start_s, endS: event.end_s }, stretch) > 0;
}
