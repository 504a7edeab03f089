import type { cardParts, SiteCard, siteCardChangesAnswer } from "#contract/site-cards-api.ts";
import { type CardParts, cardChanges } from "#core/drill/card-changes.ts";
import type { z } from "zod";
import type { CardVersion } from "./site-cards-store.ts";

type Part = (typeof cardParts)[number];
type Changes = z.infer<typeof siteCardChangesAnswer>["changes"];

/** What each version changed of the one before, newest first. `versions` may hold one more than is asked for, to hold the last against. */
export function changesOf(
	versions: readonly CardVersion[],
	most: number,
	laneName: (laneId: string) => string,
): Changes {
	return versions.slice(0, most).map(({ revision, by, at, card }, index) => {
		const before = partsOf(versions[index + 1]?.card, laneName);
		return { revision, by, at, parts: [...cardChanges(before, partsOf(card, laneName))] };
	});
}

function partsOf(card: SiteCard | undefined, laneName: (laneId: string) => string): CardParts<Part> {
	if (!card) return new Map();
	const { lanes, features, contacts, bestEntry, otherEntry } = card;
	return new Map([
		...lanes.map((lane) => [`lane ${lane.laneId}`, part("lane", laneName(lane.laneId), lane)] as const),
		...features.map((feature) => [`feature ${feature.id}`, part("feature", feature.name, feature)] as const),
		...(contacts.length > 0 ? [["contacts", part("contacts", "", contacts)] as const] : []),
		...(bestEntry + otherEntry === "" ? [] : [["entry", part("entry", "", [bestEntry, otherEntry])] as const]),
	]);
}

const part = (which: Part, name: string, content: unknown) => ({ part: which, name, content });
