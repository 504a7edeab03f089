import { digits, officeLetters, provinces, serialLetters } from "./characters.ts";

/** What a plate's ground looks like; `unknown`: infrared, night, or no colour that a plate has. */
export const plateColours = ["blue", "yellow", "green", "yellow-green", "white", "black"] as const;
export type KnownColour = (typeof plateColours)[number];
export type PlateColour = KnownColour | "unknown";

export const plateClasses = [
	"small",
	"large",
	"trailer",
	"learner",
	"police",
	"emergency",
	"new-energy-small",
	"new-energy-large",
	"hong-kong",
	"macau",
	"embassy",
	"consulate",
	"foreign",
	"military",
	"armed-police",
	"temporary",
] as const;
export type PlateClass = (typeof plateClasses)[number];

/** One way in which a plate's text is built. */
export interface PlateTemplate {
	/** The class, by the plate's colour where the same text stands on several; the first is that of an unknown colour. */
	readonly classes: readonly (readonly [PlateClass, readonly KnownColour[]])[];
	/** The characters that may stand at each place. */
	readonly places: readonly string[];
	/** How rare it is, as a natural logarithm: what it must be read better by than the ordinary one. */
	readonly rarity: number;
	/** Only where the colour was seen: its text alone could be that of any sign or date. */
	readonly needsColour?: true;
}

const serial = `${serialLetters}${digits}`;
/** D, A, B, C, E: battery alone; F, G, H, J, K: others. */
const energyLetters = "DABCEFGHJK";
const times = (count: number, place: string): string[] => Array<string>(count).fill(place);
const issued = [provinces, officeLetters];

/** GA 36-2018, and what is on the road beside it. `models.md` section 6 and `domain.md` 2.6 name the sources. */
export const plateTemplates: readonly PlateTemplate[] = [
	{
		classes: [
			["small", ["blue"]],
			["large", ["yellow"]],
			["foreign", ["black"]],
		],
		places: [...issued, ...times(5, serial)],
		rarity: 0,
	},
	{
		classes: [["new-energy-small", ["green"]]],
		places: [...issued, energyLetters, serial, ...times(4, digits)],
		rarity: 0.5,
	},
	{
		classes: [["new-energy-large", ["yellow-green", "green"]]],
		places: [...issued, ...times(5, digits), energyLetters],
		rarity: 1.5,
	},
	{ classes: [["police", ["white"]]], places: [...issued, ...times(4, serial), "警"], rarity: 1 },
	{ classes: [["learner", ["yellow"]]], places: [...issued, ...times(4, serial), "学"], rarity: 1 },
	{ classes: [["trailer", ["yellow"]]], places: [...issued, ...times(4, serial), "挂"], rarity: 1 },
	{ classes: [["emergency", ["white"]]], places: [provinces, "XS", ...times(4, digits), "应", "急"], rarity: 1 },
	{ classes: [["hong-kong", ["black"]]], places: ["粤", "Z", ...times(4, serial), "港"], rarity: 1 },
	{ classes: [["macau", ["black"]]], places: ["粤", "Z", ...times(4, serial), "澳"], rarity: 1 },
	{ classes: [["embassy", ["black"]]], places: [...times(6, digits), "使"], rarity: 1.5 },
	{ classes: [["embassy", ["black"]]], places: ["使", ...times(6, digits)], rarity: 1.5 },
	{ classes: [["consulate", ["black"]]], places: [provinces, ...times(5, digits), "领"], rarity: 1.5 },
	{ classes: [["consulate", ["black"]]], places: [provinces, "A", ...times(4, digits), "领"], rarity: 1 },
	{
		classes: [["temporary", ["white", "blue", "yellow"]]],
		places: [...issued, ...times(4, serial), "临试超"],
		rarity: 2,
	},
	{ classes: [["armed-police", ["white"]]], places: ["W", "J", provinces, ...times(4, digits), serial], rarity: 1.5 },
	{
		classes: [["military", ["white"]]],
		places: ["VZKHBSLJNGCE", serialLetters, ...times(5, digits)],
		rarity: 3,
		needsColour: true,
	},
];

export const coloursOf = ({ classes }: PlateTemplate): readonly KnownColour[] =>
	classes.flatMap(([, colours]) => colours);
