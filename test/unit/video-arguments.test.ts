import { describe, expect, test } from "vitest";
import { cameraArguments, fileArguments, pictureArguments } from "../../edge/video/ffmpeg-arguments.ts";

const analysis = { sampleEveryMs: 500, maxSide: 1280, decode: "all" } as const;
const version = { major: 5, minor: 1, text: "5.1.9" };
const url = "rtsp://127.0.0.1:4000/camera";

const after = (args: readonly string[], name: string) => args[args.indexOf(name) + 1];

describe("arguments for ffmpeg", () => {
	test("a camera is read by the chosen transport, video only, through the protocols of RTSP alone", () => {
		const args = cameraArguments(url, "udp", analysis, true, version);
		expect(after(args, "-rtsp_transport")).toBe("udp");
		expect(after(args, "-allowed_media_types")).toBe("video");
		expect(after(args, "-protocol_whitelist")).toBe("rtsp,rtp,tcp,udp");
		expect(args.indexOf("-protocol_whitelist")).toBeLessThan(args.indexOf("-i"));
		expect(after(args, "-i")).toBe(url);
	});

	test("no time-out of ffmpeg's is used: before 5.0 the same word means to listen", () => {
		expect(cameraArguments(url, "tcp", analysis, true, version)).not.toContain("-timeout");
	});

	test("the stream is copied to descriptor 3 only where there is a ring", () => {
		expect(cameraArguments(url, "tcp", analysis, true, version)).toContain("pipe:3");
		expect(cameraArguments(url, "tcp", analysis, false, version)).not.toContain("pipe:3");
	});

	test("key frames only is an option of the decoder, so it stands before the input", () => {
		const args = cameraArguments(url, "tcp", { ...analysis, decode: "keyframes" }, false, version);
		expect(after(args, "-skip_frame")).toBe("nokey");
		expect(args.indexOf("-skip_frame")).toBeLessThan(args.indexOf("-i"));
		expect(cameraArguments(url, "tcp", analysis, false, version)).not.toContain("-skip_frame");
	});

	test("frames pass at their own times, in the words of the version", () => {
		expect(after(cameraArguments(url, "tcp", analysis, false, version), "-fps_mode")).toBe("passthrough");
		const old = cameraArguments(url, "tcp", analysis, false, { major: 4, minor: 4, text: "4.4" });
		expect(after(old, "-vsync")).toBe("0");
		expect(old).not.toContain("-fps_mode");
	});

	test("the sampling never repeats a frame, as the fps filter does", () => {
		const filter = after(cameraArguments(url, "tcp", analysis, false, version), "-vf");
		expect(filter).toContain("gte(t-prev_selected_t,0.499)");
		expect(filter).not.toMatch(/(^|,)fps=/);
	});

	test.each(["concat:/etc/passwd", "/tmp/-i.mp4", "/tmp/with blank 'and' quote.mp4"])(
		"a file's name stays one argument and a file: %s",
		(name) => {
			const args = fileArguments(name, analysis, { realtime: true, frames: 1 }, version);
			expect(after(args, "-i")).toBe(`file:${name}`);
			expect(after(args, "-protocol_whitelist")).toBe("file,pipe");
			expect(args.indexOf("-re")).toBeLessThan(args.indexOf("-i"));
			expect(args.indexOf("-frames:v")).toBeGreaterThan(args.indexOf("-i"));
		},
	);

	test("a still picture is one JPEG", () => {
		const args = pictureArguments(url, "tcp", 1280);
		expect(after(args, "-frames:v")).toBe("1");
		expect(after(args, "-c:v")).toBe("mjpeg");
	});
});
