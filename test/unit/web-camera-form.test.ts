import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { emptyFields, fieldsOf, problemsOf, urlOf, withAddress } from "../../src/web/pages/cameras/camera-form.ts";
import { joinCameraUrl, problemOfAddress, splitCameraUrl } from "../../src/web/pages/cameras/camera-url.ts";

const stored: CameraAnswer = {
	id: "camera-1",
	name: "东门",
	edgeId: "edge-1",
	url: "rtsp://admin:***@192.168.1.64:554/Streaming/Channels/102",
	transport: "tcp",
	sampleEveryMs: 1000,
	gbId: null,
	direction: null,
	audioOut: null,
	zones: [],
	health: null,
	pictureAt: null,
	applied: true,
	viewConfirmed: null,
};

describe("a camera's address", () => {
	test.each([
		["rtsp://192.168.1.64/h264", "rtsp://192.168.1.64/h264", "", ""],
		["rtsp://admin:pass@cam:554/a?b=1", "rtsp://cam:554/a?b=1", "admin", "pass"],
		["rtsp://admin:p%40ss@cam/a", "rtsp://cam/a", "admin", "p@ss"],
		["rtsp://admin:p@ss@cam/a", "rtsp://cam/a", "admin", "p@ss"],
		["rtsp://admin:pa/ss@cam/a", "rtsp://cam/a", "admin", "pa/ss"],
		["rtsp://cam:554/a@b", "rtsp://cam:554/a@b", "", ""],
		["  rtsp://admin@cam/a ", "rtsp://cam/a", "admin", ""],
		["rtsp://admin:100%@cam/a", "rtsp://cam/a", "admin", "100%"],
	])("%s is taken apart", (url, address, user, password) => {
		expect(splitCameraUrl(url)).toEqual({ address, user, password });
	});

	test("put together and taken apart again it is the same, whatever the password holds", () => {
		const text = fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).filter((word) => word !== "***");
		fc.assert(
			fc.property(text, text, (user, password) => {
				const camera = { address: "rtsp://192.168.1.64:554/ch/1?x=2", user, password };
				const url = joinCameraUrl(camera);
				expect(splitCameraUrl(url)).toEqual(camera);
				expect(decodeURIComponent(new URL(url).password)).toBe(password);
			}),
		);
	});

	test.each([
		["rtsp://192.168.1.64", null],
		["rtsps://cam.example:322/a?b=c", null],
		["rtsp://[fe80::1]:554/a", null],
		["http://192.168.1.64/a", "errUrl"],
		["192.168.1.64", "errUrl"],
		["rtsp:///a", "errUrl"],
		["rtsp://cam/a b", "errUrl"],
		[`rtsp://cam/${"a".repeat(500)}`, "errUrlLong"],
	] as const)("%s: %s", (address, problem) => {
		expect(problemOfAddress({ address, user: "", password: "" })).toBe(problem);
	});
});

describe("the form", () => {
	test("a whole address that is pasted fills user and password", () => {
		expect(withAddress(emptyFields, "rtsp://u:p@cam/a")).toMatchObject({
			address: "rtsp://cam/a",
			user: "u",
			password: "p",
		});
		expect(withAddress({ ...emptyFields, user: "u" }, "rtsp://cam/b")).toMatchObject({
			address: "rtsp://cam/b",
			user: "u",
		});
	});

	test("a stored password is never shown, and stays when the field stays empty", () => {
		const fields = fieldsOf(stored);
		expect(fields.password).toBe("");
		expect(urlOf(fields, stored)).toBe(stored.url);
		expect(urlOf({ ...fields, password: "new:1" }, stored)).toBe(
			"rtsp://admin:new%3A1@192.168.1.64:554/Streaming/Channels/102",
		);
	});

	test("another host or user wants the password anew; another path does not", () => {
		const fields = fieldsOf(stored);
		expect(problemsOf(fields, stored)).toEqual({});
		expect(problemsOf({ ...fields, address: "rtsp://192.168.1.64:554/other" }, stored)).toEqual({});
		expect(problemsOf({ ...fields, address: "rtsp://evil.example/" }, stored)).toEqual({
			password: "errPasswordAgain",
		});
		expect(problemsOf({ ...fields, user: "root" }, stored)).toEqual({ password: "errPasswordAgain" });
	});

	test("all that is missing is told at once", () => {
		expect(problemsOf(emptyFields, null)).toEqual({ name: "errName", edgeId: "errEdge", address: "errUrl" });
	});
});
