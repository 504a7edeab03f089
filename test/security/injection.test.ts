import { existsSync } from "node:fs";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeCsv } from "#platform/csv.ts";
import { authorize } from "#platform/rtsp/authorization.ts";
import { writeRtspMessage } from "#platform/rtsp/messages.ts";
import { parseCameraUrl } from "../../edge/video/camera-address.ts";
import { cameraArguments, fileArguments, photoArguments } from "../../edge/video/ffmpeg-arguments.ts";
import { RtspDialogue } from "../../edge/video/rtsp-dialogue.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { cameraAddresses, commandPayloads } from "./support/corpus.ts";
import { tried } from "./support/tried.ts";

const kind = "commands, options, headers injected";
const canary = "/tmp/keepclear-canary";
const version = { major: 5, minor: 1, text: "5.1" };
const digest = {
	scheme: "digest" as const,
	fields: new Map([
		["realm", "camera"],
		["nonce", "1"],
		["qop", "auth"],
	]),
};

let server: TestApp;
let admin: Inject;
beforeAll(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	server.edge("edge-1");
});
afterAll(() => server.close());

describe("a camera's address", () => {
	it("is taken to the letter or refused, and becomes neither option nor line", async () => {
		for (const url of [
			...cameraAddresses,
			...commandPayloads,
			...commandPayloads.map((each) => `rtsp://10.0.0.9/${each}`),
		]) {
			const json = { name: "x", edgeId: "edge-1", url };
			const answer = await admin("POST", "/api/cameras", { json });
			const probe = await admin("POST", "/api/probes", { json: { edgeId: "edge-1", url } });
			const isSame = answer.statusCode === 400 || (answer.statusCode === 201 && isAsTyped(url, answer.json()));
			tried(kind, `address ${url}`, isSame && probe.statusCode < 500, `${answer.statusCode} ${answer.body}`);
			tried(kind, `address ${url} on its way to the camera`, isOneRequest(url), url);
		}
		expect(existsSync(canary)).toBe(false);
	});

	it("is no argument of ffmpeg: that is told our own relay's", () => {
		const analysis = { sampleEveryMs: 1000, maxSide: 1280, decode: "all" } as const;
		const args = cameraArguments("rtsp://127.0.0.1:9/camera", "tcp", analysis, true, version);
		const after = (option: string) => args.flatMap((arg, at) => (arg === option ? [args[at + 1]] : []));
		tried(kind, "protocols of a camera's ffmpeg", after("-protocol_whitelist").join() === "rtsp,rtp,tcp,udp", args);
		tried(kind, "inputs of a camera's ffmpeg", after("-i").join() === "rtsp://127.0.0.1:9/camera", args);
	});

	it("ends the edge's own list of arguments nowhere, when it is a file's name", () => {
		const analysis = { sampleEveryMs: 1000, maxSide: 1280, decode: "all" } as const;
		for (const file of [...commandPayloads, ...cameraAddresses, "-y", "%d.jpg", "a|b", "pipe:1"]) {
			for (const of of [
				(name: string) => fileArguments(name, analysis, {}, version),
				(name: string) => photoArguments({ file: name, fromMs: 0, toMs: 1, take: "first" }, version),
			]) {
				const wanted = of("plain").map((arg) => (arg === "file:plain" ? `file:${file}` : arg));
				tried(kind, `a file ${file}`, of(file).join("\u0001") === wanted.join("\u0001"), of(file));
			}
		}
	});
});

/** A password is hidden, the rest stays. */
function isAsTyped(typed: string, told: { url: string }): boolean {
	const plain = (text: string) => text.replace(/\/\/[^/]*@/, "//").trim();
	return plain(told.url) === plain(typed) || (URL.canParse(typed) && plain(told.url) === plain(new URL(typed).href));
}

