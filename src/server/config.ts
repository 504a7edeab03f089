import { z } from "zod";
import { maxEvidenceBytes } from "#contract/edge-api.ts";
import { targetsBody } from "#contract/handling-targets-api.ts";
import { idSchema } from "#contract/ids.ts";
import { languages } from "#contract/language.ts";
import { policyKeysSchema } from "#contract/zones.ts";
import { factorModes } from "#core/accounts/second-factor.ts";
import { escalationLevels } from "#core/handling/handling-words.ts";
import { checkPolicy } from "#core/policy/check-policy.ts";
import { isTimeZone } from "#core/policy/local-time.ts";
import { roles } from "#core/roles/role-words.ts";
import { defaultRetentionDays } from "#core/retention/retention.ts";
import { defaultPolicy, mergePolicies } from "#core/scene.ts";
import { channelSchema, isSpeaker, speakSchema } from "./notices/channel-config.ts";
import { isName } from "./tls/names.ts";
import { workCalendarSchema } from "./transfers/work-calendar.ts";

const port = z.number().int().min(0).max(65_535);
const megabyte = 1_000_000;
const hourMs = 3_600_000;
const duration = (defaultMs: number) => z.number().int().min(60_000).default(defaultMs);
const keptDays = z.number().int().min(1).max(3650);

/** MQTT by the broker that the server brings along. */
const embeddedBroker = z.strictObject({
	kind: z.literal("embedded"),
	/** Where edges connect. 127.0.0.1 serves edges on this machine alone. */
	host: z.string().min(1).default("127.0.0.1"),
	port: port.default(1883),
	/** PEM files; with both, the broker speaks TLS alone. Where `tls` below is not off, it is of that. */
	tls: z.strictObject({ certificateFile: z.string().min(1), keyFile: z.string().min(1) }).optional(),
});

/** MQTT by a broker that is there already; its own accounts and access rules apply. */
const externalBroker = z.strictObject({
	kind: z.literal("external"),
	url: z.string().regex(/^mqtts?:\/\/[^@\s]+$/, "must begin with mqtt:// or mqtts:// and carry no user or password"),
	username: z.string().min(1),
	/** A file that holds the password alone: so it stands in no configuration and in no process list. */
	passwordFile: z.string().min(1),
	/** PEM file of the authority that signed the broker's certificate. Absent: those that Node trusts. */
	caFile: z.string().min(1).optional(),
});

/** TLS of the page, of what edges call, and of the broker that the server brings along. */
const tls = z.discriminatedUnion("kind", [
	/** None: for this machine alone, or behind a reverse proxy that adds it. */
	z.strictObject({ kind: z.literal("off") }),
	/** An authority of its own, made at the first start, and certificates of it, made anew before they end. */
	z.strictObject({
		kind: z.literal("own"),
		/** Names and addresses by which it is reached, besides those that it knows itself. */
		names: z.array(z.string().refine(isName, "must be a name such as keepclear.local, or an address")).default([]),
	}),
	/** PEM files, the server's certificate first, then who signed it. Read again when they change. */
	z.strictObject({
		kind: z.literal("given"),
		certificateFile: z.string().min(1),
		keyFile: z.string().min(1),
		/** The authority, where edges do not know it anyway: they are told it when they enrol. */
		caFile: z.string().min(1).optional(),
	}),
]);

const timeZone = z.string().refine(isTimeZone, "must be a time zone such as Asia/Shanghai");

const factorMode = z.enum(factorModes);
/** One word for everybody, or one for each role that is not to have its default (`core/accounts/second-factor.ts`). */
const secondFactor = z.union(
	[factorMode, z.partialRecord(z.enum(roles), factorMode)],
	`must be ${factorModes.join(", ")}, or one of these by role: ${roles.join(", ")}`,
);

