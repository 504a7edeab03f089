import { noPlate, unread } from "./characters.ts";
import type { ReadCharacter } from "./decode-line.ts";
import type { PlateClass, PlateColour } from "./grammar.ts";
import type { PlateRead } from "./plate-read.ts";
import type { StayPlateState, UnreadReason } from "./stay-plate-words.ts";
import { type PlateVote, vote, weightOf } from "./vote.ts";

/** One picture of a vehicle's stay that was looked at for its plate, or that could not be had. */
export interface PlateLook {
	/** The moment that it was to show; names the look. */
	readonly wantedAt: number;
	readonly capturedAt: number | null;
	/** Null: it was looked at. */
	readonly failed: Extract<UnreadReason, "no_video" | "no_room" | "no_models" | "failed"> | null;
	/** How the vehicle looked in it, in pixels of the camera's own picture; brightness 0..255. */
	readonly vehicle: { readonly widthPx: number; readonly heightPx: number; readonly brightness: number } | null;
	/** Its own plate, the best read; the box normalised to the whole picture. */
	readonly read: PlateRead | null;
}

/** What all looks of a stay come to: a proposal until a person confirms it. */
export interface StayPlate {
	readonly state: StayPlateState;
	readonly reason: UnreadReason | null;
	readonly text: string | null;
	readonly plateClass: PlateClass | null;
	readonly colour: PlateColour;
	readonly confidence: number;
	readonly characters: readonly ReadCharacter[];
	/** Every character sure, and read so in several pictures: it alone may exempt a vehicle. */
	readonly isSure: boolean;
	readonly reads: number;
	readonly looks: number;
	/** Of the picture that says most of it. */
	readonly readAt: number | null;
}

/** A narrower vehicle has no plate that could be read. */
export const leastVehiclePx = 100;
/** "No plate" is said of a vehicle only that fills so much of the picture, in such a light, … */
const clearly = { widthPx: 240, brightness: 50 };
/** … from front or rear (wider by height, and it is seen from the side), in so many pictures. */
const widestFront = 1.7;
const noneAfter = 3;
const darkBelow = 35;
/** Other vehicles have no plate, or one that nobody reads yet. */
const plated: readonly string[] = ["car", "truck", "bus"];
/** Pictures that must agree to the last character: one may deceive to its last pixel. */
const agreeing = 2;

/** @param label what the detector calls the vehicle */
export function stayPlateOf(looks: readonly PlateLook[], label: string): StayPlate {
	const reads = onePerPicture(looks);
	const looked = looks.filter(({ failed }) => failed === null).length;
	if (reads.length > 0) {
		const voted = vote(reads.map(({ read }) => read));
		const { text, characters, plateClass, colour, confidence } = voted;
		return {
			state: text.includes(unread) ? "partly" : "read",
			reason: null,
			...{ text, characters, plateClass, colour, confidence, reads: reads.length, looks: looked },
			isSure: isSure(voted, reads),
			readAt: bestOf(reads, voted)?.capturedAt ?? null,
		};
	}
	const none = provesNone(looks, label);
	return {
		...{ state: none ? "none" : "unread", reason: none ? null : whyUnread(looks), text: none ? noPlate : null },
		...{ plateClass: null, colour: "unknown", confidence: 0, characters: [], isSure: false, reads: 0, looks: looked },
		readAt: null,
	};
}

/** The look that says most of what was voted: its read agrees in the most characters, and weighs most. */
export function bestLookOf(looks: readonly PlateLook[]): (PlateLook & { readonly read: PlateRead }) | null {
	const reads = onePerPicture(looks);
	return reads.length === 0 ? null : bestOf(reads, vote(reads.map(({ read }) => read)));
}

type Reading = PlateLook & { readonly read: PlateRead };

/** A camera that sends a picture now and then answers two moments with one. */
function onePerPicture(looks: readonly PlateLook[]): Reading[] {
	const reads = looks.filter((look): look is Reading => look.read !== null);
	return reads.filter(({ capturedAt }, at) => reads.findIndex((other) => other.capturedAt === capturedAt) === at);
}

function isSure({ isSure: isLikely, text }: PlateVote, reads: readonly Reading[]): boolean {
	return isLikely && !text.includes(unread) && reads.filter(({ read }) => read.text === text).length >= agreeing;
}

function bestOf(reads: readonly Reading[], { characters }: PlateVote): Reading | null {
	const agreement = ({ read }: Reading) =>
		read.characters.length === characters.length
			? read.characters.filter(({ char }, at) => char === characters[at]?.char).length
			: 0;
	const [best] = reads.toSorted((a, b) => agreement(b) - agreement(a) || weightOf(b.read) - weightOf(a.read));
	return best ?? null;
}

function provesNone(looks: readonly PlateLook[], label: string): boolean {
	const clear = looks.flatMap(({ vehicle }) => vehicle ?? []).filter((vehicle) => isClear(vehicle));
	return plated.includes(label) && clear.length >= noneAfter;
}

const isClear = ({ widthPx, heightPx, brightness }: NonNullable<PlateLook["vehicle"]>) =>
	widthPx >= clearly.widthPx && brightness >= clearly.brightness && widthPx <= widestFront * heightPx;

function whyUnread(looks: readonly PlateLook[]): UnreadReason {
	const seen = looks.flatMap(({ vehicle }) => vehicle ?? []);
	if (seen.length === 0) return looks.at(-1)?.failed ?? "waiting";
	if (seen.every(({ widthPx }) => widthPx < leastVehiclePx)) return "too_small";
	if (seen.every(({ brightness }) => brightness < darkBelow)) return "too_dark";
	if (seen.every(({ widthPx, heightPx }) => widthPx > widestFront * heightPx)) return "not_facing";
	return "not_found";
}
