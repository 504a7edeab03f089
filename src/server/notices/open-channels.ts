import type { ServerConfig } from "../config.ts";
import { readSecret } from "../read-secret.ts";
import { fileChannel } from "./file-channel.ts";
import type { NoticeChannel } from "./notice-channel.ts";
import { webhookChannel } from "./webhook-channel.ts";

/** Those of the configuration. @throws InputError where a secret's file cannot be read */
export async function openChannels({ notices }: ServerConfig): Promise<readonly NoticeChannel[]> {
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
