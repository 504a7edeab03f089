import { describe, expect, test } from "vitest";
import { authorize, chooseChallenge } from "#platform/rtsp/authorization.ts";
import { type RtspMessage, RtspReader, RtspSyntaxError, writeRtspMessage } from "#platform/rtsp/messages.ts";
import { parseCameraUrl } from "../../edge/video/camera-address.ts";
import { RtspDialogue } from "../../edge/video/rtsp-dialogue.ts";

const own = "rtsp://127.0.0.1:4000/camera";
const address = parseCameraUrl("rtsp://me:secret@10.0.0.7/ch1?token=hidden");

function message(firstLine: string, headers: Record<string, string>, body = ""): RtspMessage {
	return read(writeRtspMessage(firstLine, Object.entries(headers), Buffer.from(body)));
}

function read(bytes: Buffer | undefined): RtspMessage {
	const [item] = [...new RtspReader().take(bytes ?? Buffer.alloc(0))];
	if (item?.kind !== "message") throw new Error("not a message");
	return item;
}

const header = (of: RtspMessage, name: string) => of.headers.get(name)?.[0];
const describeRequest = message(`DESCRIBE ${own} RTSP/1.0`, { CSeq: "2", Accept: "application/sdp" });

function asked(dialogue: RtspDialogue): RtspMessage {
	return read(dialogue.fromViewer(describeRequest).onward);
}

function answer(to: RtspMessage, status: string, headers: Record<string, string> = {}, body = "") {
	return message(`RTSP/1.0 ${status}`, { CSeq: header(to, "cseq") ?? "", ...headers }, body);
}

