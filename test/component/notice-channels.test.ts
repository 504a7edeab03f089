import { createHmac } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serverConfigSchema } from "../../src/server/config.ts";
import type { ChannelConfig } from "../../src/server/notices/channel-config.ts";
import type { NoticeChannel, OutgoingNotice, SendOutcome } from "../../src/server/notices/notice-channel.ts";
import { openChannels } from "../../src/server/notices/open-channels.ts";
import { makeCertificates } from "../support/certificates.ts";
import { quickFolder } from "../support/quick-folder.ts";

const secret = "SEC-not-to-be-seen";
const notice: OutgoingNotice = {
	id: "notice-1",
	alertId: "occ-1",
	text: "【升级·物业经理】阳光花园 东门：消防车通道占用告警已15分钟未解除。",
	parts: [],
	phone: null,
	at: Date.parse("2026-11-26T01:00:00Z"),
};

let folder: string;
let receiver: Server;
let got: { readonly request: IncomingMessage; readonly body: string }[];
let answer: (request: IncomingMessage, body: string) => unknown;
beforeEach(async () => {
	folder = await quickFolder("channels");
	await writeFile(join(folder, "secret"), `${secret}\n`);
	got = [];
	receiver = createServer((request: IncomingMessage, response: ServerResponse) => {
		void readText(request).then((body) => {
			got.push({ request, body });
			const said = answer(request, body);
			if (typeof said === "number") response.writeHead(said).end();
			else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(said));
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
	await rm(folder, { recursive: true, force: true });
});

const address = (path: string) => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
const send = (channel: NoticeChannel, more: Partial<OutgoingNotice> = {}): Promise<SendOutcome> =>
	channel.send({ ...notice, ...more }, new AbortController().signal);

/** As the server opens it from its configuration. */
async function open(channel: Record<string, unknown>): Promise<NoticeChannel> {
	const config = serverConfigSchema.parse({ notices: { channels: [{ name: "one", ...channel }] } });
	const [opened] = await openChannels(config);
	return opened!;
}

async function robot(kind: "wecom" | "dingtalk" | "feishu", path: string, signs: boolean): Promise<NoticeChannel> {
	await writeFile(join(folder, "url"), `${address(path)}\n`);
	const secretFile = signs ? { secretFile: join(folder, "secret") } : {};
	return open({ kind, urlFile: join(folder, "url"), allowPrivateAddress: true, ...secretFile });
}

const signature = (key: string, text: string) => createHmac("sha256", key).update(text).digest("base64");

describe("a robot of a group chat", () => {
	it("gets WeCom's text message", async () => {
		answer = (_request, body) => {
			const { msgtype, text } = JSON.parse(body) as { msgtype: string; text: { content: string } };
			return msgtype === "text" && text.content === notice.text ? { errcode: 0, errmsg: "ok" } : { errcode: 40008 };
		};
		expect(await send(await robot("wecom", "/cgi-bin/webhook/send?key=k-1", false))).toEqual({ sent: true });
		expect(got[0]?.request.url).toBe("/cgi-bin/webhook/send?key=k-1");
	});

	it("gets DingTalk's, signed in the address, and says when the signature is not right", async () => {
		answer = (request) => {
			const query = new URL(request.url ?? "", "http://robot").searchParams;
			const [at, sign] = [query.get("timestamp"), query.get("sign")];
			return sign === signature(secret, `${at}\n${secret}`)
				? { errcode: 0 }
				: { errcode: 310000, errmsg: "sign not match" };
		};
		expect(await send(await robot("dingtalk", "/robot/send?access_token=t", true))).toEqual({ sent: true });
		expect(await send(await robot("dingtalk", "/robot/send?access_token=t", false))).toEqual({
			...{ sent: false, retry: false, why: "the robot refused it with code 310000" },
		});
	});

	it("gets Feishu's, signed in the body", async () => {
		answer = (_request, body) => {
			const { timestamp, sign, msg_type, content } = JSON.parse(body) as Record<string, unknown>;
			const right = sign === signature(`${String(timestamp)}\n${secret}`, "") && msg_type === "text";
			return right && (content as { text: string }).text === notice.text
				? { code: 0, msg: "success" }
				: { code: 19021 };
		};
		expect(await send(await robot("feishu", "/open-apis/bot/v2/hook/x", true))).toEqual({ sent: true });
	});

	it.each([
		["too many messages", { errcode: 45009 }, true, "the robot refused it with code 45009"],
		["a key that is none", { errcode: 93000 }, false, "the robot refused it with code 93000"],
		["something else than a robot", "hello", true, "answered with something that is no answer of such a robot"],
		["a proxy that is down", 502, true, "answered with 502"],
	])("answers %s", async (_what, said, retry, why) => {
		answer = () => said;
		expect(await send(await robot("wecom", "/send?key=k-1", false))).toEqual({ sent: false, retry, why });
	});

	it("is not opened from a file that holds no address, and the file's content is not told", async () => {
		await writeFile(join(folder, "url"), "ftp://user:hush@chat.example\n");
		const opened = open({ kind: "wecom", urlFile: join(folder, "url") });
		await expect(opened).rejects.toThrow(/must hold an address that begins with https/);
		await expect(opened).rejects.not.toThrow(/hush/);
	});
});

describe("an SMS gateway", () => {
	const fields = { mobile: "{phone}", content: "{text}", key: "{secret}", ref: "{id}" };
	const gateway = (more: object = {}) =>
		open({
			...{ kind: "sms", url: address("/sms"), fields, secretFile: join(folder, "secret"), allowPrivateAddress: true },
			...more,
		});

	it("gets JSON in the fields that its maker wants", async () => {
		answer = () => ({ code: "0" });
		const channel = await gateway({ success: { key: "code", is: "0" } });
		expect(await send(channel, { phone: "13800138000", text: '"挪车" {secret}' })).toEqual({ sent: true });
		// What stands in a text is text, not a field.
		expect(JSON.parse(got[0]!.body)).toEqual({
			...{ mobile: "13800138000", content: '"挪车" {secret}', key: secret, ref: "notice-1" },
		});
	});

	it("gets a form, or an address, and is told apart by its status alone", async () => {
		answer = () => 200;
		expect(await send(await gateway({ as: "form" }), { phone: "10086" })).toEqual({ sent: true });
		expect(new URLSearchParams(got[0]!.body).get("content")).toBe(notice.text);
		expect(await send(await gateway({ as: "query" }), { phone: "10086" })).toEqual({ sent: true });
		expect(got[1]?.request.method).toBe("GET");
		expect(new URL(got[1]?.request.url ?? "", "http://sms").searchParams.get("content")).toBe(notice.text);
	});

	it("refuses by its answer", async () => {
		answer = () => ({ code: "1041" });
		const channel = await gateway({ success: { key: "code", is: "0" } });
		expect(await send(channel, { phone: "10086" })).toEqual({
			sent: false,
			retry: false,
			why: "it refused it: code is 1041",
		});
	});

	it("tells those on duty where a notice names nobody, each of them once", async () => {
		let down = true;
		answer = (_request, body) => ((JSON.parse(body) as { mobile: string }).mobile === "10087" && down ? 503 : 200);
		const channel = await gateway({ phones: ["10086", "10087"] });
		expect(await send(channel)).toEqual({ sent: false, retry: true, why: "answered with 503" });
		down = false;
		expect(await send(channel)).toEqual({ sent: true });
		expect(got.map(({ body }) => (JSON.parse(body) as { mobile: string }).mobile)).toEqual(["10086", "10087", "10087"]);
	});

	it("needs a telephone number", async () => {
		expect(await send(await gateway())).toEqual({ sent: false, retry: false, why: "it needs a telephone number" });
	});
});

describe("a loudspeaker", () => {
	it("reads the text, by a header with its secret", async () => {
		answer = () => 200;
		const channel = await open({
			...{ kind: "speaker", url: address("/tts"), fields: { say: "{text}" }, allowPrivateAddress: true },
			...{ headers: { authorization: "Bearer {secret}" }, secretFile: join(folder, "secret") },
		});
		expect(await send(channel, { text: "请立即驶离消防车通道" })).toEqual({ sent: true });
		expect(got[0]?.request.headers.authorization).toBe(`Bearer ${secret}`);
		expect(JSON.parse(got[0]!.body)).toEqual({ say: "请立即驶离消防车通道" });
	});
});

describe("a mailbox", () => {
	let mail: SMTPServer;
	let mails: { readonly to: string[]; readonly text: string }[];
	const listen = async (options: SMTPServerOptions) => {
		mails = [];
		mail = new SMTPServer({
			...options,
			onData(stream, session, done) {
				void readText(stream).then((text) => {
					mails.push({ to: session.envelope.rcptTo.map((each) => each.address), text });
					done();
				});
			},
		});
		await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
		return (mail.server.address() as AddressInfo).port;
	};
	const mailbox = (more: object) =>
		open({ kind: "email", host: "127.0.0.1", from: "keepclear@estate.example", to: ["duty@estate.example"], ...more });
	afterEach(() => new Promise<void>((resolve) => mail.close(() => resolve())));

	it("gets the notice by STARTTLS and with the password, under one Message-ID however often it is tried", async () => {
		const { ca, certificateFile, keyFile } = makeCertificates(folder);
		await writeFile(join(folder, "ca"), ca);
		const [cert, key] = [await readFile(certificateFile), await readFile(keyFile)];
		const port = await listen({
			...{ cert, key, authMethods: ["PLAIN"] },
			onAuth: ({ username, password }, _session, done) =>
				username === "keepclear" && password === secret ? done(null, { user: "keepclear" }) : done(new Error("no")),
		});
		const signedIn = { username: "keepclear", passwordFile: join(folder, "secret") };
		const channel = await mailbox({ port, security: "starttls", caFile: join(folder, "ca"), ...signedIn });
		expect(await send(channel)).toEqual({ sent: true });
		expect(await send(channel)).toEqual({ sent: true });
		expect(mails[0]?.to).toEqual(["duty@estate.example"]);
		const [, encoded = ""] = (mails[0]?.text ?? "").split(/\r?\n\r?\n/);
		expect(Buffer.from(encoded, "base64").toString("utf8").trim()).toBe(notice.text);
		const ids = mails.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1]?.trim());
		expect(ids).toEqual(["<notice-1@127.0.0.1>", "<notice-1@127.0.0.1>"]);
		await writeFile(join(folder, "secret"), "wrong\n");
		const wrong = await mailbox({ port, security: "starttls", caFile: join(folder, "ca"), ...signedIn });
		expect(await send(wrong)).toMatchObject({ sent: false, retry: false });
	});

	it("gets nothing without TLS where TLS is asked for", async () => {
		const port = await listen({ disabledCommands: ["STARTTLS", "AUTH"] });
		expect(await send(await mailbox({ port, security: "starttls" }))).toMatchObject({ sent: false });
		expect(mails).toEqual([]);
		expect(await send(await mailbox({ port, security: "none" }))).toEqual({ sent: true });
	});

	it.each([
		[451, true],
		[550, false],
	])("that refuses with %i is tried again: %s", async (responseCode, retry) => {
		const port = await listen({
			disabledCommands: ["STARTTLS", "AUTH"],
			onRcptTo: (_address, _session, done) => done(Object.assign(new Error("refused"), { responseCode })),
		});
		const outcome = await send(await mailbox({ port, security: "none" }));
		expect(outcome).toEqual({ sent: false, retry, why: `the mail server refused it with ${responseCode}` });
	});
});

describe("a configuration", () => {
	const problem = (channel: object) =>
		serverConfigSchema.safeParse({ notices: { channels: [{ name: "one", ...channel }] } }).error?.issues[0];
	const sms = { kind: "sms", url: "https://sms.example", fields: { to: "{phone}" } } satisfies Partial<ChannelConfig>;

	it("is refused with the place and what is allowed where a text names what it may not", () => {
		expect(problem({ ...sms, text: "{plate} 请挪车，{owner}" })).toMatchObject({
			path: ["notices", "channels", 0, "text"],
			message: "{owner} stands for nothing; allowed are {site}, {lane}, {time}, {plate}, {phone}",
		});
		expect(problem({ ...sms, fields: { to: "{mobile}" } })?.message).toContain("{mobile} stands for nothing");
	});

	it("sends no password and no vehicle in the clear", () => {
		expect(problem({ ...sms, url: "http://sms.example" })?.message).toContain("must begin with https://");
		const mailbox = { kind: "email", host: "mail.example", from: "a@b.example", to: ["c@d.example"], security: "none" };
		expect(problem({ ...mailbox, username: "u", passwordFile: "f" })?.path.at(-1)).toBe("security");
	});
});
