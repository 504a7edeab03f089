import { freeBytes } from "#platform/free-bytes.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";

/** What the server's work needs. */
export const readinessParts = ["database", "broker", "disk"] as const;

export interface ReadinessProblem {
	readonly part: (typeof readinessParts)[number];
	/** One sentence, for everybody: no path, no figure. */
	readonly message: string;
}

/** What keeps the server from its work at this moment. */
export async function readinessProblems(parts: ServerParts): Promise<readonly ReadinessProblem[]> {
	const { config, store, notifier, now } = parts;
	const problems: ReadinessProblem[] = [];
	if (!canWrite(store, now())) problems.push({ part: "database", message: "The database cannot be written." });
	if (!notifier.connected) problems.push({ part: "broker", message: "There is no connection to the MQTT broker." });
	const free = await freeBytes(config.dataFolder).catch(() => 0);
	if (free < config.evidence.minFreeBytes) {
		problems.push({ part: "disk", message: "The disk has less room than its mark: no evidence is taken." });
	}
	return problems;
}

/** Anybody may ask: so it is tried once in a while, and the answer kept. */
const tryEveryMs = 5_000;
const tried = new WeakMap<Store, { readonly at: number; readonly written: boolean }>();

function canWrite(store: Store, at: number): boolean {
	const last = tried.get(store);
	if (last && at - last.at < tryEveryMs && at >= last.at) return last.written;
	const written = write(store, at);
	tried.set(store, { at, written });
	return written;
}

/** A row, committed: what a disk takes is known when it has taken something. */
function write(store: Store, at: number): boolean {
	try {
		store.prepare("INSERT OR REPLACE INTO settings (key, value) VALUES ('readyAt', ?)").run(JSON.stringify(at));
		return true;
	} catch {
		return false;
	}
}
