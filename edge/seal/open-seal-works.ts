import { join } from "node:path";
import type { ClockReading } from "#contract/evidence-manifest.ts";
import type { Logger } from "#platform/log.ts";
import { loadOrMakeSigningKey } from "#platform/signing-key.ts";
import type { ServerClient } from "../centre/server-client.ts";
import type { EvidenceFolder } from "../evidence/evidence-folder.ts";
import type { AlertFactsStore } from "../store/alert-facts.ts";
import type { EdgeStore } from "../store/open-edge-store.ts";
import { Seals } from "../store/seals.ts";
import type { SealingEdge } from "./compose-manifest.ts";
import { Sealer } from "./sealer.ts";
import { SealSender } from "./seal-sender.ts";

/** In the edge's data folder; it never leaves it. */
export const keyFileOf = (dataFolder: string) => join(dataFolder, "seal-key.pem");

export interface SealWorksParts {
	readonly dataFolder: string;
	readonly store: EdgeStore;
	readonly facts: AlertFactsStore;
	readonly folder: EvidenceFolder;
	readonly server: ServerClient;
	readonly edge: SealingEdge;
	readonly clock: () => ClockReading;
	/** What was sealed may be sent. */
	readonly onSealed: () => void;
	readonly log: Logger;
}

export interface SealWorks {
	/** There is something to be sealed. */
	wake(): void;
	readonly run: readonly ((signal: AbortSignal) => Promise<void>)[];
}

/**
 * What seals and sends manifests, with the edge's key. Null where it cannot be had (a key file that holds something else,
 * a folder that cannot be written): that is said, and evidence goes out unsealed, for it is worth more than none.
 */
export async function openSealWorks(parts: SealWorksParts): Promise<SealWorks | null> {
	const { dataFolder, store, facts, folder, server, edge, clock, onSealed, log } = parts;
	try {
		if (store.memory) throw new Error("the database is in memory: a chain would end with the process");
		const key = await loadOrMakeSigningKey(keyFileOf(dataFolder));
		if (key.made) log.info({ keyId: key.public.id }, "the key that evidence is sealed with was made");
		const seals = new Seals(store);
		facts.forgetSettled(Date.now());
		const sender = new SealSender({ server, publicKey: key.public, seals, folder, log });
		const sealedNow = () => {
			sender.wake();
			onSealed();
		};
		const sealer = new Sealer({ key, edge, facts, seals, folder, clock, onSealed: sealedNow, log });
		return { wake: () => sealer.wake(), run: [(signal) => sealer.run(signal), (signal) => sender.run(signal)] };
	} catch (err) {
		log.error({ err }, "evidence is not sealed: the edge's key cannot be used. It goes out all the same");
		return null;
	}
}
