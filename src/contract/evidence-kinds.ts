/** What evidence is; evidence-set.ts says what an alert has of it. */
export const evidenceKinds = [
	"still_entry", // small stills of the analysed frame, with the alert at once
	"still_raised",
	"panorama_entry", // P1: full resolution of the main stream, as all below
	"panorama_confirmed", // P2; of goods: what lies there
	"plate", // P3
	"panorama_cleared", // P4
	"reference", // of goods: the empty lane before they came
	"outline", // of goods: P2 with their outline drawn
	"overlay", // a copy of one of these with the facts written on it
	"clip",
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];
