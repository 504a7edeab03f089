import { describe, expect, it } from "vitest";
import { redactSecrets } from "#platform/redact.ts";
import { authorize, chooseChallenge } from "#platform/rtsp/authorization.ts";
import { Scrubber } from "../../src/cli/diagnostics/scrub.ts";
import { takeUrl } from "../../src/server/cameras/camera-url.ts";
import { buildTestApp } from "../support/server-app.ts";
import { tried } from "./support/tried.ts";

const kind = "texts that take long to read";

/** What a pattern might begin to read anew at each of its places. */
const pieces = [
	"a",
	"a.",
	"a://",
	"a://b:",
	"a://b:c@",
	"@",
	":",
	"=",
	" ",
	"a ",
	"a=",
	'a="',
	",",
	", ",
	"/",
	"%",
	";a=",
	"_pwd=",
	"ab:",
	"1-",
	"京",
	"Wei ",
];
const beginnings = ["", "rtsp://host/", 'Digest realm="', 'Digest qop="', "Digest "];
const endings = ["", "\u0001", "@", '"', "x"];

/** By these lengths what grows with the square takes minutes, and what grows with the length no second. */
const letters = 300_000;
const longestMs = 3_000;

/** Whatever strangers may hand to us: to the log, as a camera's address, as a camera's answer. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
	"what is logged": redactSecrets,
	"what goes into the diagnostics": (text) => new Scrubber([{ kind: "name", value: "Wei Zhang" }], "/opt/x").text(text),
	"a camera's address": (text) => takeUrl(text, null),
	"a camera's challenge": (text) => {
		const challenge = chooseChallenge([text]);
		return challenge && authorize(challenge, { user: "u", password: "p" }, "DESCRIBE", "rtsp://host/");
	},
};

describe.each(Object.entries(readers))("%s", (what, read) => {
	it.each(pieces)("is read in a time that grows with its length, made of %j", (piece) => {
		for (const beginning of beginnings) {
			for (const ending of endings) {
				const text = beginning + piece.repeat(letters / piece.length) + ending;
				const begun = performance.now();
				read(text);
				const tookMs = performance.now() - begun;
				tried(kind, `${what}: ${beginning}${piece}…${ending}`, tookMs < longestMs, `${Math.round(tookMs)} ms`);
			}
		}
	});
});

describe("an address that cannot be read", () => {
	it("is answered in a fixed sentence, without a word of it", async () => {
		const server = await buildTestApp();
		try {
			const { statusCode, body } = await server.nobody("GET", `/%ZZ${"a.".repeat(7_900)}`);
			tried(kind, "a bad address", statusCode === 400 && body.length < 300 && !body.includes("a.a."), body);
			expect(body).toContain("This address cannot be read.");
		} finally {
			await server.close();
		}
	});
});
