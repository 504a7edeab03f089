import type { ChannelKind } from "#contract/notices-api.ts";

/** A notice on its way out. Sent again after a kill or a lost answer it has the same id: a receiver takes it once. */
export interface OutgoingNotice {
	readonly id: string;
	readonly alertId: string;
	readonly text: string;
	readonly parts: readonly string[];
	readonly phone: string | null;
	/** The subscription of a phone, of what goes out by Web Push. */
	readonly pushTo?: string;
	readonly at: number;
}

/** `retry`: it may go better later. `why` is told to people and logged: no address, no secret. */
export type SendOutcome =
	{ readonly sent: true } | { readonly sent: false; readonly retry: boolean; readonly why: string };

/** A way out for notices. Never throws: what went wrong is its answer. */
export interface NoticeChannel {
	readonly name: string;
	readonly kind: ChannelKind;
	readonly mostAttempts: number;
	/** What is more waits for the next minute: chats and gateways shut out who sends too fast. */
	readonly mostPerMinute: number;
	/** What it says whatever it is told, and nothing else; null: nothing yet. Absent: what it is told. */
	readonly words?: () => string | null;
	send(notice: OutgoingNotice, signal: AbortSignal): Promise<SendOutcome>;
}
