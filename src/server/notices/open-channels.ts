import { InputError } from "#platform/input-error.ts";
import type { ServerConfig } from "../config.ts";
import { readPem, readSecret } from "../read-secret.ts";
import type { ChannelConfig } from "./channel-config.ts";
import { emailChannel } from "./email-channel.ts";
import { fileChannel } from "./file-channel.ts";
import type { NoticeChannel } from "./notice-channel.ts";
import { gatewayChannel } from "./gateway-channel.ts";
import { pushChannelName } from "./push-channel.ts";
import { robotChannel } from "./robot-channel.ts";
import { webhookChannel } from "./webhook-channel.ts";

/** Those of the configuration that need nothing else of ours; cameras' loudspeakers: camera-speaker-channel.ts. @throws InputError where a secret's file cannot be read, or one is named that is not there */
export async function openChannels({ notices, handling }: ServerConfig): Promise<readonly NoticeChannel[]> {
	for (const { channel } of handling.tell) {
		const kind = notices.channels.find(({ name }) => name === channel)?.kind;
		if (kind === undefined) {
			throw new InputError(`handling.tell: there is no channel ${channel} in notices.channels`);
		}
		if (kind === "camera_speaker") {
			throw new InputError(
				`handling.tell: ${channel} says what was recorded for drivers alone; choose another channel`,
			);
		}
	}
	if (notices.channels.some(({ name }) => name === pushChannelName))
		throw new InputError(
			`notices.channels: ${pushChannelName} is the name of the way to people's phones; choose another`,
		);
	return Promise.all(
		notices.channels.flatMap((channel) => (channel.kind === "camera_speaker" ? [] : [openChannel(channel)])),
	);
}

async function openChannel(
	channel: Exclude<ChannelConfig, { readonly kind: "camera_speaker" }>,
): Promise<NoticeChannel> {
	switch (channel.kind) {
		case "file":
			return fileChannel(channel);
		case "webhook":
			return webhookChannel({ ...channel, secret: await readSecret(channel.secretFile) });
		case "wecom":
		case "dingtalk":
		case "feishu":
			return robotChannel({
				...channel,
				url: await robotAddress(channel),
				secret: await secretOf(channel),
			});
		case "email":
			return emailChannel({
				...channel,
				username: channel.username ?? null,
				password: channel.passwordFile === undefined ? null : await readSecret(channel.passwordFile),
				ca: channel.caFile === undefined ? null : await readPem("notices.channels.caFile", channel.caFile),
			});
		case "sms":
		case "speaker":
			return gatewayChannel({
				...{ phones: [], ...channel },
				...{ success: channel.success ?? null, secret: await secretOf(channel) },
			});
	}
}

const secretOf = async ({ secretFile }: { readonly secretFile?: string | undefined }) =>
	secretFile === undefined ? null : readSecret(secretFile);

/** The address is a secret: what is wrong with it is told without it. */
async function robotAddress({ name, urlFile, allowPrivateAddress }: RobotConfig): Promise<string> {
	const url = await readSecret(urlFile);
	const protocol = URL.canParse(url) ? new URL(url).protocol : "";
	if (protocol === "https:" || (protocol === "http:" && allowPrivateAddress)) return url;
	throw new InputError(`notices.channels: ${name}: ${urlFile} must hold an address that begins with https://`);
}

type RobotConfig = Extract<ChannelConfig, { readonly urlFile: string }>;
