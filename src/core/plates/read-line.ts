import { type DecodedLine, decodeLine, type LineSteps, type ReadCharacter } from "./decode-line.ts";
import { coloursOf, type PlateClass, type PlateColour, type PlateTemplate, plateTemplates } from "./grammar.ts";
import { type ColourShares, likeliestColour } from "./plate-look.ts";
import { classIn } from "./plate-text.ts";

/** What a line of text reads as, if it is a plate. */
export interface PlateLine {
	readonly characters: readonly ReadCharacter[];
	readonly plateClass: PlateClass;
	readonly colour: PlateColour;
	/** See `DecodedLine`. */
	readonly loss: number;
	/** How much better it is than the best of another length or build; natural logarithm. */
	readonly lead: number;
}

/** What a template costs whose colour is not the one that is seen: never everything, light is deceitful. */
const leastColour = 0.02;

/** The plate that a line most likely is, over all that GA 36 knows; null where it is too short for any. */
export function readLine(line: LineSteps, colours: ColourShares): PlateLine | null {
	const ranked = plateTemplates
		.flatMap((template) => {
			const decoded = decodeLine(line, template);
			return decoded ? [{ decoded, cost: decoded.loss + template.rarity + colourCost(template, colours) }] : [];
		})
		.sort((a, b) => a.cost - b.cost);
	const [first] = ranked;
	if (!first || !Number.isFinite(first.cost)) return null;
	const other = ranked.find(({ decoded }) => textOf(decoded) !== textOf(first.decoded));
	const { template, characters, loss } = first.decoded;
	const colour = likeliestColour(colours);
	return {
		characters,
		plateClass: classIn(template, colour),
		colour,
		loss,
		lead: (other?.cost ?? Infinity) - first.cost,
	};
}

function colourCost(template: PlateTemplate, colours: ColourShares): number {
	const known = Object.values(colours).reduce((sum, share) => sum + share, 0);
	const own = coloursOf(template).reduce((sum, colour) => sum + colours[colour], 0);
	if (template.needsColour) return own > 0.5 ? 0 : Infinity;
	return known === 0 ? 0 : -Math.log(leastColour + (1 - leastColour) * Math.min(1, own / known));
}

const textOf = ({ characters }: DecodedLine) => characters.map(({ char }) => char).join("");
