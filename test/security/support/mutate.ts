import fc from "fast-check";

/** A change of a valid value: somewhere in it, something else. Structure-aware: most of it stays as it was. */
interface Change {
	readonly at: number;
	readonly how: "replace" | "remove" | "double" | "add" | "wrap" | "many";
	readonly odd: unknown;
	readonly key: string;
}

const oddText = fc.constantFrom(
	...["", " ", "\u0000", "__proto__", "constructor", "toString", "../../etc/passwd", "<script>", "' OR 1=1--", "NaN"],
	...["x".repeat(3_000), "\ud800", "\u202e", "0", "null", "{}", "2026-13-45", "😀".repeat(100), "${x}", "%s%n"],
);
const oddNumber = fc.constantFrom(
	...[0, -0, -1, 1.5, 1e21, -1e21, 2 ** 53, -(2 ** 53), 5e-324, 4_102_444_800_001, Number.MAX_VALUE, 2 ** 31, 2 ** 32],
);
/** Only what JSON can say. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
	oddText,
	oddNumber,
	fc.constantFrom<unknown>(
		null,
		true,
		false,
		[],
		{},
		[[]],
		[null],
		[[[[[[]]]]]],
		{ length: 1e9 },
		{ length: { toString: 1 } },
		{ toJSON: 1 },
		{ v: { v: {} } },
	),
	fc.string({ maxLength: 20 }),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.jsonValue({ maxDepth: 2 }),
);

const change: fc.Arbitrary<Change> = fc.record({
	at: fc.nat({ max: 10_000 }),
	how: fc.constantFrom("replace", "remove", "double", "add", "wrap", "many"),
	odd: oddValue,
	key: fc.oneof(oddText, fc.string({ maxLength: 8 })),
});

/** One to three of them. */
export const changes = fc.array(change, { minLength: 1, maxLength: 3 });
export type Changes = readonly Change[];

/** Values like this one, changed. */
export const mutated = (value: unknown): fc.Arbitrary<unknown> => changes.map((all) => changed(value, all));

export const changed = (value: unknown, all: Changes): unknown => all.reduce(apply, structuredClone(value));

interface Place {
	readonly owner: Record<string, unknown>;
	readonly key: string;
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
	if (value === null || typeof value !== "object") return found;
	const owner = value as Record<string, unknown>;
	for (const key of Object.keys(owner)) {
		found.push({ owner, key });
		placesIn(owner[key], found);
	}
	return found;
}

function apply(value: unknown, { at, how, odd: shared, key }: Change): unknown {
	const odd = structuredClone(shared); // later changes may lie within it
	const places = placesIn(value);
	const place = places[at % Math.max(1, places.length)];
	if (!place) return odd;
	const { owner } = place;
	const was = owner[place.key];
	switch (how) {
		case "replace":
			owner[place.key] = odd;
			break;
		case "remove":
			if (Array.isArray(owner)) owner.splice(Number(place.key), 1);
			else delete owner[place.key];
			break;
		case "double":
			if (Array.isArray(owner)) owner.push(structuredClone(was));
			else owner[place.key] = [was, was];
			break;
		case "add":
			if (Array.isArray(owner)) owner.push(odd);
			else Object.defineProperty(owner, key, { value: odd, enumerable: true, configurable: true, writable: true });
			break;
		case "wrap":
			owner[place.key] = { [key || "x"]: was };
			break;
		case "many":
			if (Array.isArray(was) && was.length > 0)
				owner[place.key] = Array.from({ length: 20 }, (_, i) => structuredClone(was[i % was.length]) as unknown);
			else owner[place.key] = Array.from({ length: 20 }, () => structuredClone(odd));
	}
	return value;
}

interface Damage {
	readonly at: number;
	readonly how: "flip" | "zero" | "ones" | "cut" | "double" | "insert" | "random";
	readonly length: number;
	readonly fill: Uint8Array;
}
export type Damages = readonly Damage[];

/** Of so many bytes at least one: places beyond the end are counted from the beginning again. */
export const damages = (bytes: number): fc.Arbitrary<Damages> =>
	fc.array(
		fc.record({
			at: fc.nat({ max: Math.max(0, bytes - 1) }),
			how: fc.constantFrom("flip", "zero", "ones", "cut", "double", "insert", "random"),
			length: fc.integer({ min: 1, max: 64 }),
			fill: fc.uint8Array({ minLength: 1, maxLength: 32 }),
		}),
		{ minLength: 1, maxLength: 6 },
	);

/** Bytes like these: cut, doubled, with bits turned over, with lengths blown up. */
export const damaged = (bytes: Uint8Array): fc.Arbitrary<Buffer> =>
	damages(bytes.length).map((all) => damage(bytes, all));

export const damage = (bytes: Uint8Array, all: Damages): Buffer => all.reduce<Buffer>(damageOnce, Buffer.from(bytes));

function damageOnce(now: Buffer, { at, how, length, fill }: Damage): Buffer {
	const copy = Buffer.from(now);
	if (copy.length === 0) return copy;
	const from = at % copy.length;
	switch (how) {
		case "flip":
			copy[from] = (copy[from] ?? 0) ^ (1 << (length % 8));
			return copy;
		case "zero":
			return copy.fill(0, from, Math.min(copy.length, from + length));
		case "ones":
			return copy.fill(0xff, from, Math.min(copy.length, from + Math.min(length, 4)));
		case "cut":
			return copy.subarray(0, from);
		case "double":
			return Buffer.concat([copy.subarray(0, from), copy.subarray(from, from + length), copy.subarray(from)]);
		case "insert":
			return Buffer.concat([copy.subarray(0, from), Buffer.from(fill), copy.subarray(from)]);
		case "random":
			Buffer.from(fill).copy(copy, from);
			return copy;
	}
}

/** Text as above, in UTF-8 that may be none. */
export const damagedText = (text: string): fc.Arbitrary<string> =>
	damaged(Buffer.from(text)).map((bytes) => bytes.toString());