describe("the relay's dialogue with a camera", () => {
	test("puts the camera's address in the place of its own", () => {
		const dialogue = new RtspDialogue(address, own, "10.0.0.7");
		expect(asked(dialogue).firstLine).toBe("DESCRIBE rtsp://10.0.0.7/ch1?token=hidden RTSP/1.0");
		const setup = message(`SETUP rtsp://10.0.0.7/ch1/track1 RTSP/1.0`, { CSeq: "3" });
		expect(read(dialogue.fromViewer(setup).onward).firstLine).toBe("SETUP rtsp://10.0.0.7/ch1/track1 RTSP/1.0");
	});

	test("answers the question for the password itself; the viewer sees only the end of it", () => {
		const dialogue = new RtspDialogue(address, own, "10.0.0.7");
		const question = answer(asked(dialogue), "401 Unauthorized", {
			"WWW-Authenticate": 'Digest realm="cam", nonce="abc"',
		});
		const passed = dialogue.fromCamera(question);
		expect(passed.onward).toBeUndefined();
		const second = read(passed.back);
		expect(header(second, "authorization")).toMatch(/^Digest .*username="me".*uri="rtsp:\/\/10\.0\.0\.7\/ch1/);
		expect(header(second, "authorization")).not.toContain("secret");
		const onward = read(dialogue.fromCamera(answer(second, "200 OK", {}, "m=video 0 RTP/AVP 96\r\n")).onward);
		expect(header(onward, "cseq")).toBe("2");
		expect(dialogue.problem).toBeNull();
	});

	test("does not ask again with a password that was refused", () => {
		const dialogue = new RtspDialogue(address, own, "10.0.0.7");
		const question = { "WWW-Authenticate": 'Basic realm="cam"' };
		const second = read(dialogue.fromCamera(answer(asked(dialogue), "401 Unauthorized", question)).back);
		const passed = dialogue.fromCamera(answer(second, "401 Unauthorized", question));
		expect(passed.back).toBeUndefined();
		expect(header(read(passed.onward), "www-authenticate")).toBeUndefined();
		expect(dialogue.problem?.problem).toBe("wrong_password");
	});

	test("asks again when the camera's nonce was only too old", () => {
		const dialogue = new RtspDialogue(address, own, "10.0.0.7");
		const old = { "WWW-Authenticate": 'Digest realm="cam", nonce="old"' };
		const second = read(dialogue.fromCamera(answer(asked(dialogue), "401 Unauthorized", old)).back);
		const stale = { "WWW-Authenticate": 'Digest realm="cam", nonce="new", stale=true' };
		const third = read(dialogue.fromCamera(answer(second, "401 Unauthorized", stale)).back);
		expect(header(third, "authorization")).toContain('nonce="new"');
	});

	test("tells the viewer where the camera's UDP comes from", () => {
		const dialogue = new RtspDialogue(address, own, "::ffff:10.0.0.7");
		const setup = read(dialogue.fromViewer(message(`SETUP ${own}/t RTSP/1.0`, { CSeq: "3" })).onward);
		const reply = answer(setup, "200 OK", { Transport: "RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001" });
		expect(header(read(dialogue.fromCamera(reply).onward), "transport")).toMatch(/;source=10\.0\.0\.7$/);
	});

	test.each([
		["401 Unauthorized", "", "wrong_password"],
		["403 Forbidden", "", "wrong_password"],
		["404 Not Found", "", "not_found"],
		["453 Not Enough Bandwidth", "", "refused"],
		["461 Unsupported Transport", "", "refused"],
		["302 Moved", "", "not_found"],
		["500 Internal Server Error", "", "refused"],
		["200 OK", "m=audio 0 RTP/AVP 0\r\n", "no_video"],
	])("%s is told as a problem of the camera", (status, body, problem) => {
		const dialogue = new RtspDialogue(address, own, "10.0.0.7");
		dialogue.fromCamera(answer(asked(dialogue), status, {}, body));
		expect(dialogue.problem?.problem).toBe(problem);
		expect(dialogue.problem?.message).not.toMatch(/secret|hidden|10\.0/);
	});
});

describe("passwords by HTTP's rules", () => {
	test("Digest as in RFC 2617, 3.5", () => {
		const challenge = chooseChallenge([
			'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"',
		]);
		if (!challenge) throw new Error("no challenge");
		const withoutQop = { ...challenge, fields: new Map([...challenge.fields].filter(([name]) => name !== "qop")) };
		const given = { user: "Mufasa", password: "Circle Of Life" };
		// The RFC's own example with qop has a cnonce of its choice; without qop the response is a plain function.
		expect(authorize(withoutQop, given, "GET", "/dir/index.html")).toContain(
			'response="670fd8c2df070c60b045671b8b24ff02"',
		);
		expect(authorize(challenge, given, "GET", "/dir/index.html")).toMatch(/qop=auth, nc=00000001, cnonce="\w{16}"/);
	});

	test("Digest is chosen before Basic; what is unknown is left", () => {
		expect(chooseChallenge(['Basic realm="x"', 'Digest realm="x", nonce="1"'])?.scheme).toBe("digest");
		expect(chooseChallenge(['Digest realm="x", nonce="1", algorithm=MD5-sess', 'Basic realm="x"'])?.scheme).toBe(
			"basic",
		);
		expect(chooseChallenge(["Negotiate"])).toBeNull();
	});
});

describe("reading RTSP", () => {
	test("gives the same whatever the pieces in which it comes", () => {
		const bytes = Buffer.concat([
			writeRtspMessage("RTSP/1.0 200 OK", [["CSeq", "1"]], Buffer.from("body\r\n\r\n")),
			Buffer.from([0x24, 1, 0, 3, 0x24, 0x24, 0x24]),
			writeRtspMessage("OPTIONS * RTSP/1.0", [["CSeq", "2"]]),
		]);
		const seen = (size: number) => {
			const reader = new RtspReader();
			const items = [];
			for (let at = 0; at < bytes.length; at += size) items.push(...reader.take(bytes.subarray(at, at + size)));
			return items.map((item) =>
				item.kind === "message" ? `${item.firstLine}|${item.body}` : item.whole.toString("hex"),
			);
		};
		expect(seen(bytes.length)).toEqual(["RTSP/1.0 200 OK|body\r\n\r\n", "24010003242424", "OPTIONS * RTSP/1.0|"]);
		for (const size of [1, 2, 7, 50]) expect(seen(size)).toEqual(seen(bytes.length));
	});

	test.each([
		["another protocol", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
		["a head without end", Buffer.alloc(70_000, "a")],
		["a body without measure", Buffer.from("RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n")],
	])("refuses %s", (_, bytes) => {
		expect(() => [...new RtspReader().take(bytes)]).toThrow(RtspSyntaxError);
	});
});
