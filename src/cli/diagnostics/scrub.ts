/** What is known by heart and must not be told: a secret is blotted out, the rest gets a name of its own in this bundle. */
export interface KnownValue {
	readonly kind: string;
	readonly value: string;
}

const provinces =
	"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领学警港澳挂民航军空海北沈兰济南广成应急";

// Where a pattern begins with a run of letters it begins at the run's first alone: else a long word is read anew from each.
const ahead: readonly (readonly [kind: string, pattern: RegExp])[] = [
	["address", /(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/(?:[^\s/]*@)?[^\s"'<>]+/gi],
	["mail", /(?<![^\s"'<>@])[^\s"'<>@]+@[^\s"'<>@]+\.[a-z]{2,}/gi],
];
/** In their order: what an earlier one took is no more there for a later one. */
const patterns: readonly (readonly [kind: string, pattern: RegExp])[] = [
	["plate", new RegExp(`[${provinces}]{1,2}[·. -]?[A-Z][·. -]?[A-Z0-9]{4,7}[警学挂领港澳]?`, "gi")],
	["secret", /\b[a-z2-9]{5}(-[a-z2-9]{5}){3}\b/g], // a password that we made
	["secret", /[A-Za-z0-9_+/=-]{32,}/g], // tokens, keys, hashes
	["address", /\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g],
	["address", /\[?\b(?:[0-9a-f]{1,4}:){2,7}:?[0-9a-f]{1,4}\b\]?|\[?(?<![0-9a-f:])[0-9a-f:]*::[0-9a-f:]*\]?/gi],
	["number", /\+?\d[\d -]{5,}\d/g], // telephone numbers, identity cards
	["words", /[\u3400-\u9fff\uf900-\ufaff]+/g], // the program's own log is English: these are somebody's
	["path", /(?<![\w<])(?:\/[\w.@~+-]+){2,}/g],
];

/** What a pattern finds and everybody may know; days of this time, such as those when certificates end. */
const harmless =
	/^20[2-4]\d-[01]\d-[0-3]\d$|^keepclear\/(src|edge|node_modules)\/|^(127\.0\.0\.1|0\.0\.0\.0)(:\d+)?$|^::1?$|^\[::1?\]$|^:+$/;
const numbered = new Set(["person", "camera", "lane", "site", "edge", "zone", "name"]);

/**
 * Takes out of texts what is nobody else's business. First what is known by heart, then whatever looks like it: better a word
 * too many is gone than one too few.
 */
export class Scrubber {
	readonly #names = new Map<string, string>();
	readonly #counts = new Map<string, number>();
	readonly #known: readonly KnownValue[];
	readonly #root: string;

	/** @param root where the program lies: its own paths are everybody's */
	constructor(known: readonly KnownValue[], root: string) {
		this.#known = known.filter(({ value }) => value.length >= 2).sort((a, b) => b.value.length - a.value.length);
		this.#root = root;
	}

	/** Free text. */
	text(text: string): string {
		// Whole addresses first: were a name in one taken out before, its password would stand there as a word of its own.
		const whole = this.#replace(text.replaceAll(this.#root, "keepclear"), ahead);
		return this.#replace(this.known(whole), patterns);
	}

	#replace(text: string, all: typeof patterns): string {
		let clean = text;
		for (const [kind, pattern] of all) {
			clean = clean.replace(pattern, (found: string) => (harmless.test(found) ? found : this.#nameOf(kind, found)));
		}
		return clean;
	}

	/** Text of a form that patterns would break; what is known by heart alone is taken out. */
	known(text: string): string {
		const lower = text.toLowerCase();
		const here = this.#known.filter(({ value }) => lower.includes(value.toLowerCase()));
		return here.reduce(
			(rest, { kind, value }) => rest.replace(wholeWord(value), () => this.#nameOf(kind, value.toLowerCase())),
			text,
		);
	}

	/** Whatever a line of a log holds: numbers stay, texts are cleaned, also in lists and objects. */
	value(value: unknown): unknown {
		if (typeof value === "string") return this.text(value);
		if (Array.isArray(value)) return value.map((each) => this.value(each));
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.text(key), this.value(each)]));
	}

	/** The same thing has one name in the whole bundle, so that lines can be told together. Of secrets not even that. */
	#nameOf(kind: string, found: string): string {
		if (!numbered.has(kind)) return `<${kind}>`;
		const key = `${kind} ${found}`;
		const known = this.#names.get(key);
		if (known) return known;
		const count = (this.#counts.get(kind) ?? 0) + 1;
		this.#counts.set(kind, count);
		const name = `<${kind} ${count}>`;
		this.#names.set(key, name);
		return name;
	}
}

/** `li` is not to be found in `little`; where a value ends in what is no letter, its end is its own. */
function wholeWord(value: string): RegExp {
	const escaped = value.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
	return new RegExp(
		`${/^\w/.test(value) ? "(?<![A-Za-z0-9_])" : ""}${escaped}${/\w$/.test(value) ? "(?![A-Za-z0-9_])" : ""}`,
		"gi",
	);
}
