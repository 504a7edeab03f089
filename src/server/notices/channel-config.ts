import { z } from "zod";
import { idSchema } from "#contract/ids.ts";
import { hoursOfDaySchema } from "#contract/zones.ts";
import { estateNight } from "#core/dissuasion/speak.ts";
import { gatewayFields } from "./gateway-channel.ts";
import { noticeFields } from "./notice-words.ts";
import { robotKinds } from "./robot-channel.ts";
import { unknownFields } from "./template.ts";

/** How notices go out: what a channel's entry in the configuration may say. */

const file = z.string().min(1);
const common = {
	name: idSchema,
	timeoutMs: z.number().int().min(500).max(60_000).default(10_000),
	mostAttempts: z.number().int().min(1).max(20).default(6),
};
const perMinute = (usual: number) => z.number().int().min(1).max(600).default(usual);
/** Also this machine and its network, and http://: for a gateway of the site's own. */
const allowPrivateAddress = z.boolean().default(false);

/** A text in which `{name}` stands for what is known; any other name is refused, with those that are allowed. */
const template = (known: readonly string[]) =>
	z
		.string()
		.min(1)
		.max(500)
		.superRefine((text, context) => {
			for (const name of unknownFields(text, known)) {
				const allowed = known.map((each) => `{${each}}`).join(", ");
				context.addIssue({ code: "custom", message: `{${name}} stands for nothing; allowed are ${allowed}` });
			}
		});

const httpUrl = z.url({ protocol: /^https?$/, error: "must begin with https:// or http://" });

function refuseOpen(
	{ url, allowPrivateAddress: mayBePrivate }: { readonly url: string; readonly allowPrivateAddress: boolean },
	context: z.RefinementCtx,
): void {
	if (!URL.canParse(url)) return; // it is said already
	const { protocol, username, password } = new URL(url);
	const say = (message: string) => context.addIssue({ code: "custom", path: ["url"], message });
	if (protocol === "http:" && !mayBePrivate)
		say("must begin with https://, or allowPrivateAddress must be true: notices name people's vehicles");
	if (username !== "" || password !== "") say("must carry no user or password: the secret signs what is sent");
}

/** A file a notice, for another program to take. */
const fileChannel = z.strictObject({
	name: idSchema,
	kind: z.literal("file"),
	folder: z.string().min(1),
	text: template(noticeFields).optional(),
});

/** A signed POST a notice. */
const webhookChannel = z
	.strictObject({
		...common,
		kind: z.literal("webhook"),
		url: httpUrl,
		/** A file that holds the shared secret alone. */
		secretFile: file,
		allowPrivateAddress,
		mostPerMinute: perMinute(120),
		text: template(noticeFields).optional(),
	})
	.superRefine(refuseOpen);

/** A robot of a group chat: for those on duty, not for drivers. */
const robotChannel = z.strictObject({
	...common,
	kind: z.enum(robotKinds),
	/** A file that holds the robot's address alone: who knows it can write into the group. */
	urlFile: file,
	/** A file with what messages are signed with, where the robot asks for it (DingTalk, Feishu). */
	secretFile: file.optional(),
	allowPrivateAddress,
	mostPerMinute: perMinute(20),
});

/** E-mail by SMTP: for those on duty, not for drivers. */
const emailChannel = z
	.strictObject({
		...common,
		kind: z.literal("email"),
		host: z.string().min(1),
		port: z.number().int().min(1).max(65_535).default(465),
		security: z.enum(["tls", "starttls", "none"]).default("tls"),
		username: z.string().min(1).optional(),
		passwordFile: file.optional(),
		/** PEM file of the authority that signed the mail server's certificate. Absent: those that Node trusts. */
		caFile: file.optional(),
		from: z.email(),
		to: z.array(z.email()).min(1).max(20),
		subject: z.string().min(1).max(120).default("消防车通道占用"),
		mostPerMinute: perMinute(30),
	})
	.superRefine(({ username, passwordFile, security }, context) => {
		const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
		if ((username === undefined) !== (passwordFile === undefined)) {
			say("passwordFile", "username and passwordFile go together");
		}
		if (username !== undefined && security === "none") {
			say("security", "must be tls or starttls where there is a password");
		}
	});

const gateway = {
	...common,
	url: httpUrl,
	/** How the fields go out: as JSON, as a form, or in the address of a GET. */
	as: z.enum(["json", "form", "query"]).default("json"),
	fields: z.record(z.string().min(1).max(60), template(gatewayFields)),
	headers: z.record(z.string().regex(/^[\w-]{1,60}$/, "must be a header's name"), template(gatewayFields)).default({}),
	/** A file with what `{secret}` stands for. */
	secretFile: file.optional(),
	/** Where its JSON answer says that it was taken; absent: by its status alone. */
	success: z.strictObject({ key: z.string().min(1), is: z.string() }).optional(),
	allowPrivateAddress,
	text: template(noticeFields).optional(),
};

/** SMS by a gateway of any maker. */
const smsChannel = z
	.strictObject({
		...gateway,
		kind: z.literal("sms"),
		/** Whom a notice goes to that names nobody: those who are told of escalations. */
		phones: z
			.array(z.string().regex(/^\+?\d{5,15}$/, "must be a telephone number, 5 to 15 digits"))
			.max(20)
			.default([]),
		mostPerMinute: perMinute(60),
	})
	.superRefine(refuseOpen);

/** A loudspeaker that reads a text once. */
const speakerChannel = z
	.strictObject({ ...gateway, kind: z.literal("speaker"), mostPerMinute: perMinute(2) })
	.superRefine(refuseOpen);

/** The loudspeaker that a camera has itself (ONVIF audio out): says what was recorded for it on the page. */
const cameraSpeakerChannel = z.strictObject({
	name: idSchema,
	kind: z.literal("camera_speaker"),
	/** Its id, as it stands in the address of its page. */
	camera: idSchema,
	/** Of what was cut off the driver has heard the beginning: few. */
	mostAttempts: z.number().int().min(1).max(5).default(3),
	mostPerMinute: perMinute(2),
});

export const channelSchema = z.discriminatedUnion("kind", [
	fileChannel,
	webhookChannel,
	robotChannel,
	emailChannel,
	smsChannel,
	speakerChannel,
	cameraSpeakerChannel,
]);
export type ChannelConfig = z.infer<typeof channelSchema>;

/** A loudspeaker that asks drivers to leave by itself, before there is an alert. */
export const speakSchema = z
	.strictObject({
		channel: idSchema,
		/** The lanes that it stands at. */
		lanes: z.array(idSchema).min(1).max(50),
		/** Inside an estate it is silent at night, whatever else is said. */
		place: z.enum(["entrance", "inside"]),
		dwellMs: z.number().int().min(10_000).max(3_600_000).default(60_000),
		/** When it is silent besides; an entrance: never, where nothing is said. */
		quiet: hoursOfDaySchema.optional(),
		text: template(["lane", "site"]).optional(),
	})
	.transform(({ quiet, place, ...rule }) => ({
		...rule,
		quiet: [...(place === "inside" ? [estateNight] : []), ...(quiet ? [quiet] : [])],
	}));

/** Chats and mailboxes reach those on duty; a driver is reached by what is left. */
export const isForDrivers = ({ kind }: ChannelConfig): boolean =>
	kind === "file" || kind === "webhook" || kind === "sms" || isSpeaker(kind);

export const isSpeaker = (kind: ChannelConfig["kind"]): boolean => kind === "speaker" || kind === "camera_speaker";
