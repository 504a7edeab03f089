import type { AlertMessage } from "#contract/messages/index.ts";
import type { Stretch } from "./pieces.ts";
import type { DayPlan, Span } from "./plan-day.ts";
import type { BlindStretch, PlayedDay } from "./play-day.ts";

/** What was told of a day, held against what happened. */
export interface DayVerdict {
	readonly told: readonly { readonly stretch: Stretch; readonly alerts: readonly ToldAlert[] }[];
	readonly lost: readonly Stretch[];
	readonly falseAlerts: readonly ToldAlert[];
	readonly alertsPerStay: number;
	/** Alerts that were raised and never cleared. */
	readonly unclosed: readonly ToldAlert[];
	/** Mean and largest, in ms, where the camera saw it happen. */
	readonly startError: Errors;
	readonly endError: Errors;
	readonly blindToldMs: number;
	readonly blindTrueMs: number;
	readonly worstBlind: BlindStretch | null;
	readonly mostLooksLost: number;
	/** One sentence each; none where every promise is kept. */
	readonly broken: readonly string[];
}

export interface ToldAlert extends Span {
	readonly id: string;
	readonly cause: string;
}

export interface Errors {
	readonly mean: number;
	readonly most: number;
}

const blindToleranceMs = 2_000;
/** An alert may run on through a gap in which the lane became free; one that lasts longer while nothing is there is false. */
const mostFreeMs = 150_000;

export function judgeDay({ pieces }: DayPlan, { messages, blind, looksLost }: PlayedDay): DayVerdict {
	const stretches = pieces.flatMap(({ stretch }) => stretch ?? []);
	const alerts = alertsOf(messages);
	const found = stretches.map((stretch) => ({ stretch, alerts: alerts.filter((alert) => overlap(alert, stretch)) }));
	const lost = found.filter((one) => one.alerts.length === 0).map(({ stretch }) => stretch);
	const falseAlerts = alerts.filter((alert) => freeTimeIn(alert, stretches) > mostFreeMs);
	const unclosed = alerts.filter(({ toAt }) => toAt === Infinity);
	const watched = (at: number) => !blind.some(({ fromAt, toAt }) => at > fromAt - 5_000 && at < toAt + 5_000);
	const errorsOf = (edge: (span: Span) => number) =>
		errors(
			found.flatMap(({ stretch, alerts: [alert] }) =>
				alert && watched(edge(stretch)) ? [Math.abs(edge(alert) - edge(stretch))] : [],
			),
		);
	const wrongBy = ({ fromAt, toAt, toldMs }: BlindStretch) => Math.abs(toldMs - (toAt - fromAt));
	const hits = stretches.length - lost.length;
	const verdict = {
		told: found,
		lost,
		falseAlerts,
		alertsPerStay: hits === 0 ? 0 : found.reduce((sum, one) => sum + one.alerts.length, 0) / hits,
		unclosed,
		startError: errorsOf(({ fromAt }) => fromAt),
		endError: errorsOf(({ toAt }) => toAt),
		blindToldMs: blind.reduce((sum, { toldMs }) => sum + toldMs, 0),
		blindTrueMs: blind.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0),
		worstBlind: blind.toSorted((a, b) => wrongBy(b) - wrongBy(a))[0] ?? null,
		mostLooksLost: Math.max(0, ...looksLost),
	};
	return { ...verdict, broken: brokenPromises(verdict, messages, wrongBy) };
}

function brokenPromises(
	verdict: Omit<DayVerdict, "broken">,
	messages: readonly AlertMessage[],
	wrongBy: (blind: BlindStretch) => number,
): string[] {
	const broken: string[] = [];
	for (const { cause, fromAt, toAt } of verdict.lost)
		broken.push(`lost: ${cause} from ${clock(fromAt)} to ${clock(toAt)}`);
	for (const { cause, fromAt, toAt } of verdict.falseAlerts) {
		broken.push(`false: ${cause} from ${clock(fromAt)} to ${clock(toAt)}`);
	}
	for (const { stretch, alerts } of verdict.told.filter((one) => one.alerts.length > 1)) {
		const spans = alerts.map((alert) => `${clock(alert.fromAt)} to ${clock(alert.toAt)}`).join(" and ");
		broken.push(
			`${alerts.length} alerts for one stay from ${clock(stretch.fromAt)} to ${clock(stretch.toAt)}: ${spans}`,
		);
	}
	for (const { fromAt } of verdict.unclosed) broken.push(`never cleared: raised for ${clock(fromAt)}`);
	const { worstBlind } = verdict;
	if (worstBlind && wrongBy(worstBlind) > blindToleranceMs) {
		const { why, fromAt, toAt, toldMs } = worstBlind;
		broken.push(`blind time (${why}, ${clock(fromAt)}): ${(toAt - fromAt) / 1000} s, told ${toldMs / 1000} s`);
	}
	if (verdict.mostLooksLost > 1) broken.push(`a kill cost ${verdict.mostLooksLost} looks`);
	if (!alternate(messages)) broken.push("raised and cleared do not alternate");
	return broken;
}

function alertsOf(messages: readonly AlertMessage[]): ToldAlert[] {
	const cleared = new Map(
		messages.flatMap((message) => (message.kind === "cleared" ? [[message.alertId, message.clearedAt]] : [])),
	);
	return messages.flatMap((message) =>
		message.kind === "raised"
			? [
					{
						id: message.alertId,
						cause: message.cause,
						fromAt: message.enteredAt,
						toAt: cleared.get(message.alertId) ?? Infinity,
					},
				]
			: [],
	);
}

/** Of one lane, and each pair of one alert. */
function alternate(messages: readonly AlertMessage[]): boolean {
	return messages.every(({ kind, alertId }, index) =>
		index % 2 === 0 ? kind === "raised" : kind === "cleared" && messages[index - 1]?.alertId === alertId,
	);
}

/** How much of the alert's time nothing was there; all of it where it meets no stretch at all. */
function freeTimeIn(alert: ToldAlert, stretches: readonly Stretch[]): number {
	const met = stretches.filter((stretch) => overlap(alert, stretch));
	if (met.length === 0) return Infinity;
	const last = Math.max(...met.map(({ toAt }) => toAt));
	const taken = met.reduce((sum, { fromAt, toAt }) => {
		return sum + Math.min(toAt, alert.toAt) - Math.max(fromAt, alert.fromAt);
	}, 0);
	return Math.min(alert.toAt, last + 2 * mostFreeMs) - alert.fromAt - taken;
}

const overlap = (a: Span, b: Span) => a.fromAt < b.toAt && b.fromAt < a.toAt;

function errors(values: readonly number[]): Errors {
	if (values.length === 0) return { mean: 0, most: 0 };
	return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, most: Math.max(...values) };
}

/** Hours, minutes and seconds of the day. */
export function clock(at: number): string {
	if (!Number.isFinite(at)) return "the end";
	const seconds = Math.round(at / 1000);
	return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
		.map((part) => String(Math.floor(part)).padStart(2, "0"))
		.join(":");
}
