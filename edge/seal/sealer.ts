import { nextLink } from "#core/evidence/manifest-link.ts";
import type { ClockReading } from "#contract/evidence-manifest.ts";
import { sha256Of } from "#platform/digest.ts";
import type { Logger } from "#platform/log.ts";
import type { SigningKey } from "#platform/signing-key.ts";
import { Bell } from "../bell.ts";
import type { EvidenceFolder } from "../evidence/evidence-folder.ts";
import type { AlertFactsStore } from "../store/alert-facts.ts";
import type { Seals } from "../store/seals.ts";
import { composeManifest, mostFilesAManifest, type SealingEdge } from "./compose-manifest.ts";

const lookEveryMs = 30_000;
const tryAgainMs = 5_000;

/** The durable steps of sealing, in their order; a test ends the process after each of them. */
export const sealSteps = ["signed", "written", "recorded"] as const;
export type SealStep = (typeof sealSteps)[number];

export interface SealerParts {
	readonly key: SigningKey;
	readonly edge: SealingEdge;
	readonly facts: AlertFactsStore;
	readonly seals: Seals;
	readonly folder: EvidenceFolder;
	/** How right the edge's clock is, as it was last read. */
	readonly clock: () => ClockReading;
	/** There is a manifest to be sent, and what it seals. */
	readonly onSealed: () => void;
	readonly log: Logger;
	readonly afterStep?: (step: SealStep) => void;
}

/**
 * Seals what lies whole on disk: the manifest is written (temporary file, fsync, rename, fsync of the folder), then one
 * transaction gives it its place in the chain. A crash before the transaction leaves a file that no row speaks of; it is
 * swept at the start, its place is free, and what it meant to seal is sealed again. Nothing but the row makes it a link,
 * and nothing is sent before the row.
 */
export class Sealer {
	readonly #parts: SealerParts;
	readonly #news = new Bell();

	constructor(parts: SealerParts) {
		this.#parts = parts;
	}

	/** Something new lies on disk. */
	wake(): void {
		this.#news.ring();
	}

	async run(signal: AbortSignal): Promise<void> {
		let failing = false;
		while (!signal.aborted) {
			try {
				await this.sealDue(Date.now, signal);
				if (failing) this.#parts.log.info("evidence is being sealed again");
				failing = false;
			} catch (err) {
				if (!failing) this.#parts.log.error({ err }, "evidence cannot be sealed at the moment: it waits on disk");
				failing = true;
			}
			await this.#news.wait(failing ? tryAgainMs : lookEveryMs, signal);
		}
	}

	/** Everything that is due, one alert after another. */
	async sealDue(now: () => number, signal?: AbortSignal): Promise<void> {
		for (const alertId of this.#parts.seals.dueAlerts()) {
			while (!signal?.aborted && (await this.#sealOne(alertId, now()))) this.#parts.onSealed();
		}
	}

	/** One manifest of an alert. False where there is nothing to seal, or it must be looked at anew. */
	async #sealOne(alertId: string, sealedAt: number): Promise<boolean> {
		const { key, edge, facts: allFacts, seals, folder, clock, log, afterStep } = this.#parts;
		const facts = allFacts.find(alertId);
		const files = seals.unsealedOf(alertId, mostFilesAManifest);
		if (!facts || files.length === 0) return false;
		const chainId = seals.chainOf(key.public.id, sealedAt);
		const head = seals.headOf(chainId);
		const chain = { keyId: key.public.id, chainId, head };
		const text = composeManifest(edge, chain, facts, files, { sealedAt, clock: clock() });
		const signature = key.sign(Buffer.from(text));
		afterStep?.("signed");
		const { sequence } = nextLink(head);
		const { file } = await folder.keep(manifestFileOf(chainId, sequence), Buffer.from(text));
		afterStep?.("written");
		const seal = { chainId, sequence, sha256: sha256Of(text), alertId, file, signature, sealedAt };
		const ids = files.map(({ id }) => id);
		if (!seals.record(seal, ids)) {
			await folder.remove(file);
			return false;
		}
		afterStep?.("recorded");
		log.info({ alertId, sequence, files: ids.length }, "evidence was sealed");
		return true;
	}
}

const manifestFileOf = (chainId: string, sequence: number) => `${chainId}.${sequence}.manifest.json`;
