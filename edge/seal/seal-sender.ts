import { readFile } from "node:fs/promises";
import type { Logger } from "#platform/log.ts";
import type { PublicKey } from "#platform/signing-key.ts";
import { Bell } from "../bell.ts";
import { ServerError, type ServerClient } from "../centre/server-client.ts";
import { keepSending } from "../keep-sending.ts";
import type { EvidenceFolder } from "../evidence/evidence-folder.ts";
import type { Seal, Seals } from "../store/seals.ts";

const lookEveryMs = 60_000;

/** The durable steps of sending, in their order; a test ends the process after each of them. */
export const sendSteps = ["sent", "settled", "removed"] as const;
export type SendStep = (typeof sendSteps)[number];

/** The server's words that are final: the same manifest will never be taken. */
const finalWords: ReadonlySet<string> = new Set([
	"bad_manifest",
	"bad_signature",
	"other_manifest",
	"broken_chain",
	"other_files",
]);

export interface SealSenderParts {
	readonly server: Pick<ServerClient, "registerKey" | "manifest">;
	readonly publicKey: PublicKey;
	readonly seals: Seals;
	readonly folder: EvidenceFolder;
	readonly log: Logger;
	readonly afterStep?: (step: SendStep) => void;
}

/**
 * Tells the server the edge's public key, and sends it the manifests in the order of their chain. A manifest is settled
 * only by the server's own word; what it knows already it takes again.
 */
export class SealSender {
	readonly #parts: SealSenderParts;
	readonly #news = new Bell();
	#keyIsKnown = false;

	constructor(parts: SealSenderParts) {
		this.#parts = parts;
	}

	wake(): void {
		this.#news.ring();
	}

	run(signal: AbortSignal): Promise<void> {
		return keepSending(
			{
				send: () => this.sendAll(signal),
				news: this.#news,
				lookEveryMs,
				onTrouble: (err) => this.#parts.log.warn({ trouble: (err as Error).message }, troubleOf(err)),
				onRecovery: () => this.#parts.log.info("manifests are being sent again"),
			},
			signal,
		);
	}

	/** @throws ServerError when the server takes none for now */
	async sendAll(signal: AbortSignal): Promise<void> {
		const { server, publicKey, seals } = this.#parts;
		if (!this.#keyIsKnown) await server.registerKey(publicKey.pem, signal);
		this.#keyIsKnown = true;
		for (let [seal] = seals.toSend(1); seal && !signal.aborted; [seal] = seals.toSend(1))
			await this.#send(seal, signal);
		seals.forgetSettled();
	}

	async #send(seal: Seal, signal: AbortSignal): Promise<void> {
		const { server, seals, folder, log, afterStep } = this.#parts;
		const refused = await this.#offer(server, seal, signal);
		afterStep?.("sent");
		if (refused) log.error({ ...nameOf(seal), refused }, "the server refuses a manifest for good");
		seals.settle(seal, Date.now(), refused);
		afterStep?.("settled");
		await folder.remove(seal.file);
		afterStep?.("removed");
	}

	/** The server's word where it refuses it for good, or null. */
	async #offer(server: SealSenderParts["server"], seal: Seal, signal: AbortSignal): Promise<string | null> {
		const text = await readFile(this.#parts.folder.fileOf(seal.file), "utf8").catch((error: NodeJS.ErrnoException) => {
			if (error.code === "ENOENT") return null;
			throw error;
		});
		if (text === null) return "missing_on_disk";
		try {
			await server.manifest(seal, text, signal);
			return null;
		} catch (error) {
			const word = error instanceof ServerError ? error.word : null;
			if (word === "unknown_key") this.#keyIsKnown = false;
			if (word !== null && finalWords.has(word)) return word;
			throw error;
		}
	}
}

const nameOf = ({ chainId, sequence, alertId }: Seal) => ({ chainId, sequence, alertId });

function troubleOf(error: unknown): string {
	return error instanceof ServerError && error.word === "other_key"
		? "the server knows another key of this edge: an administrator can allow it this one. Manifests wait on disk"
		: "manifests cannot be sent at the moment: they wait on disk, trying again";
}
