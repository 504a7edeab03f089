import { provinces, unread } from "./characters.ts";
import { type PlateClass, type PlateColour, type PlateTemplate, plateTemplates } from "./grammar.ts";

/** Half width, large letters, without dots, dashes between groups and blanks; a lone `-` for an unread sign stays. */
export function normalisePlate(text: string): string {
	const plain = text
		.normalize("NFKC")
		.toUpperCase()
		.replace(/[\s·•・.:,'"|]/gu, "");
	return [...plain].map((sign, place, all) => asSerial(sign, place, all)).join("");
}

/** I and O are 1 and 0, but O where the office's letter stands; a consulate's plate may have a digit there. */
function asSerial(sign: string, place: number, all: readonly string[]): string {
	if (place === 1 && sign === "0" && provinces.includes(all[0] ?? "") && all.at(-1) !== "领") return "O";
	if (place === 1 && sign === "O") return all.at(-1) === "领" ? "0" : "O";
	return sign === "O" ? "0" : sign === "I" ? "1" : sign;
}

/** Of a text as `normalisePlate` gives it, whole or with unread characters; null where no plate reads so. */
export function templateOf(text: string): PlateTemplate | null {
	const signs = [...text];
	const fits = ({ places }: PlateTemplate) =>
		places.length === signs.length && places.every((place, i) => signs[i] === unread || place.includes(signs[i] ?? ""));
	return plateTemplates.find(fits) ?? null;
}

/** Null where no plate reads so. */
export function plateClassOf(text: string, colour: PlateColour): PlateClass | null {
	const template = templateOf(text);
	return template && classIn(template, colour);
}

export function classIn({ classes }: PlateTemplate, colour: PlateColour): PlateClass {
	const [first] = classes;
	const own = classes.find(([, colours]) => colours.some((each) => each === colour));
	return (own ?? first)?.[0] ?? "small";
}

/** The sign of the province, where the plate has one and it was read. */
export function provinceOf(text: string): string | null {
	return [...text].slice(0, 3).find((sign) => provinces.includes(sign)) ?? null;
}

/** A vehicle on duty: its stay raises nothing (armed police and soldiers are told apart, they are no exemption). */
export const isEmergencyPlate = (plateClass: PlateClass | null): boolean =>
	plateClass === "emergency" || plateClass === "police";

/** As others may see it: `蒙B·12**5`. Between the office's two characters and the last one two stay. */
export function maskPlate(text: string): string {
	const signs = [...text];
	if (signs.length < 6 || templateOf(text) === null) return text;
	const head = provinces.includes(signs[0] ?? "") ? 2 : 0;
	const tail = /[应急]/u.test(signs.at(-1) ?? "") ? 2 : 1;
	const middle = signs.slice(head, signs.length - tail).map((sign, i) => (i < 2 ? sign : "*"));
	return [...signs.slice(0, head), head > 0 ? "·" : "", ...middle, ...signs.slice(-tail)].join("");
}
