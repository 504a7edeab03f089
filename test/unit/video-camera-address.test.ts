import { describe, expect, test } from "vitest";
import { parseCameraUrl } from "../../edge/video/camera-address.ts";

describe("a camera's address", () => {
	test("is taken apart; user and password are decoded and stand nowhere else", () => {
		expect(parseCameraUrl("rtsp://ad%20min:p%40ss%3Aw%2Frd%25@10.0.0.7:8554/ch1?sub=2")).toEqual({
			isTls: false,
			host: "10.0.0.7",
			port: 8554,
			requestUri: "rtsp://10.0.0.7:8554/ch1?sub=2",
			credentials: { user: "ad min", password: "p@ss:w/rd%" },
		});
	});

	test.each([
		["rtsp://camera/", 554, false],
		["rtsps://camera/", 322, true],
	])("%s has the port of its protocol", (url, port, isTls) => {
		expect(parseCameraUrl(url)).toMatchObject({ host: "camera", port, isTls, credentials: null });
	});

	test("an IPv6 host is without its brackets, but has them in requests", () => {
		const { host, requestUri } = parseCameraUrl("rtsp://[fd00::7]/live");
		expect(host).toBe("fd00::7");
		expect(requestUri).toBe("rtsp://[fd00::7]/live");
	});

	test.each([
		["http://u:secret@camera/", /allowed are rtsp:\/\/ and rtsps:\/\//],
		["file:///etc/passwd", /allowed are rtsp/],
		["concat:secret", /allowed are rtsp/],
		["camera with secret", /is not a URL/],
		["rtsp://u:secret%@camera/", /must be written %25/],
		["rtsp:///secret", /names no host/],
	])("%s is refused without being repeated", (url, why) => {
		expect(() => parseCameraUrl(url)).toThrow(why);
		expect(() => parseCameraUrl(url)).not.toThrow(/secret/);
	});
});
