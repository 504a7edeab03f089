import { InputError } from "#platform/input-error.ts";
import type { ServerConfig } from "../config.ts";
import { readSecret } from "../read-secret.ts";
import { fileChannel } from "./file-channel.ts";
import type { NoticeChannel } from "./notice-channel.ts";
import { webhookChannel } from "./webhook-channel.ts";

/** Those of the configuration. @throws InputError where a secret's file cannot be read, or one is named that is not there */
export async function openChannels({ notices, handling }: ServerConfig): Promise<readonly NoticeChannel[]> {
	for (const { channel } of handling.tell) {
		if (notices.channels.some(({ name }) => name === channel)) continue;
		throw new InputError(`handling.tell: there is no channel ${channel} in notices.channels`);
	}
	return Promise.all(
		notices.channels.map(async (channel): Promise<NoticeChannel> => {
			switch (channel.kind) {
				case "file":
					return fileChannel(channel);
				case "webhook":
					return webhookChannel({ ...channel, secret: await readSecret(channel.secretFile) });
			}
		}),
	);
}
