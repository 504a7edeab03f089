import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Box } from "#core/geometry/shapes.ts";
import { ownPlates } from "#core/plates/own-plate.ts";
import type { PlateRead } from "#core/plates/plate-read.ts";
import { bestLookOf, type PlateLook, stayPlateOf } from "#core/plates/stay-plate.ts";

const plateBox = { x1: 0.4, y1: 0.6, x2: 0.5, y2: 0.65 };
const readOf = (text: string, { confidence = 0.97, sharpness = 0.6, widthPx = 130 } = {}): PlateRead => ({
	text,
	characters: [...text].map((char) => ({
		char: char === "-" ? "A" : char,
		confidence: char === "-" ? 0.1 : confidence,
	})),
	...{ plateClass: "small", colour: "blue", confidence, sharpness, widthPx, rows: 1, box: plateBox },
});
const vehicle = { widthPx: 400, heightPx: 320, brightness: 110 };
const look = (at: number, more: Partial<PlateLook> = {}): PlateLook => ({
	...{ wantedAt: at, capturedAt: at + 40, failed: null, vehicle, read: null },
	...more,
});

describe("the plate of a stay", () => {
	test("is waited for, then read; sure once two pictures agree to the last character", () => {
		expect(stayPlateOf([], "car")).toMatchObject({ state: "unread", reason: "waiting", text: null, looks: 0 });
		const one = [look(0, { read: readOf("蒙B12345") })];
		expect(stayPlateOf(one, "car")).toMatchObject({ state: "read", text: "蒙B12345", isSure: false, reads: 1 });
		const two = [...one, look(3_000, { read: readOf("蒙B12345") })];
		expect(stayPlateOf(two, "car")).toMatchObject({ state: "read", isSure: true, plateClass: "small", reads: 2 });
	});

	test("is not sure where one picture answered two moments, or one read is heavy and the other differs", () => {
		const same = { capturedAt: 7, read: readOf("蒙B12345") };
		expect(stayPlateOf([look(0, same), look(3_000, same)], "car").isSure).toBe(false);
		const poor = readOf("蒙B12346", { sharpness: 0, widthPx: 30, confidence: 0.2 });
		const pair = [look(0, { read: readOf("蒙B12345") }), look(3_000, { read: poor })];
		expect(stayPlateOf(pair, "car")).toMatchObject({ text: "蒙B12345", isSure: false });
	});

	test("with a character that nobody could read is partly read", () => {
		const looks = [look(0, { read: readOf("蒙B12-45") }), look(3_000, { read: readOf("蒙B12-45") })];
		expect(stayPlateOf(looks, "car")).toMatchObject({ state: "partly", text: "蒙B12-45", isSure: false });
	});

	test("is none only where the vehicle was large, bright, seen from front or rear, in several pictures", () => {
		const three = (seen: Partial<typeof vehicle>, label = "car") =>
			stayPlateOf(
				[0, 1, 2].map((at) => look(at, { vehicle: { ...vehicle, ...seen } })),
				label,
			);
		expect(three({})).toMatchObject({ state: "none", text: "无车牌", reason: null });
		expect(stayPlateOf([look(0), look(1)], "car")).toMatchObject({ state: "unread", reason: "not_found" });
		expect(three({ widthPx: 70 })).toMatchObject({ state: "unread", reason: "too_small" });
		expect(three({ brightness: 20 })).toMatchObject({ state: "unread", reason: "too_dark" });
		expect(three({ heightPx: 150 })).toMatchObject({ state: "unread", reason: "not_facing" });
		expect(three({ widthPx: 200 })).toMatchObject({ state: "unread", reason: "not_found" });
		expect(three({}, "bicycle")).toMatchObject({ state: "unread", reason: "not_found" });
	});

	test("that no picture was had of says why", () => {
		const failed = (reason: PlateLook["failed"]) =>
			stayPlateOf([look(0, { failed: reason, vehicle: null, capturedAt: null })], "car");
		for (const reason of ["no_video", "no_room", "no_models", "failed"] as const)
			expect(failed(reason)).toMatchObject({ state: "unread", reason, looks: 0 });
	});

	test("is shown best by a read that agrees with the vote, and of those by the heaviest", () => {
		const looks = [
			look(0, { read: readOf("蒙B12345", { sharpness: 0.2 }) }),
			look(1, { read: readOf("蒙B12346", { sharpness: 0.9, confidence: 0.5 }) }),
			look(2, { read: readOf("蒙B12345", { sharpness: 0.7 }) }),
		];
		expect(bestLookOf(looks)?.wantedAt).toBe(2);
		expect(stayPlateOf(looks, "car").readAt).toBe(42);
		expect(bestLookOf([look(0)])).toBeNull();
	});

	test("does not depend on the order of looks, and looks that found nothing change no text", () => {
		const texts = fc.array(fc.constantFrom("蒙B12345", "蒙B12346", "皖AD22939", "蒙B1-345"), { maxLength: 6 });
		fc.assert(
			fc.property(texts, fc.nat(4), (all, empty) => {
				const looks = all.map((text, at) => look(at * 1000, { read: readOf(text) }));
				const more = Array.from({ length: empty }, (_, at) => look(100_000 + at));
				const { text, isSure } = stayPlateOf(looks, "car");
				const again = stayPlateOf([...more, ...looks.toReversed()], "car");
				if (all.length > 0) expect([again.text, again.isSure]).toEqual([text, isSure]);
				expect(isSure && text?.includes("-")).toBe(false);
			}),
		);
	});
});

describe("whose plate it is", () => {
	const own: Box = { x1: 0.3, y1: 0.3, x2: 0.6, y2: 0.7 };
	const plate = { box: plateBox };

	test("one in the vehicle's box is its own; one beside it is not", () => {
		expect(ownPlates([plate], own, [own])).toEqual([plate]);
		expect(ownPlates([{ box: { x1: 0.62, y1: 0.6, x2: 0.7, y2: 0.64 } }], own, [own])).toEqual([]);
	});

	test("where a nearer vehicle overlaps it is that one's; a farther one behind takes nothing away", () => {
		const nearer = { x1: 0.38, y1: 0.45, x2: 0.7, y2: 0.9 };
		const farther = { x1: 0.35, y1: 0.2, x2: 0.8, y2: 0.66 };
		expect(ownPlates([plate], own, [own, nearer])).toEqual([]);
		expect(ownPlates([plate], own, [own, farther])).toEqual([plate]);
		expect(ownPlates([plate], own, [{ ...farther, y2: 0.695 }])).toEqual([]);
	});

	test("a second box of the same vehicle, by another name, is no other vehicle", () => {
		expect(ownPlates([plate], own, [own, { x1: 0.29, y1: 0.31, x2: 0.61, y2: 0.72 }])).toEqual([plate]);
	});
});