/** What the edge says to the camera is one request with the headers that we gave it. */
function isOneRequest(url: string): boolean {
	let address;
	try {
		address = parseCameraUrl(url);
	} catch (error) {
		return (error as Error).name === "InputError";
	}
	const dialogue = new RtspDialogue(address, "rtsp://127.0.0.1:9/camera", "10.0.0.9");
	const asked = { kind: "message", headers: new Map([["cseq", ["1"]]]), body: Buffer.alloc(0) } as const;
	const { onward } = dialogue.fromViewer({ ...asked, firstLine: "DESCRIBE rtsp://127.0.0.1:9/camera RTSP/1.0" });
	const credentials = address.credentials ?? { user: "u", password: "p" };
	const signed = writeRtspMessage("DESCRIBE x RTSP/1.0", [
		["Authorization", authorize(digest, credentials, "DESCRIBE", address.requestUri)],
	]);
	const lines = (onward?.toString("latin1") ?? "").split("\r\n");
	const isPlain =
		lines.length === 4 && /^DESCRIBE \S+ RTSP\/1\.0$/.test(lines[0] ?? "") && /^CSeq: 1$/.test(lines[1] ?? "");
	return isPlain && signed.toString("latin1").split(/[\r\n]+/).length === 3;
}

describe("names and reasons", () => {
	it("are text wherever they go: rows, headers of answers, tables", async () => {
		for (const [index, text] of commandPayloads.entries()) {
			const edge = await admin("POST", "/api/edges", { json: { id: `edge-x${index}`, siteId: "estate", name: text } });
			const camera = await admin("POST", "/api/cameras", {
				json: { name: text, edgeId: "edge-1", url: "rtsp://10.0.0.9/1", direction: text },
			});
			for (const answer of [edge, camera]) {
				const told = answer.json<{ name?: string; edge?: { name: string } }>();
				const isText = answer.statusCode === 400 || (told.edge ?? told).name === text.trim();
				const isOneAnswer = !("evil" in answer.headers) && answer.headers["set-cookie"] === undefined;
				tried(kind, `name ${text}`, isText && isOneAnswer, answer.body);
			}
			const [, cell = ""] = /^\u{feff}"?([^]*?)"?\r\n$/u.exec(writeCsv([[text]])) ?? [];
			tried(kind, `cell ${text}`, !/^\s*[=+\-@\t\r]/.test(cell), cell);
		}
		expect(existsSync(canary)).toBe(false);
	});

	it("are no names of files that a browser saves, nor times, nor languages", async () => {
		const exports = [
			"/api/history/table?of=lane&format=csv",
			"/api/audit/table?reason=x",
			"/api/history?",
			"/api/alerts?",
		];
		for (const path of exports) {
			for (const text of commandPayloads) {
				for (const key of ["from", "to", "before", "language", "format", "reason", "by", "laneId"]) {
					const answer = await admin("GET", `${path}&${key}=${encodeURIComponent(text)}`);
					const sent = String(answer.headers["content-disposition"] ?? "");
					const isClean = answer.statusCode < 500 && /^(?:|attachment; filename="[\w.-]+")$/.test(sent);
					tried(
						kind,
						`${path}&${key}=${text}`,
						isClean && answer.headers["set-cookie"] === undefined,
						`${answer.statusCode} ${sent}`,
					);
				}
			}
		}
		expect(existsSync(canary)).toBe(false);
	});
});

/** Where programs are started. */
const startingFiles = [
	...["src/platform/child-process.ts", "src/platform/confined-child.ts"],
	...["edge/clock/read-clock.ts", "src/server/tls/openssl.ts"],
];

it("no shell is ever involved: programs are started with a list of arguments, in few places", () => {
	const root = new URL("../../", import.meta.url);
	const files = ["src", "edge"].flatMap((folder) =>
		readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
			.filter((name) => /\.tsx?$/.test(name))
			.map((name) => `${folder}/${name}`),
	);
	expect(files.length).toBeGreaterThan(300);
	for (const file of files) {
		const text = readFileSync(new URL(file, root), "utf8");
		const [, imported = ""] = /import \{([^}]*)\} from "node:child_process"/.exec(text) ?? [];
		const starts = imported
			.split(",")
			.map((name) => name.trim())
			.filter((name) => name && !name.startsWith("type "));
		const isPlain = starts.length === 0 || startingFiles.includes(file);
		const isShell = starts.some((name) => /^exec(Sync)?$/.test(name)) || (starts.length > 0 && /\bshell:/.test(text));
		const isEval = /\beval\(|new Function\(/.test(text);
		tried(kind, `a shell in ${file}`, isPlain && !isShell && !isEval, starts);
	}
});
