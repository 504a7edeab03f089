import type { Database } from "better-sqlite3";
import type { AlertMessage } from "#contract/messages/index.ts";

export interface Waiting {
	readonly id: string;
	readonly body: string;
}
export interface Refusal {
	readonly id: string;
	readonly reason: string;
}

export class Outbox {
	constructor(db: Database) {
		void db;
		throw new Error("not yet built");
	}
	/** Synchronous; joins the caller's transaction. */
	put(message: AlertMessage): void {
		void message;
	}
	/** What may be sent now, oldest first: of each lane only its oldest message. */
	pending(limit: number): readonly Waiting[] {
		void limit;
		return [];
	}
	acknowledge(ids: readonly string[]): void {
		void ids;
	}
	refuse(refusals: readonly Refusal[]): void {
		void refusals;
	}
	/** How many wait for the server's word. */
	get size(): number {
		return 0;
	}
	/** How many the server refused for good. */
	get setAside(): number {
		return 0;
	}
}
