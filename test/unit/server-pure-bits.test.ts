import { describe, expect, it } from "vitest";
import { problemsOfZones } from "../../src/server/cameras/zones-check.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { readCookie } from "../../src/server/http/cookies.ts";
import { randomPassword, sameSecret } from "../../src/server/http/secrets.ts";
import { parseRange } from "../../src/server/http/send-file.ts";
import { parseOrRefuse } from "#platform/input-error.ts";
import type { ZoneBody } from "#contract/zones.ts";

describe("the part of a file that Range asks for", () => {
	it.each([
		["bytes=0-9", { first: 0, last: 9 }],
		["bytes=10-", { first: 10, last: 99 }],
		["bytes=-10", { first: 90, last: 99 }],
		["bytes=-1000", { first: 0, last: 99 }],
		["bytes=50-1000", { first: 50, last: 99 }],
		["bytes=100-", "outside"],
		["bytes=-0", "outside"],
		["bytes=5-2", null],
		["bytes=0-1,4-5", null],
		["bytes=-", null],
		["lines=1-2", null],
		[undefined, null],
	])("%s of 100 bytes", (header, expected) => {
		expect(parseRange(header, 100)).toEqual(expected);
	});
});

describe("cookies", () => {
	it.each([
		["keepclear=abc", "abc"],
		["other=1; keepclear=abc; more=2", "abc"],
		["notkeepclear=1;keepclear=a=b", "a=b"],
		["keepclear", null],
		["xkeepclear=abc", null],
		["", null],
		[undefined, null],
	])("in %s", (header, value) => {
		expect(readCookie(header, "keepclear")).toBe(value);
	});
});

describe("secrets", () => {
	it("makes a new password each time, without letters that are mistaken for others", () => {
		const made = new Set(Array.from({ length: 200 }, randomPassword));
		expect(made.size).toBe(200);
		for (const password of made) expect(password).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
	});

	it("compares secrets of any length", () => {
		expect(sameSecret("abc", "abc")).toBe(true);
		expect(sameSecret("abc", "abcd")).toBe(false);
		expect(sameSecret("", "x")).toBe(false);
	});
});

describe("zones", () => {
	const zone = (polygon: ZoneBody["polygon"]): ZoneBody => ({ id: "a", name: "a", kind: "fire_lane", polygon });
	const problems = (polygon: ZoneBody["polygon"]) => problemsOfZones([zone(polygon)], () => false);

	it("takes convex and hollow shapes, in either direction", () => {
		const hollow: ZoneBody["polygon"] = [
			[0, 0],
			[1, 0],
			[1, 1],
			[0.5, 0.2],
			[0, 1],
		];
		expect(problems(hollow)).toEqual([]);
		expect(problems([...hollow].reverse())).toEqual([]);
		expect(
			problems([
				[0.2, 0.2],
				[0.4, 0.2],
				[0.3, 0.4],
			]),
		).toEqual([]);
	});

	it("refuses shapes that cross themselves or have no area", () => {
		expect(
			problems([
				[0, 0],
				[1, 1],
				[1, 0],
				[0, 1],
			]),
		).toMatchObject([{ path: "zones[0].polygon", message: "crosses itself" }]);
		expect(
			problems([
				[0, 0],
				[0.5, 0.5],
				[1, 1],
			]),
		).toHaveLength(1);
		expect(
			problems([
				[0.5, 0.5],
				[0.5, 0.5],
				[0.5, 0.5],
			]),
		).toHaveLength(1);
	});
});

describe("the size of a zone", () => {
	const square: ZoneBody["polygon"] = [
		[0, 0],
		[1, 0],
		[1, 1],
		[0, 1],
	];
	const problems = (polygon: ZoneBody["polygon"]) =>
		problemsOfZones(
			[{ id: "z", name: "z", kind: "fire_lane", polygon, calibration: { widthM: 4, lengthM: 20 } }],
			() => false,
		);

	it("fits four corners alone", () => {
		expect(problems(square)).toEqual([]);
		expect(problems(square.slice(1))).toMatchObject([
			{ path: "zones[0].calibration", message: "a width and a length need a polygon of exactly 4 points" },
		]);
	});
});

describe("the server's configuration", () => {
	it("needs nothing", () => {
		expect(serverConfigSchema.parse({})).toMatchObject({
			listen: { host: "127.0.0.1", port: 8080 },
			mqtt: { kind: "embedded", host: "127.0.0.1", port: 1883 },
			timeZone: "Asia/Shanghai",
		});
	});

	it("names every problem with its path", () => {
		const config = {
			listen: { port: 99_999, hots: "x" },
			publicUrl: "keepclear.example",
			timeZone: "Mars/Olympus",
			mqtt: { kind: "external", url: "mqtt://user:secret@broker", username: "u", passwordFile: "p" },
			evidence: { maxFileBytes: "1 GB" },
		};
		const refuse = () => parseOrRefuse(serverConfigSchema, config, "server.yaml");
		for (const path of ["listen.port", "listen.hots", "publicUrl", "timeZone", "mqtt.url", "evidence.maxFileBytes"]) {
			expect(refuse).toThrow(`server.yaml: ${path}: `);
		}
		expect(refuse).not.toThrow(/secret/);
	});
});
