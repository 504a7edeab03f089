import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hidePassword, takeUrl } from "../../src/server/cameras/camera-url.ts";

describe("camera addresses", () => {
	it.each([
		["rtsp://10.0.0.9/live", "rtsp://10.0.0.9/live"],
		["rtsp://viewer:secret@10.0.0.9:554/live", "rtsp://viewer:***@10.0.0.9:554/live"],
		["rtsp://:secret@10.0.0.9/", "rtsp://:***@10.0.0.9/"],
		["rtsp://10.0.0.9/user=admin&password=secret&channel=1", "rtsp://10.0.0.9/user=admin&password=***&channel=1"],
		["rtsp://10.0.0.9/live?user=a&pwd=secret", "rtsp://10.0.0.9/live?user=a&pwd=***"],
		["rtsp://10.0.0.9/user=admin_password=secret_channel=1", "rtsp://10.0.0.9/user=admin_password=***"],
	])("hides the password of %s", (url, hidden) => {
		expect(hidePassword(url)).toBe(hidden);
	});

	it.each([
		["http://10.0.0.9/", "must begin with rtsp"],
		["file:///etc/passwd", "must begin with rtsp"],
		["rtsp://", "names no host"],
		["rtsp://admin:pa ss@10.0.0.9/", "holds a blank"],
		["rtsp://10.0.0.9/\r\nDESCRIBE", "holds a blank"],
		["rtsp://admin:pa/ss@10.0.0.9/", "a / in the password"],
		["rtsp://admin:12/3@10.0.0.9/", "a / in the password"],
		["rtsp://admin:12#3@10.0.0.9/", "a / in the password"],
		["rtsp://admin:***@10.0.0.9/", "write the password itself"],
	])("refuses %j and says why", (url, why) => {
		expect(takeUrl(url, null)).toEqual({ problem: expect.stringContaining(why) as string });
	});

	it("gives the stored password back for ***, wherever it stands", () => {
		const stored = "rtsp://u:one@h.example/x&password=two?pwd=three";
		expect(takeUrl(hidePassword(stored), stored)).toEqual({ url: stored });
		expect(takeUrl("rtsp://u:***@h.example/other", stored)).toEqual({ url: "rtsp://u:one@h.example/other" });
	});

	it.each(["rtsp://u:***@evil.example/", "rtsp://u:***@h.example:8554/", "rtsp://someone:***@h.example/"])(
		"never sends a stored password to %s",
		(url) => {
			expect(takeUrl(url, "rtsp://u:one@h.example/")).toHaveProperty("problem");
		},
	);

	it("shows no password, whatever it is, and finds it again", () => {
		const passwords = fc.string({ minLength: 4, maxLength: 20, unit: "binary" }).filter((text) => text !== "***");
		fc.assert(
			fc.property(passwords, (password) => {
				const taken = takeUrl(`rtsp://viewer:${encodeURIComponent(password)}@10.0.0.9/live`, null);
				if (!("url" in taken)) throw new Error(taken.problem);
				const hidden = hidePassword(taken.url);
				expect(hidden).toBe("rtsp://viewer:***@10.0.0.9/live");
				expect(takeUrl(hidden, taken.url)).toEqual(taken);
				expect(decodeURIComponent(new URL(taken.url).password)).toBe(password);
			}),
		);
	});
});
