import { noPlate } from "#core/plates/characters.ts";
import { maskPlate, normalisePlate } from "#core/plates/plate-text.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { wallTime } from "#core/evidence/written-time.ts";

/** What a notice to a driver tells. */
export interface NoticeFacts {
	readonly site: string;
	readonly lane: string;
	readonly enteredAt: number;
	readonly timeZone: string;
	/** Whole, as a person confirmed it; null where nobody did. */
	readonly plate: string | null;
	/** Whom to ask; null where the site has none configured. */
	readonly phone: string | null;
	readonly alertId: string;
}

export function noticeFactsOf(
	alert: AlertAnswer,
	more: {
		readonly plate: string | null;
		readonly phone: string | null;
		readonly timeZone: string;
		readonly site: string;
	},
): NoticeFacts {
	const place = alert.evidenceSet?.place;
	return {
		...more,
		site: place?.siteName || more.site,
		lane: alert.laneName || alert.laneId,
		enteredAt: alert.enteredAt,
		alertId: alert.id,
	};
}

/** `蒙B·12**5`; null where there is no plate to be named. */
export function plateForOthers(plate: string | null): string | null {
	const text = plate === null ? "" : normalisePlate(plate);
	if (text === "" || text === noPlate) return null;
	const masked = maskPlate(text);
	return masked === text ? maskAny([...text]) : masked;
}

/** What reads like no plate of ours: its first two signs and its last. */
const maskAny = (signs: readonly string[]) =>
	signs.map((sign, i) => (i < 2 || (i === signs.length - 1 && i > 2) ? sign : "*")).join("");

/** `11月22日21:38`, by the clock on the wall. */
export function shortTime({ timeZone, enteredAt }: Pick<NoticeFacts, "timeZone" | "enteredAt">): string {
	const [day = "", time = ""] = wallTime(timeZone, enteredAt).split(" ");
	const [, month, date] = day.split("-").map(Number);
	return `${month}月${date}日${time.slice(0, 5)}`;
}

/** What a channel's own words may name; a plate in part alone. */
export const noticeFields = ["site", "lane", "time", "plate", "phone"] as const;

export const noticeValues = (facts: NoticeFacts): Readonly<Record<(typeof noticeFields)[number], string>> => ({
	site: facts.site,
	lane: facts.lane,
	time: shortTime(facts),
	plate: plateForOthers(facts.plate) ?? "",
	phone: facts.phone ?? "",
});

/** What a loudspeaker reads: no plate, for everybody hears it. */
export const spokenText = "您好，{lane}是消防车通道，请立即驶离。";

const mostInOne = 70;
const mostInPart = 67;

/**
 * The text of an SMS: place, time, plea, telephone, in one message. Long names are shortened for it; where that is not
 * enough the site's is left out, which the telephone number stands for.
 */
export function smsText(facts: NoticeFacts): string {
	const lengths = [...Array(17).keys()].map((i) => 20 - i);
	const places = [
		...lengths
			.filter((length) => length >= 6)
			.map((length) => shortened(facts.site, length) + shortened(facts.lane, length)),
		...lengths.map((length) => shortened(facts.lane, length)),
	];
	const texts = places.map((place) => textOf(facts, place));
	return texts.find((text) => text.length <= mostInOne) ?? texts.at(-1) ?? "";
}

function textOf(facts: NoticeFacts, place: string): string {
	const plate = plateForOthers(facts.plate);
	const who = plate === null ? "您好：您的车辆" : `您好：${plate}`;
	const call = facts.phone === null ? "" : `电话${facts.phone}`;
	return `${who}自${shortTime(facts)}停在${place}，影响消防车通行，请尽快挪车，谢谢。${call}`;
}

function shortened(name: string, most: number): string {
	const signs = [...name.replace(/\s+/g, " ")];
	return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : signs.join("");
}

/** As a telephone gets it: UCS-2, 70 units in one message or 67 in each of several. No character is cut in two. */
export function smsParts(text: string): readonly string[] {
	if (text.length <= mostInOne) return [text];
	const parts = [""];
	for (const char of text) {
		const last = parts.at(-1) ?? "";
		if (last.length + char.length > mostInPart) parts.push(char);
		else parts[parts.length - 1] = last + char;
	}
	return parts;
}