const serverKeys = z.strictObject({
	/** Shown on the page and in its title. */
	name: z.string().trim().min(1).max(80).default("Keepclear"),
	listen: z
		.strictObject({
			/** 127.0.0.1: this machine alone, or a reverse proxy on it, which should add HTTPS. */
			host: z.string().min(1).default("127.0.0.1"),
			port: port.default(8080),
			/** Where TLS is on: people who come to this port without it are led to the other; nothing is taken here. */
			redirectPort: port.optional(),
			/** Addresses of reverse proxies whose `X-Forwarded-*` headers are believed. */
			trustedProxies: z.array(z.string().min(1)).default([]),
		})
		.prefault({}),
	tls: tls.prefault({ kind: "off" }),
	/** How browsers reach the page. With https the cookie is Secure and browsers are told to stay with https. */
	publicUrl: z.url({ protocol: /^https?$/, error: "must begin with http:// or https://" }).optional(),
	/** Database, evidence and pictures. Made if it is not there. */
	dataFolder: z.string().min(1).default("data/server"),
	timeZone: timeZone.default("Asia/Shanghai"),
	workCalendar: workCalendarSchema.prefault({}),
	mqtt: z.discriminatedUnion("kind", [embeddedBroker, externalBroker]).prefault({ kind: "embedded" }),
	sessions: z
		.strictObject({
			/** Signed out after so long without a request; an open page asks by itself. */
			idleMs: duration(12 * hourMs),
			/** Signed out after so long in any case. */
			absoluteMs: duration(7 * 24 * hourMs),
			/** Police, fire service and administrators. Their idle time counts from when a person last touched the page. */
			sensitive: z.strictObject({ idleMs: duration(hourMs / 2), absoluteMs: duration(12 * hourMs) }).prefault({}),
			/** A screen on a wall, signed in as one: it only shows. */
			screens: z.strictObject({ absoluteMs: duration(90 * 24 * hourMs) }).prefault({}),
		})
		.prefault({}),
	accounts: z
		.strictObject({
			/** Codes of an authenticator app at sign-in, for everybody or by role. `required` is set up before anything else. */
			secondFactor: secondFactor.default({}),
		})
		.prefault({}),
	evidence: z
		.strictObject({
			/** The largest file that an edge may upload. */
			maxFileBytes: z
				.number()
				.int()
				.min(megabyte)
				.max(maxEvidenceBytes)
				.default(200 * megabyte),
			/** Evidence is refused for the time being when less is free: the rest is for the database, so alerts go on. */
			minFreeBytes: z
				.number()
				.int()
				.min(0)
				.default(500 * megabyte),
		})
		.prefault({}),
	/** The site's policy until it is first changed on the page; from then on the page's holds. */
	policy: policyKeysSchema.default({}).superRefine((policy, context) => {
		for (const { key, message } of checkPolicy(mergePolicies(defaultPolicy, policy))) {
			context.addIssue({ code: "custom", path: [key], message });
		}
	}),
	/** Days for which photos, clips and plates are kept, by what became of the alert. */
	retention: z
		.strictObject({
			/** Nobody confirmed it. 90 for a unit that is a key target (反恐怖主义法 32). */
			unconfirmed: keptDays.default(defaultRetentionDays.unconfirmed),
			confirmed: keptDays.default(defaultRetentionDays.confirmed),
			/** Counts from the transfer. */
			transferred: keptDays.default(defaultRetentionDays.transferred),
		})
		.prefault({})
		.refine(({ unconfirmed, confirmed, transferred }) => unconfirmed <= confirmed && confirmed <= transferred, {
			error: "what was confirmed is kept for no less than what was not, and what was transferred for no less than that",
		}),
	/** Notices to drivers. */
	notices: z
		.strictObject({
			/** Whom drivers call. */
			phone: z
				.string()
				.regex(/^[\d+ -]{5,20}$/, "must be a telephone number")
				.optional(),
			channels: z
				.array(channelSchema)
				.max(10)
				.refine(
					(channels) => new Set(channels.map(({ name }) => name)).size === channels.length,
					"must have names of their own",
				)
				.default([]),
			/** Loudspeakers that speak by themselves. */
			speak: z.array(speakSchema).max(50).default([]),
		})
		.superRefine(({ channels, speak }, context) => {
			for (const [index, { channel, text }] of speak.entries()) {
				const kind = channels.find(({ name }) => name === channel)?.kind;
				const say = (key: string, message: string) =>
					context.addIssue({ code: "custom", path: ["speak", index, key], message });
				if (!kind || !isSpeaker(kind))
					say("channel", `there is no channel ${channel} of kind speaker or camera_speaker`);
				if (kind === "camera_speaker" && text !== undefined) {
					say("text", "a camera's loudspeaker says what was recorded for it: leave it out");
				}
			}
		})
		.prefault({}),
	/** Telling people on their own phones by Web Push, where they asked for it. */
	push: z
		.strictObject({
			/** Whom a push service writes to when something is wrong. */
			contact: z.email().optional(),
			/** Escalations are not pushed in quiet hours. What is given to a guard always is. */
			quiet: z.boolean().default(true),
			mostPerMinute: z.number().int().min(1).max(600).default(240),
			/** Also push services on this machine and its network, and by http. */
			allowPrivateAddress: z.boolean().default(false),
		})
		.prefault({}),
	/** Within what time alerts are to be handled, until it is changed for a site on the page. */
	handling: z
		.strictObject({
			targets: targetsBody.prefault({}),
			/** Which escalations go out on which of the channels above, besides the page. */
			tell: z
				.array(
					z.strictObject({
						channel: idSchema,
						levels: z.array(z.enum(escalationLevels)).min(1),
						/** A loudspeaker or a call: silent in quiet hours. */
						loud: z.boolean().default(false),
						/** What those who read there speak. */
						language: z.enum(languages).default("zh-CN"),
					}),
				)
				.max(20)
				.default([]),
		})
		.prefault({}),
	secrets: z
		.strictObject({
			/** Holds the key that passwords in the database are sealed with. Absent: `secrets.key` in the data folder. */
			keyFile: z.string().min(1).optional(),
		})
		.prefault({}),
	metrics: z
		.strictObject({
			/** A file with the token that Prometheus sends as bearer. Absent: only who is signed in reads /metrics. */
			tokenFile: z.string().min(1).optional(),
		})
		.prefault({}),
});
/** `keepclear server --config FILE`. Paths in it are relative to the folder in which the program is started. */
export const serverConfigSchema = serverKeys.superRefine(({ listen, tls, mqtt, publicUrl }, context) => {
	const { redirectPort } = listen;
	if (redirectPort !== undefined && (tls.kind === "off" || (redirectPort === listen.port && redirectPort !== 0))) {
		const message =
			tls.kind === "off"
				? "leads to TLS, and tls is off: leave it out"
				: "must be another than listen.port, which speaks TLS";
		context.addIssue({ code: "custom", path: ["listen", "redirectPort"], message });
	}
	if (tls.kind === "off") return;
	if (mqtt.kind === "embedded" && mqtt.tls !== undefined) {
		context.addIssue({
			code: "custom",
			path: ["mqtt", "tls"],
			message: "the broker shows what tls names: leave it out",
		});
	}
	if (publicUrl?.startsWith("http:")) {
		context.addIssue({
			code: "custom",
			path: ["publicUrl"],
			message: "must begin with https://, since tls is not off",
		});
	}
});
export type ServerConfig = z.infer<typeof serverConfigSchema>;
