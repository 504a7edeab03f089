import type { EvidenceItemBody, EvidenceSetBody } from "#contract/evidence-set.ts";

/** As they are told: before, at the entry, at the confirmation, after. */
const order = ["reference", "panorama_entry", "panorama_confirmed", "outline", "plate", "panorama_cleared"] as const;

const place = ({ kind }: EvidenceItemBody) => order.findIndex((each) => each === kind);

export const photosOf = ({ items }: EvidenceSetBody): EvidenceItemBody[] =>
	items.filter((item) => place(item) >= 0).toSorted((a, b) => place(a) - place(b));

export const missingOf = ({ items }: EvidenceSetBody): EvidenceItemBody[] =>
	items.filter(({ state }) => state === "missing");
