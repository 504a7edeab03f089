import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { InputError } from "#platform/input-error.ts";
import type { Logger } from "#platform/log.ts";
import { refuseRootInOthersFolder } from "#platform/owner.ts";
import { createFirstAdministrator } from "./accounts/accounts-actions.ts";
import { buildApp } from "./app.ts";
import type { ServerConfig } from "./config.ts";
import { runDissuasion } from "./dissuasion/dissuasion-round.ts";
import { runHandling } from "./handling/handling-round.ts";
import { rememberTargets } from "./handling/targets-store.ts";
import { spreadOldBlindDays } from "./history/old-blind-days.ts";
import { openRedirectListener, type RedirectListener } from "./http/redirect-listener.ts";
import { keepHouse } from "./housekeeping.ts";
import { rememberTimeZone } from "./lanes/site-time-zone.ts";
import { cameraSpeakerChannels } from "./notices/camera-speaker-channel.ts";
import { openChannels } from "./notices/open-channels.ts";
import { pushChannel, pushOf } from "./notices/push-channel.ts";
import { sendNotices } from "./notices/send-notices.ts";
import { startMessaging } from "./messaging.ts";
import { adoptConfiguredPolicy } from "./policy/site-rules.ts";
import { loadOrMakePushKey } from "./push/push-key.ts";
import { readSecret } from "./read-secret.ts";
import { keyFileOf } from "./secrets/key-file.ts";
import { sealWhatIsClear } from "./secrets/sealed-values.ts";
import { openVault, useVault } from "./secrets/vault.ts";
import type { ForEdges, ServerParts } from "./server-parts.ts";
import { databaseFile } from "./store/database-file.ts";
import { CertificateKeeper } from "./tls/certificate-keeper.ts";
import { Feed } from "./store/feed.ts";
import { openStore } from "./store/open-store.ts";

export interface RunningServer {
	/** Where this process listens; `publicUrl` of the configuration may differ. */
	readonly url: string;
	/** Where whoever comes without TLS is led to it; null: nowhere. */
	readonly redirectUrl: string | null;
	/** Where edges on this machine reach the broker. */
	readonly mqttUrl: string;
	/** Of the user `admin`, at the very first start alone: to be shown once and kept nowhere. */
	readonly firstPassword: string | null;
	readonly parts: ServerParts;
	/** Returns when everything has stopped. Must be called: it also closes what `startServer` opened. */
	run(signal: AbortSignal): Promise<void>;
}

const builtPage = fileURLToPath(new URL("../../dist/web/", import.meta.url));

/** @throws InputError where the data folder or a secret's file cannot be used, or the port is taken. */
export async function startServer(
	config: ServerConfig,
	{ log, now = Date.now, pageFolder = builtPage }: { log: Logger; now?: () => number; pageFolder?: string },
): Promise<RunningServer> {
	await refuseRootInOthersFolder("dataFolder", config.dataFolder);
	await makeDataFolder(config.dataFolder);
	const metricsToken = config.metrics.tokenFile ? await readSecret(config.metrics.tokenFile) : null;
	const configured = await openChannels(config);
	const file = databaseFile(config.dataFolder);
	const store = openStore(file);
	const feed = new Feed(store);
	const opened: (() => unknown)[] = [() => store.close()];
	const closeAll = async () => {
		for (const close of opened.splice(0).reverse()) await close();
	};
	try {
		const vault = await openVault(store, keyFileOf(config));
		useVault(store, vault);
		const sealed = sealWhatIsClear(store, vault);
		if (sealed > 0) log.info({ sealed }, "passwords that stood in the database in the clear were sealed");
		const certificates = await CertificateKeeper.open(config, { log, now });
		const messaging = await startMessaging(config, { store, feed, log, databaseFile: file, certificates });
		opened.push(() => messaging.close());
		const forEdges: ForEdges = {
			mqtt: messaging.forEdges,
			get authority() {
				return certificates?.authority ?? null;
			},
		};
		const parts: ServerParts = { config, store, feed, notifier: messaging.notifier, forEdges, log, now, pageFolder };
		adoptConfiguredPolicy(parts);
		rememberTimeZone(store, config);
		rememberTargets(store, config.handling.targets);
		spreadOldBlindDays(store);
		const push = pushChannel(store, await loadOrMakePushKey(config.dataFolder), pushOf(config));
		const channels = [...configured, ...cameraSpeakerChannels(parts, config), push];
		const { app, removeStaleUploads } = await buildApp(parts, { metricsToken, certificates });
		opened.push(() => app.close());
		await orSay(config.listen, () => app.listen({ host: config.listen.host, port: config.listen.port }));
		const { port } = app.server.address() as AddressInfo;
		const redirect = await openRedirect(config, port);
		if (redirect) opened.push(() => redirect.close());
		return {
			url: `${certificates ? "https" : "http"}://${inUrl(config.listen.host)}:${port}`,
			redirectUrl: redirect && `http://${inUrl(config.listen.host)}:${redirect.port}`,
			mqttUrl: messaging.url,
			firstPassword: await createFirstAdministrator(store, now()), // last: who fails to start shows no password
			parts,
			async run(signal) {
				const either = new AbortController(); // where one part fails, all end
				const ending = AbortSignal.any([signal, either.signal]);
				const end = () => either.abort();
				try {
					const parallel = [
						messaging.run(ending),
						...(certificates ? [certificates.run(ending)] : []),
						keepHouse(parts, { removeStaleUploads }, ending),
						sendNotices(parts, channels, ending),
						runHandling(parts, ending),
						runDissuasion(parts, channels, ending),
					];
					await Promise.all(parallel.map((part) => part.finally(end)));
				} finally {
					await closeAll();
				}
			},
		};
	} catch (error) {
		await closeAll();
		throw error;
	}
}

/** Null: nobody is to be led to TLS. @throws InputError */
async function openRedirect(
	{ listen: { host, redirectPort }, publicUrl }: ServerConfig,
	port: number,
): Promise<RedirectListener | null> {
	if (redirectPort === undefined) return null;
	const at = { host, port: redirectPort };
	return orSay(at, () => openRedirectListener(at, { port, publicUrl }));
}

async function orSay<T>({ host, port }: { host: string; port: number }, listen: () => Promise<T>): Promise<T> {
	try {
		return await listen();
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		const why =
			code === "EADDRINUSE"
				? "another program listens there"
				: code === "EACCES"
					? "ports below 1024 need a right"
					: code;
		throw new InputError(`listen: ${host}:${port} cannot be used: ${why}`, { cause });
	}
}

async function makeDataFolder(folder: string): Promise<void> {
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
	} catch (cause) {
		throw new InputError(`dataFolder: ${folder} cannot be made (${(cause as NodeJS.ErrnoException).code})`, { cause });
	}
}

const inUrl = (host: string) =>
	host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
