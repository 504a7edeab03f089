import { commonWords, rows } from "./common-passwords.ts";

/**
 * What a password must be, after NIST SP 800-63B (rev. 4, 3.1.1.2): long enough, of any characters of any script, without
 * rules of composition and without an age, and none that a guesser tries first.
 */
export const passwordLength = { least: 10, most: 200 } as const;

export const passwordProblems = [
	"too_short",
	"too_long",
	"common", // a word of the list with digits around it, a row of keys, a few characters again and again
	"own_name", // the person's name and little else
] as const;
export type PasswordProblem = (typeof passwordProblems)[number];

/** The form in which passwords are looked at and hashed: one that looks the same is the same, however it was typed. */
export const asTyped = (password: string): string => password.normalize("NFKC");

/** Why this password cannot be taken; null: it can. */
export function problemOfPassword(password: string, userName: string): PasswordProblem | null {
	const typed = asTyped(password);
	const length = [...typed].length;
	if (length < passwordLength.least) return "too_short";
	if (length > passwordLength.most || password.length > passwordLength.most) return "too_long";
	const lower = typed.toLowerCase();
	if (isMostlyName(lower, asTyped(userName).toLowerCase().trim())) return "own_name";
	return isCommon(lower) ? "common" : null;
}

/** What is left beside the name is too short to be a password of its own. */
function isMostlyName(password: string, name: string): boolean {
	if ([...name].length < 2) return false;
	const backwards = [...name].reverse().join("");
	return [name, backwards].some(
		(word) => password.includes(word) && [...password.replaceAll(word, "")].length < passwordLength.least - 2,
	);
}

function isCommon(password: string): boolean {
	return isRepeated(password) || runsAlongRows(password) || isWordsAndDigits(password);
}

/** At most four characters again and again, or one character with little beside it. */
function isRepeated(password: string): boolean {
	if (new Set(password).size <= 2) return true;
	for (let length = 1; length <= 4; length++) {
		if (password.slice(length).startsWith(password.slice(0, -length))) return true;
	}
	return false;
}

function runsAlongRows(password: string): boolean {
	return rows.some((row) => {
		const round = row + row;
		return round.includes(password) || [...round].reverse().join("").includes(password);
	});
}

/** Words of the list, and else digits and signs alone; digits alone are none: they are a matter of the rows. */
function isWordsAndDigits(password: string): boolean {
	const left = password.replace(anyWord, "");
	return left !== password && !/\p{L}/u.test(left);
}

/** How a letter is also written. */
const spellings: Readonly<Record<string, string>> = {
	a: "a4@",
	b: "b8",
	e: "e3",
	i: "i1!|",
	o: "o0",
	s: "s5$",
	t: "t7",
};
/** The longest first: `pass` is within `password`. */
const anyWord = new RegExp(
	[...commonWords]
		.sort((one, other) => other.length - one.length)
		.map((word) => [...word].map((letter) => `[${spellings[letter] ?? letter}]`).join(""))
		.join("|"),
	"gu",
);
