import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactSecrets } from "#platform/redact.ts";

describe("passwords in addresses, in any text", () => {
	it.each([
		["rtsp://user:secret@host/live", "rtsp://user:***@host/live"],
		["cannot open 'rtsp://u:p@10.0.0.9:554/x', gave up", "cannot open 'rtsp://u:***@10.0.0.9:554/x', gave up"],
		['{"url":"https://:p@host","n":1}', '{"url":"https://:***@host","n":1}'],
		["rtsp://u:p/a@s:s@host/", "rtsp://u:***@host/"],
		["two: mqtt://a:b@c and mqtt://d:e@f", "two: mqtt://a:***@c and mqtt://d:***@f"],
		["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaartsp://u:p@host", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaartsp://u:***@host"],
		["1rtsp://u:p@host", "1rtsp://u:***@host"],
		["rtsp://user@host/a:b", "rtsp://user@host/a:b"],
		["anna@estate.example: 5", "anna@estate.example: 5"],
		["rtsp://u:p@/", "rtsp://u:p@/"],
	])("%s", (text, redacted) => expect(redactSecrets(text)).toBe(redacted));

	it("are taken out as by the plain pattern, which took a time that grew with the square", () => {
		const plain = /\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*):[^\s"']*@(?=[^\s@"'/]+)/gi;
		const pieces = fc.constantFrom("rtsp://", "http", "://", ":", "/", "@", "u", "p", ".", "-", " ", '"', "'");
		const texts = fc.array(pieces, { maxLength: 24 }).map((all) => all.join(""));
		fc.assert(
			fc.property(texts, (text) => {
				expect(redactSecrets(text)).toBe(text.replace(plain, "$1:***@"));
			}),
			{ numRuns: 2_000 },
		);
	});
});
